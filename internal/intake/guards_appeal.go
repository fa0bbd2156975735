package intake

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/judging"
)

// amendmentLaw refuses an amendment of what was not released, another content than was proposed, and one that a single person
// proposes and confirms. Errors: amendment.rooted, amendment.second_person, amendment.open, lifecycle.not_now.
func amendmentLaw(e *core.RecordEvent, was *core.Record) error {
	m := Amendments.From(e.Record)
	if was != nil {
		old := Amendments.From(was)
		switch {
		case !m.sameRoots(old), m.Status() == old.Status() && !m.sameEnd(old):
			return fault.Conflict("amendment.rooted")
		case m.Status() == AmendmentConfirmed && (m.ConfirmedBy() == "" || m.ConfirmedBy() == m.ProposedBy()):
			return fault.Forbidden("amendment.second_person")
		}
		return nil
	}
	d, err := Decisions.Find(e.App, m.DecisionID())
	if err != nil {
		return err
	}
	open, err := openAmendment(e.App, m.ApplicationID())
	switch {
	case err != nil:
		return err
	case open != nil:
		return fault.Conflict("amendment.open")
	case d.ReleasedAt().IsZero(), d.ApplicationID() != m.ApplicationID(), d.IntakeID() != m.IntakeID(), m.ConfirmedBy() != "":
		return fault.Conflict("lifecycle.not_now")
	}
	return nil
}

// appealLaw keeps an appeal what its applicant wrote, lets nobody hear it who had part in what it is against, and lets no
// single person answer it. Errors: appeal.exists, appeal.rooted, appeal.panel, appeal.panel_size, appeal.second_person.
func appealLaw(e *core.RecordEvent, was *core.Record) error {
	p := Appeals.From(e.Record)
	if was == nil {
		there, err := appealAgainst(e.App, p.ApplicationID(), p.About())
		switch {
		case err != nil:
			return err
		case there != nil:
			return fault.Conflict("appeal.exists")
		case len(p.Panel()) > 0 || p.Answered():
			return fault.Conflict("appeal.rooted")
		}
		return nil
	}
	old := Appeals.From(was)
	switch {
	case !p.sameRoots(old), p.Status() == old.Status() && !p.sameHearing(old) && !allowed(e, hearing{}):
		return fault.Conflict("appeal.rooted")
	case p.in(AppealUnderReview) && !slices.Equal(p.Panel(), old.Panel()):
		return panelLaw(e.App, p)
	case p.in(AppealUpheld, AppealRejected) && old.in(AppealUnderReview) && (p.FoundBy() == p.ConfirmedBy() ||
		!slices.Contains(p.Panel(), p.FoundBy()) || !slices.Contains(p.Panel(), p.ConfirmedBy())):
		return fault.Forbidden("appeal.second_person")
	}
	return nil
}

// panelLaw refuses a panel of one, and one with somebody who had part in what the appeal is against.
func panelLaw(app core.App, p *Appeal) error {
	panel := slices.Compact(slices.Sorted(slices.Values(p.Panel())))
	if len(panel) < 2 {
		return fault.Field("panel", "appeal.panel_size")
	}
	had, err := partIn(app, p)
	if err != nil {
		return err
	}
	for _, who := range panel {
		if slices.Contains(had, who) {
			return fault.Field("panel", "appeal.panel")
		}
	}
	return nil
}

// partIn lists who had part in what an appeal is against: who was asked to judge the application or stands in conflict with
// it, who decided or amended, who ruled it out.
func partIn(app core.App, p *Appeal) ([]string, error) {
	var who []string
	seats, conflicts, err := judging.Panel(app, subjectType, p.ApplicationID())
	if err != nil {
		return nil, err
	}
	for _, s := range seats {
		who = append(who, s.Judge)
	}
	for _, c := range conflicts {
		who = append(who, c.Judge)
	}
	d, err := decisionOn(app, p.ApplicationID())
	if err != nil {
		return nil, err
	}
	if d != nil {
		who = append(who, d.DecidedBy())
	}
	amended, err := amendmentsOf(app, p.ApplicationID())
	if err != nil {
		return nil, err
	}
	for _, m := range amended {
		if m.Status() == AmendmentConfirmed && m.AppealID() != p.Id {
			who = append(who, m.ProposedBy(), m.ConfirmedBy())
		}
	}
	out, err := ruledOut(app, p.ApplicationID())
	if err != nil {
		return nil, err
	}
	if out != nil {
		who = append(who, out.Actor())
	}
	return who, nil
}
