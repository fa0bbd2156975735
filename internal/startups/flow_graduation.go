package startups

import (
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// AskedToGraduate tells what a cohort asks of a startup before it graduates; nobody has said is nothing, at revision 0. Staff and
// managers over the cohort. Errors: access.sign_in, record.not_found.
func AskedToGraduate(app core.App, by access.Actor, cohort string) (rules []GraduationRule, rev int, err error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, 0, err
	}
	path, err := asked(app).Path(app, cohort)
	if err != nil {
		return nil, 0, err
	}
	if err := access.MayWorkOn(by, path...); err != nil {
		return nil, 0, err
	}
	g, err := graduationOf(app, cohort)
	if err != nil || g == nil {
		return []GraduationRule{}, 0, err
	}
	rules, err = g.Rules()
	return rules, record.Rev(g), err
}

// AskToGraduate says what a cohort asks of a startup before it graduates. Who graduated already stays as they did. Managers over
// the cohort. Errors: access.sign_in, record.not_found, access.needs_manager, graduation.rule, graduation.need,
// graduation.twice, record.stale.
func AskToGraduate(app core.App, by access.Actor, cohort string, rules []GraduationRule, rev int, now time.Time) (g *Graduation, err error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		path, err := asked(tx).Path(tx, cohort)
		if err != nil {
			return err
		}
		if err := access.MayDecideOn(by, path...); err != nil {
			return err
		}
		if g, err = graduationOf(tx, cohort); err != nil {
			return err
		}
		if g == nil {
			if g, err = newGraduation(tx, cohort); err != nil {
				return err
			}
		}
		g.write(rules, rev)
		if err := tx.Save(g); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Graduations.Collection, g.Id, "ask", lifecycle.With(map[string]any{"cohort": cohort, "rules": rules}))
	})
	if err != nil {
		return nil, err
	}
	return g, nil
}

// graduationOf is what a cohort asks, or nil.
func graduationOf(app core.App, cohort string) (*Graduation, error) {
	return record.OrNone(Graduations.First(app, dbx.HashExp{"cohort": cohort}))
}

// graduationFacts says how far an enrolment is with each rule of its cohort on a local day.
func graduationFacts(app core.App, n *Enrolment, day string) ([]GraduationFact, error) {
	facts := []GraduationFact{}
	g, err := graduationOf(app, n.CohortID())
	if err != nil || g == nil {
		return facts, err
	}
	rules, err := g.Rules()
	if err != nil {
		return nil, err
	}
	for _, r := range rules {
		f := GraduationFact{Rule: r.Rule, Need: r.Need}
		switch r.Rule {
		case RuleMonthsIn:
			f.Met = fullMonths(n.JoinedOn(), day)
		case RuleAccepted:
			f.Met, err = reportsAccepted(app, n.Id)
		case RuleVerified:
			f.Met, err = milestonesVerified(app, n.StartupID(), n.JoinedOn())
		case RuleNothingDue:
			f.Met, err = nothingDue(app, n.Id)
		}
		if err != nil {
			return nil, err
		}
		facts = append(facts, f)
	}
	return facts, nil
}

// fullMonths counts the whole months between two local days; none from a day that is not there.
func fullMonths(from, to string) int {
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, to)
	if errA != nil || errB != nil || b.Before(a) {
		return 0
	}
	months := (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month())
	if b.Day() < a.Day() && b.AddDate(0, 0, 1).Day() != 1 { // the last day of a short month completes it
		months--
	}
	return max(0, months)
}

// Graduate lets a startup go with honour: it meets what its cohort asks, or a manager says in writing why it goes without.
// What was asked and found is kept with it. Managers of the cohort who are not of the startup.
// Errors: as end, and enrolment.rules_open.
func Graduate(app core.App, by access.Actor, id, waiver string, now time.Time) (*Enrolment, error) {
	return end(app, by, id, "graduate", "", now, func(tx core.App, n *Enrolment) error {
		facts, err := graduationFacts(tx, n, locale.Day(now))
		if err != nil {
			return err
		}
		if !unmet(facts) {
			waiver = ""
		}
		n.setGraduated(facts, strings.TrimSpace(waiver))
		return nil
	})
}
