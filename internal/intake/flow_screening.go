package intake

import (
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Move puts a card into another column of the board. Staff over the intake. The applicant's row is not touched.
// Errors: record.not_found, screening.column, lifecycle.not_now.
func Move(app core.App, by access.Actor, id string, to lifecycle.State, now time.Time) (*Screening, error) {
	return record.Change(app, Screenings, id, func(tx core.App, s *Screening) error {
		if err := mayScreen(tx, by, s); err != nil {
			return err
		}
		verb, ok := moves[to]
		if !ok {
			return fault.Field("to", "screening.column")
		}
		if s.Status() == to {
			return nil // it lies there already: two people had the same thought
		}
		return ScreeningLife.Fire(tx, s, verb, by, now)
	})
}

// Jot writes on a card: who looks after it, its rank, a proposal, a note. Staff over the intake.
// Errors: record.not_found, record.stale, screening.proposal, screening.rank, lifecycle.not_now.
func Jot(app core.App, by access.Actor, id string, c Card, rev int, _ time.Time) (*Screening, error) {
	return record.Change(app, Screenings, id, func(tx core.App, s *Screening) error {
		if err := mayScreen(tx, by, s); err != nil {
			return err
		}
		if s.Status() == ScreeningSettled {
			return fault.Conflict("lifecycle.not_now")
		}
		if c.Proposal != nil && !slices.Contains(proposals, *c.Proposal) {
			return fault.Field("proposal", "screening.proposal")
		}
		record.At(s, rev)
		s.write(c)
		return tx.Save(s)
	})
}

func mayScreen(tx core.App, by access.Actor, s *Screening) error {
	i, err := Intakes.Find(tx, s.IntakeID())
	if err != nil {
		return err
	}
	if err := access.MayWorkOn(by, i.Path()...); err != nil {
		return err
	}
	a, err := Applications.Find(tx, s.ApplicationID())
	if err != nil {
		return err
	}
	return notOwn(tx, by, a)
}

// notOwn refuses whoever wrote one of some applications, or belongs to the startup that applies: nobody decides about
// themselves. Error: application.own.
func notOwn(tx core.App, by access.Actor, some ...*Application) error {
	r, err := readerOf(tx, by)
	if err == nil && slices.ContainsFunc(some, r.near) {
		return fault.Conflict("application.own")
	}
	return err
}

// settle takes the card of an application off the board, if it is on it.
func settle(tx core.App, by access.Actor, application string, now time.Time) error {
	s, err := screeningOf(tx, application)
	if err != nil || s == nil || s.Status() == ScreeningSettled {
		return err
	}
	return ScreeningLife.Fire(tx, s, "settle", by, now)
}

// Ask sends an application back to its applicant with a question, to be answered before answerBy. Staff over the intake.
// Errors: record.not_found, application.no_question, application.answer_by, decision.exists, lifecycle.not_now.
func Ask(app core.App, by access.Actor, id, question string, answerBy, now time.Time) (*Application, error) {
	return staffOn(app, by, id, func(tx core.App, a *Application, _ *Intake) error {
		switch {
		case strings.TrimSpace(question) == "":
			return fault.Field("question", "application.no_question")
		case !now.Before(answerBy):
			return fault.Field("answer_by", "application.answer_by")
		}
		if err := undecided(tx, a); err != nil {
			return err
		}
		a.ask(question, answerBy)
		return ApplicationLife.Fire(tx, a, "ask", by, now)
	})
}

// RuleOut refuses an application that does not meet the terms of the intake, with a reason that its applicant reads, and calls
// off the interviews that are to come. Staff over the intake. Errors: record.not_found, application.no_reason, decision.exists, lifecycle.not_now.
func RuleOut(app core.App, by access.Actor, id, reason string, now time.Time) (*Application, error) {
	return staffOn(app, by, id, func(tx core.App, a *Application, _ *Intake) error {
		if strings.TrimSpace(reason) == "" {
			return fault.Field("reason", "application.no_reason")
		}
		if err := undecided(tx, a); err != nil {
			return err
		}
		if err := callOffAll(tx, by, a.Id, now); err != nil {
			return err
		}
		return ApplicationLife.Fire(tx, a, "rule_out", by, now, lifecycle.Because(reason))
	})
}

// Restore takes back that an application was ruled out, before the release. Managers over the intake.
// Errors: record.not_found, access.needs_manager, lifecycle.not_now.
func Restore(app core.App, by access.Actor, id string, now time.Time) (*Application, error) {
	return staffOn(app, by, id, func(tx core.App, a *Application, i *Intake) error {
		if err := access.MayDecideOn(by, i.Path()...); err != nil {
			return err
		}
		if i.in(IntakeReleased, IntakeArchived, IntakeCancelled) {
			return fault.Conflict("lifecycle.not_now")
		}
		return ApplicationLife.Fire(tx, a, "restore", by, now)
	})
}

func undecided(tx core.App, a *Application) error {
	d, err := decisionOn(tx, a.Id)
	switch {
	case err != nil:
		return err
	case d != nil:
		return fault.Conflict("decision.exists")
	}
	return nil
}

// notNear finds the intake of an application for somebody who may work or decide there, and refuses what is their own.
func notNear(tx core.App, by access.Actor, may func(access.Actor, ...access.Scope) error, a *Application) (*Intake, error) {
	i, err := Intakes.Find(tx, a.IntakeID())
	if err != nil {
		return nil, err
	}
	if err := may(by, i.Path()...); err != nil {
		return nil, err
	}
	return i, notOwn(tx, by, a)
}

// staffOn runs a verb of the staff on one application. To whoever is not staff over its intake it does not exist; nobody is
// staff over their own.
func staffOn(app core.App, by access.Actor, id string, do func(core.App, *Application, *Intake) error) (*Application, error) {
	return record.Change(app, Applications, id, func(tx core.App, a *Application) error {
		i, err := notNear(tx, by, access.MayWorkOn, a)
		if err != nil {
			return err
		}
		return do(tx, a, i)
	})
}
