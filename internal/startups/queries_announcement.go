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
)

// whileIn says of an enrolment n that its startup was in its cohort at an instant of the row: what a cohort was told stays with
// those who graduated, to the end of the day on which they did, and what it is told later is none of theirs.
func whileIn(instant string) string {
	return "(" + holding + ` OR n.status = 'graduated' AND date(` + instant + `, '+7 hours') <= n.left_on)`
}

// hearsOf says whether a person is in a startup that heard an announcement.
func hearsOf(app core.App, announcement, user string) (yes bool, err error) {
	err = app.DB().NewQuery(`SELECT EXISTS (SELECT 1 FROM announcements a JOIN enrolments n ON n.cohort = a.cohort
		JOIN startup_members m ON m.startup = n.startup AND m.left_on = '' AND m.user = {:user}
		WHERE a.id = {:announcement} AND ` + whileIn("a.sent_at") + `)`).Bind(dbx.Params{"announcement": announcement, "user": user}).Row(&yes)
	if err != nil {
		return false, fmt.Errorf("look whether somebody hears announcement %s: %w", announcement, err)
	}
	return yes, nil
}

// classOf are the people of all startups that hold a place in a cohort, each once.
func classOf(app core.App, cohort string) (users []string, err error) {
	err = app.DB().NewQuery(`SELECT DISTINCT m.user FROM enrolments n JOIN startup_members m ON m.startup = n.startup AND m.left_on = ''
		WHERE n.cohort = {:cohort} AND ` + holding).Bind(dbx.Params{"cohort": cohort}).Column(&users)
	if err != nil {
		return nil, fmt.Errorf("look for the people of cohort %s: %w", cohort, err)
	}
	return users, nil
}

// announcementRow is an announcement in a list.
type announcementRow struct {
	ID      string `db:"id"       json:"id"`
	Cohort  string `db:"cohort"   json:"cohort"`
	TitleVI string `db:"title_vi" json:"title_vi"`
	TitleEN string `db:"title_en" json:"title_en"`
	BodyVI  string `db:"body_vi"  json:"body_vi"`
	BodyEN  string `db:"body_en"  json:"body_en"`
	SentAt  string `db:"sent_at"  json:"sent_at"`
	Status  string `db:"status"   json:"status"`
	Rev     int    `db:"rev"      json:"rev"`
	Read    bool   `db:"mine"     json:"read"`    // whoever asks has opened it
	Readers int    `db:"readers"  json:"readers"` // of those who hear it; staff's list only
	Hearers int    `db:"hearers"  json:"hearers"`
	Order   string `db:"place_in" json:"-"`
}

// hearers counts the people who hear what the cohort of announcement a is told; with a reading, those who have opened it.
var hearers = `(SELECT count(DISTINCT m.user) FROM enrolments n JOIN startup_members m ON m.startup = n.startup AND m.left_on = ''
	WHERE n.cohort = a.cohort AND ` + whileIn("a.sent_at")

// announcementsIn lists what a cohort is told, drafts first and then the latest.
func announcementsIn(ctx context.Context, app core.App, cohort, status string, p page) ([]announcementRow, error) {
	q := app.DB().Select("a.id", "a.cohort", "a.title_vi", "a.title_en", "a.body_vi", "a.body_en", "a.sent_at", "a.status", "a.rev", "(0) AS mine",
		hearers+" AND EXISTS (SELECT 1 FROM announcement_reads r WHERE r.announcement = a.id AND r.user = m.user)) AS readers",
		hearers+") AS hearers", "iif(a.sent_at = '', '9', a.sent_at) AS place_in").
		From("announcements a").Where(dbx.HashExp{"a.cohort": cohort})
	if status == "" {
		q.AndWhere(dbx.Not(dbx.HashExp{"a.status": string(AnnouncementDropped)}))
	} else {
		q.AndWhere(dbx.HashExp{"a.status": status})
	}
	return announcementPage(ctx, q, p)
}

// announcementsTo lists what the cohorts of a startup were told, the latest first, and whether a person has opened it.
func announcementsTo(ctx context.Context, app core.App, startup, user string, p page) ([]announcementRow, error) {
	q := app.DB().Select("a.id", "a.cohort", "a.title_vi", "a.title_en", "a.body_vi", "a.body_en", "a.sent_at", "a.status", "a.rev", "(r.id IS NOT NULL) AS mine",
		"(0) AS readers", "(0) AS hearers", "a.sent_at AS place_in").
		From("announcements a").LeftJoin("announcement_reads r", dbx.NewExp("r.announcement = a.id AND r.user = {:user}", dbx.Params{"user": user})).
		Where(dbx.NewExp("a.cohort IN (SELECT n.cohort FROM enrolments n WHERE n.startup = {:startup} AND "+whileIn("a.sent_at")+")", dbx.Params{"startup": startup})).
		AndWhere(dbx.HashExp{"a.status": string(AnnouncementSent)})
	return announcementPage(ctx, q, p)
}

func announcementPage(ctx context.Context, q *dbx.SelectQuery, p page) ([]announcementRow, error) {
	const place = "iif(a.sent_at = '', '9', a.sent_at)"
	q.OrderBy("place_in DESC", "a.id DESC").Limit(int64(p.Limit) + 1).WithContext(ctx)
	if p.Search != "" {
		q.AndWhere(dbx.Like("a.search_key", vn.Fold(p.Search)))
	}
	if p.after != nil {
		q.AndWhere(dbx.NewExp("("+place+", a.id) < ({:at}, {:id})", dbx.Params{"at": p.after[0], "id": p.after[1]}))
	}
	var rows []announcementRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list announcements: %w", err)
	}
	for i := range rows {
		rows[i].SentAt = spoken(rows[i].SentAt)
	}
	return rows, nil
}

// readerRow is a person who hears an announcement, and whether they have opened it.
type readerRow struct {
	ID      string `db:"id"       json:"id"` // of the person
	Name    string `db:"name"     json:"name"`
	Startup string `db:"startup"  json:"startup"` // by name
	ReadAt  string `db:"read_at"  json:"read_at"`
	SortKey string `db:"sort_key" json:"-"`
}

// readersOf lists who hears an announcement, by startup and person; each once.
func readersOf(ctx context.Context, app core.App, n *Announcement, p page) ([]readerRow, error) {
	q := app.DB().Select("u.id", "u.full_name AS name", "min(s.name) AS startup", "min(s.sort_key) AS sort_key", "coalesce(r.at, '') AS read_at").
		From("enrolments n").InnerJoin("startups s", dbx.NewExp("s.id = n.startup")).
		InnerJoin("startup_members m", dbx.NewExp("m.startup = s.id AND m.left_on = ''")).InnerJoin("users u", dbx.NewExp("u.id = m.user")).
		LeftJoin("announcement_reads r", dbx.NewExp("r.announcement = {:announcement} AND r.user = u.id", dbx.Params{"announcement": n.Id})).
		InnerJoin("announcements a", dbx.NewExp("a.id = {:announcement}", dbx.Params{"announcement": n.Id})).
		Where(dbx.NewExp("n.cohort = {:cohort} AND "+whileIn("a.sent_at"), dbx.Params{"cohort": n.CohortID()})).
		GroupBy("u.id").OrderBy("sort_key", "u.id").Limit(int64(p.Limit) + 1).WithContext(ctx)
	if p.Search != "" {
		q.AndWhere(dbx.Or(dbx.Like("s.search_key", vn.Fold(p.Search)), dbx.Like("u.search_key", vn.Fold(p.Search))))
	}
	if p.after != nil {
		q.Having(dbx.NewExp("(min(s.sort_key), u.id) > ({:key}, {:id})", dbx.Params{"key": p.after[0], "id": p.after[1]}))
	}
	var rows []readerRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list the readers of announcement %s: %w", n.Id, err)
	}
	for i := range rows {
		rows[i].ReadAt = spoken(rows[i].ReadAt)
	}
	return rows, nil
}

// unread is an announcement with one of the people who have not opened it.
type unread struct {
	ID      string         `db:"id"`
	TitleVI string         `db:"title_vi"` // of the cohort
	TitleEN string         `db:"title_en"`
	SentAt  types.DateTime `db:"sent_at"`
	User    string         `db:"user"`
	Startup string         `db:"startup"`
}

// unreadSince are the announcements that were sent since an instant and not opened, a row for each person.
func unreadSince(app core.App, since time.Time) ([]unread, error) {
	var rows []unread
	err := app.DB().NewQuery(`SELECT a.id, c.title_vi, c.title_en, a.sent_at, m.user, min(m.startup) AS startup FROM announcements a
		JOIN cohorts c ON c.id = a.cohort
		JOIN enrolments n ON n.cohort = a.cohort AND ` + holding + `
		JOIN startup_members m ON m.startup = n.startup AND m.left_on = ''
		WHERE a.status = 'sent' AND a.sent_at >= {:since}
			AND NOT EXISTS (SELECT 1 FROM announcement_reads r WHERE r.announcement = a.id AND r.user = m.user)
		GROUP BY a.id, m.user ORDER BY a.sent_at, a.id, m.user`).Bind(dbx.Params{"since": record.Stamp(since)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for announcements that were not opened: %w", err)
	}
	return rows, nil
}

// CohortSummary is a cohort at a glance, for its staff.
type CohortSummary struct {
	ID        string `db:"-"         json:"id"`
	TitleVI   string `db:"-"         json:"title_vi"`
	TitleEN   string `db:"-"         json:"title_en"`
	Startups  int    `db:"startups"  json:"startups"` // that hold a place
	People    int    `db:"people"    json:"people"`
	Workshops int    `db:"workshops" json:"workshops"` // to come
	Drafts    int    `db:"drafts"    json:"drafts"`    // announcements that nobody hears yet
}

// summaryOf counts what a cohort does at now.
func summaryOf(app core.App, cohort string, now time.Time) (s CohortSummary, err error) {
	err = app.DB().NewQuery(`SELECT
		(SELECT count(*) FROM enrolments n WHERE n.cohort = {:cohort} AND ` + holding + `) AS startups,
		(SELECT count(DISTINCT m.user) FROM enrolments n JOIN startup_members m ON m.startup = n.startup AND m.left_on = ''
			WHERE n.cohort = {:cohort} AND ` + holding + `) AS people,
		(SELECT count(*) FROM workshops w WHERE w.cohort = {:cohort} AND w.status = 'set' AND w.ends_at > {:now}) AS workshops,
		(SELECT count(*) FROM announcements a WHERE a.cohort = {:cohort} AND a.status = 'draft') AS drafts`).
		Bind(dbx.Params{"cohort": cohort, "now": record.Stamp(now)}).One(&s)
	if err != nil {
		return s, fmt.Errorf("look at cohort %s: %w", cohort, err)
	}
	return s, nil
}
