package startups

import (
	"regexp"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// pulse keeps what people were asked as they were asked it, and a cohort to two. Errors: pulse.rooted, pulse.two, pulse.asked,
// pulse.title, pulse.day, pulse.questions.
func pulse(e *core.RecordEvent, was *core.Record) error {
	p := Pulses.From(e.Record)
	asks, err := p.Questions()
	if err != nil {
		return fault.Field("questions", "pulse.questions")
	}
	if was != nil {
		old := Pulses.From(was)
		switch {
		case p.CohortID() != old.CohortID(), p.Number() != old.Number():
			return fault.Conflict("pulse.rooted")
		case old.Status() != PulseDraft && p.questions() != old.questions(), old.Status() == PulseClosed:
			return fault.Conflict("pulse.asked")
		}
	}
	switch {
	case p.Number() < 1 || p.Number() > pulsesOfCohort:
		return fault.Conflict("pulse.two")
	case p.TitleVI() == "":
		return fault.Field("title_vi", "pulse.title")
	case endOf(p.ClosesOn()).IsZero():
		return fault.Field("closes_on", "pulse.day")
	case len(asks) == 0 || len(asks) > mostAsked:
		return fault.Field("questions", "pulse.questions")
	}
	seen := map[string]bool{}
	for _, q := range asks {
		if seen[q.Key] || !q.whole() {
			return fault.Field("questions", "pulse.questions")
		}
		seen[q.Key] = true
	}
	return nil
}

// codeName is what a question or an option is called by.
var codeName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,29}$`)

// whole says whether a question can be asked.
func (q PulseQuestion) whole() bool {
	if !codeName.MatchString(q.Key) || q.LabelVI == "" || len([]rune(q.LabelVI+q.LabelEN)) > 600 || !known([]string{askScale, askChoice, askText}, q.Type) {
		return false
	}
	if q.Type != askChoice {
		return len(q.Options) == 0
	}
	seen := map[string]bool{}
	for _, o := range q.Options {
		if seen[o.Value] || !codeName.MatchString(o.Value) || o.LabelVI == "" || len([]rune(o.LabelVI+o.LabelEN)) > 400 {
			return false
		}
		seen[o.Value] = true
	}
	return len(seen) >= 2 && len(seen) <= mostOptions
}

// support keeps money to two people, and what was confirmed as it was confirmed. Errors: support.rooted, support.kind,
// support.title, support.amount, support.stranger, support.two_people.
func support(e *core.RecordEvent, was *core.Record) error {
	s := Supports.From(e.Record)
	if was != nil {
		old := Supports.From(was)
		still := s.Status() == old.Status()
		switch {
		case !s.sameRoots(old), still && !s.sameReceipts(old), s.Status() != SupportProposed && !s.sameTerms(old), still && s.Status() != SupportProposed:
			return fault.Conflict("support.rooted")
		}
	}
	money := s.Kind() == SupportMoney
	switch {
	case !money && s.Kind() != SupportPerk:
		return fault.Field("kind", "support.kind")
	case s.Title() == "":
		return fault.Field("title", "support.title")
	case money && (s.Amount() <= 0 || s.Amount() > greatest), !money && s.Amount() != 0:
		return fault.Field("amount_vnd", "support.amount")
	case money && known([]string{string(SupportConfirmed), string(SupportHanded), string(SupportReceived)}, string(s.Status())) &&
		(s.ConfirmedBy() == "" || s.ConfirmedBy() == s.ProposedBy()):
		return fault.Conflict("support.two_people")
	case was != nil:
		return nil
	}
	there, err := e.App.CountRecords(Enrolments.Collection, dbx.HashExp{"startup": s.StartupID(), "cohort": s.CohortID()})
	if err == nil && there == 0 {
		return fault.Field("startup", "support.stranger")
	}
	return err
}
