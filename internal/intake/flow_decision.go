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

// Decide says once and for all what becomes of an application. Managers over the intake, while it is being decided. Nothing
// but a row of decisions is written: the applicant learns of it by the release.
// Errors: record.not_found, access.needs_manager, application.own, decision.outcome, decision.no_rationale,
// decision.no_feedback, decision.exists, decision.not_now, intake.full.
func Decide(app core.App, by access.Actor, id string, v Verdict, now time.Time) (*Decision, error) {
	var d *Decision
	_, err := record.Change(app, Applications, id, func(tx core.App, a *Application) error {
		i, err := Intakes.Find(tx, a.IntakeID())
		if err != nil {
			return err
		}
		if err := access.MayDecideOn(by, i.Path()...); err != nil {
			return err
		}
		if err := notOwn(tx, by, a.Id); err != nil {
			return err
		}
		if v.Rank, err = rankOf(tx, i, v); err != nil {
			return err
		}
		if d, err = NewDecision(tx, a, v, by.ID, now); err != nil {
			return err
		}
		if err := tx.Save(d); err != nil {
			return fmt.Errorf("decide application %s: %w", a.Id, err)
		}
		return lifecycle.Note(tx, by, now, Decisions.Collection, d.Id, "decide", lifecycle.With(map[string]any{"outcome": v.Outcome}))
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}

// rankOf holds a verdict to its form, and gives whoever waits the next place unless one was named.
func rankOf(tx core.App, i *Intake, v Verdict) (int, error) {
	_, known := verbs[v.Outcome]
	switch {
	case !known:
		return 0, fault.Field("outcome", "decision.outcome")
	case strings.TrimSpace(v.Rationale) == "":
		return 0, fault.Field("rationale", "decision.no_rationale")
	case v.Outcome == Rejected && strings.TrimSpace(v.Feedback) == "":
		return 0, fault.Field("feedback", "decision.no_feedback")
	case v.Outcome != Waitlisted:
		return 0, nil
	case v.Rank > 0:
		return v.Rank, nil
	}
	last, err := lastRank(tx, i.Id)
	return last + 1, err
}

// Release tells every applicant what was decided, all at one instant and in one transaction: applications move, cards are
// settled, decisions are marked, the admitted get their offers, rounds that are still open close. Managers over the intake;
// nothing may be left undecided. Errors: record.not_found, access.needs_manager, intake.undecided, lifecycle.not_now.
func Release(app core.App, by access.Actor, id string, now time.Time) (*Intake, error) {
	return record.Change(app, Intakes, id, func(tx core.App, i *Intake) error {
		if err := access.MayDecideOn(by, i.Path()...); err != nil {
			return err
		}
		if !i.in(IntakeDeciding) {
			return fault.Conflict("lifecycle.not_now")
		}
		waiting, err := applicationsIn(tx, i.Id, ApplicationInReview, ApplicationSubmitted, ApplicationNeedsInfo)
		if err != nil {
			return err
		}
		decisions, err := decisionsFor(tx, i.Id)
		if err != nil {
			return err
		}
		if n := left(waiting, decisions); n > 0 {
			return fault.Conflict("intake.undecided", "n", fmt.Sprint(n))
		}
		for _, a := range waiting {
			if err := tell(tx, by, i, a, decisions[a.Id], now); err != nil {
				return err
			}
		}
		if err := closeRounds(tx, by, i, now); err != nil {
			return err
		}
		i.releasedOn(now)
		return IntakeLife.Fire(tx, i, "release", by, now)
	})
}

// left counts the applications that nobody has decided.
func left(waiting []*Application, decisions map[string]*Decision) (n int) {
	for _, a := range waiting {
		if decisions[a.Id] == nil || a.Status() != ApplicationInReview {
			n++
		}
	}
	return n
}

func tell(tx core.App, by access.Actor, i *Intake, a *Application, d *Decision, now time.Time) error {
	d.release(now)
	if err := tx.Save(d); err != nil {
		return fmt.Errorf("release decision %s: %w", d.Id, err)
	}
	if err := ApplicationLife.Fire(tx, a, verbs[d.Outcome()], by, now); err != nil {
		return err
	}
	if err := settle(tx, by, a.Id, now); err != nil {
		return err
	}
	if d.Outcome() != Admitted {
		return nil
	}
	return offerPlace(tx, by, i, a, now)
}

func offerPlace(tx core.App, by access.Actor, i *Intake, a *Application, now time.Time) error {
	o, err := newOffer(tx, a, i.CohortID(), i.offerUntil(now))
	if err != nil {
		return err
	}
	if err := tx.Save(o); err != nil {
		return fmt.Errorf("offer a place to %s: %w", a.Id, err)
	}
	return lifecycle.Note(tx, by, now, Offers.Collection, o.Id, "send")
}

func closeRounds(tx core.App, by access.Actor, i *Intake, now time.Time) error {
	rounds, err := judging.RoundsOf(tx, ownerType, i.Id)
	if err != nil {
		return err
	}
	for _, r := range rounds {
		if _, open := judging.RoundLife.Find("close", r.Status()); !open {
			continue
		}
		if _, err := judging.Close(tx, by, r.Id, now); err != nil {
			return err
		}
	}
	return nil
}

// Promote offers a place that has become free to somebody on the waiting list. Managers over the intake.
// Errors: record.not_found, access.needs_manager, intake.full, lifecycle.not_now.
func Promote(app core.App, by access.Actor, id string, now time.Time) (*Application, error) {
	return staffOn(app, by, id, func(tx core.App, a *Application, i *Intake) error {
		if err := access.MayDecideOn(by, i.Path()...); err != nil {
			return err
		}
		if err := ApplicationLife.Fire(tx, a, "promote", by, now); err != nil {
			return err
		}
		return offerPlace(tx, by, i, a, now)
	})
}

// CloseWaitlist tells everybody who still waits that no place has become free. Managers over the intake.
// Errors: record.not_found, access.needs_manager.
func CloseWaitlist(app core.App, by access.Actor, id string, now time.Time) (*Intake, error) {
	return record.Change(app, Intakes, id, func(tx core.App, i *Intake) error {
		if err := access.MayDecideOn(by, i.Path()...); err != nil {
			return err
		}
		waiting, err := applicationsIn(tx, i.Id, ApplicationWaitlisted)
		if err != nil {
			return err
		}
		for _, a := range waiting {
			if err := ApplicationLife.Fire(tx, a, "close_waitlist", by, now); err != nil {
				return err
			}
		}
		return nil
	})
}
