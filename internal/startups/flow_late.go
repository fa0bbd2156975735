package startups

import (
	"time"

	"vuon/internal/locale"
)

// amberAfter is how many days after it was due a missing report is worth a word.
const amberAfter = 2

// lateReport is a report that is awaited in vain.
type lateReport struct {
	ID       string `db:"id"`
	Startup  string `db:"startup"`
	Cohort   string `db:"cohort"`
	Period   string `db:"period_key"`
	DueOn    string `db:"due_on"`
	Grace    int    `db:"grace_days"`
	Kind     string `db:"kind"`      // baseline or month
	LastFrom string `db:"last_from"` // period of the last report that came
}

// red says whether its grace is over.
func (l lateReport) red(now time.Time) bool { return daysBetween(l.DueOn, locale.Day(now)) > l.Grace }

// missing finds every report that is two days late: amber, and red once its grace is over. late is by startup and period.
func missing(late []lateReport, now time.Time) []finding {
	var found []finding
	for _, l := range late {
		f := finding{root{l.Startup, RuleMissing, l.Period}, Amber, l.Cohort, Explanation{
			Requests: []string{l.ID}, Periods: []string{l.Period}, DueOn: l.DueOn, Grace: l.Grace, LastFrom: l.LastFrom,
		}}
		if l.red(now) {
			f.severity = Red
		}
		if n := len(found) - 1; n >= 0 && found[n].root == f.root {
			if f.severity == Red {
				found[n] = f // a baseline and a month's report of one month: the worse of the two
			}
			continue
		}
		found = append(found, f)
	}
	return found
}

// missingTwice finds every startup whose last two months' reports are both missing for good. Only the latest pair counts.
func missingTwice(late []lateReport, now time.Time) []finding {
	latest := map[string]lateReport{}
	for _, l := range late {
		if l.Kind == periodMonth && l.red(now) && l.Period > latest[l.Startup].Period {
			latest[l.Startup] = l
		}
	}
	var found []finding
	for _, l := range late {
		last := latest[l.Startup]
		if l.Kind == periodMonth && l.red(now) && last.Period != "" && l.Period == before(last.Period) {
			found = append(found, finding{root{last.Startup, RuleMissingTwice, last.Period}, Red, last.Cohort, Explanation{
				Requests: []string{last.ID, l.ID}, Periods: []string{last.Period, l.Period},
				DueOn: last.DueOn, Grace: last.Grace, LastFrom: last.LastFrom,
			}})
		}
	}
	return found
}
