package intake

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Extensions move a deadline to a later instant. They are never changed; the latest one holds.
var Extensions = record.Of[Extension]("extensions")

// Extension is one such move, for everybody or for one application.
type Extension struct{ core.BaseRecordProxy }

// ApplicationID is the one application it is for; "" when it is for all.
func (x *Extension) ApplicationID() string { return x.GetString("application") }

// ClosesAt is the new deadline.
func (x *Extension) ClosesAt() time.Time { return x.GetDateTime("closes_at").Time() }

// By is who moved it.
func (x *Extension) By() string { return x.GetString("by") }

// At is when it was moved; zero for the oldest ones, of which only the journal knows it.
func (x *Extension) At() time.Time { return x.GetDateTime("at").Time() }

// Reason is why, in words that applicants may read.
func (x *Extension) Reason() string { return x.GetString("reason") }

func newExtension(app core.App, intake, application string, closes time.Time, reason, by string, now time.Time) (*Extension, error) {
	x, err := Extensions.New(app)
	if err != nil {
		return nil, err
	}
	x.Set("intake", intake)
	x.Set("application", application)
	x.Set("closes_at", closes)
	x.Set("reason", reason)
	x.Set("by", by)
	x.Set("at", now)
	return x, nil
}
