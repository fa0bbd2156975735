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

// comingTo is how many people have said that they come to a workshop, but for those of one startup.
func comingTo(app core.App, workshop, but string) (n int, err error) {
	err = app.DB().NewQuery("SELECT coalesce(sum(coming), 0) FROM attendances WHERE workshop = {:workshop} AND startup != {:but}").
		Bind(dbx.Params{"workshop": workshop, "but": but}).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count who comes to workshop %s: %w", workshop, err)
	}
	return n, nil
}

// unmarked is how many startups at work in its cohort have no mark at a workshop.
func unmarked(app core.App, w *Workshop) (n int, err error) {
	err = app.DB().NewQuery(`SELECT count(*) FROM enrolments n WHERE n.cohort = {:cohort} AND ` + atWork + `
		AND NOT EXISTS (SELECT 1 FROM attendances a WHERE a.workshop = {:workshop} AND a.startup = n.startup AND a.mark != '')`).
		Bind(dbx.Params{"cohort": w.CohortID(), "workshop": w.Id}).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count who has no mark at workshop %s: %w", w.Id, err)
	}
	return n, nil
}

// workshopRow is a workshop in a list: of staff with what all startups do, of a startup with what it does itself.
type workshopRow struct {
	ID       string `db:"id"         json:"id"`
	Cohort   string `db:"cohort"     json:"cohort"`
	TitleVI  string `db:"title_vi"   json:"title_vi"`
	TitleEN  string `db:"title_en"   json:"title_en"`
	NoteVI   string `db:"note_vi"    json:"note_vi"`
	NoteEN   string `db:"note_en"    json:"note_en"`
	StartsAt string `db:"starts_at"  json:"starts_at"`
	EndsAt   string `db:"ends_at"    json:"ends_at"`
	Minutes  int    `db:"minutes"    json:"minutes"`
	Place    string `db:"place"      json:"place"`
	Link     string `db:"link"       json:"link"`
	Capacity int    `db:"capacity"   json:"capacity"` // people; 0 is as many as come
	Reason   string `db:"reason"     json:"reason"`
	Status   string `db:"status"     json:"status"`
	Rev      int    `db:"rev"        json:"rev"`
	Coming   int    `db:"coming"     json:"coming"`   // people who said that they come
	Answered int    `db:"answered"   json:"answered"` // startups that said anything
	Present  int    `db:"present"    json:"present"`  // startups that came, in time or late
	Marked   int    `db:"marked"     json:"marked"`   // startups with a mark
	Startups int    `db:"startups"   json:"startups"` // startups at work in the cohort
	Came     int    `db:"came"       json:"came"`     // people who came
	Mark     string `db:"mark"       json:"mark"`     // of the startup, in its own list
	Own      int    `db:"own"        json:"own"`      // people whom it sends; -1 nothing said
	Order    string `db:"place_in"   json:"-"`
}

const workshopColumns = `w.id, w.cohort, w.title_vi, w.title_en, w.note_vi, w.note_en, w.starts_at, w.ends_at, w.minutes, w.place, w.link, w.capacity,
	w.reason, w.status, w.rev, w.starts_at AS place_in, (SELECT coalesce(sum(a.coming), 0) FROM attendances a WHERE a.workshop = w.id) AS coming`

// workshopsIn lists the workshops of a cohort with what its startups do, the latest first.
func workshopsIn(ctx context.Context, app core.App, cohort, status string, p page) ([]workshopRow, error) {
	q := app.DB().Select(workshopColumns,
		"(SELECT count(*) FROM attendances a WHERE a.workshop = w.id AND a.answered = 1) AS answered",
		"(SELECT count(*) FROM attendances a WHERE a.workshop = w.id AND a.mark IN ('present', 'late')) AS present",
		"(SELECT count(*) FROM attendances a WHERE a.workshop = w.id AND a.mark != '') AS marked",
		"(SELECT count(*) FROM enrolments n WHERE n.cohort = w.cohort AND "+atWork+") AS startups",
		"(SELECT coalesce(sum(a.came), 0) FROM attendances a WHERE a.workshop = w.id) AS came", "('') AS mark", "(-1) AS own",
	).From("workshops w").Where(dbx.HashExp{"w.cohort": cohort})
	if status != "" {
		q.AndWhere(dbx.HashExp{"w.status": status})
	}
	return workshopPage(ctx, q, p)
}

// workshopsOf lists the workshops of the cohorts that a startup is in, with what it does itself, the latest first. What others do
// is none of its concern but for how many seats are taken.
func workshopsOf(ctx context.Context, app core.App, startup string, p page) ([]workshopRow, error) {
	q := app.DB().Select(workshopColumns, "(0) AS answered", "(0) AS present", "(0) AS marked", "(0) AS startups", "coalesce(o.came, 0) AS came",
		"coalesce(o.mark, '') AS mark", "iif(o.answered, o.coming, -1) AS own").
		From("workshops w").LeftJoin("attendances o", dbx.NewExp("o.workshop = w.id AND o.startup = {:startup}", dbx.Params{"startup": startup})).
		Where(dbx.NewExp(`w.cohort IN (SELECT n.cohort FROM enrolments n WHERE n.startup = {:startup}
			AND `+whileIn("w.starts_at")+`)`, dbx.Params{"startup": startup}))
	return workshopPage(ctx, q, p)
}

func workshopPage(ctx context.Context, q *dbx.SelectQuery, p page) ([]workshopRow, error) {
	q.OrderBy("w.starts_at DESC", "w.id DESC").Limit(int64(p.Limit) + 1).WithContext(ctx)
	if p.Search != "" {
		q.AndWhere(dbx.Like("w.search_key", vn.Fold(p.Search)))
	}
	if p.after != nil {
		q.AndWhere(dbx.NewExp("(w.starts_at, w.id) < ({:at}, {:id})", dbx.Params{"at": p.after[0], "id": p.after[1]}))
	}
	var rows []workshopRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list workshops: %w", err)
	}
	for i := range rows {
		rows[i].StartsAt, rows[i].EndsAt = spoken(rows[i].StartsAt), spoken(rows[i].EndsAt)
	}
	return rows, nil
}

// seatRow is a startup's part in a workshop, as staff mark it.
type seatRow struct {
	ID       string `db:"id"       json:"id"` // of the startup
	Name     string `db:"name"     json:"name"`
	Status   string `db:"status"   json:"status"` // of its enrolment
	Answered bool   `db:"answered" json:"answered"`
	Coming   int    `db:"coming"   json:"coming"`
	Mark     string `db:"mark"     json:"mark"`
	Came     int    `db:"came"     json:"came"`
	SortKey  string `db:"sort_key" json:"-"`
}

// seatsAt lists the startups that are asked to a workshop, or had a part in it, by their Vietnamese names.
func seatsAt(ctx context.Context, app core.App, w *Workshop, mark string, p page) ([]seatRow, error) {
	q := app.DB().Select("s.id", "s.name", "s.sort_key", "n.status", "coalesce(a.answered, 0) AS answered", "coalesce(a.coming, 0) AS coming",
		"coalesce(a.mark, '') AS mark", "coalesce(a.came, 0) AS came").
		From("enrolments n").InnerJoin("startups s", dbx.NewExp("s.id = n.startup")).
		LeftJoin("attendances a", dbx.NewExp("a.workshop = {:workshop} AND a.startup = s.id", dbx.Params{"workshop": w.Id})).
		Where(dbx.HashExp{"n.cohort": w.CohortID()}).AndWhere(dbx.NewExp("("+atWork+" OR a.id IS NOT NULL)")).
		OrderBy("s.sort_key", "s.id").Limit(int64(p.Limit) + 1).WithContext(ctx)
	if p.Search != "" {
		q.AndWhere(dbx.Like("s.search_key", vn.Fold(p.Search)))
	}
	switch mark {
	case "":
	case "none":
		q.AndWhere(dbx.NewExp("coalesce(a.mark, '') = ''"))
	default:
		q.AndWhere(dbx.HashExp{"a.mark": mark})
	}
	if p.after != nil {
		q.AndWhere(dbx.NewExp("(s.sort_key, s.id) > ({:key}, {:id})", dbx.Params{"key": p.after[0], "id": p.after[1]}))
	}
	var rows []seatRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list who is asked to workshop %s: %w", w.Id, err)
	}
	return rows, nil
}

// gathering is a workshop with one of the people who hear of it.
type gathering struct {
	Workshop string         `db:"id"`
	TitleVI  string         `db:"title_vi"`
	TitleEN  string         `db:"title_en"`
	Starts   types.DateTime `db:"starts_at"`
	Ends     types.DateTime `db:"ends_at"`
	Sequence int            `db:"ics_seq"`
	Status   string         `db:"status"`
	User     string         `db:"user"`
	Startup  string         `db:"startup"`
}

// gatheringColumns and gatheringTables are a workshop w with the people of the startups at work in its cohort, each once.
const (
	gatheringColumns = `SELECT w.id, w.title_vi, w.title_en, w.starts_at, w.ends_at, w.ics_seq, w.status, m.user, min(m.startup) AS startup FROM workshops w
		JOIN enrolments n ON n.cohort = w.cohort AND ` + atWork + `
		JOIN startup_members m ON m.startup = n.startup AND m.left_on = ''`
	gatheringOrder = ` GROUP BY w.id, m.user ORDER BY w.starts_at, w.id, m.user`
)

// gatheringsMoved are the workshops to come that were planned, changed or called off since an instant.
func gatheringsMoved(app core.App, since, now time.Time, moves ...string) ([]gathering, error) {
	return gatherings(app, gatheringColumns+` WHERE w.starts_at > {:now} AND w.id IN (SELECT j.subject FROM journal j
		WHERE j.notice IN (SELECT value FROM json_each({:moves})) AND j.at >= {:since})`+gatheringOrder,
		dbx.Params{"moves": record.InJSON(moves), "since": record.Stamp(since), "now": record.Stamp(now)})
}

// gatheringsComing are the workshops that stand and begin between two instants.
func gatheringsComing(app core.App, from, to time.Time) ([]gathering, error) {
	return gatherings(app, gatheringColumns+` WHERE w.status = 'set' AND w.starts_at > {:from} AND w.starts_at <= {:to}`+gatheringOrder,
		dbx.Params{"from": record.Stamp(from), "to": record.Stamp(to)})
}

func gatherings(app core.App, sql string, params dbx.Params) ([]gathering, error) {
	var rows []gathering
	if err := app.DB().NewQuery(sql).Bind(params).All(&rows); err != nil {
		return nil, fmt.Errorf("look for workshops to tell of: %w", err)
	}
	return rows, nil
}
