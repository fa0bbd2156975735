package startups

import (
	"reflect"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/startups/watch"
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

// AlertLife is every legal move of an alert. The house alone reopens one: what it had resolved by itself and is so again, and
// what was muted until a day that is over.
var AlertLife = lifecycle.Table{
	Collection: Alerts.Collection,
	Start:      AlertOpen,
	Moves: []lifecycle.Move{
		lifecycle.Moved("alert", "ack", AlertAcked, AlertOpen),
		lifecycle.Moved("alert", "resolve", AlertResolved, AlertOpen, AlertAcked),
		lifecycle.Moved("alert", "mute", AlertMuted, AlertOpen, AlertAcked),
		lifecycle.Moved("alert", "reopen", AlertOpen, AlertResolved, AlertMuted),
	},
}

// The rules by which alerts rise, beside those of watch.
const (
	RuleMissing      = "report_missing"
	RuleMissingTwice = "reports_missing_twice"
)

// alertRules are all of them.
func alertRules() []string {
	return append([]string{RuleMissing, RuleMissingTwice, watch.MilestoneLate}, watch.Rules()...)
}

// Verdict is whether an alert was right, as staff say who have looked.
type Verdict string

// The verdicts. Nothing said is "".
const (
	VerdictYes    Verdict = "yes"
	VerdictNo     Verdict = "no"
	VerdictUnsure Verdict = "unsure"
)

// verdicts lists them all.
var verdicts = []Verdict{VerdictYes, VerdictNo, VerdictUnsure}

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

	// Of a rule that looks at figures: those on which it rests, the earliest first, and the threshold that they met.
	Facts []watch.Fact `json:"facts,omitempty"`
	Fell  int          `json:"fell,omitempty"`  // percent or more
	Times int          `json:"times,omitempty"` // so often in a row
	Under int          `json:"under,omitempty"` // months that the cash does not last
	Spent int64        `json:"spent,omitempty"` // đồng more than came in
	Over  int          `json:"over,omitempty"`  // months in which it was spent

	Milestones []watch.Milestone `json:"milestones,omitempty"` // those that are late, the earliest first
}

// same says whether two explanations rest on the same facts, whenever they were seen.
func (x Explanation) same(other Explanation) bool {
	x.Since = other.Since
	return reflect.DeepEqual(x, other)
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

// Shared says whether the startup's people may read it.
func (a *Alert) Shared() bool { return a.GetBool("shared") }

// MutedUntil is the last local day on which a muted alert rests; "" is for good.
func (a *Alert) MutedUntil() string { return a.GetString("muted_until") }

// ClosedAt is when it was resolved or muted; zero while it waits.
func (a *Alert) ClosedAt() time.Time { return a.GetDateTime("closed_at").Time() }

// Verdict is what was said of it when it was closed.
func (a *Alert) Verdict() Verdict { return Verdict(a.GetString("verdict")) }

// VerdictLater is what was said of it a month later.
func (a *Alert) VerdictLater() Verdict { return Verdict(a.GetString("verdict_later")) }

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

// setClosed says what came of it; by the house itself, nothing.
func (a *Alert) setClosed(resolution string, was Verdict, until string, now time.Time) {
	a.Set("resolution", resolution)
	a.Set("verdict", string(was))
	a.Set("muted_until", until)
	a.Set("closed_at", now)
}

// setWaiting lets it wait again, as one that has just risen.
func (a *Alert) setWaiting() {
	for _, name := range []string{"resolution", "verdict", "verdict_later", "muted_until", "closed_at", "acked_at"} {
		a.Set(name, "")
	}
}

func (a *Alert) setOwner(user string) { a.Set("owner", user) }

func (a *Alert) setShared(shared bool) { a.Set("shared", shared) }

// setVerdict keeps what is said now: a month after it was closed beside what was said then, before in its place.
func (a *Alert) setVerdict(was Verdict, now time.Time) {
	if now.Before(a.ClosedAt().Add(secondThought)) {
		a.Set("verdict", string(was))
		return
	}
	a.Set("verdict_later", string(was))
}

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
