package startups

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/record"
)

// liveMembers are the people who are in a startup now.
func liveMembers(app core.App, startup string) ([]*Member, error) {
	return Members.All(app, dbx.HashExp{"startup": startup, "left_on": ""})
}

// liveMember is a person's place in a startup now. Error: record.not_found.
func liveMember(app core.App, startup, user string) (*Member, error) {
	return Members.First(app, dbx.HashExp{"startup": startup, "user": user, "left_on": ""})
}

// Belongs says whether a person is in a startup now.
func Belongs(app core.App, person, startup string) (bool, error) {
	n, err := app.CountRecords(Members.Collection, dbx.HashExp{"startup": startup, "user": person, "left_on": ""})
	return n > 0, err
}

// What a query says of an enrolment n: that it holds a place in its cohort, as placed does, and that its startup is not on leave.
const (
	holding = `n.status IN ('invited', 'active', 'on_leave')`
	atWork  = `n.status IN ('invited', 'active')`
)

// Placed is how many startups hold a place in a cohort: invited, active or on leave.
func Placed(app core.App, cohort string) (int, error) {
	n, err := app.CountRecords(Enrolments.Collection, dbx.HashExp{"cohort": cohort, "status": placed})
	return int(n), err
}

// Insiders are everybody who is in a startup now, advisors too.
func Insiders(app core.App, startup string) ([]string, error) {
	return column(app, "user", dbx.HashExp{"startup": startup, "left_on": ""})
}

// Of are the startups that a person is in now, as an advisor too.
func Of(app core.App, person string) ([]string, error) {
	return column(app, "startup", dbx.HashExp{"user": person, "left_on": ""})
}

func column(app core.App, name string, where dbx.Expression) (ids []string, err error) {
	if err = app.DB().Select(name).From(Members.Collection).Where(where).OrderBy("id").Column(&ids); err != nil {
		return nil, fmt.Errorf("look among members: %w", err)
	}
	return ids, nil
}

// cohortsOf are the cohorts that a startup was ever enrolled in.
func cohortsOf(app core.App, startup string) ([]string, error) {
	var ids []string
	err := app.DB().Select("cohort").From(Enrolments.Collection).Where(dbx.HashExp{"startup": startup}).OrderBy("id").Column(&ids)
	if err != nil {
		return nil, fmt.Errorf("read the cohorts of startup %s: %w", startup, err)
	}
	return ids, nil
}

// answersTo are the answers to a report by the id of their figure.
func answersTo(app core.App, request string) (map[string]*Reading, error) {
	rows, err := Readings.All(app, dbx.HashExp{"request": request})
	if err != nil {
		return nil, err
	}
	by := make(map[string]*Reading, len(rows))
	for _, r := range rows {
		by[r.KPIID()] = r
	}
	return by, nil
}

// unanswered are the figures that a report asks for and nobody has answered.
func unanswered(app core.App, q *Request) ([]*KPI, error) {
	t, err := Templates.Find(app, q.TemplateID())
	if err != nil {
		return nil, err
	}
	asks, err := questions(app, t)
	if err != nil {
		return nil, err
	}
	stored, err := answersTo(app, q.Id)
	if err != nil {
		return nil, err
	}
	var open []*KPI
	for _, k := range asks {
		if stored[k.Id] == nil {
			open = append(open, k)
		}
	}
	return open, nil
}

// owing are the enrolments that are active now, joined by the end of a month, and not yet asked to report on it, by whatever
// template.
func owing(app core.App, month string) ([]*Enrolment, error) {
	return Enrolments.Query(app.RecordQuery(Enrolments.Collection).
		AndWhere(dbx.HashExp{"status": string(EnrolmentActive)}).
		AndWhere(dbx.NewExp("joined_on <= {:end}", dbx.Params{"end": lastDay(month)})).
		AndWhere(dbx.NewExp(`NOT EXISTS (SELECT 1 FROM report_requests q JOIN report_templates t ON t.id = q.template
			WHERE q.startup = enrolments.startup AND q.period_key = {:month} AND t.period = 'month')`, dbx.Params{"month": month})).
		OrderBy("id"))
}

// overdue are the open reports whose due day and grace are over at now.
func overdue(app core.App, now time.Time) ([]*Request, error) {
	return Requests.Query(app.RecordQuery(Requests.Collection).
		InnerJoin("report_templates t", dbx.NewExp("t.id = report_requests.template")).
		AndWhere(dbx.HashExp{"report_requests.status": string(RequestOpen)}).
		AndWhere(dbx.NewExp("date(report_requests.due_on, '+' || t.grace_days || ' days') < {:today}", dbx.Params{"today": locale.Day(now)})).
		OrderBy("report_requests.id"))
}

// lateReports are the reports that are awaited in vain for two days and more, of startups that are still in their cohort,
// by startup and period.
func lateReports(app core.App, now time.Time) ([]lateReport, error) {
	var late []lateReport
	err := app.DB().NewQuery(`
		SELECT q.id, q.startup, n.cohort, q.period_key, q.due_on, t.grace_days, t.period AS kind,
			coalesce((SELECT max(p.period_key) FROM report_requests p JOIN report_templates pt ON pt.id = p.template
				WHERE p.startup = q.startup AND pt.period = t.period AND p.submitted_at != ''), '') AS last_from
		FROM report_requests q
		JOIN report_templates t ON t.id = q.template
		JOIN enrolments n ON n.id = q.enrolment
		WHERE q.status IN ('open', 'missed') AND ` + holding + `
			AND date(q.due_on, {:amber}) <= {:today}
		ORDER BY q.startup, q.period_key, q.id`).
		Bind(dbx.Params{"today": locale.Day(now), "amber": fmt.Sprintf("+%d days", amberAfter)}).All(&late)
	if err != nil {
		return nil, fmt.Errorf("look for late reports: %w", err)
	}
	return late, nil
}

// reportsBefore are the reports that a startup handed in before q was asked for, the latest first, at most so many.
func reportsBefore(app core.App, q *Request, most int) ([]*Request, error) {
	return Requests.Query(app.RecordQuery(Requests.Collection).
		AndWhere(dbx.HashExp{"startup": q.StartupID()}).
		AndWhere(dbx.NewExp("submitted_at != '' AND opens_at < {:opens}", dbx.Params{"opens": record.Stamp(q.OpensAt())})).
		OrderBy("opens_at DESC").Limit(int64(most)))
}

// keepLink stores what opens a report without an account; "" and no time take it away. It counts as no revision: mailing a
// link, at whatever moment that happens, must not turn away the person who has the report open and is writing it.
func keepLink(tx core.App, request, hash string, expires time.Time) error {
	until := ""
	if hash != "" {
		until = record.Stamp(expires)
	}
	_, err := tx.NonconcurrentDB().Update("report_requests", dbx.Params{"token_hash": hash, "token_expires": until},
		dbx.HashExp{"id": request}).Execute()
	if err != nil {
		return fmt.Errorf("keep the link to report %s: %w", request, err)
	}
	return nil
}

// ReportOn is the report of a startup on a period. Error: record.not_found.
func ReportOn(app core.App, startup, period string) (*Request, error) {
	return Requests.First(app, dbx.HashExp{"startup": startup, "period_key": period})
}
