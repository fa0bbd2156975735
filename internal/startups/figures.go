package startups

import (
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
)

// Figure is one KPI of many startups together. A total without its coverage is half a figure: Asked says how many reports
// were asked for, Reported how many of them hold a value, and ByState what became of the others.
type Figure struct {
	KPI        string         `json:"kpi"`
	Key        string         `json:"key"`
	LabelVI    string         `json:"label_vi"`
	LabelEN    string         `json:"label_en"`
	Unit       string         `json:"unit"`
	Direction  string         `json:"direction"`
	Agg        string         `json:"agg"`
	Total      *int64         `json:"total"` // of agg avg the average; null when nobody reported, which is not zero, and when it is suppressed
	Reported   int            `json:"reported"`
	Asked      int            `json:"asked"`
	ByState    map[string]int `json:"by_state"`   // value, not_reported, na, refused, and missing: nothing was handed in
	Grade      map[string]int `json:"grade"`      // of the values: self, documented, verified
	Previous   *Figure        `json:"previous"`   // the period of the same length before; nil when it was not asked for
	Suppressed bool           `json:"suppressed"` // too few to show without showing somebody

	At string `json:"at"` // the month whose values stand for a longer period; "" is each startup's own last

	startups    int // that reported a value
	sensitivity string
}

// stateMissing counts the reports of which nothing was handed in.
const stateMissing = "missing"

// Figures sums up what startups reported for a period, of one cohort or of all that the actor looks after. Staff and managers
// see every KPI; officials those that may be public, and none that rests on fewer than five startups (official).
// Errors: access.sign_in, access.needs_staff, record.not_found for a cohort that is not theirs, figure.period.
func Figures(app core.App, by access.Actor, period, cohort string) ([]Figure, error) {
	eye, err := figureEye(app, by, cohort)
	if err != nil {
		return nil, err
	}
	return compared(app, eye, period)
}

// compared is every KPI of a period as somebody may see it, beside the period before.
func compared(app core.App, eye eye, period string) ([]Figure, error) {
	keys := []string{period}
	earlier := before(period)
	if earlier != "" {
		keys = append(keys, earlier)
	}
	seen, err := summed(app, eye, keys...)
	if err != nil {
		return nil, err
	}
	now, then := seen[period], seen[earlier]
	for i := range now {
		if at := slices.IndexFunc(then, func(f Figure) bool { return f.KPI == now[i].KPI }); at >= 0 {
			now[i].Previous = &then[at]
		}
	}
	return now, nil
}

// PublicFigures sums up what all startups reported for the last month that anybody has reported on, of the three before now.
// It shows what an official sees: public KPIs alone, and none that rests on fewer than five startups.
func PublicFigures(app core.App, now time.Time) ([]Figure, error) {
	months := lastMonths(now, heardMonths)
	seen, err := summed(app, eye{coarse: true}, months...)
	if err != nil {
		return nil, err
	}
	for _, month := range months {
		if slices.ContainsFunc(seen[month], func(f Figure) bool { return f.Total != nil }) {
			return seen[month], nil
		}
	}
	return seen[months[len(months)-1]], nil
}

// heardMonths is how many months back the last reports lie at most that are told to everybody.
const heardMonths = 3

// lastMonths are the n months before now, the latest first.
func lastMonths(now time.Time, n int) []string {
	months := make([]string, n)
	for i, key := 0, monthBefore(now); i < n; i, key = i+1, before(key) {
		months[i] = key
	}
	return months
}

// cohortsOver are the cohorts over which an actor holds one of the roles, through a programme too; nil is every cohort.
func cohortsOver(app core.App, by access.Actor, roles ...access.Role) ([]string, error) {
	ids, all := by.Over(access.Cohort, roles...)
	if all {
		return nil, nil
	}
	programmes, _ := by.Over(access.Programme, roles...)
	theirs := append([]string{}, ids...)
	if len(programmes) == 0 {
		return theirs, nil
	}
	cohorts, err := asked(app).Cohorts(app)
	if err != nil {
		return nil, err
	}
	for _, c := range cohorts {
		if slices.Contains(programmes, c.Programme) && !slices.Contains(theirs, c.ID) {
			theirs = append(theirs, c.ID)
		}
	}
	return theirs, nil
}

// summed is every KPI of some periods as somebody may see it, in order, by period. Error: figure.period.
func summed(app core.App, eye eye, keys ...string) (map[string][]Figure, error) {
	for _, key := range keys {
		if _, err := spanOf(key); err != nil {
			return nil, err
		}
	}
	if eye.coarse {
		return eye.official(app, keys)
	}
	return figuresOf(app, keys, eye.cohorts)
}

// FigureMonth is one KPI in one month. Total is null when nobody reported, and when it is suppressed.
type FigureMonth struct {
	Period     string `json:"period_key"`
	Total      *int64 `json:"total"`
	Reported   int    `json:"reported"`
	Asked      int    `json:"asked"`
	Suppressed bool   `json:"suppressed"`
}

// mostMonths is how far back a drawing reaches.
const mostMonths = 36

// FigureMonths is one KPI month by month, up to and with the last month of a period, as the actor may see it.
// Errors: as Figures, and record.not_found for no such KPI, or one that is not for an official.
func FigureMonths(app core.App, by access.Actor, kpi, period, cohort string, n int) ([]FigureMonth, error) {
	eye, err := figureEye(app, by, cohort)
	if err != nil {
		return nil, err
	}
	k, err := kpiNamed(app, kpi)
	if err != nil {
		return nil, err
	}
	if eye.coarse && k.Sensitivity() != PublicAggregate {
		return nil, fault.NotFound("record.not_found")
	}
	span, err := spanOf(period)
	if err != nil {
		return nil, err
	}
	keys := make([]string, max(1, min(n, mostMonths)))
	for i, key := len(keys)-1, span.last; i >= 0; i, key = i-1, before(key) {
		keys[i] = key
	}
	seen, err := summed(app, eye, keys...)
	if err != nil {
		return nil, err
	}
	months := make([]FigureMonth, len(keys))
	for i, key := range keys {
		months[i] = FigureMonth{Period: key}
		for _, f := range seen[key] {
			if f.KPI == k.Id {
				months[i] = FigureMonth{key, f.Total, f.Reported, f.Asked, f.Suppressed}
			}
		}
	}
	return months, nil
}

// FigureRow is one report behind a figure, with its answer or without one.
type FigureRow struct {
	Startup     Named  `json:"startup"`
	Cohort      string `json:"cohort"`
	Request     string `json:"request"`
	Status      string `json:"status"`
	Period      string `json:"period_key"`
	State       string `json:"state"` // of the answer, or missing
	Value       *int64 `json:"value"`
	Comment     string `json:"comment"`
	Grade       string `json:"grade"`
	Source      string `json:"source"`
	Late        bool   `json:"late"`
	SubmittedAt string `json:"submitted_at"`

	sortKey string
}

// FigureRows opens a figure down to its reports, the missing ones among them, in the order of the startups' names. Staff and
// managers only: an official sees no single startup.
// Errors: as Figures, and record.not_found for no such KPI.
func FigureRows(app core.App, by access.Actor, kpi, period, cohort string) ([]FigureRow, error) {
	return figureRows(app, by, kpi, period, cohort, wholeList)
}

func figureRows(app core.App, by access.Actor, kpi, period, cohort string, p page) ([]FigureRow, error) {
	eye, err := closeEye(app, by, cohort)
	if err != nil {
		return nil, err
	}
	k, err := kpiNamed(app, kpi)
	if err != nil {
		return nil, err
	}
	span, err := spanOf(period)
	if err != nil {
		return nil, err
	}
	return rowsOf(app, k.Id, span, eye.cohorts, p)
}
