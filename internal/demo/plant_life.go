package demo

import (
	"encoding/json"
	"time"

	"vuon/internal/startups"
)

// asks is what the cohorts ask of a startup before it graduates: the first, which is over, less than those of today.
func asks(cohort int) []startups.GraduationRule {
	rules := []startups.GraduationRule{{Rule: startups.RuleMonthsIn, Need: 12}, {Rule: startups.RuleNothingDue, Need: 1}}
	if cohort == 1 {
		return rules
	}
	return []startups.GraduationRule{rules[0], {Rule: startups.RuleAccepted, Need: 9}, rules[1]}
}

// graduation keeps what a cohort asks.
func (g *garden) graduation(cohortN int, at time.Time) {
	raw, err := json.Marshal(asks(cohortN))
	if err != nil {
		return // strings and numbers always marshal
	}
	g.add("graduation_rules", at, row{"id": id("asks", cohortN), "cohort": cohort(cohortN), "rules": string(raw)})
	g.say(at, idOf("manager"), managing, "graduation_rules", id("asks", cohortN), "graduation_rules", "ask", "", "", "")
}

// graduated keeps what was found on the day a startup graduated, and returns why it did all the same where something was open.
func (g *garden) graduated(p *plot, joined, left time.Time) (waiver string) {
	facts := []startups.GraduationFact{}
	for _, r := range asks(p.cohort) {
		facts = append(facts, startups.GraduationFact{Rule: r.Rule, Need: r.Need, Met: r.Need})
	}
	facts[0].Met = max(12, monthsBetween(joined, left))
	if p.n%8 == 2 {
		waiver, facts[1].Met = "Còn một báo cáo đang sửa vì đổi kế toán; đội đã hẹn nộp trong tháng.", 0
	}
	raw, err := json.Marshal(facts)
	if err == nil {
		p.place["graduated_with"], p.place["waiver"] = string(raw), waiver
	}
	return waiver
}
