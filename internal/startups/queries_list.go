package startups

import (
	"context"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/record"
	"vuon/internal/vn"
	"vuon/internal/web"
)

// namesOf are the startups of enrolments by id.
func namesOf(app core.App, rows []*Enrolment) (map[string]Named, error) {
	ids := make([]any, 0, len(rows))
	for _, n := range rows {
		ids = append(ids, n.StartupID())
	}
	list, err := Startups.All(app, dbx.HashExp{"id": ids})
	if err != nil {
		return nil, err
	}
	names := make(map[string]Named, len(list))
	for _, s := range list {
		names[s.Id] = Named{s.Id, s.Slug(), s.Name()}
	}
	return names, nil
}

// requestsOf lists the reports of a startup, the latest first.
func requestsOf(app core.App, startup string) ([]*Request, error) {
	return Requests.Query(app.RecordQuery(Requests.Collection).
		AndWhere(dbx.HashExp{"startup": startup}).OrderBy("opens_at DESC", "id DESC"))
}

// pastOf lists the answers that a startup has handed in, by period, and before them what came from tables and no report tells.
func pastOf(app core.App, startup string) ([]Past, error) {
	lines, err := linesOf[PastLine](app, `SELECT r.kpi, r.period_key AS period, r.state, r.grade, r.source, r.value
		FROM kpi_readings r LEFT JOIN report_requests q ON q.id = r.request
		WHERE r.startup = {:startup} AND (q.status IN ('submitted', 'accepted') OR r.request = '' AND NOT EXISTS (
			SELECT 1 FROM kpi_readings o JOIN report_requests a ON a.id = o.request
			WHERE o.startup = r.startup AND o.kpi = r.kpi AND o.period_key = r.period_key AND a.status IN ('submitted', 'accepted')))
		ORDER BY coalesce(q.opens_at, ''), r.period_key, r.kpi`, dbx.Params{"startup": startup})
	if err != nil {
		return nil, fmt.Errorf("read what startup %s has reported: %w", startup, err)
	}
	return pastFrom(lines), nil
}

// PastLine is one answer as the history of a startup finds it.
type PastLine struct {
	KPI, Period, State, Grade, Source string
	Value                             int64
}

// Into is where a row of the query is read into, column by column.
func (l *PastLine) Into() []any {
	return []any{&l.KPI, &l.Period, &l.State, &l.Grade, &l.Source, &l.Value}
}

func pastFrom(lines []PastLine) []Past {
	list := make([]Past, 0, len(lines))
	for i := range lines {
		l := &lines[i]
		p := Past{KPI: l.KPI, Period: l.Period, State: l.State, Grade: l.Grade, Source: l.Source}
		if l.State == string(Given) {
			p.Value = &l.Value
		}
		list = append(list, p)
	}
	return list
}

// asksOf lists what a template asks for, in order.
func asksOf(app core.App, t *Template) ([]Question, error) {
	asks, err := linesOf[Question](app, `SELECT k.id, k.key, k.label_vi, k.label_en, k.help_vi, k.help_en, k.unit, k.direction, k.agg FROM kpis k
		WHERE k.id IN (SELECT value FROM json_each({:asked})) ORDER BY k.position, k.id`, dbx.Params{"asked": record.InJSON(t.KPIs())})
	if err != nil {
		return nil, fmt.Errorf("read what template %s asks for: %w", t.Id, err)
	}
	return asks, nil
}

// startupRow is a startup in the staff's list.
type startupRow struct {
	ID         string `db:"id"         json:"id"`
	Slug       string `db:"slug"       json:"slug"`
	Name       string `db:"name"       json:"name"`
	Sector     string `db:"sector"     json:"sector"`
	Stage      string `db:"stage"      json:"stage"`
	Status     string `db:"status"     json:"status"`
	Visibility string `db:"visibility" json:"visibility"`
	Headcount  int    `db:"headcount"  json:"headcount"`
	Sample     bool   `db:"sample"     json:"sample"`
	Cohort     string `db:"cohort"     json:"cohort"`           // of its latest enrolment
	Enrolment  string `db:"enrolment"  json:"enrolment_status"` // of the same
	Period     string `db:"period"     json:"period_key"`       // of its latest report
	Report     string `db:"report"     json:"report_status"`    // of the same
	Alerts     int    `db:"alerts"     json:"alerts"`           // that wait for somebody
	Severity   string `db:"severity"   json:"alert_severity"`   // of the worst of them
	SortKey    string `db:"sort_key"   json:"-"`
}

// StartupLine is a startup as the staff's list finds it.
type StartupLine = startupRow

// Into is where a row of the query is read into, column by column.
func (r *startupRow) Into() []any {
	return []any{
		&r.ID, &r.Slug, &r.Name, &r.Sector, &r.Stage, &r.Status, &r.Visibility, &r.Headcount, &r.Sample, &r.SortKey, &r.Cohort, &r.Enrolment,
		&r.Period, &r.Report, &r.Alerts, &r.Severity,
	}
}

// PageOf makes a page of its rows, one more than limit where there is another page.
func PageOf(rows []StartupLine, limit int) web.List[StartupLine] {
	rows, next := web.Cut(rows, limit, func(r startupRow) string { return web.Cursor(r.SortKey, r.ID) })
	return web.ListOf(rows, next)
}

// startupsOver lists the startups that were ever in some cohorts, nil being all, by their Vietnamese names.
func startupsOver(ctx context.Context, app core.App, cohorts []string, p page, sector, status string, units []string) ([]startupRow, error) {
	q := app.DB().Select(
		"s.id", "s.slug", "s.name", "s.sector", "s.stage", "s.status", "s.visibility", "s.headcount", "s.sample", "s.sort_key",
		"coalesce((SELECT n.cohort FROM enrolments n WHERE n.startup = s.id ORDER BY n.created DESC, n.id DESC LIMIT 1), '') AS cohort",
		"coalesce((SELECT n.status FROM enrolments n WHERE n.startup = s.id ORDER BY n.created DESC, n.id DESC LIMIT 1), '') AS enrolment",
		"coalesce((SELECT r.period_key FROM report_requests r WHERE r.startup = s.id ORDER BY r.opens_at DESC, r.id DESC LIMIT 1), '') AS period",
		"coalesce((SELECT r.status FROM report_requests r WHERE r.startup = s.id ORDER BY r.opens_at DESC, r.id DESC LIMIT 1), '') AS report",
		"(SELECT count(*) FROM alerts a WHERE a.startup = s.id AND a.status IN ('open', 'acked')) AS alerts",
		"coalesce((SELECT max(a.severity) FROM alerts a WHERE a.startup = s.id AND a.status IN ('open', 'acked')), '') AS severity", // red comes after amber
	).From("startups s").OrderBy("s.sort_key", "s.id").Limit(int64(p.Limit) + 1).WithContext(ctx)
	if cohorts != nil {
		q.AndWhere(dbx.NewExp("s.id IN (SELECT n.startup FROM enrolments n WHERE n.cohort IN (SELECT value FROM json_each({:cohorts})))",
			dbx.Params{"cohorts": record.InJSON(cohorts)}))
	}
	if p.Search != "" {
		q.AndWhere(dbx.Like("s.search_key", vn.Fold(p.Search)))
	}
	if sector != "" {
		q.AndWhere(dbx.HashExp{"s.sector": sector})
	}
	if status != "" {
		q.AndWhere(dbx.HashExp{"s.status": status})
	}
	if units != nil {
		q.AndWhere(dbx.HashExp{"s.admin_unit": anys(units)})
	}
	if p.after != nil {
		q.AndWhere(dbx.NewExp("(s.sort_key, s.id) > ({:key}, {:id})", dbx.Params{"key": p.after[0], "id": p.after[1]}))
	}
	var rows []startupRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list startups: %w", err)
	}
	return rows, nil
}

// reportRow is a report in a list.
type reportRow struct {
	ID          string `db:"id"           json:"id"`
	Startup     string `db:"startup"      json:"startup"`
	Name        string `db:"name"         json:"name"`
	Slug        string `db:"slug"         json:"slug"`
	Cohort      string `db:"cohort"       json:"cohort"`
	TitleVI     string `db:"title_vi"     json:"title_vi"`
	TitleEN     string `db:"title_en"     json:"title_en"`
	Kind        string `db:"kind"         json:"kind"`
	Period      string `db:"period_key"   json:"period_key"`
	Status      string `db:"status"       json:"status"`
	OpensAt     string `db:"opens_at"     json:"opens_at"`
	DueOn       string `db:"due_on"       json:"due_on"`
	SubmittedAt string `db:"submitted_at" json:"submitted_at"`
	Late        bool   `db:"late"         json:"late"`
	Asked       int    `db:"asked"        json:"asked"`
	Answered    int    `db:"answered"     json:"answered"`
	Words       string `db:"words"        json:"-"` // answers in words, for a table alone
}

// wanted narrows a list of reports.
type wanted struct {
	cohorts                         []string // nil is all
	member                          string   // only of the startups of a person
	period, status, cohort, startup string
}

// reports lists reports, the latest first and within a day by name.
func reports(ctx context.Context, app core.App, w wanted, p page) ([]reportRow, error) {
	q := app.DB().Select(
		"q.id", "q.startup", "s.name", "s.slug", "n.cohort", "t.title_vi", "t.title_en", "t.period AS kind", "q.period_key", "q.status",
		"q.opens_at", "q.due_on", "q.submitted_at", "q.late", "json_array_length(t.kpis) AS asked",
		"(SELECT count(*) FROM kpi_readings r WHERE r.request = q.id) AS answered",
	).From("report_requests q").
		InnerJoin("startups s", dbx.NewExp("s.id = q.startup")).
		InnerJoin("enrolments n", dbx.NewExp("n.id = q.enrolment")).
		LeftJoin("report_templates t", dbx.NewExp("t.id = q.template")). // every report has one; left, so that the list is not walked from here
		Where(dbx.Not(dbx.HashExp{"q.status": string(RequestScheduled)})).
		OrderBy("q.due_on DESC", "q.id DESC").Limit(int64(p.Limit) + 1).WithContext(ctx)
	if p.CSV {
		q.AndSelect(`coalesce((SELECT group_concat(json_extract(x.value, '$.label_vi') || ': ' || a.value, char(10))
			FROM json_each(t.questions) x JOIN json_each(q.answers) a ON a.key = json_extract(x.value, '$.key')), '') AS words`)
	}
	if w.cohorts != nil {
		q.AndWhere(dbx.NewExp("n.cohort IN (SELECT value FROM json_each({:cohorts}))", dbx.Params{"cohorts": record.InJSON(w.cohorts)}))
	}
	if w.member != "" {
		q.AndWhere(dbx.NewExp("q.startup IN (SELECT m.startup FROM startup_members m WHERE m.user = {:member} AND m.left_on = '')", dbx.Params{"member": w.member}))
	}
	for column, value := range map[string]string{"q.period_key": w.period, "q.status": w.status, "n.cohort": w.cohort, "q.startup": w.startup} {
		if value != "" {
			q.AndWhere(dbx.HashExp{column: value})
		}
	}
	if p.Search != "" {
		q.AndWhere(dbx.Like("s.search_key", vn.Fold(p.Search)))
	}
	if p.after != nil {
		q.AndWhere(dbx.NewExp("(q.due_on, q.id) < ({:due}, {:id})", dbx.Params{"due": p.after[0], "id": p.after[1]}))
	}
	var rows []reportRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list reports: %w", err)
	}
	for i := range rows {
		rows[i].OpensAt, rows[i].SubmittedAt = spoken(rows[i].OpensAt), spoken(rows[i].SubmittedAt)
	}
	return rows, nil
}

// spoken turns a stored instant into the form in which the house speaks of one; "" stays "".
func spoken(stored string) string {
	at, err := types.ParseDateTime(stored)
	if err != nil || at.IsZero() {
		return ""
	}
	return at.Time().Format(time.RFC3339)
}
