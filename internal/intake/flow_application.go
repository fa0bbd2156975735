package intake

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/judging"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Begin starts an application, or returns the one that the person has going already. Anybody signed in, while the intake
// is open at now; startup may name one that they belong to, and then what its record knows is answered already.
// Errors: access.sign_in, record.not_found, intake.not_open, application.startup_taken.
func Begin(app core.App, by access.Actor, id, startup string, now time.Time) (*Application, error) {
	var a *Application
	_, err := record.Change(app, Intakes, id, func(tx core.App, i *Intake) error {
		if err := access.MaySignedIn(by); err != nil {
			return err
		}
		until, err := deadline(tx, i.Id, "")
		switch {
		case err != nil:
			return err
		case !i.Listed():
			return fault.NotFound("record.not_found")
		}
		if a, err = liveApplication(tx, i.Id, by.ID); err != nil || a != nil {
			return err
		}
		if !i.OpenAt(now, until) {
			return fault.Conflict("intake.not_open")
		}
		if err := belongs(tx, by, i.Id, startup); err != nil {
			return err
		}
		if a, err = newApplication(tx, i.Id, by.ID, startup); err != nil {
			return err
		}
		if err := prefill(tx, a); err != nil {
			return err
		}
		if err := tx.Save(a); err != nil {
			return fmt.Errorf("begin an application to %s: %w", i.Id, err)
		}
		return lifecycle.Note(tx, by, now, Applications.Collection, a.Id, "begin")
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// belongs refuses to apply for a startup that is somebody else's, or that applies already.
func belongs(tx core.App, by access.Actor, intake, startup string) error {
	if startup == "" {
		return nil
	}
	member, err := needs(tx).Belongs(tx, by.ID, startup)
	switch {
	case err != nil:
		return err
	case !member:
		return fault.NotFound("record.not_found")
	}
	taken, err := appliesAlready(tx, intake, startup)
	switch {
	case err != nil:
		return err
	case taken:
		return fault.Conflict("application.startup_taken")
	}
	return nil
}

// Submit hands an application in, or hands it in again with what was changed since. Its applicant only, while the intake
// takes it at now or a ticket holds. Each time a snapshot is kept; without a change there is nothing to hand in and nothing happens.
// Errors: record.not_found, record.stale, intake.not_open, application.no_title, those of Schema.Complete,
// application.ineligible, lifecycle.not_now.
func Submit(app core.App, by access.Actor, id string, rev int, now time.Time) (*Application, error) {
	return record.Change(app, Applications, id, func(tx core.App, a *Application) error {
		if err := access.MayKeep(by, a.ApplicantID()); err != nil {
			return err
		}
		if !a.in(ApplicationDraft, ApplicationSubmitted) {
			return fault.Conflict("lifecycle.not_now")
		}
		if err := record.Seen(a, rev); err != nil {
			return err
		}
		if err := mustHandIn(tx, a, now); err != nil {
			return err
		}
		if err := attach(tx, a); err != nil {
			return err
		}
		if err := complete(tx, a); err != nil {
			return err
		}
		if a.Status() == ApplicationDraft {
			a.handIn(now)
			if err := ApplicationLife.Fire(tx, a, "submit", by, now); err != nil {
				return err
			}
			if err := card(tx, a); err != nil {
				return err
			}
			return keep(tx, a, now)
		}
		if changed, err := changedSince(tx, a); err != nil || !changed {
			return err
		}
		a.handIn(now)
		if err := tx.SaveWithContext(again(), a); err != nil {
			return fmt.Errorf("hand in %s again: %w", a.Id, err)
		}
		if err := lifecycle.Note(tx, by, now, Applications.Collection, a.Id, "resubmit",
			lifecycle.With(map[string]any{"number": a.SubmitNo()})); err != nil {
			return err
		}
		return keep(tx, a, now)
	})
}

// Answer sends what staff asked for back to them. Its applicant only, before the answer is due.
// Errors: record.not_found, record.stale, application.too_late, application.no_title, those of Schema.Complete,
// application.ineligible, lifecycle.not_now.
func Answer(app core.App, by access.Actor, id string, rev int, now time.Time) (*Application, error) {
	return record.Change(app, Applications, id, func(tx core.App, a *Application) error {
		if err := access.MayKeep(by, a.ApplicantID()); err != nil {
			return err
		}
		if a.Status() == ApplicationNeedsInfo && !now.Before(a.AnswerBy()) {
			return fault.Conflict("application.too_late")
		}
		if err := attach(tx, a); err != nil {
			return err
		}
		if err := complete(tx, a); err != nil {
			return err
		}
		record.At(a, rev)
		a.handIn(now)
		if err := ApplicationLife.Fire(tx, a, "answer", by, now); err != nil {
			return err
		}
		return keep(tx, a, now)
	})
}

// Withdraw takes an application back before it is told what was decided, or from the waiting list. Its applicant only,
// whether or not the intake is open. A place that it held is free again, and so are those who were to hear them. Errors: record.not_found, lifecycle.not_now.
func Withdraw(app core.App, by access.Actor, id string, now time.Time) (*Application, error) {
	return record.Change(app, Applications, id, func(tx core.App, a *Application) error {
		if err := access.MayKeep(by, a.ApplicantID()); err != nil {
			return err
		}
		told := a.Status() == ApplicationWaitlisted // its sheets have counted and stay what they were
		if err := ApplicationLife.Fire(tx, a, "withdraw", by, now); err != nil {
			return err
		}
		if err := callOffAll(tx, by, a.Id, now); err != nil {
			return err
		}
		if err := leave(tx, a); err != nil || told {
			return err
		}
		if err := settle(tx, by, a.Id, now); err != nil {
			return err
		}
		return judging.Release(tx, by, subjectType, a.Id, now)
	})
}

// complete refuses an application in which something is missing.
func complete(tx core.App, a *Application) error {
	schema, err := asked(tx, a)
	if err != nil {
		return err
	}
	given, err := a.Answers()
	if err != nil {
		return err
	}
	var untitled error
	if strings.TrimSpace(a.Title()) == "" {
		untitled = fault.Field("title", "application.no_title")
	}
	if err := fault.Fields(untitled, schema.Complete(given)); err != nil {
		return err
	}
	return eligible(tx, a, schema, given)
}

// card puts an application on the board of the staff.
func card(tx core.App, a *Application) error {
	s, err := newScreening(tx, a)
	if err != nil {
		return err
	}
	if err := tx.Save(s); err != nil {
		return fmt.Errorf("put %s on the board: %w", a.Id, err)
	}
	return nil
}
