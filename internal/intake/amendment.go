package intake

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Amendments hold what was decided otherwise after the release. The decision stays what it was; the one that holds is its last
// confirmed amendment. Each takes two people.
var Amendments = record.Of[Amendment]("decision_amendments")

// Amendment is another outcome for one decision, proposed by one person and confirmed by another.
type Amendment struct{ core.BaseRecordProxy }

// The states of an amendment.
const (
	AmendmentProposed  lifecycle.State = "proposed"
	AmendmentConfirmed lifecycle.State = "confirmed"
	AmendmentRefused   lifecycle.State = "refused"
	AmendmentWithdrawn lifecycle.State = "withdrawn"
)

// AmendmentLife is every legal move of an amendment.
var AmendmentLife = lifecycle.Table{
	Collection: Amendments.Collection,
	Start:      AmendmentProposed,
	Ends:       []lifecycle.State{AmendmentConfirmed, AmendmentRefused, AmendmentWithdrawn},
	Moves: []lifecycle.Move{
		lifecycle.Moved("amendment", "confirm", AmendmentConfirmed, AmendmentProposed),
		lifecycle.Moved("amendment", "refuse", AmendmentRefused, AmendmentProposed),
		lifecycle.Moved("amendment", "withdraw", AmendmentWithdrawn, AmendmentProposed),
	},
}

// amending names the move that a confirmed amendment makes of an outcome.
var amending = map[Outcome]string{Admitted: "amend_admit", Rejected: "amend_reject", Waitlisted: "amend_waitlist"}

// Change is what somebody proposes to decide instead.
type Change struct {
	Outcome  Outcome `json:"outcome"`
	Feedback string  `json:"feedback"` // what the applicant reads instead of what they read before
	Reason   string  `json:"reason"`   // why; applicants never read it
}

func newAmendment(app core.App, d *Decision, c Change, appeal string, by access.Actor, now time.Time) (*Amendment, error) {
	m, err := Amendments.New(app)
	if err != nil {
		return nil, err
	}
	m.Set("decision", d.Id)
	m.Set("application", d.ApplicationID())
	m.Set("intake", d.IntakeID())
	m.Set("new_outcome", string(c.Outcome))
	m.Set("feedback", tidy(c.Feedback))
	m.Set("reason", tidy(c.Reason))
	m.Set("appeal", appeal)
	m.Set("proposed_by", by.ID)
	m.Set("proposed_at", now)
	return m, nil
}

// Status is where the amendment stands.
func (m *Amendment) Status() lifecycle.State { return lifecycle.State(m.GetString("status")) }

// DecisionID is the decision that it amends.
func (m *Amendment) DecisionID() string { return m.GetString("decision") }

// ApplicationID is the application that was decided.
func (m *Amendment) ApplicationID() string { return m.GetString("application") }

// IntakeID is the intake it was decided for.
func (m *Amendment) IntakeID() string { return m.GetString("intake") }

// Outcome is what it says instead.
func (m *Amendment) Outcome() Outcome { return Outcome(m.GetString("new_outcome")) }

// Feedback is what the applicant reads once it is confirmed.
func (m *Amendment) Feedback() string { return m.GetString("feedback") }

// Reason is why. The applicant does not read it.
func (m *Amendment) Reason() string { return m.GetString("reason") }

// AppealID is the appeal that it follows from, or "".
func (m *Amendment) AppealID() string { return m.GetString("appeal") }

// ProposedBy is who proposed it.
func (m *Amendment) ProposedBy() string { return m.GetString("proposed_by") }

// ProposedAt is when.
func (m *Amendment) ProposedAt() time.Time { return m.GetDateTime("proposed_at").Time() }

// ConfirmedBy is who confirmed it; "" before, and where nobody has.
func (m *Amendment) ConfirmedBy() string { return m.GetString("confirmed_by") }

// SettledAt is when it was confirmed, refused or withdrawn; zero before.
func (m *Amendment) SettledAt() time.Time { return m.GetDateTime("settled_at").Time() }

func (m *Amendment) confirmed(by access.Actor, now time.Time) {
	m.Set("confirmed_by", by.ID)
	m.Set("settled_at", now)
}

func (m *Amendment) settled(now time.Time) { m.Set("settled_at", now) }

// sameRoots says whether a and b propose the same, by the same person.
func (m *Amendment) sameRoots(b *Amendment) bool {
	for _, field := range []string{"decision", "application", "intake", "new_outcome", "feedback", "reason", "appeal", "proposed_by", "proposed_at"} {
		if m.GetString(field) != b.GetString(field) {
			return false
		}
	}
	return true
}

func (m *Amendment) sameEnd(b *Amendment) bool {
	return m.ConfirmedBy() == b.ConfirmedBy() && m.SettledAt().Equal(b.SettledAt())
}
