package intake

import (
	"context"
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

// Hear names who hears an appeal: two to seven judges, staff or managers over the intake, none of whom judged the application,
// decided on it, or stands near it. Staff over the intake who had no part in what it is against.
// Errors: record.not_found, application.own, appeal.part, appeal.panel_size, appeal.panel, lifecycle.not_now.
func Hear(app core.App, by access.Actor, id string, panel []string, now time.Time) (*Appeal, error) {
	return onAppeal(app, by, id, func(tx core.App, p *Appeal, a *Application, i *Intake) error {
		if !p.in(AppealAdmissible) {
			return fault.Conflict("lifecycle.not_now")
		}
		able, err := mayHear(tx, p, a, i, now)
		if err != nil {
			return err
		}
		for _, who := range panel {
			if !slices.Contains(able, who) {
				return fault.Field("panel", "appeal.panel")
			}
		}
		p.heardBy(panel)
		return AppealLife.Fire(tx, p, "hear", by, now)
	})
}

// mayHear lists who may be named to hear an appeal.
func mayHear(app core.App, p *Appeal, a *Application, i *Intake, now time.Time) ([]string, error) {
	var able []string
	for _, role := range []access.Role{access.Manager, access.Judge, access.Staff} {
		some, err := access.Holders(app, role, now, i.Path()...)
		if err != nil {
			return nil, err
		}
		able = append(able, some...)
	}
	slices.Sort(able)
	able = slices.Compact(able)
	had, err := partIn(app, p)
	if err != nil {
		return nil, err
	}
	free := []string{}
	for _, who := range able {
		near, err := Related(app, who, subjectType, a.Id)
		if err != nil {
			return nil, err
		}
		if near == "" && !slices.Contains(had, who) {
			free = append(free, who)
		}
	}
	return free, nil
}

// Find writes down what one of the panel proposes, for another of them to confirm; a new finding takes the place of an older
// one. Who hears the appeal. An upheld appeal against a decision says what becomes of it.
// Errors: record.not_found, appeal.finding, appeal.no_answer, decision.outcome, lifecycle.not_now.
func Find(app core.App, by access.Actor, id string, f Finding, now time.Time) (*Appeal, error) {
	return onPanel(app, by, id, func(tx core.App, p *Appeal, a *Application, _ *Intake) error {
		switch {
		case f.Finding != Uphold && f.Finding != Dismiss:
			return fault.Field("finding", "appeal.finding")
		case strings.TrimSpace(f.Answer) == "":
			return fault.Field("answer", "appeal.no_answer")
		case f.Finding == Dismiss, p.Kind() == aboutRuleOut:
			f.Outcome = ""
		default:
			if f.Outcome != Admitted && f.Outcome != Waitlisted {
				return fault.Field("outcome", "decision.outcome")
			}
			if _, movable := ApplicationLife.Find(amending[f.Outcome], a.Status()); !movable {
				return fault.Field("outcome", "appeal.no_better")
			}
		}
		p.find(f, by, now)
		if err := tx.SaveWithContext(context.WithValue(context.Background(), hearing{}, true), p); err != nil {
			return fmt.Errorf("find on appeal %s: %w", p.Id, err)
		}
		return lifecycle.Note(tx, by, now, Appeals.Collection, p.Id, "find", lifecycle.With(map[string]any{"finding": f.Finding}))
	})
}

// Settle confirms what another of the panel found, and does what follows from it in the same transaction: an upheld appeal
// amends the decision, or brings an application back that was ruled out. Who hears the appeal, but not who found it.
// Errors: record.not_found, appeal.no_finding, appeal.second_person, intake.full, lifecycle.not_now.
func Settle(app core.App, by access.Actor, id string, now time.Time) (*Appeal, error) {
	return onPanel(app, by, id, func(tx core.App, p *Appeal, a *Application, i *Intake) error {
		found := p.Found()
		switch {
		case found.Finding == "":
			return fault.Conflict("appeal.no_finding")
		case by.Is(p.FoundBy()):
			return fault.Forbidden("appeal.second_person")
		}
		p.settled(by, now)
		if found.Finding == Dismiss {
			return AppealLife.Fire(tx, p, "reject", by, now)
		}
		if err := AppealLife.Fire(tx, p, "uphold", by, now); err != nil {
			return err
		}
		if p.Kind() == aboutRuleOut {
			return comesBack(tx, by, a, i, now)
		}
		return amendBy(tx, by, p, a, i, now)
	})
}

// comesBack restores an application that was ruled out. After the release it goes under review at once, and is decided alone.
func comesBack(tx core.App, by access.Actor, a *Application, i *Intake, now time.Time) error {
	if a.Status() != ApplicationIneligible {
		return nil // a manager has restored it meanwhile
	}
	if err := ApplicationLife.Fire(tx, a, "restore", by, now); err != nil || !i.told() {
		return err
	}
	return ApplicationLife.Fire(tx, a, "review", by, now)
}

// amendBy makes what a panel found the decision that holds. What a manager has proposed meanwhile is refused by it.
func amendBy(tx core.App, by access.Actor, p *Appeal, a *Application, i *Intake, now time.Time) error {
	d, err := decisionOn(tx, a.Id)
	if err != nil {
		return err
	}
	if d == nil {
		return fault.Conflict("lifecycle.not_now")
	}
	open, err := openAmendment(tx, a.Id)
	if err != nil {
		return err
	}
	if open != nil {
		open.settled(now)
		if err := AmendmentLife.Fire(tx, open, "refuse", by, now); err != nil {
			return err
		}
	}
	found := p.Found()
	m, err := newAmendment(tx, d, Change{found.Outcome, found.Answer, found.Answer}, p.Id, access.Actor{ID: p.FoundBy()}, now)
	if err != nil {
		return err
	}
	if err := tx.Save(m); err != nil {
		return fmt.Errorf("amend decision %s after appeal %s: %w", d.Id, p.Id, err)
	}
	return hold(tx, by, m, a, i, now)
}

// onPanel runs a verb of the panel on one appeal. To everybody else it does not exist.
func onPanel(app core.App, by access.Actor, id string, do func(core.App, *Appeal, *Application, *Intake) error) (*Appeal, error) {
	return record.Change(app, Appeals, id, func(tx core.App, p *Appeal) error {
		switch {
		case !by.Signed():
			return fault.Unsigned("access.sign_in")
		case !slices.Contains(p.Panel(), by.ID):
			return fault.NotFound("record.not_found")
		case !p.in(AppealUnderReview):
			return fault.Conflict("lifecycle.not_now")
		}
		a, i, err := behindAppeal(tx, p)
		if err != nil {
			return err
		}
		return do(tx, p, a, i)
	})
}
