package intake

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Amend proposes to decide otherwise than was released: somebody who was rejected is admitted after all, say. Managers over
// the intake, on no application of their own. Nothing changes until another manager confirms it.
// Errors: record.not_found, access.needs_manager, application.own, amendment.reason, decision.outcome, decision.no_feedback,
// amendment.open, appeal.live, lifecycle.not_now.
func Amend(app core.App, by access.Actor, application string, c Change, now time.Time) (*Amendment, error) {
	var m *Amendment
	_, err := staffOn(app, by, application, func(tx core.App, a *Application, i *Intake) error {
		if err := access.MayDecideOn(by, i.Path()...); err != nil {
			return err
		}
		if err := amendable(tx, a, c); err != nil {
			return err
		}
		d, err := decisionOn(tx, a.Id)
		if err != nil {
			return err
		}
		if d == nil {
			return fault.Conflict("lifecycle.not_now")
		}
		if m, err = newAmendment(tx, d, c, "", by, now); err != nil {
			return err
		}
		if err := tx.Save(m); err != nil {
			return fmt.Errorf("propose to amend decision %s: %w", d.Id, err)
		}
		return lifecycle.Note(tx, by, now, Amendments.Collection, m.Id, "propose", lifecycle.Because(m.Reason()))
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// amendable refuses a change that says too little, that changes nothing, or for which it is not the time.
func amendable(tx core.App, a *Application, c Change) error {
	verb, known := amending[c.Outcome]
	switch {
	case !known:
		return fault.Field("outcome", "decision.outcome")
	case strings.TrimSpace(c.Reason) == "":
		return fault.Field("reason", "amendment.reason")
	case c.Outcome == Rejected && strings.TrimSpace(c.Feedback) == "":
		return fault.Field("feedback", "decision.no_feedback")
	}
	if _, movable := ApplicationLife.Find(verb, a.Status()); !movable {
		return fault.Conflict("lifecycle.not_now")
	}
	return noAppeal(tx, a)
}

// noAppeal refuses while somebody hears what the applicant said against the decision: they are the ones who change it.
func noAppeal(tx core.App, a *Application) error {
	p, err := liveAppealOf(tx, a.Id)
	switch {
	case err != nil:
		return err
	case p != nil:
		return fault.Conflict("appeal.live")
	}
	return nil
}

// ConfirmAmendment makes a proposed amendment the decision that holds, in one transaction: the application moves, an offer that
// stands is revoked or a new one made, a place is taken or given to whoever is next. Managers over the intake, but not who
// proposed it. Errors: record.not_found, access.needs_manager, application.own, amendment.second_person, appeal.live,
// intake.full, lifecycle.not_now.
func ConfirmAmendment(app core.App, by access.Actor, id string, now time.Time) (*Amendment, error) {
	return onAmendment(app, by, id, func(tx core.App, m *Amendment, a *Application, i *Intake) error {
		if by.Is(m.ProposedBy()) {
			return fault.Forbidden("amendment.second_person")
		}
		if err := noAppeal(tx, a); err != nil {
			return err
		}
		return hold(tx, by, m, a, i, now)
	})
}

// hold confirms an amendment and does what follows from it.
func hold(tx core.App, by access.Actor, m *Amendment, a *Application, i *Intake, now time.Time) error {
	m.confirmed(by, now)
	if err := AmendmentLife.Fire(tx, m, "confirm", by, now); err != nil {
		return err
	}
	admitted := a.Status() == ApplicationAdmitted
	if admitted {
		if err := revokeStanding(tx, by, a, now); err != nil {
			return err
		}
	}
	if err := ApplicationLife.Fire(tx, a, amending[m.Outcome()], by, now); err != nil {
		return err
	}
	if m.Outcome() == Waitlisted {
		waiting, err := waitingIn(tx, i.Id)
		if err != nil {
			return err
		}
		return wait(tx, a, len(waiting))
	}
	if err := leave(tx, a); err != nil {
		return err
	}
	switch {
	case m.Outcome() == Admitted:
		return offerPlace(tx, by, i, a, now)
	case admitted:
		return promoteNext(tx, i, now)
	}
	return nil
}

// revokeStanding takes back the offer that an application was made, in the name of an amendment.
func revokeStanding(tx core.App, by access.Actor, a *Application, now time.Time) error {
	o, err := offerTo(tx, a.Id)
	if err != nil {
		return err
	}
	if o == nil {
		return fault.Conflict("lifecycle.not_now")
	}
	return OfferLife.Fire(tx, o, "revoke", by, now)
}

// RefuseAmendment says no to a proposed amendment. Managers over the intake, but not who proposed it: they withdraw it.
// Errors: record.not_found, access.needs_manager, application.own, amendment.second_person, lifecycle.not_now.
func RefuseAmendment(app core.App, by access.Actor, id, reason string, now time.Time) (*Amendment, error) {
	return onAmendment(app, by, id, func(tx core.App, m *Amendment, _ *Application, _ *Intake) error {
		if by.Is(m.ProposedBy()) {
			return fault.Forbidden("amendment.second_person")
		}
		m.settled(now)
		return AmendmentLife.Fire(tx, m, "refuse", by, now, lifecycle.Because(reason))
	})
}

// WithdrawAmendment takes a proposal back. Who made it. Errors: record.not_found, access.needs_manager, application.own,
// amendment.not_yours, lifecycle.not_now.
func WithdrawAmendment(app core.App, by access.Actor, id string, now time.Time) (*Amendment, error) {
	return onAmendment(app, by, id, func(tx core.App, m *Amendment, _ *Application, _ *Intake) error {
		if !by.Is(m.ProposedBy()) {
			return fault.Forbidden("amendment.not_yours")
		}
		m.settled(now)
		return AmendmentLife.Fire(tx, m, "withdraw", by, now)
	})
}

// onAmendment runs a manager's verb on one amendment. To whoever is not staff over its intake it does not exist; nobody
// decides about themselves.
func onAmendment(app core.App, by access.Actor, id string, do func(core.App, *Amendment, *Application, *Intake) error) (*Amendment, error) {
	return record.Change(app, Amendments, id, func(tx core.App, m *Amendment) error {
		a, err := Applications.Find(tx, m.ApplicationID())
		if err != nil {
			return err
		}
		i, err := notNear(tx, by, access.MayDecideOn, a)
		if err != nil {
			return err
		}
		if _, open := AmendmentLife.Find("confirm", m.Status()); !open {
			return fault.Conflict("lifecycle.not_now")
		}
		return do(tx, m, a, i)
	})
}
