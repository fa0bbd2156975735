package startups

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// KPILine is a KPI as figures name it.
type KPILine struct {
	ID, Key          string
	LabelVI, LabelEN string
	Unit, Direction  string
	Agg, Sensitivity string
}

// Into is where a row of the query is read into, column by column; so it is of the lines below.
func (k *KPILine) Into() []any {
	return []any{&k.ID, &k.Key, &k.LabelVI, &k.LabelEN, &k.Unit, &k.Direction, &k.Agg, &k.Sensitivity}
}

// EnrolledLine is how many startups ever came into a cohort, began, and graduated.
type EnrolledLine struct {
	Cohort                     string
	Enrolled, Began, Graduated int
}

// Into is where a row is read into.
func (n *EnrolledLine) Into() []any { return []any{&n.Cohort, &n.Enrolled, &n.Began, &n.Graduated} }

// GainLine is what startups of a cohort say now and said first, of those that said both.
type GainLine struct {
	Cohort    string
	Startups  int
	Now, Base int64
}

// Into is where a row is read into.
func (g *GainLine) Into() []any { return []any{&g.Cohort, &g.Startups, &g.Now, &g.Base} }

// CapitalLine is what startups of a cohort raised.
type CapitalLine struct {
	Cohort                    string
	Startups, Rounds, Refused int
	Total                     int64
}

// Into is where a row is read into.
func (t *KeptTotal) Into() []any {
	return []any{
		&t.KPI, &t.Period, &t.Asked, &t.Given, &t.NotReported, &t.NotOurs, &t.Declined, &t.Missing, &t.Self, &t.Documented, &t.Verified,
		&t.Total, &t.Last, &t.Startups,
	}
}

// line is something that a row of a query is read into.
type line[T any] interface {
	*T
	Into() []any
}

// linesOf runs a query and reads its rows.
func linesOf[T any, P line[T]](app core.App, query string, params dbx.Params) ([]T, error) {
	rows, err := app.DB().NewQuery(query).Bind(params).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // what was read is read
	list := []T{}
	for rows.Next() {
		var one T
		if err := rows.Scan(P(&one).Into()...); err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

const (
	kpiLines = `SELECT id, key, label_vi, label_en, unit, direction, agg, sensitivity FROM kpis ORDER BY position, id`

	totalLines = `SELECT kpi, period_key, sum(asked) AS asked, sum(given) AS given, sum(not_reported) AS not_reported, sum(na) AS na,
			sum(refused) AS refused, sum(missing) AS missing, sum(self) AS self, sum(documented) AS documented, sum(verified) AS verified,
			sum(total) AS total, sum(last) AS last, sum(startups) AS startups
		FROM kept_totals WHERE period_key IN (SELECT value FROM json_each({:periods})) AND cohort IN (SELECT value FROM json_each({:totalled}))
		GROUP BY period_key, kpi`

	// inCohorts holds of the enrolments n that are summed up.
	inCohorts = `({:whole} OR n.cohort IN (SELECT value FROM json_each({:cohorts})))`

	enrolledLines = `SELECT n.cohort, count(*), sum(n.joined_on != ''), sum(n.status = 'graduated') FROM enrolments n
		WHERE ` + inCohorts + ` GROUP BY n.cohort ORDER BY n.cohort`

	graduateLines = `SELECT g.startup, s.slug, s.name, s.status, g.cohort, g.left_on,
			EXISTS (SELECT 1 FROM report_requests q WHERE q.startup = g.startup AND q.submitted_at >= {:since})
		FROM (SELECT n.startup, n.cohort, min(n.left_on) AS left_on FROM enrolments n WHERE n.status = 'graduated' AND ` + inCohorts + ` GROUP BY n.startup) g
		JOIN startups s ON s.id = g.startup ORDER BY s.sort_key, s.id`

	// gained are startups with what they say now of a figure and what they said first: the latest value of the period, and the
	// baseline.
	gained = `FROM (SELECT b.startup, b.value AS base, (
			SELECT r.id FROM kpi_readings r JOIN report_requests q ON q.id = r.request AND q.status IN ('submitted', 'accepted')
				JOIN report_templates t ON t.id = q.template AND t.period = 'month' JOIN enrolments n ON n.id = q.enrolment
			WHERE r.startup = b.startup AND r.kpi = b.kpi AND r.period_key BETWEEN {:first} AND {:last} AND r.state = 'value' AND ` + inCohorts + `
			ORDER BY r.period_key DESC, q.id DESC LIMIT 1) AS latest
		FROM kpi_readings b JOIN report_requests bq ON bq.id = b.request AND bq.status IN ('submitted', 'accepted')
		WHERE b.kpi = (SELECT id FROM kpis WHERE key = {:jobs}) AND b.period_key = 'baseline' AND b.state = 'value') g
		JOIN kpi_readings r ON r.id = g.latest JOIN report_requests q ON q.id = r.request JOIN enrolments n ON n.id = q.enrolment`

	gainLines = `SELECT n.cohort, count(*), sum(r.value), sum(g.base) ` + gained + ` GROUP BY n.cohort ORDER BY n.cohort`
)

// portfolioParams are what the queries of a portfolio ask with.
func portfolioParams(period string, cohorts []string, now time.Time) (dbx.Params, error) {
	s, err := spanOf(period)
	if err != nil {
		return nil, err
	}
	periods := []string{period}
	if earlier := before(period); earlier != "" {
		periods = append(periods, earlier)
	}
	totalled := cohorts
	if cohorts == nil {
		totalled = []string{""}
	}
	return dbx.Params{
		"periods": inJSON(periods), "totalled": inJSON(totalled), "cohorts": inJSON(cohorts), "whole": cohorts == nil,
		"first": s.first, "last": s.last, "jobs": jobsKPI, "since": stamp(now.Add(-unheard)),
	}, nil
}

// portfolioLines reads what a portfolio is made of. cohorts nil is all of them.
func portfolioLines(app core.App, period string, cohorts []string, now time.Time) (l PortfolioLines, err error) {
	params, err := portfolioParams(period, cohorts, now)
	if err != nil {
		return l, err
	}
	if l.KPIs, err = linesOf[KPILine](app, kpiLines, nil); err != nil {
		return l, fmt.Errorf("read the KPIs: %w", err)
	}
	if l.Totals, err = linesOf[KeptTotal](app, totalLines, picked(params, "periods", "totalled")); err != nil {
		return l, fmt.Errorf("read the totals of %s: %w", period, err)
	}
	if l.Enrolled, err = linesOf[EnrolledLine](app, enrolledLines, picked(params, "whole", "cohorts")); err != nil {
		return l, fmt.Errorf("count enrolments: %w", err)
	}
	if l.Graduates, err = graduatesOf(app, cohorts, now); err != nil {
		return l, err
	}
	if l.Gains, err = linesOf[GainLine](app, gainLines, picked(params, "whole", "cohorts", "first", "last", "jobs")); err != nil {
		return l, fmt.Errorf("sum up what was gained by %s: %w", period, err)
	}
	l.Twice = map[string]map[string]KeptTotal{}
	for _, key := range []string{period, before(period)} {
		if key == "" {
			continue
		}
		if l.Twice[key], err = countedTwice(app, key, cohorts); err != nil {
			return l, err
		}
	}
	l.Capital, err = capitalLines(app, period, cohorts)
	return l, err
}

// picked are some of the parameters: a query takes none that it does not name.
func picked(all dbx.Params, names ...string) dbx.Params {
	some := dbx.Params{}
	for _, name := range names {
		some[name] = all[name]
	}
	return some
}

// graduatesOf lists the startups that graduated from some cohorts, each from the first of them, by their names.
func graduatesOf(app core.App, cohorts []string, now time.Time) ([]Alumna, error) {
	list, err := linesOf[Alumna](app, graduateLines, dbx.Params{"whole": cohorts == nil, "cohorts": inJSON(cohorts), "since": stamp(now.Add(-unheard))})
	if err != nil {
		return nil, fmt.Errorf("list graduates: %w", err)
	}
	return list, nil
}

// enrolledRows are the enrolments behind a step of the funnel, by the startups' names.
func enrolledRows(app core.App, step string, cohorts []string) ([]PortfolioRow, error) {
	which := map[string]string{"enrolled": "1", "active": "n.joined_on != ''", "graduated": "n.status = 'graduated'"}[step]
	var found []struct{ Startup, Slug, Name, Cohort, Status, Joined, Left string }
	err := app.DB().NewQuery(`SELECT s.id AS startup, s.slug, s.name, n.cohort, n.status, n.joined_on AS joined, n.left_on AS "left"
		FROM enrolments n JOIN startups s ON s.id = n.startup WHERE ` + which + ` AND ` + inCohorts + ` ORDER BY s.sort_key, s.id, n.id`).
		Bind(dbx.Params{"whole": cohorts == nil, "cohorts": inJSON(cohorts)}).All(&found)
	if err != nil {
		return nil, fmt.Errorf("list who is %s: %w", step, err)
	}
	rows := make([]PortfolioRow, 0, len(found))
	for _, f := range found {
		row := PortfolioRow{Startup: Named{f.Startup, f.Slug, f.Name}, Cohort: f.Cohort, Status: f.Status, On: f.Joined}
		if step == "graduated" {
			row.On = f.Left
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// gainRows are the startups behind what was gained, by their names.
func gainRows(app core.App, period string, cohorts []string) ([]PortfolioRow, error) {
	s, err := spanOf(period)
	if err != nil {
		return nil, err
	}
	var found []struct {
		Startup, Slug, Name, Cohort, Status, Joined string
		Now, Base                                   int64
	}
	err = app.DB().NewQuery(`SELECT s.id AS startup, s.slug, s.name, n.cohort, n.status, n.joined_on AS joined, r.value AS now, g.base ` + gained + `
		JOIN startups s ON s.id = g.startup ORDER BY s.sort_key, s.id`).
		Bind(dbx.Params{"whole": cohorts == nil, "cohorts": inJSON(cohorts), "first": s.first, "last": s.last, "jobs": jobsKPI}).All(&found)
	if err != nil {
		return nil, fmt.Errorf("open what was gained by %s: %w", period, err)
	}
	rows := make([]PortfolioRow, 0, len(found))
	for _, f := range found {
		change := f.Now - f.Base
		rows = append(rows, PortfolioRow{
			Startup: Named{f.Startup, f.Slug, f.Name}, Cohort: f.Cohort, Status: f.Status, On: f.Joined, Now: &f.Now, Base: &f.Base, Change: &change,
		})
	}
	return rows, nil
}

// capitalLines and capitalRows find no rounds of funding: the house does not keep any yet.
func capitalLines(core.App, string, []string) ([]CapitalLine, error) { return nil, nil }

func capitalRows(core.App, string, []string) ([]PortfolioRow, error) { return []PortfolioRow{}, nil }
