package events

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Messages are what whoever runs an event writes to the people of it.
var Messages = record.Of[Message]("event_messages")

// Message is one of them: written, looked at, sent once.
type Message struct{ core.BaseRecordProxy }

// The states of a message.
const (
	MessageDraft   lifecycle.State = "draft"
	MessageSent    lifecycle.State = "sent"
	MessageDropped lifecycle.State = "dropped"
)

// MessageLife is every legal move of a message.
var MessageLife = lifecycle.Table{
	Collection: Messages.Collection,
	Start:      MessageDraft,
	Ends:       []lifecycle.State{MessageSent, MessageDropped},
	Moves: []lifecycle.Move{
		lifecycle.Moved("event_message", "send", MessageSent, MessageDraft),
		lifecycle.Moved("event_message", "drop", MessageDropped, MessageDraft),
	},
}

// Whom a message goes to: who holds a ticket that is valid, or who ordered.
const (
	ToHolders = "holders"
	ToBuyers  = "buyers"
)

// Circle says who hears a message.
type Circle struct {
	Of    string   `json:"of"`    // ToHolders or ToBuyers
	Group string   `json:"group"` // of buyers: confirmed, awaiting_payment or awaiting_approval; of holders always confirmed
	Came  string   `json:"came"`  // "yes": only who came in; "no": only who did not; "": whether or not
	Types []string `json:"types"` // only who has a ticket of one of these; none: of any
}

// groups are the states of orders whose buyers can be written to.
var groups = []string{string(OrderConfirmed), string(OrderAwaitingPayment), string(OrderAwaitingApproval)}

// tidy fills in what follows from the rest.
func (c Circle) tidy() Circle {
	if c.Of != ToBuyers {
		c.Of, c.Group = ToHolders, string(OrderConfirmed)
	}
	if !slices.Contains(groups, c.Group) {
		c.Group = string(OrderConfirmed)
	}
	if c.Of != ToHolders || c.Came != "yes" && c.Came != "no" {
		c.Came = ""
	}
	slices.Sort(c.Types)
	c.Types = append([]string{}, slices.Compact(c.Types)...)
	return c
}

// Status is where the message stands.
func (m *Message) Status() lifecycle.State { return lifecycle.State(m.GetString("status")) }

// EventID is the event whose people it is for.
func (m *Message) EventID() string { return m.GetString("event") }

// Circle is who hears it.
func (m *Message) Circle() Circle {
	c := Circle{}
	if json.Unmarshal([]byte(m.GetString("audience")), &c) != nil {
		return Circle{}.tidy()
	}
	return c.tidy()
}

// SubjectVI is its first line.
func (m *Message) SubjectVI() string { return m.GetString("subject_vi") }

// SubjectEN is the same in English, or empty.
func (m *Message) SubjectEN() string { return m.GetString("subject_en") }

// BodyVI is what it says.
func (m *Message) BodyVI() string { return m.GetString("body_vi") }

// BodyEN is the same in English, or empty.
func (m *Message) BodyEN() string { return m.GetString("body_en") }

// SentAt is when it was sent; zero is not yet.
func (m *Message) SentAt() time.Time { return m.GetDateTime("sent_at").Time() }

// SentBy is who sent it.
func (m *Message) SentBy() string { return m.GetString("sent_by") }

// Count is to how many addresses it was sent.
func (m *Message) Count() int { return m.GetInt("count") }

// MessageFields are what is written of a message; what is nil stays as it is.
type MessageFields struct {
	Circle    *Circle `json:"audience"`
	SubjectVI *string `json:"subject_vi"`
	SubjectEN *string `json:"subject_en"`
	BodyVI    *string `json:"body_vi"`
	BodyEN    *string `json:"body_en"`
	Rev       int     `json:"rev"`
}

func (m *Message) write(f MessageFields) {
	record.At(m, f.Rev)
	tidyLines(f.SubjectVI, f.SubjectEN)
	for _, text := range []*string{f.BodyVI, f.BodyEN} {
		if text != nil {
			*text = strings.TrimSpace(*text)
		}
	}
	if f.Circle != nil {
		m.Set("audience", f.Circle.tidy())
	}
	record.Sent(m, "subject_vi", f.SubjectVI)
	record.Sent(m, "subject_en", f.SubjectEN)
	record.Sent(m, "body_vi", f.BodyVI)
	record.Sent(m, "body_en", f.BodyEN)
}

// refreshKeys writes what the message is found by.
func (m *Message) refreshKeys() {
	m.Set("search_key", shortened(vn.Fold(m.SubjectVI()+" "+m.SubjectEN()), 400))
}

func (m *Message) told(by string, to int, now time.Time) {
	m.Set("sent_by", by)
	m.Set("count", to)
	m.Set("sent_at", now)
}

// composed describes a message that is not yet stored.
func composed(app core.App, event string, f MessageFields) (*Message, error) {
	m, err := Messages.New(app)
	if err != nil {
		return nil, err
	}
	m.Set("event", event)
	m.Set("audience", Circle{}.tidy())
	m.write(f)
	return m, nil
}
