package notify

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// HookCalls are the calls to hooks. They have no table of states: each is a fact computed from its instants, and thousands of
// them a day would bury the journal that they are made from. queries_hook.go claims and marks them, each in one statement.
var HookCalls = record.Of[HookCall]("hook_calls")

// Standing is how far a call has come.
type Standing string

// The standings.
const (
	CallWaiting Standing = "waiting"
	CallAgain   Standing = "again" // it went wrong, and is made again
	CallGoing   Standing = "going"
	CallDone    Standing = "done"
	CallFailed  Standing = "failed" // for good, unless somebody asks for it again
)

// HookCall is one thing that one hook is told.
type HookCall struct{ core.BaseRecordProxy }

// Hook is which is called.
func (c *HookCall) Hook() string { return c.GetString("hook") }

// Topic is what it tells of.
func (c *HookCall) Topic() string { return c.GetString("topic") }

// At is when that happened.
func (c *HookCall) At() time.Time { return c.GetDateTime("at").Time() }

// Attempts counts how often it was made.
func (c *HookCall) Attempts() int { return c.GetInt("attempts") }

// Next is when it is made next; while it is being made, when it is taken for lost. Zero is never.
func (c *HookCall) Next() time.Time { return c.GetDateTime("next_at").Time() }

// Done is when it was heard; zero is not yet.
func (c *HookCall) Done() time.Time { return c.GetDateTime("done_at").Time() }

// Failed is when it was given up.
func (c *HookCall) Failed() time.Time { return c.GetDateTime("failed_at").Time() }

// Answer is the status of the last answer, 0 for none.
func (c *HookCall) Answer() int { return c.GetInt("answer") }

// Trouble is the code of what went wrong last.
func (c *HookCall) Trouble() string { return c.GetString("error") }

// Standing is how far it has come.
func (c *HookCall) Standing() Standing {
	switch {
	case !c.Done().IsZero():
		return CallDone
	case !c.Failed().IsZero():
		return CallFailed
	case c.GetString("claim") != "":
		return CallGoing
	case c.Attempts() > 0:
		return CallAgain
	}
	return CallWaiting
}

// body is what is sent, to the byte: the signature is over it.
func (c *HookCall) body() string { return c.GetString("body") }
