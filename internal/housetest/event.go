package housetest

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events"
)

// DraftEvent is an event that begins at an hour and lasts three, at a place, as a draft without tickets.
func DraftEvent(t testing.TB, app core.App, by access.Actor, starts, now time.Time) *events.Event {
	t.Helper()
	vi, en, place, ends, mode := "Ngày hội khởi nghiệp", "Startup fair", "Hội trường A", starts.Add(3*time.Hour), events.Onsite
	v, err := events.PlanEvent(app, by, events.EventTerms{TitleVI: &vi, TitleEN: &en, Venue: &place, Mode: &mode, StartsAt: &starts, EndsAt: &ends}, now)
	Refused(t, err, "")
	return v
}

// TypeOf is a kind of ticket of an event at a price, with so many seats of its own.
func TypeOf(t testing.TB, app core.App, by access.Actor, event string, seats int, price events.Dong, now time.Time) (*events.Type, *events.Quota) {
	t.Helper()
	name, hall := "Vé thường", "Hội trường"
	q, err := events.AddQuota(app, by, event, events.QuotaTerms{Name: &hall, Size: &seats}, now)
	Refused(t, err, "")
	y, err := events.AddType(app, by, event, events.TypeTerms{NameVI: &name, Price: &price, Quotas: &[]string{q.Id}}, now)
	Refused(t, err, "")
	return y, q
}

// EventOnSale is a published event in a week, with one kind of ticket at a price.
func EventOnSale(t testing.TB, app core.App, by access.Actor, seats int, price events.Dong, now time.Time) (*events.Event, *events.Type, *events.Quota) {
	t.Helper()
	v := DraftEvent(t, app, by, now.AddDate(0, 0, 7), now)
	y, q := TypeOf(t, app, by, v.Id, seats, price, now)
	v, err := events.PublishEvent(app, by, v.Id, 0, now)
	Refused(t, err, "")
	return v, y, q
}
