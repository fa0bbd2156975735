package judging

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/fault"
	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
)

// RoundsOf lists the rounds of one owner, by number.
func RoundsOf(app core.App, ownerType, owner string) ([]*Round, error) {
	return Rounds.Query(app.RecordQuery(Rounds.Collection).
		AndWhere(dbx.HashExp{"owner_type": ownerType, "owner": owner}).OrderBy("number ASC"))
}

// conflicted says whether a conflict that is not dismissed stands between a judge and a subject.
func conflicted(app core.App, judge, subjectType, subject string) (bool, error) {
	var n int
	err := app.RecordQuery(Conflicts.Collection).Select("count(*)").
		AndWhere(dbx.HashExp{"judge": judge, "subject_type": subjectType, "subject": subject}).
		AndWhere(dbx.Not(dbx.HashExp{"status": string(ConflictDismissed)})).Row(&n)
	if err != nil {
		return false, fmt.Errorf("look for conflicts of %s: %w", judge, err)
	}
	return n > 0, nil
}

func conflictOf(app core.App, judge, subjectType, subject string, kind ConflictKind) (*Conflict, error) {
	c, err := Conflicts.First(app, dbx.HashExp{"judge": judge, "subject_type": subjectType, "subject": subject, "kind": string(kind)})
	return orNone(c, err)
}

func sheetOf(app core.App, assignment string) (*Sheet, error) {
	s, err := Sheets.First(app, dbx.HashExp{"assignment": assignment})
	return orNone(s, err)
}

// orNone turns "there is none" into nil, where that is an answer.
func orNone[P any](p *P, err error) (*P, error) {
	if fault.Code(err) == "record.not_found" {
		return nil, nil //nolint:nilnil // nothing is there, and that is no error
	}
	return p, err
}

func sheetsIn(app core.App, round string, status lifecycle.State) ([]*Sheet, error) {
	return Sheets.Query(app.RecordQuery(Sheets.Collection).
		AndWhere(dbx.HashExp{"round": round, "status": string(status)}).OrderBy("id ASC"))
}

func alreadyAsked(app core.App, round, subjectType, subject, judge string) (bool, error) {
	_, err := Assignments.First(app, dbx.HashExp{"round": round, "subject_type": subjectType, "subject": subject, "judge": judge})
	if fault.Code(err) == "record.not_found" {
		return false, nil
	}
	return err == nil, err
}

// about lists all assignments to one subject, in every round.
func about(app core.App, subjectType, subject string) ([]*Assignment, error) {
	return Assignments.Query(app.RecordQuery(Assignments.Collection).
		AndWhere(dbx.HashExp{"subject_type": subjectType, "subject": subject}).OrderBy("id ASC"))
}

func assignedTo(app core.App, judge string) ([]*Assignment, error) {
	return Assignments.Query(app.RecordQuery(Assignments.Collection).AndWhere(dbx.HashExp{"judge": judge}).
		AndWhere(dbx.In("status", states(live...)...)))
}

// overdue lists what was offered and not answered by its last day.
func overdue(app core.App, now time.Time) ([]*Assignment, error) {
	return Assignments.Query(app.RecordQuery(Assignments.Collection).
		AndWhere(dbx.HashExp{"status": string(AssignmentOffered)}).
		AndWhere(dbx.NewExp("due_at != '' AND due_at <= {:now}", dbx.Params{"now": stamp(now)})).OrderBy("id ASC"))
}

// versions counts the submitted versions of a sheet.
func versions(app core.App, sheet string) (n int, err error) {
	err = app.RecordQuery(Revisions.Collection).Select("count(*)").AndWhere(dbx.HashExp{"sheet": sheet}).Row(&n)
	return n, err
}

// conflictsAbout lists the conflicts over one subject.
func conflictsAbout(app core.App, subjectType, subject string) ([]*Conflict, error) {
	return Conflicts.Query(app.RecordQuery(Conflicts.Collection).
		AndWhere(dbx.HashExp{"subject_type": subjectType, "subject": subject}).OrderBy("created ASC"))
}

// Tally is what the sheets over one subject come to.
type Tally struct {
	Asked  int // judges at work, or done
	Done   int // sheets handed in that count or may yet count
	sheets map[string][]score.Sheet
}

// In are the sheets of one round that count or may yet count.
func (t Tally) In(round string) []score.Sheet { return t.sheets[round] }

// Mean is the mean of all sheets, and Spread how far they lie apart.
func (t Tally) Mean() score.Mean { return score.MeanOf(t.totals()...) }

// Spread is how far the highest total lies above the lowest.
func (t Tally) Spread() score.Total { return score.Spread(t.totals()...) }

func (t Tally) totals() []score.Total {
	var all []score.Total
	for _, sheets := range t.sheets {
		for _, s := range sheets {
			all = append(all, s.Total)
		}
	}
	return all
}

// Tallies reads what the rounds of one owner come to, by subject.
func Tallies(app core.App, ownerType, owner string) (map[string]Tally, error) {
	var rows []struct {
		Round          string         `db:"round"`
		Subject        string         `db:"subject"`
		Live           bool           `db:"live"`
		Sheet          sql.NullString `db:"sheet"`
		Total          int64          `db:"total"`
		Scores         string         `db:"scores"`
		Recommendation string         `db:"recommendation"`
	}
	err := app.DB().NewQuery(`
		SELECT a.round, a.subject, a.status IN ('offered', 'accepted', 'in_progress', 'completed') AS live,
			s.id AS sheet, coalesce(s.total, 0) AS total, coalesce(s.scores, '{}') AS scores, coalesce(s.recommendation, '') AS recommendation
		FROM assignments a JOIN rounds r ON r.id = a.round
		LEFT JOIN score_sheets s ON s.assignment = a.id AND s.status IN ('submitted', 'sealed', 'counted')
		WHERE r.owner_type = {:type} AND r.owner = {:owner} ORDER BY a.id`).
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
		if r.Live {
			t.Asked++
		}
		if r.Sheet.Valid {
			t.Done++
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

func states(some ...lifecycle.State) []any {
	list := make([]any, len(some))
	for i, s := range some {
		list[i] = string(s)
	}
	return list
}

// stamp writes an instant as PocketBase stores it, so that text order is time order.
func stamp(at time.Time) string { return at.UTC().Format(types.DefaultDateLayout) }
