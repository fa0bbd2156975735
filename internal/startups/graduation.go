package startups

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Graduations are what cohorts ask of a startup before it graduates: one row for a cohort, none for one that asks nothing.
var Graduations = record.Of[Graduation]("graduation_rules")

// Graduation is what one cohort asks.
type Graduation struct{ core.BaseRecordProxy }

// The rules by which a startup may graduate; their words are graduation.rule_<code>.
const (
	RuleMonthsIn   = "months_in"           // full months since the enrolment began
	RuleAccepted   = "reports_accepted"    // monthly reports of the enrolment that staff have taken for good
	RuleVerified   = "milestones_verified" // milestones of the startup that staff have verified since it began
	RuleNothingDue = "nothing_due"         // no report of the enrolment is owed or waits to be mended; needs 1
)

// graduationRules are all of them, in the order in which people read them.
var graduationRules = []string{RuleMonthsIn, RuleAccepted, RuleVerified, RuleNothingDue}

// mostNeeded is the most that a rule may ask for: ten years of months.
const mostNeeded = 120

// GraduationRule is one thing that a cohort asks, and how much of it.
type GraduationRule struct {
	Rule string `json:"rule"`
	Need int    `json:"need"`
}

// GraduationFact is one rule and how far a startup is with it.
type GraduationFact struct {
	Rule string `json:"rule"`
	Need int    `json:"need"`
	Met  int    `json:"met"`
}

// Done says whether the rule is met.
func (f GraduationFact) Done() bool { return f.Met >= f.Need }

// unmet says whether a fact of these is not met.
func unmet(facts []GraduationFact) bool {
	return slices.ContainsFunc(facts, func(f GraduationFact) bool { return !f.Done() })
}

// CohortID is whose rules they are.
func (g *Graduation) CohortID() string { return g.GetString("cohort") }

// Rules are what the cohort asks, in the order of graduationRules.
func (g *Graduation) Rules() ([]GraduationRule, error) {
	rules := []GraduationRule{}
	err := g.UnmarshalJSONField("rules", &rules)
	return rules, err
}

func (g *Graduation) write(rules []GraduationRule, rev int) {
	record.At(g, rev)
	rules = slices.Clone(rules)
	slices.SortStableFunc(rules, func(a, b GraduationRule) int {
		return slices.Index(graduationRules, a.Rule) - slices.Index(graduationRules, b.Rule)
	})
	g.Set("rules", rules)
}

// newGraduation describes the rules of a cohort that has none yet.
func newGraduation(app core.App, cohort string) (*Graduation, error) {
	g, err := Graduations.New(app)
	if err != nil {
		return nil, err
	}
	g.Set("cohort", cohort)
	return g, nil
}
