package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Alerts are what the house has noticed and somebody should look at: one for a startup, a rule and a period.
var Alerts = record.Of[Alert]("alerts")

// Alert is one thing that was noticed, with the facts it rests on.
type Alert struct{ core.BaseRecordProxy }

// The states of an alert.
const (
	AlertOpen     lifecycle.State = "open"
	AlertAcked    lifecycle.State = "acked"
	AlertResolved lifecycle.State = "resolved"
	AlertMuted    lifecycle.State = "muted"
)

// AlertLife is every legal move of an alert.
var AlertLife = lifecycle.Table{
	Collection: Alerts.Collection,
	Start:      AlertOpen,
	Ends:       []lifecycle.State{AlertResolved, AlertMuted},
	Moves: []lifecycle.Move{
		lifecycle.Moved("alert", "ack", AlertAcked, AlertOpen),
		lifecycle.Moved("alert", "resolve", AlertResolved, AlertOpen, AlertAcked),
		lifecycle.Moved("alert", "mute", AlertMuted, AlertOpen, AlertAcked),
	},
}

// The rules by which alerts rise.
const (
	RuleMissing      = "report_missing"
	RuleMissingTwice = "reports_missing_twice"
)

// The severities.
const (
	Amber = "amber"
	Red   = "red"
)

// Explanation is why an alert rose: facts and no judgement, so that whoever reads it can check it.
type Explanation struct {
	Requests []string `json:"requests"` // the reports it is about, the latest first
	Periods  []string `json:"periods"`
	DueOn    string   `json:"due_on"`    // of the latest
	Grace    int      `json:"grace"`     // days
	LastFrom string   `json:"last_from"` // period of the last report that came, or ""
	Since    string   `json:"since"`     // the local day on which it rose
}

// Status is where the alert stands.
func (a *Alert) Status() lifecycle.State { return lifecycle.State(a.GetString("status")) }

// Live says whether it still waits for somebody.
func (a *Alert) Live() bool { return a.Status() == AlertOpen || a.Status() == AlertAcked }

// StartupID is whom it is about.
func (a *Alert) StartupID() string { return a.GetString("startup") }

// Rule is why it rose.
func (a *Alert) Rule() string { return a.GetString("rule") }

// Period is the period it is about.
func (a *Alert) Period() string { return a.GetString("period_key") }

// Severity is amber or red.
func (a *Alert) Severity() string { return a.GetString("severity") }

// Owner is who looks after it, or empty.
func (a *Alert) Owner() string { return a.GetString("owner") }

// AckedAt is when somebody took it up; zero is never.
func (a *Alert) AckedAt() time.Time { return a.GetDateTime("acked_at").Time() }

// Resolution is what came of it; empty when the house itself saw that it is over.
func (a *Alert) Resolution() string { return a.GetString("resolution") }

// Explain tells the facts it rests on.
func (a *Alert) Explain() (Explanation, error) {
	var x Explanation
	err := a.UnmarshalJSONField("explain", &x)
	return x, err
}

func (a *Alert) setAcked(now time.Time, owner string) {
	a.Set("acked_at", now)
	if a.Owner() == "" {
		a.Set("owner", owner)
	}
}

func (a *Alert) setResolution(text string) { a.Set("resolution", text) }

func (a *Alert) setFacts(severity string, x Explanation) {
	a.Set("severity", severity)
	a.Set("explain", x)
}

func (a *Alert) sameRoots(was *Alert) bool {
	return a.StartupID() == was.StartupID() && a.Rule() == was.Rule() && a.Period() == was.Period()
}

// noticed describes an alert that is not yet stored.
func noticed(app core.App, startup, rule, period, owner string) (*Alert, error) {
	a, err := Alerts.New(app)
	if err != nil {
		return nil, err
	}
	a.Set("startup", startup)
	a.Set("rule", rule)
	a.Set("period_key", period)
	a.Set("owner", owner)
	return a, nil
}
