package judging

import (
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/judging/score"
)

// Tally is what the sheets over one subject come to, in the latest round in which anybody was asked: rounds have rubrics of
// their own, and points of two of them are no points of either.
type Tally struct {
	Asked  int // judges at work, or done
	Done   int // sheets handed in that count or may yet count
	latest string
	number int
	sheets map[string][]score.Sheet
}

// In are the sheets of one round that count or may yet count.
func (t Tally) In(round string) []score.Sheet { return t.sheets[round] }

// Mean is the mean of the latest round's sheets, and Spread how far they lie apart.
func (t Tally) Mean() score.Mean { return score.MeanOf(t.totals()...) }

// Spread is how far the highest total lies above the lowest.
func (t Tally) Spread() score.Total { return score.Spread(t.totals()...) }

func (t Tally) totals() []score.Total {
	var all []score.Total
	for _, s := range t.sheets[t.latest] {
		all = append(all, s.Total)
	}
	return all
}

// Tallies reads what the rounds of one owner come to, by subject.
func Tallies(app core.App, ownerType, owner string) (map[string]Tally, error) {
	var rows []struct {
		Round          string         `db:"round"`
		Number         int            `db:"number"`
		Subject        string         `db:"subject"`
		Live           bool           `db:"live"`
		Sheet          sql.NullString `db:"sheet"`
		Total          int64          `db:"total"`
		Scores         string         `db:"scores"`
		Recommendation string         `db:"recommendation"`
	}
	err := app.DB().NewQuery(`
		SELECT a.round, r.number, a.subject, a.status IN ('offered', 'accepted', 'in_progress', 'completed') AS live,
			s.id AS sheet, coalesce(s.total, 0) AS total, coalesce(s.scores, '{}') AS scores, coalesce(s.recommendation, '') AS recommendation
		FROM assignments a JOIN rounds r ON r.id = a.round
		LEFT JOIN score_sheets s ON s.assignment = a.id AND s.status IN ('submitted', 'sealed', 'counted')
		WHERE r.owner_type = {:type} AND r.owner = {:owner} AND a.status != 'proposed' ORDER BY a.id`).
		Bind(dbx.Params{"type": ownerType, "owner": owner}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("tally the sheets of %s %s: %w", ownerType, owner, err)
	}
	all := map[string]Tally{}
	for _, r := range rows {
		t := all[r.Subject]
		if t.sheets == nil {
			t.sheets = map[string][]score.Sheet{}
		}
		if r.Number > t.number {
			t.number, t.latest, t.Asked, t.Done = r.Number, r.Round, 0, 0
		}
		if r.Live && r.Round == t.latest {
			t.Asked++
		}
		if r.Sheet.Valid {
			if r.Round == t.latest {
				t.Done++
			}
			plain := map[string]int64{}
			if err := json.Unmarshal([]byte(r.Scores), &plain); err != nil {
				return nil, fmt.Errorf("read the scores of sheet %s: %w", r.Sheet.String, err)
			}
			t.sheets[r.Round] = append(t.sheets[r.Round], score.Sheet{
				Total: score.Total(r.Total), Scores: points(plain), Yes: r.Recommendation == string(Yes),
			})
		}
		all[r.Subject] = t
	}
	return all, nil
}

// Owed counts the sheets that judges still owe to the rounds of one owner, by judge.
func Owed(app core.App, ownerType, owner string) (map[string]int, error) {
	var rows []struct {
		Judge string `db:"judge"`
		N     int    `db:"n"`
	}
	err := app.DB().NewQuery(`
		SELECT a.judge, count(*) AS n FROM assignments a JOIN rounds r ON r.id = a.round
		WHERE r.owner_type = {:type} AND r.owner = {:owner} AND a.status IN ('offered', 'accepted', 'in_progress') GROUP BY a.judge`).
		Bind(dbx.Params{"type": ownerType, "owner": owner}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("count what judges owe to %s: %w", owner, err)
	}
	owed := map[string]int{}
	for _, r := range rows {
		owed[r.Judge] = r.N
	}
	return owed, nil
}

// Raised counts the conflicts over subjects that wait for somebody to weigh them.
func Raised(app core.App, subjectType string, subjects []string) (n int, err error) {
	if len(subjects) == 0 {
		return 0, nil
	}
	list := make([]any, len(subjects))
	for i, s := range subjects {
		list[i] = s
	}
	err = app.RecordQuery(Conflicts.Collection).Select("count(*)").
		AndWhere(dbx.HashExp{"status": string(ConflictRaised), "subject_type": subjectType}).AndWhere(dbx.In("subject", list...)).Row(&n)
	return n, err
}
