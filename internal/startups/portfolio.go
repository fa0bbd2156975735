package startups

import (
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/vn"
)

// Portfolio is where the startups of one cohort, or of all that somebody looks after, stand together.
type Portfolio struct {
	Period   string     `json:"period_key"`
	Funnel   []Step     `json:"funnel"`
	Figures  []Figure   `json:"figures"`
	Jobs     Gain       `json:"jobs"`
	Survival []Survival `json:"survival"` // all graduates first
	Capital  Capital    `json:"capital"`
}

// Step is how many came so far. Every step counts those who went on too.
type Step struct {
	Key        string `json:"key"` // applied, admitted, enrolled, active, graduated
	N          int    `json:"n"`
	Suppressed bool   `json:"suppressed"`

	cohorts map[string]int
}

// Gain is how a figure grew since startups first came: the latest value in the period less the baseline, of those alone who
// gave both. It is never a sum of what there is: who has ten people and came with nine made one job.
type Gain struct {
	KPI        string `json:"kpi"`
	Key        string `json:"key"`
	Startups   int    `json:"startups"` // who gave both
	Reported   int    `json:"reported"` // who gave a value in the period
	Papers     int    `json:"papers"`   // of the values of now, how many rest on more than somebody's word
	At         string `json:"at"`       // the month whose values they are; "" is each startup's last of the period
	Now        *int64 `json:"now"`
	Base       *int64 `json:"base"`
	Change     *int64 `json:"change"`
	Suppressed bool   `json:"suppressed"`

	cohorts map[string]int
}

// Capital is what startups raised from others until the end of the period, of the rounds that say an amount. A startup is
// counted in the first of its cohorts.
type Capital struct {
	Total      *int64 `json:"total"` // null when no round is known
	Startups   int    `json:"startups"`
	Rounds     int    `json:"rounds"`
	Refused    int    `json:"refused"` // rounds whose amount nobody says
	Papers     int    `json:"papers"`  // of the rounds, how many rest on a paper
	Until      string `json:"until"`   // the last month that is in it, where that is not the end of the period
	Suppressed bool   `json:"suppressed"`
}

// Applied is what came to one intake of a cohort.
type Applied struct {
	Intake   string `json:"intake"`
	TitleVI  string `json:"title_vi"`
	TitleEN  string `json:"title_en"`
	Cohort   string `json:"cohort"`
	Handed   int    `json:"handed"`
	Admitted int    `json:"admitted"` // whatever became of the offer
}

// Whole reads a portfolio as an actor may see it: staff and managers to the last startup, officials as Figures shows them.
// Errors: as Figures.
func Whole(app core.App, by access.Actor, period, cohort string, now time.Time) (*Portfolio, error) {
	eye, err := figureEye(app, by, cohort)
	if err != nil {
		return nil, err
	}
	if eye.coarse {
		return eye.portfolio(app, by, period, now)
	}
	lines, err := portfolioLines(app, eye, period, now)
	if err != nil {
		return nil, err
	}
	if lines.Applied, err = appliedFor(app, by, eye); err != nil {
		return nil, err
	}
	return PortfolioFrom(period, lines, now), nil
}

// appliedFor are the intakes of the cohorts that somebody sums up, without the applications that are the reader's own.
func appliedFor(app core.App, by access.Actor, eye eye) ([]Applied, error) {
	all, err := asked(app).Applied(app, by)
	if err != nil || eye.cohorts == nil {
		return all, err
	}
	return slices.DeleteFunc(all, func(a Applied) bool { return !slices.Contains(eye.cohorts, a.Cohort) }), nil
}

// Calls are the intakes behind the first two steps of a funnel. Staff and managers only. Errors: as PortfolioRows.
func Calls(app core.App, by access.Actor, cohort string) ([]Applied, error) {
	eye, err := closeEye(app, by, cohort)
	if err != nil {
		return nil, err
	}
	return appliedFor(app, by, eye)
}

// PortfolioLines are the rows of which a portfolio is made, as its queries find them.
type PortfolioLines struct {
	KPIs      []KPILine
	Totals    []KeptTotal // of the period and of the one before
	Twice     map[string]map[string]KeptTotal
	Enrolled  []EnrolledLine
	Graduates []Alumnae
	Gains     []GainLine
	Capital   []CapitalLine
	Applied   []Applied
}

// PortfolioFrom makes a portfolio of its rows.
func PortfolioFrom(period string, l PortfolioLines, now time.Time) *Portfolio {
	p := &Portfolio{Period: period, Figures: []Figure{}, Survival: survivalOf(l.Graduates, now), Funnel: funnelOf(l.Applied, l.Enrolled)}
	p.Jobs.Key = jobsKPI
	for _, k := range l.KPIs {
		f := l.figure(k, period)
		if earlier := before(period); earlier != "" {
			was := l.figure(k, earlier)
			f.Previous = &was
		}
		p.Figures = append(p.Figures, f)
		if k.Key == jobsKPI {
			p.Jobs = gainOf(f, l.Gains)
		}
	}
	p.Capital = capitalOf(l.Capital)
	return p
}

// jobsKPI is the key of full-time people: 32 hours a week and more.
const jobsKPI = "jobs"

func (l PortfolioLines) figure(k KPILine, period string) Figure {
	var sum KeptTotal
	for _, t := range l.Totals {
		if t.KPI == k.ID && t.Period == period {
			sum = t
		}
	}
	more := l.Twice[period][k.ID]
	sum.Last -= more.Last
	sum.Startups -= more.Startups
	return sum.figure(k)
}

func funnelOf(applied []Applied, lines []EnrolledLine) []Step {
	steps := make([]Step, 5)
	for i, key := range []string{"applied", "admitted", "enrolled", "active", "graduated"} {
		steps[i] = Step{Key: key, cohorts: map[string]int{}}
	}
	add := func(i int, cohort string, n int) {
		steps[i].N += n
		steps[i].cohorts[cohort] += n
	}
	for _, a := range applied {
		add(0, a.Cohort, a.Handed)
		add(1, a.Cohort, a.Admitted)
	}
	for _, n := range lines {
		add(2, n.Cohort, n.Enrolled)
		add(3, n.Cohort, n.Began)
		add(4, n.Cohort, n.Graduated)
	}
	return steps
}

func gainOf(f Figure, lines []GainLine) Gain {
	g := Gain{KPI: f.KPI, Key: f.Key, Reported: f.startups, cohorts: map[string]int{}}
	var now, base int64
	for _, line := range lines {
		g.Startups += line.Startups
		g.Papers += line.Papers
		g.cohorts[line.Cohort] += line.Startups
		now += line.Now
		base += line.Base
	}
	if g.Startups > 0 {
		change := now - base
		g.Now, g.Base, g.Change = &now, &base, &change
	}
	return g
}

func capitalOf(lines []CapitalLine) Capital {
	var c Capital
	var total int64
	for _, line := range lines {
		c.Startups += line.Startups
		c.Rounds += line.Rounds
		c.Refused += line.Refused
		c.Papers += line.Papers
		total += line.Total
	}
	if c.Rounds > 0 {
		c.Total = &total
	}
	return c
}

// PortfolioRow is one startup, or one round of funding, behind a figure of a portfolio.
type PortfolioRow struct {
	Startup Named  `json:"startup"`
	Cohort  string `json:"cohort"`
	Status  string `json:"status"` // of the enrolment; of a graduate, its startup's; of a round, its kind
	On      string `json:"on"`     // the day it joined, graduated, or closed a round
	Fate    string `json:"fate"`   // of a graduate: alive, ended, unknown
	Years   int    `json:"years"`  // since graduation
	Now     *int64 `json:"now"`    // of a round, its amount; null is not told
	Base    *int64 `json:"base"`
	Change  *int64 `json:"change"`
	Paper   bool   `json:"paper"` // it rests on more than somebody's word

	sortKey, last string
}

// PortfolioRows opens a figure of a portfolio down to its startups: enrolled, active, graduated, survival, jobs or capital.
// Staff and managers only. Errors: as FigureRows, and record.not_found for no such figure.
func PortfolioRows(app core.App, by access.Actor, of, period, cohort string, now time.Time) ([]PortfolioRow, error) {
	return portfolioRows(app, by, of, period, cohort, kin{}, wholeList, now)
}

func portfolioRows(app core.App, by access.Actor, of, period, cohort string, some kin, p page, now time.Time) ([]PortfolioRow, error) {
	eye, err := closeEye(app, by, cohort)
	if err != nil {
		return nil, err
	}
	s, err := spanOf(period)
	if err != nil {
		return nil, err
	}
	params := portfolioParams(eye, s, now)
	switch of {
	case "enrolled", "active", "graduated":
		return enrolledRows(app, of, params, p)
	case "survival":
		all, err := graduatesOf(app, params)
		return graduateRows(all, some, p, now), err
	case jobsKPI:
		return gainRows(app, params, p)
	case "capital":
		return capitalRows(app, params, p)
	}
	return nil, fault.NotFound("record.not_found")
}

// kin narrows graduates to those of so many years ago and of one fate; "" is all.
type kin struct{ years, fate string }

// graduateRows are the graduates that were searched for behind where the page before ended. They are counted from one list, and
// so they are read from it.
func graduateRows(all []Alumna, some kin, p page, now time.Time) []PortfolioRow {
	rows, sought := []PortfolioRow{}, vn.Fold(p.Search)
	for _, g := range all {
		behind := p.after != nil && (g.Sorted < p.after[0] || g.Sorted == p.after[0] && g.Startup <= p.after[1])
		if behind || sought != "" && !strings.Contains(vn.Fold(g.Name), sought) ||
			some.years != "" && some.years != itoa(g.yearsSince(now)) || some.fate != "" && some.fate != g.fate() {
			continue
		}
		if p.Limit > 0 && !p.CSV && len(rows) > p.Limit {
			break
		}
		rows = append(rows, PortfolioRow{
			Startup: Named{g.Startup, g.Slug, g.Name}, Cohort: g.Cohort, Status: g.Status, On: g.On, Fate: g.fate(), Years: g.yearsSince(now), sortKey: g.Sorted,
		})
	}
	return rows
}
