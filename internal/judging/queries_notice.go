package judging

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/record"
)

// debt is how many sheets a judge still owes to a round that takes them.
type debt struct {
	Round  string         `db:"round"`
	Judge  string         `db:"judge"`
	N      int            `db:"n"`
	Opens  types.DateTime `db:"opens_at"`
	Closes types.DateTime `db:"closes_at"`
	Asked  types.DateTime `db:"asked"` // when the first of them was asked for
	Rev    int            `db:"rev"`
}

// owing lists who still owes sheets to rounds that close between two instants.
func owing(app core.App, from, to time.Time) ([]debt, error) {
	var all []debt
	err := app.DB().NewQuery(`
		SELECT a.round, a.judge, r.opens_at, r.closes_at, r.rev, count(*) AS n, coalesce(min((SELECT max(j.at) FROM journal j
			WHERE j.subject_kind = 'assignments' AND j.subject = a.id AND j.verb = 'offer')), '') AS asked
		FROM rounds r JOIN assignments a ON a.round = r.id AND a.status IN ('offered', 'accepted', 'in_progress')
		WHERE r.status IN ('open', 'grace') AND r.closes_at > {:from} AND r.closes_at <= {:to}
		GROUP BY a.round, a.judge ORDER BY a.round, a.judge`).
		Bind(dbx.Params{"from": record.Stamp(from), "to": record.Stamp(to)}).All(&all)
	if err != nil {
		return nil, fmt.Errorf("read who owes sheets: %w", err)
	}
	return all, nil
}

// request is one sheet that a judge was asked for.
type request struct {
	Round string         `db:"round"`
	Judge string         `db:"judge"`
	At    types.DateTime `db:"at"`
}

// requestsSince lists what judges were asked for since an instant and have not done, in its order.
func requestsSince(app core.App, since time.Time) ([]request, error) {
	var all []request
	err := app.DB().NewQuery(`
		SELECT a.round, a.judge, j.at FROM journal j JOIN assignments a ON a.id = j.subject AND a.status IN ('offered', 'accepted', 'in_progress')
		WHERE j.notice = 'assignment.offer' AND j.at >= {:since} ORDER BY j.seq`).Bind(dbx.Params{"since": record.Stamp(since)}).All(&all)
	if err != nil {
		return nil, fmt.Errorf("read what judges were asked: %w", err)
	}
	return all, nil
}

// Closes is a round that is about to close, with the sheets that were handed in to it by subject.
type Closes struct {
	Round, Owner string
	Closes       time.Time
	Each         int // how many sheets each subject should have
	Sheets       map[string]int
}

// Closing lists the rounds of one kind of owner that close between two instants.
func Closing(app core.App, ownerType string, from, to time.Time) ([]Closes, error) {
	var rows []struct {
		Round   string         `db:"round"`
		Owner   string         `db:"owner"`
		Closes  types.DateTime `db:"closes_at"`
		Each    int            `db:"per_subject"`
		Subject string         `db:"subject"`
		N       int            `db:"n"`
	}
	err := app.DB().NewQuery(`
		SELECT r.id AS round, r.owner, r.closes_at, r.per_subject, coalesce(a.subject, '') AS subject, count(s.id) AS n
		FROM rounds r LEFT JOIN assignments a ON a.round = r.id
		LEFT JOIN score_sheets s ON s.assignment = a.id AND s.status IN ('submitted', 'sealed', 'counted')
		WHERE r.owner_type = {:type} AND r.status IN ('open', 'grace') AND r.closes_at > {:from} AND r.closes_at <= {:to}
		GROUP BY r.id, a.subject ORDER BY r.id, a.subject`).
		Bind(dbx.Params{"type": ownerType, "from": record.Stamp(from), "to": record.Stamp(to)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for rounds that close: %w", err)
	}
	var all []Closes
	for _, r := range rows {
		if len(all) == 0 || all[len(all)-1].Round != r.Round {
			all = append(all, Closes{Round: r.Round, Owner: r.Owner, Closes: r.Closes.Time(), Each: r.Each, Sheets: map[string]int{}})
		}
		if r.Subject != "" {
			all[len(all)-1].Sheets[r.Subject] = r.N
		}
	}
	return all, nil
}
