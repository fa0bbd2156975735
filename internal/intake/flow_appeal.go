package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// hearing is the key under which a save says that the panel of an appeal has found something.
type hearing struct{}

// Plead lets an applicant appeal against a rejection, a place on the waiting list or being ruled out: once for each decision,
// until the end of the last day that the intake gives. Its applicant only.
// Errors: record.not_found, appeal.no_words, appeal.nothing, appeal.over, appeal.exists.
func Plead(app core.App, by access.Actor, application, words string, now time.Time) (*Appeal, error) {
	var p *Appeal
	_, err := record.Change(app, Applications, application, func(tx core.App, a *Application) error {
		if err := access.MayKeep(by, a.ApplicantID()); err != nil {
			return err
		}
		i, err := Intakes.Find(tx, a.IntakeID())
		if err != nil {
			return err
		}
		about, err := appealable(tx, a)
		switch {
		case err != nil:
			return err
		case about.id == "", i.AppealDays() < 1:
			return fault.Conflict("appeal.nothing")
		case !now.Before(i.appealUntil(about.since)):
			return fault.Conflict("appeal.over")
		case strings.TrimSpace(words) == "":
			return fault.Field("words", "appeal.no_words")
		}
		there, err := appealAgainst(tx, a.Id, about.id)
		switch {
		case err != nil:
			return err
		case there != nil:
			return fault.Conflict("appeal.exists")
		}
		if p, err = newAppeal(tx, a, about, words, now); err != nil {
			return err
		}
		if err := tx.Save(p); err != nil {
			return fmt.Errorf("file an appeal for %s: %w", a.Id, err)
		}
		return lifecycle.Note(tx, by, now, Appeals.Collection, p.Id, "file")
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// appealable is what an applicant could appeal against as their application stands; empty for nothing.
func appealable(app core.App, a *Application) (against, error) {
	switch a.Status() {
	case ApplicationIneligible:
		e, err := ruledOut(app, a.Id)
		if err != nil || e == nil {
			return against{}, err
		}
		return against{aboutRuleOut, e.Id, e.At()}, nil
	case ApplicationRejected, ApplicationWaitlisted:
		m, err := lastAmendment(app, a.Id)
		if err != nil {
			return against{}, err
		}
		if m != nil {
			return against{aboutAmendment, m.Id, m.SettledAt()}, nil
		}
		d, err := decisionOn(app, a.Id)
		if err != nil || d == nil {
			return against{}, err
		}
		return against{aboutDecision, d.Id, d.ReleasedAt()}, nil
	}
	return against{}, nil
}

// ruledOut is the journal's entry by which an application was ruled out last, or nil.
func ruledOut(app core.App, application string) (*lifecycle.Entry, error) {
	entries, err := lifecycle.Told(app, Applications.Collection, application)
	if err != nil {
		return nil, err
	}
	for _, e := range slices.Backward(entries) {
		if e.Verb() == "rule_out" {
			return e, nil
		}
	}
	return nil, nil //nolint:nilnil // nobody ruled it out, and that is no error
}

// AdmitAppeal says that an appeal will be heard. Staff over the intake who had no part in what it is against.
// Errors: record.not_found, application.own, appeal.part, lifecycle.not_now.
func AdmitAppeal(app core.App, by access.Actor, id string, now time.Time) (*Appeal, error) {
	return onAppeal(app, by, id, func(tx core.App, p *Appeal, _ *Application, _ *Intake) error {
		return AppealLife.Fire(tx, p, "admit", by, now)
	})
}

// DismissAppeal says that an appeal cannot be heard, and why; the applicant reads it. Staff over the intake who had no part in
// what it is against. Errors: record.not_found, application.own, appeal.part, appeal.no_answer, lifecycle.not_now.
func DismissAppeal(app core.App, by access.Actor, id, answer string, now time.Time) (*Appeal, error) {
	return onAppeal(app, by, id, func(tx core.App, p *Appeal, _ *Application, _ *Intake) error {
		if strings.TrimSpace(answer) == "" {
			return fault.Field("answer", "appeal.no_answer")
		}
		p.dismissed(answer, by, now)
		return AppealLife.Fire(tx, p, "dismiss", by, now)
	})
}

// onAppeal runs a verb of the staff on one appeal: of those who had no part in what it is against.
func onAppeal(app core.App, by access.Actor, id string, do func(core.App, *Appeal, *Application, *Intake) error) (*Appeal, error) {
	return record.Change(app, Appeals, id, func(tx core.App, p *Appeal) error {
		a, err := Applications.Find(tx, p.ApplicationID())
		if err != nil {
			return err
		}
		i, err := notNear(tx, by, access.MayWorkOn, a)
		if err != nil {
			return err
		}
		had, err := partIn(tx, p)
		switch {
		case err != nil:
			return err
		case slices.Contains(had, by.ID):
			return fault.Forbidden("appeal.part")
		}
		return do(tx, p, a, i)
	})
}

func behindAppeal(app core.App, p *Appeal) (*Application, *Intake, error) {
	a, err := Applications.Find(app, p.ApplicationID())
	if err != nil {
		return nil, nil, err
	}
	i, err := Intakes.Find(app, p.IntakeID())
	return a, i, err
}
