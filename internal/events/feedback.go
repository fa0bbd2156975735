package events

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Feedbacks are what people said of an event they were at. They are never changed, and shown without names, from five on.
var Feedbacks = record.Of[Feedback]("event_feedback")

// Feedback is what the holder of one ticket said.
type Feedback struct{ core.BaseRecordProxy }

// fewest is how many must have answered before anybody reads a word or a mean: of fewer it could be seen who said what.
const fewest = 5

// The marks, from the worst to the best.
const (
	worst = 1
	best  = 5
)

// longestWords is how many letters somebody may say of an event.
const longestWords = 2000

// EventID is what it is about.
func (f *Feedback) EventID() string { return f.GetString("event") }

// TicketID is whose it is.
func (f *Feedback) TicketID() string { return f.GetString("ticket") }

// Score is the mark, from 1 to 5.
func (f *Feedback) Score() int { return f.GetInt("score") }

// Words are what was said besides, or empty.
func (f *Feedback) Words() string { return f.GetString("words") }

// GivenAt is when.
func (f *Feedback) GivenAt() time.Time { return f.GetDateTime("given_at").Time() }

// thought describes what the holder of a ticket said, not yet stored.
func thought(app core.App, k *Ticket, score int, words string, now time.Time) (*Feedback, error) {
	f, err := Feedbacks.New(app)
	if err != nil {
		return nil, err
	}
	f.Set("event", k.EventID())
	f.Set("ticket", k.Id)
	f.Set("score", score)
	f.Set("words", strings.TrimSpace(words))
	f.Set("given_at", now)
	return f, nil
}
