package judging

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Conflicts say that a judge stands too near to a subject. One that is raised blocks its judge at once.
var Conflicts = record.Of[Conflict]("conflicts")

// Conflict is one such nearness.
type Conflict struct{ core.BaseRecordProxy }

// The states of a conflict.
const (
	ConflictRaised    lifecycle.State = "raised"
	ConflictConfirmed lifecycle.State = "confirmed"
	ConflictDismissed lifecycle.State = "dismissed"
	ConflictPinned    lifecycle.State = "pinned"
)

// ConflictLife is every legal move of a conflict.
var ConflictLife = lifecycle.Table{
	Collection: Conflicts.Collection,
	Start:      ConflictRaised,
	Ends:       []lifecycle.State{ConflictDismissed, ConflictPinned},
	Moves: []lifecycle.Move{
		lifecycle.Moved("conflict", "confirm", ConflictConfirmed, ConflictRaised),
		lifecycle.Moved("conflict", "dismiss", ConflictDismissed, ConflictRaised),
		lifecycle.Moved("conflict", "pin", ConflictPinned, ConflictConfirmed),
	},
}

// ConflictKind is how the house knows of a conflict.
type ConflictKind string

// The kinds.
const (
	Declared ConflictKind = "declared" // by the judge
	Derived  ConflictKind = "derived"  // from what the house keeps: the judge is the applicant, or a member
	Reported ConflictKind = "reported" // by somebody else
)

func newConflict(app core.App, judge, subjectType, subject string, kind ConflictKind, basis, note string) (*Conflict, error) {
	c, err := Conflicts.New(app)
	if err != nil {
		return nil, err
	}
	c.Set("judge", judge)
	c.Set("subject_type", subjectType)
	c.Set("subject", subject)
	c.Set("kind", string(kind))
	c.Set("basis", basis)
	c.Set("note", note)
	return c, nil
}

// Status is where the conflict stands.
func (c *Conflict) Status() lifecycle.State { return lifecycle.State(c.GetString("status")) }

// JudgeID is who stands too near.
func (c *Conflict) JudgeID() string { return c.GetString("judge") }

// SubjectType is what kind of thing they stand too near to.
func (c *Conflict) SubjectType() string { return c.GetString("subject_type") }

// Subject is the id of it.
func (c *Conflict) Subject() string { return c.GetString("subject") }

// Kind is how the house knows.
func (c *Conflict) Kind() ConflictKind { return ConflictKind(c.GetString("kind")) }

// Basis is a code of the ground on which a derived conflict stands, such as "applicant" or "member".
func (c *Conflict) Basis() string { return c.GetString("basis") }

// Note is what whoever raised it said.
func (c *Conflict) Note() string { return c.GetString("note") }

func (c *Conflict) settle(by, reason string) {
	c.Set("decided_by", by)
	c.Set("decided_because", reason)
}

func (c *Conflict) sameRoots(b *Conflict) bool {
	for _, field := range []string{"judge", "subject_type", "subject", "kind", "basis", "note"} {
		if c.GetString(field) != b.GetString(field) {
			return false
		}
	}
	return true
}
