package intake

import (
	"cmp"
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
// but a row of decisions is written, and a place on the waiting list: the applicant learns of it by the release. Who comes
// back under review after the release, because they were ruled out in error, is told at once.
// Errors: record.not_found, access.needs_manager, application.own, decision.outcome, decision.no_rationale,
// decision.no_feedback, decision.exists, decision.not_now, intake.full.
func Decide(app core.App, by access.Actor, id string, v Verdict, now time.Time) (*Decision, error) {
	var d *Decision
	_, err := record.Change(app, Applications, id, func(tx core.App, a *Application) error {
		i, err := notNear(tx, by, access.MayDecideOn, a)
		if err != nil {
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
		if err := lifecycle.Note(tx, by, now, Decisions.Collection, d.Id, "decide", lifecycle.With(map[string]any{"outcome": v.Outcome})); err != nil {
			return err
		}
		if v.Outcome == Waitlisted {
			if err := wait(tx, a, v.Rank); err != nil {
				return err
			}
		}
		if i.told() {
			return tell(tx, by, i, a, d, now)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}

// rankOf holds a verdict to its form, and gives whoever waits the next place unless an earlier one was named.
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
	}
	waiting, err := waitingIn(tx, i.Id)
	if last := len(waiting) + 1; err != nil || v.Rank < 1 || v.Rank > last {
		return last, err
	}
	return v.Rank, nil
}

// Release tells every applicant what was decided, all at one instant and in one transaction: applications move, cards are
// settled, decisions are marked, the admitted get their offers, interviews to come are called off, rounds that are still open
// close. Managers over the intake;
// nothing may be left undecided, nobody rejected without a word, and no appeal unheard: Blocks lists what is.
// Errors: record.not_found, access.needs_manager, intake.undecided, intake.no_feedback, intake.appeals, lifecycle.not_now.
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
		if n := speechless(waiting, decisions); n > 0 {
			return fault.Conflict("intake.no_feedback", "n", fmt.Sprint(n))
		}
		if unheard, err := liveAppeals(tx, i.Id); err != nil || len(unheard) > 0 {
			return cmp.Or(err, fault.Conflict("intake.appeals", "n", fmt.Sprint(len(unheard))))
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

// speechless counts who would be rejected without a word.
func speechless(waiting []*Application, decisions map[string]*Decision) (n int) {
	for _, a := range waiting {
		if d := decisions[a.Id]; d != nil && d.Outcome() == Rejected && strings.TrimSpace(d.Feedback()) == "" {
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
	if err := callOffAll(tx, by, a.Id, now); err != nil {
		return err
	}
	if d.Outcome() != Admitted {
		return nil
	}
	return offerPlace(tx, by, i, a, now)
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
