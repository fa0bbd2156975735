package startups

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// reportersOf are the people who may fill in reports that wait, one row for each report and person, the soonest due first.
const reportersOf = `SELECT q.id AS request, q.due_on, q.period_key, q.status, t.period AS kind, t.title_vi, t.title_en, s.name AS startup,
		m.user, m.is_primary
	FROM report_requests q
	JOIN report_templates t ON t.id = q.template
	JOIN startups s ON s.id = q.startup
	JOIN enrolments n ON n.id = q.enrolment AND n.status IN ('invited', 'active', 'on_leave')
	JOIN startup_members m ON m.startup = q.startup AND m.left_on = '' AND m.role != 'advisor'
	WHERE q.status IN ('open', 'missed', 'returned')`

func reportersWhere(app core.App, narrower string, params dbx.Params) ([]reporter, error) {
	var all []reporter
	err := app.DB().NewQuery(reportersOf + narrower + " ORDER BY q.due_on, q.id, m.id").Bind(params).All(&all)
	if err != nil {
		return nil, fmt.Errorf("look for who may report: %w", err)
	}
	return all, nil
}

// reporters are those of some reports.
func reporters(app core.App, requests []string) ([]reporter, error) {
	return reportersWhere(app, " AND q.id IN (SELECT value FROM json_each({:ids}))", dbx.Params{"ids": inJSON(requests)})
}

// awaited are those of all reports that have not come.
func awaited(app core.App) ([]reporter, error) {
	return reportersWhere(app, " AND q.status IN ('open', 'missed')", nil)
}

// awaitedFrom are the reports that one person may fill in.
func awaitedFrom(app core.App, user string) ([]reporter, error) {
	return reportersWhere(app, " AND m.user = {:user}", dbx.Params{"user": user})
}

// openAlerts are the alerts that nobody has taken up and somebody owns.
func openAlerts(app core.App) ([]alertRow, error) {
	var rows []alertRow
	err := app.DB().NewQuery(`SELECT a.id, a.severity, a.owner, s.name FROM alerts a JOIN startups s ON s.id = a.startup
		WHERE a.status = 'open' AND a.owner != '' ORDER BY a.id`).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for open alerts: %w", err)
	}
	return rows, nil
}

// waiting counts what staff over some cohorts, nil being all, can do: alerts that nobody has taken up, reports to accept.
func waiting(app core.App, cohorts []string) (alerts, reports int, err error) {
	params := dbx.Params{}
	err = app.DB().NewQuery(`SELECT
		(SELECT count(*) FROM alerts a WHERE a.status = 'open'
			AND EXISTS (SELECT 1 FROM enrolments n WHERE n.startup = a.startup`+among(cohorts, params)+`)),
		(SELECT count(*) FROM report_requests q JOIN enrolments n ON n.id = q.enrolment WHERE q.status = 'submitted'`+among(cohorts, params)+`)`).
		Bind(params).Row(&alerts, &reports)
	if err != nil {
		return 0, 0, fmt.Errorf("count what waits for staff: %w", err)
	}
	return alerts, reports, nil
}
