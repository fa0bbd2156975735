package notify

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// MailEvents are what carriers have told of our letters, each once, however often they told it. They only grow; one is
// applied when its letter has come so far that it can be.
var MailEvents = record.Of[MailEvent]("mail_events")

// The kinds of events that change a letter.
const (
	EventDelivered  = "delivered"
	EventBounced    = "bounced"
	EventComplained = "complained"
)

// Told is what a carrier says became of a mail, before we know of what letter it speaks.
type Told struct {
	ID       string // the carrier's name for this telling, the same however often it is told
	Kind     string // "" for what changes nothing
	Provider string // the carrier's name for the mail
	Letter   string // our name for it, if the carrier brings it back
	Address  string // whom it went to
	Detail   string // why it came back, in the words of the reader's mail server
}

// MailEvent is one such telling.
type MailEvent struct{ core.BaseRecordProxy }

// Letter is the letter that it is about.
func (e *MailEvent) Letter() string { return e.GetString("letter") }

// Kind is what happened.
func (e *MailEvent) Kind() string { return e.GetString("kind") }

// AppliedAt is when the letter followed; zero is not yet.
func (e *MailEvent) AppliedAt() time.Time { return e.GetDateTime("applied_at").Time() }

func newMailEvent(tx core.App, told Told, letter, suppression string, now time.Time) (*MailEvent, error) {
	e, err := MailEvents.New(tx)
	if err != nil {
		return nil, err
	}
	e.Set("event", told.ID)
	e.Set("letter", letter)
	e.Set("kind", told.Kind)
	e.Set("detail", shortened(told.Detail))
	e.Set("suppression", suppression)
	e.Set("at", now)
	return e, nil
}

func (e *MailEvent) setApplied(now time.Time) { e.Set("applied_at", now) }
