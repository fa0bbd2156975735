package startups

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// graduates lets an enrolment graduate on what its cohort asks and finds in this transaction, or by a waiver, and keeps what was
// found. Nothing else carries either. Errors: enrolment.rules_open, enrolment.rooted.
func graduates(e *core.RecordEvent, was *core.Record) error {
	n := Enrolments.From(e.Record)
	kept, err := n.GraduatedWith()
	if err != nil {
		return err
	}
	switch {
	case n.Status() != EnrolmentGraduated:
		if n.Waiver() != "" || len(kept) > 0 {
			return fault.Conflict("enrolment.rooted")
		}
		return nil
	case was == nil || Enrolments.From(was).Status() == EnrolmentGraduated:
		return nil // nothing is made so, and what stands stays: the law of enrolments says it
	}
	facts, err := graduationFacts(e.App, n, n.LeftOn())
	switch {
	case err != nil:
		return err
	case unmet(facts) && n.Waiver() == "":
		return fault.Field("reason", "enrolment.rules_open")
	case !slices.Equal(facts, kept), !unmet(facts) && n.Waiver() != "":
		return fault.Conflict("enrolment.rooted")
	}
	return nil
}

// graduationAsks holds what a cohort asks to rules that there are, each once, that can be met. Errors: record.rooted,
// graduation.rule, graduation.twice, graduation.need.
func graduationAsks(e *core.RecordEvent, was *core.Record) error {
	g := Graduations.From(e.Record)
	if was != nil && g.CohortID() != Graduations.From(was).CohortID() {
		return fault.Conflict("record.rooted")
	}
	rules, err := g.Rules()
	if err != nil {
		return fault.Field("rules", "graduation.rule")
	}
	seen := map[string]bool{}
	for _, r := range rules {
		most := mostNeeded
		if r.Rule == RuleNothingDue {
			most = 1
		}
		switch {
		case !known(graduationRules, r.Rule):
			return fault.Field("rules", "graduation.rule")
		case seen[r.Rule]:
			return fault.Field(r.Rule, "graduation.twice")
		case r.Need < 1 || r.Need > most:
			return fault.Field(r.Rule, "graduation.need", "most", itoa(most))
		}
		seen[r.Rule] = true
	}
	return nil
}
