package intake

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Waivers are exceptions from a rule of an intake. Triggers refuse to change or delete them.
var Waivers = record.Of[Waiver]("waivers")

// Waiver is one such exception: for one rule and one application.
type Waiver struct{ core.BaseRecordProxy }

// ApplicationID is the application that it is for.
func (w *Waiver) ApplicationID() string { return w.GetString("application") }

// Rule is the key of the rule.
func (w *Waiver) Rule() string { return w.GetString("rule") }

// Reason is why, in words that the applicant reads.
func (w *Waiver) Reason() string { return w.GetString("reason") }

// By is who made the exception.
func (w *Waiver) By() string { return w.GetString("by") }

// At is when it was made.
func (w *Waiver) At() time.Time { return w.GetDateTime("at").Time() }

func newWaiver(app core.App, application, rule, reason, by string, now time.Time) (*Waiver, error) {
	w, err := Waivers.New(app)
	if err != nil {
		return nil, err
	}
	w.Set("application", application)
	w.Set("rule", rule)
	w.Set("reason", reason)
	w.Set("by", by)
	w.Set("at", now)
	return w, nil
}
