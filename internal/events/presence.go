package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Presences are what the scans of a ticket come to: whether somebody is in with it. They can be made again from the scans.
var Presences = record.Of[Presence]("presences")

// Presence is one ticket on one list, on one day where the list counts by days.
type Presence struct{ core.BaseRecordProxy }

// TicketID is the ticket.
func (p *Presence) TicketID() string { return p.GetString("ticket") }

// ListID is the list.
func (p *Presence) ListID() string { return p.GetString("list") }

// Day is the local day, or empty.
func (p *Presence) Day() string { return p.GetString("day") }

// Entries is how often somebody came in with it.
func (p *Presence) Entries() int { return p.GetInt("entries") }

// Inside says whether somebody is in with it now.
func (p *Presence) Inside() bool { return p.GetBool("inside") }

// FirstAt is when somebody first came in with it; zero is never.
func (p *Presence) FirstAt() time.Time { return p.GetDateTime("first_at").Time() }

// FirstGate is through which gate, or by which phone where there are no gates.
func (p *Presence) FirstGate() string { return p.GetString("first_gate") }
