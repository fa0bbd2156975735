package judging

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Revisions keep every version of a sheet that was submitted. Triggers refuse to change or delete them.
var Revisions = record.Of[Revision]("score_sheet_revisions")

// Revision is one such version. Number 1 is what was first submitted.
type Revision struct{ core.BaseRecordProxy }

// Number counts the versions of a sheet from 1.
func (r *Revision) Number() int { return r.GetInt("number") }

func newRevision(app core.App, s *Sheet, number int, j Judgement, by, reason string, now time.Time) (*Revision, error) {
	r, err := Revisions.New(app)
	if err != nil {
		return nil, err
	}
	r.Set("sheet", s.Id)
	r.Set("number", number)
	r.Set("scores", stored(j.Scores))
	r.Set("total", int64(s.Total()))
	r.Set("recommendation", string(j.Recommendation))
	r.Set("comment", j.Comment)
	r.Set("at", now)
	r.Set("by", by)
	r.Set("reason", reason)
	return r, nil
}
