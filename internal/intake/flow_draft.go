package intake

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/record"
)

// Words are what an applicant writes; what is nil, and answers that are not named, stay as they are. An answer of null or
// "" is taken away.
type Words struct {
	Title   *string
	Answers Answers
}

// Save keeps the working copy: of a draft and of what was submitted while the intake takes it at now, and of what staff
// asked about until the answer is due. Its applicant, and whoever accepted to write with them. rev is the revision they saw; 0 for none.
// Errors: record.not_found, record.stale, intake.not_open, application.frozen, and those of Schema.Tidy.
func Save(app core.App, by access.Actor, id string, w Words, rev int, now time.Time) (*Application, error) {
	return record.Change(app, Applications, id, func(tx core.App, a *Application) error {
		if err := mayWrite(tx, by, a, now); err != nil {
			return err
		}
		given, err := a.Answers()
		if err != nil {
			return err
		}
		for key, value := range w.Answers {
			given[key] = value
		}
		record.At(a, rev)
		if w.Title != nil {
			a.SetTitle(*w.Title)
		}
		a.SetAnswers(given)
		return tx.Save(a)
	})
}

// SaveFitting is Save for a page that saves by itself: an answer that cannot be kept leaves the stored one as it is and is
// returned, and the rest is kept. Where nothing is left to keep it refuses as Save does. Errors: those of Save.
func SaveFitting(app core.App, by access.Actor, id string, w Words, rev int, now time.Time) (a *Application, wrong []error, err error) {
	if a, err = Applications.Find(app, id); err != nil {
		return nil, nil, err
	}
	schema, err := asked(app, a) // it never changes
	if err != nil {
		return nil, nil, err
	}
	if w.Answers != nil {
		var kept Answers
		if kept, wrong = schema.Fitting(w.Answers); len(kept) > 0 || w.Title != nil {
			w.Answers = kept
		}
	}
	a, err = Save(app, by, id, w, rev, now)
	return a, wrong, err
}

// mayWrite permits the applicant, and whoever writes with them, to change the words of an application at now.
func mayWrite(tx core.App, by access.Actor, a *Application, now time.Time) error {
	if err := mayHold(tx, by, a); err != nil {
		return err
	}
	switch {
	case a.Status() == ApplicationNeedsInfo && now.Before(a.AnswerBy()):
		return nil
	case !a.in(ApplicationDraft, ApplicationSubmitted):
		return fault.Conflict("application.frozen")
	}
	return mustTake(tx, a, now)
}

// mustTake refuses an application when its own deadline is over at now. Error: intake.not_open.
func mustTake(tx core.App, a *Application, now time.Time) error {
	i, err := Intakes.Find(tx, a.IntakeID())
	if err != nil {
		return err
	}
	until, err := deadline(tx, i.Id, a.Id)
	switch {
	case err != nil:
		return err
	case !i.takesAt(now, until):
		return fault.Conflict("intake.not_open")
	}
	return nil
}

// Discard throws a draft away that was never handed in: what was written in it goes with it. Its applicant only.
// Errors: record.not_found, application.not_a_draft.
func Discard(app core.App, by access.Actor, id string, now time.Time) (*Application, error) {
	return record.Change(app, Applications, id, func(tx core.App, a *Application) error {
		if err := access.MayKeep(by, a.ApplicantID()); err != nil {
			return err
		}
		if a.Status() != ApplicationDraft {
			return fault.Conflict("application.not_a_draft")
		}
		a.SetTitle("")
		a.SetAnswers(Answers{})
		return ApplicationLife.Fire(tx, a, "withdraw", by, now)
	})
}
