package startups

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
)

// cell is one KPI of one period.
type cell struct{ period, kpi string }

// official leaves an official what cannot show a single startup: public KPIs of five startups and more, and none from which the
// sum of fewer than five could be reckoned from others that are shown, be it the sum of all that everybody reads. What is shown
// of months is safe in each month by itself; what is shown of quarters and years is either a sum or an average of shown months, or
// the value of one of them, so that they tell nothing more.
func (e eye) official(app core.App, keys []string) (map[string][]Figure, error) {
	all := slices.Clone(keys)
	for _, key := range keys {
		all = append(all, monthsOf(key)...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	figures, err := figuresOf(app, all, e.cohorts)
	if err != nil {
		return nil, err
	}
	teams, err := teamsOf(app, all)
	if err != nil {
		return nil, err
	}
	seen := make(map[string][]Figure, len(keys))
	for _, key := range keys {
		shown := []Figure{}
		for i, f := range figures[key] {
			if f.sensitivity != string(PublicAggregate) {
				continue
			}
			months := monthsOf(key)
			switch {
			case len(months) > 1 && f.Agg == aggLast:
				f = e.lastMonth(f, i, months, figures)
			case slices.ContainsFunc(months, func(m string) bool { return e.hidesAny(teams[cell{m, f.KPI}]) }):
				f.suppress()
			}
			at := key
			if f.At != "" {
				at = f.At
			}
			if f.startups < fewest || e.hides(f.startups, teams[cell{at, f.KPI}]) {
				f.suppress()
			}
			shown = append(shown, f)
		}
		seen[key] = shown
	}
	return seen, nil
}

// lastMonth is what a longer period comes to of a figure that does not add up: the last of its months in which anybody gave a
// value. Each startup's own last value would be another sum every time that somebody stays out of a month.
func (e eye) lastMonth(f Figure, i int, months []string, figures map[string][]Figure) Figure {
	for _, m := range slices.Backward(months) {
		if at := figures[m][i]; at.startups > 0 {
			at.At = m
			return at
		}
	}
	f.suppress()
	f.startups = 0
	return f
}

// monthsOf are the months of a quarter or a year; of a month, and of the baseline, nothing.
func monthsOf(key string) []string {
	s, err := spanOf(key)
	if err != nil || s.first == s.last {
		return nil
	}
	var months []string
	for m := s.last; m >= s.first; m = before(m) {
		months = append(months, m)
	}
	slices.Reverse(months)
	return months
}

// hidesAny says whether in one month anything is kept back of what somebody may ask for: of all that is theirs, or of any cohort.
func (e eye) hidesAny(teams map[string]int) bool {
	inside, outside := parts(teams, e.around)
	if !e.whole() {
		return len(kept(inside, outside)) > 0
	}
	n := 0
	for _, some := range inside {
		n += some
	}
	return few(n) || n > 0 && few(outside)
}
