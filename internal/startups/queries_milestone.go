package startups

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/record"
	"vuon/internal/startups/watch"
	"vuon/internal/vn"
)

// inTheirCohort says of a milestone m that its startup is in a cohort now, and not on leave.
const inTheirCohort = `EXISTS (SELECT 1 FROM enrolments n WHERE n.startup = m.startup AND ` + atWork + `)`

// primaryOf is the one of a startup whom the centre writes to first; "" where nobody is in it.
func primaryOf(app core.App, startup string) (user string, err error) {
	err = app.DB().NewQuery(`SELECT coalesce((SELECT user FROM startup_members WHERE startup = {:startup} AND left_on = '' AND is_primary = 1), '')`).
		Bind(dbx.Params{"startup": startup}).Row(&user)
	if err != nil {
		return "", fmt.Errorf("look for the primary person of startup %s: %w", startup, err)
	}
	return user, nil
}

// milestonesOf are those of a startup, the soonest due first.
func milestonesOf(app core.App, startup string) ([]*Milestone, error) {
	return Milestones.Query(app.RecordQuery(Milestones.Collection).AndWhere(dbx.HashExp{"startup": startup}).OrderBy("due_on", "id"))
}

// milestonesVerified counts those of a startup that staff have verified since a local day.
func milestonesVerified(app core.App, startup, since string) (n int, err error) {
	err = app.DB().NewQuery(`SELECT count(*) FROM milestones WHERE startup = {:startup} AND status = 'verified' AND decided_at >= {:since}`).
		Bind(dbx.Params{"startup": startup, "since": record.Stamp(endOf(since).Add(-day))}).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count the milestones of startup %s: %w", startup, err)
	}
	return n, nil
}

// longOverdue are the milestones that are missed from now on.
func longOverdue(app core.App, now time.Time) ([]*Milestone, error) {
	var ids []any
	err := app.DB().NewQuery(`SELECT m.id FROM milestones m WHERE m.status IN ('planned', 'in_progress') AND m.due_on < {:day} AND ` + inTheirCohort + ` ORDER BY m.id`).
		Bind(dbx.Params{"day": daysAfter(locale.Day(now), -missAfter)}).Column(&ids)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return Milestones.All(app, dbx.HashExp{"id": ids})
}

// milestonesLate finds what of the milestones of startups in a cohort is an alert.
func milestonesLate(app core.App, now time.Time) ([]finding, error) {
	var rows []struct {
		ID      string `db:"id"`
		Title   string `db:"title"`
		DueOn   string `db:"due_on"`
		Startup string `db:"startup"`
		Cohort  string `db:"cohort"`
	}
	err := app.DB().NewQuery(`SELECT m.id, m.title, m.due_on, m.startup,
			(SELECT n.cohort FROM enrolments n WHERE n.startup = m.startup AND ` + atWork + ` ORDER BY n.joined_on DESC, n.id DESC LIMIT 1) AS cohort
		FROM milestones m WHERE m.status IN ('planned', 'in_progress', 'missed') AND m.due_on < {:today} AND ` + inTheirCohort + ` ORDER BY m.startup, m.id`).
		Bind(dbx.Params{"today": locale.Day(now)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for late milestones: %w", err)
	}
	var found []finding
	for i := 0; i < len(rows); {
		first, some := rows[i], []watch.Milestone{}
		for ; i < len(rows) && rows[i].Startup == first.Startup; i++ {
			some = append(some, watch.Milestone{ID: rows[i].ID, Title: rows[i].Title, DueOn: rows[i].DueOn})
		}
		for _, o := range watch.Late(some, locale.Day(now)) {
			f := finding{root{first.Startup, watch.MilestoneLate, o.Period}, Amber, first.Cohort, Explanation{
				Requests: []string{}, Periods: []string{o.Period}, DueOn: o.Milestones[0].DueOn, Milestones: o.Milestones,
			}}
			if o.Red {
				f.severity = Red
			}
			found = append(found, f)
		}
	}
	return found, nil
}

// milestoneRow is a milestone in the staff's list.
type milestoneRow struct {
	ID          string `db:"id"           json:"id"`
	Startup     string `db:"startup"      json:"startup"`
	Name        string `db:"name"         json:"name"` // of the startup
	Title       string `db:"title"        json:"title"`
	DueOn       string `db:"due_on"       json:"due_on"`
	Weight      int    `db:"weight"       json:"weight"`
	OwnerName   string `db:"owner_name"   json:"owner_name"`
	SubmittedAt string `db:"submitted_at" json:"submitted_at"`
	Status      string `db:"status"       json:"status"`
	Late        bool   `db:"late"         json:"late"`
}

// milestonesOver lists the milestones of startups that were ever in some cohorts, nil being all, the soonest due first. A status is
// one of theirs, "late" for what is overdue, or "" for all.
func milestonesOver(ctx context.Context, app core.App, cohorts []string, cohort string, p page, status string, now time.Time) ([]milestoneRow, error) {
	const late = "(m.status IN ('planned', 'in_progress', 'missed') AND m.due_on < {:today})"
	q := app.DB().Select("m.id", "m.startup", "s.name", "m.title", "m.due_on", "m.weight", "coalesce(u.full_name, '') AS owner_name",
		"m.submitted_at", "m.status", late+" AS late").
		From("milestones m").InnerJoin("startups s", dbx.NewExp("s.id = m.startup")).LeftJoin("users u", dbx.NewExp("u.id = m.owner")).
		OrderBy("m.due_on", "m.id").Limit(int64(p.Limit) + 1).WithContext(ctx).AndBind(dbx.Params{"today": locale.Day(now)})
	if cohort != "" {
		q.AndWhere(dbx.NewExp("m.startup IN (SELECT n.startup FROM enrolments n WHERE n.cohort = {:cohort})", dbx.Params{"cohort": cohort}))
	}
	if cohorts != nil {
		q.AndWhere(dbx.NewExp("m.startup IN (SELECT n.startup FROM enrolments n WHERE n.cohort IN (SELECT value FROM json_each({:cohorts})))",
			dbx.Params{"cohorts": record.InJSON(cohorts)}))
	}
	switch status {
	case "":
	case "late":
		q.AndWhere(dbx.NewExp(late))
	default:
		q.AndWhere(dbx.HashExp{"m.status": status})
	}
	if p.Search != "" {
		q.AndWhere(dbx.Like("s.search_key", vn.Fold(p.Search)))
	}
	if p.after != nil {
		q.AndWhere(dbx.NewExp("(m.due_on, m.id) > ({:due}, {:id})", dbx.Params{"due": p.after[0], "id": p.after[1]}))
	}
	var rows []milestoneRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list milestones: %w", err)
	}
	for i := range rows {
		rows[i].SubmittedAt = spoken(rows[i].SubmittedAt)
	}
	return rows, nil
}

// dueMilestone is a milestone with whom it concerns.
type dueMilestone struct {
	ID      string `db:"id"`
	Title   string `db:"title"`
	DueOn   string `db:"due_on"`
	Owner   string `db:"owner"`
	Startup string `db:"startup"`
	Name    string `db:"name"`
	Admins  string `db:"admins"` // by commas
	Seq     int    `db:"seq"`
}

// people are its owner, or else the admins of the startup.
func (d dueMilestone) people() []string {
	if d.Owner != "" {
		return []string{d.Owner}
	}
	return heard{Admins: d.Admins}.admins()
}

// dueColumns is what is told of a milestone m of startup s. Whoever has left its startup looks after nothing there.
const dueColumns = `m.id, m.title, m.due_on, m.startup, s.name,
	coalesce((SELECT p.user FROM startup_members p WHERE p.startup = m.startup AND p.user = m.owner AND p.left_on = ''), '') AS owner,
	coalesce((SELECT group_concat(p.user) FROM startup_members p WHERE p.startup = m.startup AND p.left_on = '' AND p.is_admin = 1), '') AS admins`

// milestonesDue are those that wait and are due on the local days from one instant to another.
func milestonesDue(app core.App, from, to time.Time) (rows []dueMilestone, err error) {
	err = app.DB().NewQuery(`SELECT ` + dueColumns + ` FROM milestones m JOIN startups s ON s.id = m.startup
		WHERE m.status IN ('planned', 'in_progress') AND m.due_on BETWEEN {:from} AND {:to} AND ` + inTheirCohort + ` ORDER BY m.due_on, m.id`).
		Bind(dbx.Params{"from": locale.Day(from), "to": locale.Day(to)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for milestones that are due: %w", err)
	}
	return rows, nil
}

// milestonesMoved are those that staff have moved since an instant.
func milestonesMoved(app core.App, move string, since time.Time) (rows []dueMilestone, err error) {
	err = app.DB().NewQuery(`SELECT ` + dueColumns + `, j.seq FROM journal j JOIN milestones m ON m.id = j.subject JOIN startups s ON s.id = m.startup
		WHERE j.notice = {:move} AND j.at >= {:since} ORDER BY j.seq`).Bind(dbx.Params{"move": move, "since": record.Stamp(since)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for %s: %w", move, err)
	}
	return rows, nil
}

// milestonesToCheck counts what staff over some cohorts, nil being all, can look at.
func milestonesToCheck(app core.App, cohorts []string) (n int, err error) {
	params := dbx.Params{}
	err = app.DB().NewQuery(`SELECT count(*) FROM milestones m WHERE m.status = 'submitted'
		AND EXISTS (SELECT 1 FROM enrolments n WHERE n.startup = m.startup` + among(cohorts, params) + `)`).Bind(params).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count milestones to check: %w", err)
	}
	return n, nil
}

// titlesOf writes the titles of milestones for a table.
func titlesOf(some []watch.Milestone) string {
	said := make([]string, len(some))
	for i, m := range some {
		said[i] = m.Title + " " + m.DueOn
	}
	return strings.Join(said, ", ")
}
