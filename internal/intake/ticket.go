package intake

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/uploads"
)

// Tickets are for those whose file was on its way when the deadline came. A ticket is made in the last minutes before the
// deadline, names one file, and lets this file arrive and the application be handed in for as long after it. There is one for
// an application, ever; triggers refuse to change or delete it.
var Tickets = record.Of[Ticket]("upload_tickets")

// Ticket is one of them.
type Ticket struct{ core.BaseRecordProxy }

// onTheWay is how long before the deadline a ticket is given, and how long after it that it holds.
const onTheWay = 15 * time.Minute

// Sending is a file before it has arrived: what it answers, what it is called, and its length in bytes, or -1 where nobody
// has said it.
type Sending struct {
	Question string `json:"question"`
	Name     string `json:"name"`
	Size     int64  `json:"size"`
}

// At is when it was given.
func (t *Ticket) At() time.Time { return t.GetDateTime("at").Time() }

// Until is the first instant at which it no longer holds.
func (t *Ticket) Until() time.Time { return t.GetDateTime("until").Time() }

// FileName is the file that it was given for.
func (t *Ticket) FileName() string { return t.GetString("name") }

// holds says whether it lets its application be handed in at now.
func (t *Ticket) holds(now time.Time) bool {
	return t != nil && !now.Before(t.At()) && now.Before(t.Until())
}

// admits says whether it was given for this very file.
func (t *Ticket) admits(on Sending) bool {
	return t.GetString("question") == on.Question && t.FileName() == on.called() && (t.GetInt("size") < 0 || int64(t.GetInt("size")) == on.Size)
}

// called is the name by which a ticket knows the file.
func (on Sending) called() string {
	name := []rune(tidy(on.Name))
	if len(name) == 0 {
		return uploads.Unnamed
	}
	return string(name[:min(len(name), 200)])
}

func newTicket(app core.App, application string, on Sending, by string, now, deadline time.Time) (*Ticket, error) {
	t, err := Tickets.New(app)
	if err != nil {
		return nil, err
	}
	t.Set("application", application)
	t.Set("question", on.Question)
	t.Set("name", on.called())
	t.Set("size", on.Size)
	t.Set("by", by)
	t.Set("at", now)
	t.Set("until", deadline.Add(onTheWay))
	return t, nil
}

// TicketView is a ticket as its applicant and staff see it.
type TicketView struct {
	At    time.Time `json:"at"`
	Until time.Time `json:"until"`
	Name  string    `json:"name"`

	Question string `json:"question"`
	Holds    bool   `json:"holds"` // whether it lets the application be handed in at the instant of the request
}

func ticketView(t *Ticket, now time.Time) *TicketView {
	if t == nil {
		return nil
	}
	return &TicketView{t.At(), t.Until(), t.FileName(), t.GetString("question"), t.holds(now)}
}
