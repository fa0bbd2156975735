package startups

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
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
	params["cohorts"] = inJSON(cohorts)
	return " AND n.cohort IN (SELECT value FROM json_each({:cohorts}))"
}

// figuresOf sums up every KPI over a span, in the order of their position.
func figuresOf(app core.App, s span, cohorts []string) ([]Figure, error) {
	params := dbx.Params{"first": s.first, "last": s.last}
	var cells []struct {
		KPI   string `db:"kpi"`
		State string `db:"state"`
		Grade string `db:"grade"`
		N     int    `db:"n"`
		Sum   int64  `db:"sum"`   // of all values
		Last  int64  `db:"last"`  // of each startup's last value
		Teams int    `db:"teams"` // startups whose last value is among them
	}
	err := app.DB().NewQuery(`
		SELECT kpi, state, grade, count(*) AS n, sum(value) AS sum, sum(CASE WHEN latest = 1 THEN value ELSE 0 END) AS last,
			sum(latest = 1) AS teams
		FROM (
			SELECT asks.value AS kpi, coalesce(r.state, 'missing') AS state, coalesce(r.grade, '') AS grade, coalesce(r.value, 0) AS value,
				row_number() OVER (PARTITION BY asks.value, q.startup, coalesce(r.state, '') = 'value' ORDER BY q.period_key DESC) AS latest
			` + reportsBehind + among(cohorts, params) + `)
		GROUP BY kpi, state, grade`).Bind(params).All(&cells)
	if err != nil {
		return nil, fmt.Errorf("sum up %s to %s: %w", s.first, s.last, err)
	}
	kpis, err := KPIs.Query(app.RecordQuery(KPIs.Collection).OrderBy("position", "id"))
	if err != nil {
		return nil, err
	}
	figures := make([]Figure, 0, len(kpis))
	for _, k := range kpis {
		f := Figure{
			KPI: k.Id, Key: k.Key(), LabelVI: k.Label().VI, LabelEN: k.Label().EN, Unit: k.Unit(), Direction: k.Direction(), Agg: k.agg(),
			ByState: map[string]int{}, Grade: map[string]int{},
		}
		for _, c := range cells {
			if c.KPI != k.Id {
				continue
			}
			f.Asked += c.N
			f.ByState[c.State] += c.N
			if c.State != string(Given) {
				continue
			}
			f.Reported += c.N
			f.startups += c.Teams
			f.Grade[c.Grade] += c.N
			if f.Total == nil {
				f.Total = new(int64)
			}
			if k.Sums() {
				*f.Total += c.Sum
			} else {
				*f.Total += c.Last
			}
		}
		if k.Unit() == "percent" {
			f.Total = nil // percents do not add up
		}
		figures = append(figures, f)
	}
	return figures, nil
}

// teamsOf counts the startups that gave a value for a KPI over a span, by KPI and cohort. A cohort without any is not among them.
func teamsOf(app core.App, s span, cohorts []string) (map[string]map[string]int, error) {
	params := dbx.Params{"first": s.first, "last": s.last}
	var cells []struct {
		KPI    string `db:"kpi"`
		Cohort string `db:"cohort"`
		N      int    `db:"n"`
	}
	err := app.DB().NewQuery(`SELECT asks.value AS kpi, n.cohort, count(DISTINCT q.startup) AS n ` + reportsBehind + among(cohorts, params) + `
		AND r.state = 'value' GROUP BY asks.value, n.cohort`).Bind(params).All(&cells)
	if err != nil {
		return nil, fmt.Errorf("count who reported from %s to %s: %w", s.first, s.last, err)
	}
	teams := map[string]map[string]int{}
	for _, c := range cells {
		if teams[c.KPI] == nil {
			teams[c.KPI] = map[string]int{}
		}
		teams[c.KPI][c.Cohort] = c.N
	}
	return teams, nil
}

// rowsOf lists the reports behind one KPI over a span, by the startups' names and the periods.
func rowsOf(app core.App, kpi string, s span, cohorts []string) ([]FigureRow, error) {
	params := dbx.Params{"first": s.first, "last": s.last, "kpi": kpi}
	var found []struct {
		Startup, Slug, Name, Cohort, Request, Status, Period, State, Comment, Grade, Source, Submitted string
		Value                                                                                          int64
		Late                                                                                           bool
	}
	err := app.DB().NewQuery(`
		SELECT s.id AS startup, s.slug, s.name, n.cohort, q.id AS request, q.status, q.period_key AS period, q.late,
			q.submitted_at AS submitted, coalesce(r.state, 'missing') AS state, coalesce(r.value, 0) AS value,
			coalesce(r.comment, '') AS comment, coalesce(r.grade, '') AS grade, coalesce(r.source, '') AS source
		` + reportsBehind + among(cohorts, params) + ` AND asks.value = {:kpi}
		ORDER BY s.sort_key, s.id, q.period_key`).Bind(params).All(&found)
	if err != nil {
		return nil, fmt.Errorf("open figure %s of %s to %s: %w", kpi, s.first, s.last, err)
	}
	rows := make([]FigureRow, 0, len(found))
	for _, f := range found {
		row := FigureRow{
			Startup: Named{f.Startup, f.Slug, f.Name}, Cohort: f.Cohort, Request: f.Request, Status: f.Status, Period: f.Period,
			State: f.State, Comment: f.Comment, Grade: f.Grade, Source: f.Source, Late: f.Late, SubmittedAt: spoken(f.Submitted),
		}
		if f.State == string(Given) {
			row.Value = &f.Value
		}
		rows = append(rows, row)
	}
	return rows, nil
}
