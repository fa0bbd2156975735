package judging

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Commitments are how many sheets judges take upon themselves in a round. An index holds that each is asked once.
var Commitments = record.Of[Commitment]("judge_commitments")

// Commitment is one judge's place on the panel of one round.
type Commitment struct{ core.BaseRecordProxy }

// The states of a commitment.
const (
	CommitmentInvited  lifecycle.State = "invited"
	CommitmentAccepted lifecycle.State = "accepted"
	CommitmentDeclined lifecycle.State = "declined"
)

// CommitmentLife is every legal move of a commitment. A judge who has said yes may change the number: that is no move.
var CommitmentLife = lifecycle.Table{
	Collection: Commitments.Collection,
	Start:      CommitmentInvited,
	Moves: []lifecycle.Move{
		lifecycle.Moved("commitment", "accept", CommitmentAccepted, CommitmentInvited),
		lifecycle.Moved("commitment", "decline", CommitmentDeclined, CommitmentInvited, CommitmentAccepted),
		lifecycle.Moved("commitment", "invite", CommitmentInvited, CommitmentDeclined),
	},
}

func newCommitment(app core.App, round, judge string) (*Commitment, error) {
	c, err := Commitments.New(app)
	if err != nil {
		return nil, err
	}
	c.Set("round", round)
	c.Set("judge", judge)
	return c, nil
}

// Status is where the commitment stands.
func (c *Commitment) Status() lifecycle.State { return lifecycle.State(c.GetString("status")) }

// RoundID is the round for which the judge is wanted.
func (c *Commitment) RoundID() string { return c.GetString("round") }

// JudgeID is who is wanted.
func (c *Commitment) JudgeID() string { return c.GetString("judge") }

// Asked is how many sheets staff asked for.
func (c *Commitment) Asked() int { return c.GetInt("asked") }

// Capacity is how many sheets the judge takes; 0 before they have answered.
func (c *Commitment) Capacity() int { return c.GetInt("capacity") }

// Because is why the judge declined; "" otherwise.
func (c *Commitment) Because() string { return c.GetString("declined_because") }

// Takes is the most that the judge may be asked for: what they took, what they were asked for while they have not answered,
// and nothing once they have declined.
func (c *Commitment) Takes() int {
	switch c.Status() {
	case CommitmentAccepted:
		return c.Capacity()
	case CommitmentInvited:
		return c.Asked()
	}
	return 0
}

func (c *Commitment) ask(n int) {
	c.Set("asked", n)
	c.Set("declined_because", "")
}

func (c *Commitment) take(n int, now time.Time) {
	c.Set("capacity", n)
	c.Set("accepted_at", now)
}

func (c *Commitment) decline(reason string) {
	c.Set("capacity", 0)
	c.Set("accepted_at", nil)
	c.Set("declined_because", strings.TrimSpace(reason))
}

func (c *Commitment) sameRoots(b *Commitment) bool {
	return c.RoundID() == b.RoundID() && c.JudgeID() == b.JudgeID()
}
