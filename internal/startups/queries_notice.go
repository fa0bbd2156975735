package startups

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/record"
)

// reporterColumns and reporterTables are what is told of reports to their people, in the rows q and m.
const (
	reporterColumns = `q.id AS request, q.opens_at, q.due_on, q.period_key, q.status, t.period AS kind, t.grace_days, t.title_vi, t.title_en,
		s.name AS startup, n.cohort`
	reporterTables = `JOIN report_templates t ON t.id = q.template
		JOIN startups s ON s.id = q.startup
		JOIN enrolments n ON n.id = q.enrolment AND ` + holding
	theirPeople = `JOIN startup_members m ON m.startup = q.startup AND m.left_on = '' AND m.role != 'advisor'`
)

func reportersWhere(app core.App, sql string, params dbx.Params) ([]reporter, error) {
	var all []reporter
	if err := app.DB().NewQuery(sql).Bind(params).All(&all); err != nil {
		return nil, fmt.Errorf("look for who may report: %w", err)
	}
	return all, nil
}

// reportersTold are those of the reports that were moved since an instant, a row for each move and person.
func reportersTold(app core.App, move string, since time.Time) ([]reporter, error) {
	return reportersWhere(app, `SELECT `+reporterColumns+`, m.user, m.is_primary, m.is_admin, j.seq FROM journal j
		JOIN report_requests q ON q.id = j.subject AND q.status IN ('open', 'missed', 'returned') `+reporterTables+` `+theirPeople+`
		WHERE j.notice = {:move} AND j.at >= {:since} ORDER BY j.seq, m.id`, dbx.Params{"move": move, "since": record.Stamp(since)})
}

// awaited are those of the reports that have not come and are due on the local days from one instant to another.
func awaited(app core.App, from, to time.Time) ([]reporter, error) {
	return reportersWhere(app, `SELECT `+reporterColumns+`, m.user, m.is_primary, m.is_admin FROM report_requests q `+reporterTables+` `+theirPeople+`
		WHERE q.status IN ('open', 'missed') AND q.due_on BETWEEN {:from} AND {:to} ORDER BY q.due_on, q.id, m.id`,
		dbx.Params{"from": locale.Day(from), "to": locale.Day(to)})
}

// awaitedFrom are the reports that one person may fill in, the soonest due first.
func awaitedFrom(app core.App, user string) ([]reporter, error) {
	return reportersWhere(app, `SELECT `+reporterColumns+`, m.user, m.is_primary, m.is_admin FROM report_requests q `+reporterTables+` `+theirPeople+`
		WHERE q.status IN ('open', 'missed', 'returned') AND m.user = {:user} ORDER BY q.due_on, q.id`, dbx.Params{"user": user})
}

// missedSince are the reports that are missing although their grace is over, if it ended on the day of an instant or later.
func missedSince(app core.App, from time.Time) ([]reporter, error) {
	return reportersWhere(app, `SELECT `+reporterColumns+` FROM report_requests q `+reporterTables+`
		WHERE q.status = 'missed' AND date(q.due_on, '+' || t.grace_days || ' days') >= {:from} ORDER BY q.due_on, q.id`,
		dbx.Params{"from": locale.Day(from)})
}

// Teams are the founders and members of some startups, by startup.
func Teams(app core.App, startups ...string) (map[string][]string, error) {
	teams := map[string][]string{}
	if len(startups) == 0 {
		return teams, nil
	}
	var rows []struct {
		Startup string `db:"startup"`
		User    string `db:"user"`
	}
	err := app.DB().NewQuery(`SELECT startup, user FROM startup_members
		WHERE left_on = '' AND role != 'advisor' AND startup IN (SELECT value FROM json_each({:startups})) ORDER BY id`).
		Bind(dbx.Params{"startups": record.InJSON(startups)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for the people of startups: %w", err)
	}
	for _, r := range rows {
		teams[r.Startup] = append(teams[r.Startup], r.User)
	}
	return teams, nil
}

// Circles are everybody who is in some startups now, advisors too, by startup.
func Circles(app core.App, startups ...string) (map[string][]string, error) {
	circles := map[string][]string{}
	if len(startups) == 0 {
		return circles, nil
	}
	var rows []struct {
		Startup string `db:"startup"`
		User    string `db:"user"`
	}
	err := app.DB().NewQuery(`SELECT startup, user FROM startup_members
		WHERE left_on = '' AND startup IN (SELECT value FROM json_each({:startups})) ORDER BY id`).
		Bind(dbx.Params{"startups": record.InJSON(startups)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for who is in startups: %w", err)
	}
	for _, r := range rows {
		circles[r.Startup] = append(circles[r.Startup], r.User)
	}
	return circles, nil
}

// Everybody are the founders and members of all startups that are at work.
func Everybody(app core.App) (people []string, err error) {
	err = app.DB().NewQuery(`SELECT DISTINCT m.user FROM startup_members m JOIN startups s ON s.id = m.startup AND s.status IN ('active', 'dormant')
		WHERE m.left_on = '' AND m.role != 'advisor' ORDER BY m.user`).Column(&people)
	if err != nil {
		return nil, fmt.Errorf("look for the people of all startups: %w", err)
	}
	return people, nil
}

// standingAlert is an alert that nobody has taken up.
type standingAlert struct {
	ID       string `db:"id"`
	Severity string `db:"severity"`
	Owner    string `db:"owner"`
	Name     string `db:"name"`
	Cohort   string `db:"cohort"` // the latest of the startup
	Since    string `db:"since"`  // the local day on which it rose
}

// openAlerts are the alerts of some severities that nobody has taken up.
func openAlerts(app core.App, severities ...string) ([]standingAlert, error) {
	var rows []standingAlert
	err := app.DB().NewQuery(`SELECT a.id, a.severity, a.owner, s.name, coalesce(a.explain->>'since', '') AS since,
			coalesce((SELECT n.cohort FROM enrolments n WHERE n.startup = a.startup ORDER BY n.joined_on DESC, n.id DESC LIMIT 1), '') AS cohort
		FROM alerts a JOIN startups s ON s.id = a.startup
		WHERE a.status = 'open' AND a.severity IN (SELECT value FROM json_each({:severities})) ORDER BY a.id`).
		Bind(dbx.Params{"severities": record.InJSON(severities)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for open alerts: %w", err)
	}
	return rows, nil
}

// joined is somebody whom another has taken into a startup.
type joined struct {
	ID      string `db:"id"`
	User    string `db:"user"`
	Startup string `db:"startup"`
	Name    string `db:"name"`
}

// joinedSince are those since an instant who are still there.
func joinedSince(app core.App, since time.Time) ([]joined, error) {
	var rows []joined
	err := app.DB().NewQuery(`SELECT m.id, m.user, s.id AS startup, s.name FROM journal j
		JOIN startup_members m ON m.id = j.subject AND m.left_on = '' AND m.user != j.actor
		JOIN startups s ON s.id = m.startup
		WHERE j.notice = 'startup_members.join' AND j.at >= {:since} ORDER BY j.seq`).Bind(dbx.Params{"since": record.Stamp(since)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for who joined: %w", err)
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
