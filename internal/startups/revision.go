package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Revisions keep what an accepted report said before it was corrected. Triggers refuse to change or delete them.
var Revisions = record.Of[Revision]("report_revisions")

// Revision is one correction of an accepted report: what stood there before, who changed it and why.
type Revision struct{ core.BaseRecordProxy }

// Number counts the corrections of a report from 1.
func (v *Revision) Number() int { return v.GetInt("number") }

// At is when it was corrected.
func (v *Revision) At() time.Time { return v.GetDateTime("at").Time() }

// By is who corrected it.
func (v *Revision) By() string { return v.GetString("by") }

// Reason is why.
func (v *Revision) Reason() string { return v.GetString("reason") }

// stood describes a revision that is not yet stored; before is what the report said until now.
func stood(app core.App, request string, number int, before any, by, reason string, now time.Time) (*Revision, error) {
	v, err := Revisions.New(app)
	if err != nil {
		return nil, err
	}
	v.Set("request", request)
	v.Set("number", number)
	v.Set("readings", before)
	v.Set("at", now)
	v.Set("by", by)
	v.Set("reason", reason)
	return v, nil
}
