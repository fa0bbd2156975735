package events

import (
	"encoding/json"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Events are what the house invites people to.
var Events = record.Of[Event]("events")

// Event is one of them.
type Event struct{ core.BaseRecordProxy }

// The states of an event. On sale, sold out and over are no states: the clock and the seats say so.
const (
	EventDraft     lifecycle.State = "draft"
	EventPublished lifecycle.State = "published"
	EventCancelled lifecycle.State = "cancelled"
	EventClosed    lifecycle.State = "closed"
)

// EventLife is every legal move of an event.
var EventLife = lifecycle.Table{
	Collection: Events.Collection,
	Start:      EventDraft,
	Ends:       []lifecycle.State{EventCancelled, EventClosed},
	Moves: []lifecycle.Move{
		lifecycle.Moved("event", "publish", EventPublished, EventDraft),
		lifecycle.Moved("event", "cancel", EventCancelled, EventDraft, EventPublished),
		lifecycle.Moved("event", "close", EventClosed, EventPublished),
	},
}

// Mode is how people take part.
type Mode string

// The modes; their words are event_mode.<code>.
const (
	Onsite Mode = "onsite"
	Online Mode = "online"
	Hybrid Mode = "hybrid"
)

// Item is one line of an event's agenda.
type Item struct {
	At      time.Time `json:"at"`
	TitleVI string    `json:"title_vi"`
	TitleEN string    `json:"title_en"`
	Speaker string    `json:"speaker"`
	Place   string    `json:"place"`
}

// Speaker is who speaks at an event.
type Speaker struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Bio   string `json:"bio"`
}

// Status is where the event stands.
func (v *Event) Status() lifecycle.State { return lifecycle.State(v.GetString("status")) }

// Slug is the last part of its address.
func (v *Event) Slug() string { return v.GetString("slug") }

// Title is its name.
func (v *Event) Title() locale.Pair {
	return locale.Pair{VI: v.GetString("title_vi"), EN: v.GetString("title_en")}
}

// Summary is what it is about, in a line or two.
func (v *Event) Summary() locale.Pair {
	return locale.Pair{VI: v.GetString("summary_vi"), EN: v.GetString("summary_en")}
}

// Body is what it is about, at length.
func (v *Event) Body() locale.Pair {
	return locale.Pair{VI: v.GetString("body_vi"), EN: v.GetString("body_en")}
}

// SeriesID is the series it belongs to, or empty.
func (v *Event) SeriesID() string { return v.GetString("series") }

// ClusterID is the programme cluster it serves, or empty.
func (v *Event) ClusterID() string { return v.GetString("cluster") }

// Mode is how people take part.
func (v *Event) Mode() Mode { return Mode(v.GetString("mode")) }

// Venue is the name of the place, or empty.
func (v *Event) Venue() string { return v.GetString("venue") }

// Address is where the place is, or empty.
func (v *Event) Address() string { return v.GetString("address") }

// MapURL is a map of the place, or empty.
func (v *Event) MapURL() string { return v.GetString("map_url") }

// StreamURL is where it can be seen. Only for those who hold a valid ticket.
func (v *Event) StreamURL() string { return v.GetString("stream_url") }

// StartsAt is when it begins.
func (v *Event) StartsAt() time.Time { return v.GetDateTime("starts_at").Time() }

// EndsAt is the first instant after it.
func (v *Event) EndsAt() time.Time { return v.GetDateTime("ends_at").Time() }

// DoorsAt is from when people are let in; zero is not said.
func (v *Event) DoorsAt() time.Time { return v.GetDateTime("doors_at").Time() }

// Agenda is what happens when, in the order in which staff wrote it.
func (v *Event) Agenda() []Item { return listed[Item](v.GetString("agenda")) }

// Speakers are who speaks.
func (v *Event) Speakers() []Speaker { return listed[Speaker](v.GetString("speakers")) }

// Contact is whom to ask, as a line of text.
func (v *Event) Contact() string { return v.GetString("contact") }

// RefundUntilHours is until how many hours before it starts people cancel by themselves; −1 is never.
func (v *Event) RefundUntilHours() int { return v.GetInt("refund_until_hours") }

// VATRate is the tax that prices include, in percent.
func (v *Event) VATRate() int64 { return int64(v.GetInt("vat_rate")) }

// PerEmailLimit is how many seats one mail address may have; 0 is any number.
func (v *Event) PerEmailLimit() int { return v.GetInt("per_email_limit") }

// Named says whether every ticket needs a name.
func (v *Event) Named() bool { return v.GetBool("attendees_named") }

// PublishedAt is when it was shown; zero is not yet.
func (v *Event) PublishedAt() time.Time { return v.GetDateTime("published_at").Time() }

// CancelledAt is when it was called off; zero is not.
func (v *Event) CancelledAt() time.Time { return v.GetDateTime("cancelled_at").Time() }

// CancelReason is why, for everybody to read.
func (v *Event) CancelReason() string { return v.GetString("cancel_reason") }

// MadeBy is who wrote it down first.
func (v *Event) MadeBy() string { return v.GetString("made_by") }

// Changed is when it was last saved. It decides nothing.
func (v *Event) Changed() time.Time { return v.GetDateTime("updated").Time() }

// Past says whether it is over at now.
func (v *Event) Past(now time.Time) bool { return !now.Before(v.EndsAt()) }

// Begun says whether it has begun at now.
func (v *Event) Begun(now time.Time) bool { return !now.Before(v.StartsAt()) }

// Refundable says whether a buyer may cancel by themselves at now.
func (v *Event) Refundable(now time.Time) bool {
	hours := v.RefundUntilHours()
	return v.Status() == EventPublished && hours >= 0 && now.Before(v.StartsAt().Add(-time.Duration(hours)*time.Hour))
}

// Path are the scopes over an event: itself.
func (v *Event) Path() []access.Scope { return PathOf(v.Id) }

// PathOf are the scopes over the event with an id.
func PathOf(event string) []access.Scope { return []access.Scope{{Type: access.Event, ID: event}} }

// EventTerms are what staff say of an event; what is nil stays as it is.
type EventTerms struct {
	Slug             *string    `json:"slug"`
	TitleVI          *string    `json:"title_vi"`
	TitleEN          *string    `json:"title_en"`
	SummaryVI        *string    `json:"summary_vi"`
	SummaryEN        *string    `json:"summary_en"`
	BodyVI           *string    `json:"body_vi"`
	BodyEN           *string    `json:"body_en"`
	Series           *string    `json:"series"`
	Cluster          *string    `json:"cluster"`
	Mode             *Mode      `json:"mode"`
	Venue            *string    `json:"venue"`
	Address          *string    `json:"address"`
	MapURL           *string    `json:"map_url"`
	StreamURL        *string    `json:"stream_url"`
	StartsAt         *time.Time `json:"starts_at"`
	EndsAt           *time.Time `json:"ends_at"`
	DoorsAt          *time.Time `json:"doors_at"`
	Agenda           *[]Item    `json:"agenda"`
	Speakers         *[]Speaker `json:"speakers"`
	Contact          *string    `json:"contact"`
	RefundUntilHours *int       `json:"refund_until_hours"`
	VATRate          *int       `json:"vat_rate"`
	PerEmailLimit    *int       `json:"per_email_limit"`
	Named            *bool      `json:"attendees_named"`
	Rev              int        `json:"rev"`
}

func (v *Event) write(t EventTerms) {
	record.At(v, t.Rev)
	tidyLines(t.TitleVI, t.TitleEN, t.Venue, t.Address, t.MapURL, t.StreamURL, t.Contact)
	record.Sent(v, "slug", t.Slug)
	record.Sent(v, "title_vi", t.TitleVI)
	record.Sent(v, "title_en", t.TitleEN)
	record.Sent(v, "summary_vi", t.SummaryVI)
	record.Sent(v, "summary_en", t.SummaryEN)
	record.Sent(v, "body_vi", t.BodyVI)
	record.Sent(v, "body_en", t.BodyEN)
	record.Sent(v, "series", t.Series)
	record.Sent(v, "cluster", t.Cluster)
	if t.Mode != nil {
		v.Set("mode", string(*t.Mode))
	}
	record.Sent(v, "venue", t.Venue)
	record.Sent(v, "address", t.Address)
	record.Sent(v, "map_url", t.MapURL)
	record.Sent(v, "stream_url", t.StreamURL)
	record.Sent(v, "starts_at", t.StartsAt)
	record.Sent(v, "ends_at", t.EndsAt)
	record.Sent(v, "doors_at", t.DoorsAt)
	record.Sent(v, "agenda", t.Agenda)
	record.Sent(v, "speakers", t.Speakers)
	record.Sent(v, "contact", t.Contact)
	record.Sent(v, "refund_until_hours", t.RefundUntilHours)
	record.Sent(v, "vat_rate", t.VATRate)
	record.Sent(v, "per_email_limit", t.PerEmailLimit)
	record.Sent(v, "attendees_named", t.Named)
}

// refreshKeys writes what the event is found by.
func (v *Event) refreshKeys() {
	v.Set("search_key", shortened(vn.Fold(v.Title().VI+" "+v.Title().EN+" "+v.Venue()+" "+v.Summary().VI), 1000))
}

func (v *Event) setPublished(now time.Time) { v.Set("published_at", now) }

func (v *Event) setCancelled(reason string, now time.Time) {
	v.Set("cancelled_at", now)
	v.Set("cancel_reason", reason)
}

// sameMarks says whether nothing changed that only a verb may set.
func (v *Event) sameMarks(was *Event) bool {
	return v.PublishedAt().Equal(was.PublishedAt()) && v.CancelledAt().Equal(was.CancelledAt()) && v.CancelReason() == was.CancelReason()
}

// planned describes an event that is not yet stored.
func planned(app core.App, by string, t EventTerms) (*Event, error) {
	v, err := Events.New(app)
	if err != nil {
		return nil, err
	}
	v.Set("mode", string(Onsite))
	v.Set("made_by", by)
	v.write(t)
	return v, nil
}

// listed reads a list that stands in a row as JSON. Anything else is an empty list.
func listed[T any](raw string) []T {
	list := []T{}
	if json.Unmarshal([]byte(raw), &list) != nil {
		return []T{}
	}
	return list
}

// shortened cuts a text after n characters.
func shortened(text string, n int) string {
	runes := []rune(text)
	return string(runes[:min(n, len(runes))])
}
