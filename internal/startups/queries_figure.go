package startups

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/vn"
)

// reportsBehind are the reports that a figure rests on, each once for every KPI it asks for, with its answer if there is one.
// Only what was handed in counts as an answer: a figure of a half-filled form is nobody's word yet.
const reportsBehind = `FROM report_requests q
	JOIN report_templates t ON t.id = q.template
	JOIN enrolments n ON n.id = q.enrolment
	JOIN startups s ON s.id = q.startup
	JOIN json_each(t.kpis) asks
	LEFT JOIN kpi_readings r ON r.request = q.id AND r.kpi = asks.value AND q.status IN ('submitted', 'accepted')
	WHERE q.period_key BETWEEN {:first} AND {:last} AND q.status NOT IN ('scheduled', 'waived')
		AND t.period = CASE {:first} WHEN 'baseline' THEN 'baseline' ELSE 'month' END`

// among narrows a query to cohorts; nil is all of them.
func among(cohorts []string, params dbx.Params) string {
	if cohorts == nil {
		return ""
	}
	params["cohorts"] = record.InJSON(cohorts)
	return " AND n.cohort IN (SELECT value FROM json_each({:cohorts}))"
}

// figuresOf sums up every KPI over some periods, in the order of their position, by period.
func figuresOf(app core.App, keys, cohorts []string) (map[string][]Figure, error) {
	totals, err := keptTotals(app, keys, cohorts)
	if err != nil {
		return nil, err
	}
	kpis, err := linesOf[KPILine](app, kpiLines, nil)
	if err != nil {
		return nil, fmt.Errorf("read the KPIs: %w", err)
	}
	several, err := inSeveral(app, cohorts)
	if err != nil {
		return nil, err
	}
	by := make(map[string][]Figure, len(keys))
	for _, key := range keys {
		var twice map[string]KeptTotal
		if several {
			if twice, err = countedTwice(app, key, cohorts); err != nil {
				return nil, err
			}
		}
		figures := make([]Figure, 0, len(kpis))
		for _, k := range kpis {
			at := totals[key][k.ID]
			at.Last -= twice[k.ID].Last
			at.Startups -= twice[k.ID].Startups
			figures = append(figures, at.figure(k))
		}
		by[key] = figures
	}
	return by, nil
}

// inSeveral says whether any startup was in more than one of some cohorts. nil is the whole house, of which nothing is added up
// by cohort.
func inSeveral(app core.App, cohorts []string) (several bool, err error) {
	if len(cohorts) < 2 {
		return false, nil
	}
	err = app.DB().NewQuery(`SELECT EXISTS (SELECT 1 FROM enrolments e WHERE e.cohort IN (SELECT value FROM json_each({:cohorts}))
		GROUP BY e.startup HAVING count(*) > 1)`).Bind(dbx.Params{"cohorts": record.InJSON(cohorts)}).Row(&several)
	if err != nil {
		return false, fmt.Errorf("look for startups of two cohorts: %w", err)
	}
	return several, nil
}

// keptTotals are the kept totals of some cohorts, nil being the whole house, by period and KPI. What a startup of two of the
// cohorts gave last is in it twice (countedTwice).
func keptTotals(app core.App, periods, cohorts []string) (map[string]map[string]KeptTotal, error) {
	totalled := cohorts
	if cohorts == nil {
		totalled = []string{""}
	}
	found, err := linesOf[KeptTotal](app, totalLines, dbx.Params{"periods": record.InJSON(periods), "totalled": record.InJSON(totalled)})
	if err != nil {
		return nil, fmt.Errorf("read the totals of %v: %w", periods, err)
	}
	by := make(map[string]map[string]KeptTotal, len(periods))
	for _, k := range found {
		if by[k.Period] == nil {
			by[k.Period] = map[string]KeptTotal{}
		}
		by[k.Period][k.KPI] = k
	}
	return by, nil
}

// countedTwice is what the totals of several cohorts hold too much of: a startup that gave values in two of them over a period
// is in the last values of both, and only its latest stands.
func countedTwice(app core.App, key string, cohorts []string) (map[string]KeptTotal, error) {
	s, err := spanOf(key)
	if err != nil || len(cohorts) < 2 {
		return nil, err
	}
	var found []KeptTotal
	params := dbx.Params{"first": s.first, "last": s.last}
	err = app.DB().NewQuery(`
		SELECT kpi, sum(iif(latest = 1, 0, value)) AS last, sum(latest != 1) AS startups FROM (
			SELECT r.kpi, r.value,
				row_number() OVER (PARTITION BY r.kpi, q.startup ORDER BY q.period_key DESC, q.id DESC) AS latest,
				row_number() OVER (PARTITION BY r.kpi, q.startup, n.cohort ORDER BY q.period_key DESC, q.id DESC) AS in_cohort
			` + reportsBehind + among(cohorts, params) + ` AND r.state = 'value' AND q.startup IN (
				SELECT e.startup FROM enrolments e WHERE e.cohort IN (SELECT value FROM json_each({:cohorts})) GROUP BY e.startup HAVING count(*) > 1)
		) WHERE in_cohort = 1 GROUP BY kpi`).Bind(params).All(&found)
	if err != nil {
		return nil, fmt.Errorf("look for startups of two cohorts over %s: %w", key, err)
	}
	by := make(map[string]KeptTotal, len(found))
	for _, k := range found {
		by[k.KPI] = k
	}
	return by, nil
}

// teamsOf counts the startups that gave a value for a KPI over a period, by cohort. A cohort without any is not among them.
func teamsOf(app core.App, keys []string) (map[cell]map[string]int, error) {
	var found []struct {
		Period string `db:"period_key"`
		KPI    string `db:"kpi"`
		Cohort string `db:"cohort"`
		N      int    `db:"n"`
	}
	err := app.DB().NewQuery(`SELECT period_key, kpi, cohort, startups AS n FROM kept_totals
		WHERE period_key IN (SELECT value FROM json_each({:periods})) AND cohort != '' AND startups > 0`).
		Bind(dbx.Params{"periods": record.InJSON(keys)}).All(&found)
	if err != nil {
		return nil, fmt.Errorf("count who reported on %v: %w", keys, err)
	}
	teams := map[cell]map[string]int{}
	for _, f := range found {
		at := cell{f.Period, f.KPI}
		if teams[at] == nil {
			teams[at] = map[string]int{}
		}
		teams[at][f.Cohort] = f.N
	}
	return teams, nil
}

// startupsFirst are the same reports in the order of the startups' names, so that a page of them reads no more than a page.
const startupsFirst = `FROM startups s
	CROSS JOIN report_requests q ON q.startup = s.id
	CROSS JOIN enrolments n ON n.id = q.enrolment
	LEFT JOIN kpi_readings r ON r.request = q.id AND r.kpi = {:kpi} AND q.status IN ('submitted', 'accepted')
	WHERE q.period_key BETWEEN {:first} AND {:last} AND q.status NOT IN ('scheduled', 'waived')
		AND q.template IN (SELECT id FROM report_templates WHERE period = CASE {:first} WHEN 'baseline' THEN 'baseline' ELSE 'month' END
			AND {:kpi} IN (SELECT value FROM json_each(kpis)))`

// rowsOf lists the reports behind one KPI over a span, by the startups' names and the periods.
func rowsOf(app core.App, kpi string, s span, cohorts []string, p page) ([]FigureRow, error) {
	params := dbx.Params{"first": s.first, "last": s.last, "kpi": kpi}
	var found []struct {
		Startup, Slug, Name, Sorted, Cohort, Request, Status, Period, State, Comment, Grade, Source, Submitted string
		Value                                                                                                  int64
		Late                                                                                                   bool
	}
	err := app.DB().NewQuery(`
		SELECT s.id AS startup, s.slug, s.name, s.sort_key AS sorted, n.cohort, q.id AS request, q.status, q.period_key AS period, q.late,
			q.submitted_at AS submitted, coalesce(r.state, 'missing') AS state, coalesce(r.value, 0) AS value,
			coalesce(r.comment, '') AS comment, coalesce(r.grade, '') AS grade, coalesce(r.source, '') AS source
		` + startupsFirst + among(cohorts, params) + p.rest("q.period_key", params) + `
		ORDER BY s.sort_key, s.id, q.period_key` + p.end(params)).Bind(params).All(&found)
	if err != nil {
		return nil, fmt.Errorf("open figure %s of %s to %s: %w", kpi, s.first, s.last, err)
	}
	rows := make([]FigureRow, 0, len(found))
	for _, f := range found {
		row := FigureRow{
			Startup: Named{f.Startup, f.Slug, f.Name}, Cohort: f.Cohort, Request: f.Request, Status: f.Status, Period: f.Period,
			State: f.State, Comment: f.Comment, Grade: f.Grade, Source: f.Source, Late: f.Late, SubmittedAt: spoken(f.Submitted), sortKey: f.Sorted,
		}
		if f.State == string(Given) {
			row.Value = &f.Value
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// rest narrows rows of startups s to those that were searched for, behind where the page before ended: by the startups' names, and
// by one column more.
func (p page) rest(last string, params dbx.Params) (narrowed string) {
	if p.Search != "" {
		params["sought"] = vn.Fold(p.Search)
		narrowed = " AND instr(s.search_key, {:sought}) > 0"
	}
	if p.after != nil {
		params["sorted"], params["startup"], params["behind"] = p.after[0], p.after[1], p.after[2]
		narrowed += " AND s.sort_key >= {:sorted} AND (s.sort_key, s.id, " + last + ") > ({:sorted}, {:startup}, {:behind})"
	}
	return narrowed
}

// end is one row more than a page holds, or nothing where all are asked for.
func (p page) end(params dbx.Params) string {
	if p.Limit == 0 || p.CSV {
		return ""
	}
	params["most"] = p.Limit + 1
	return " LIMIT {:most}"
}
