package housetest

import (
	"context"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/events"
)

// Sale is an event that is on sale, with one quota and types that draw on it.
type Sale struct {
	Event *events.Event
	Quota *events.Quota
	Types []*events.Type
}

// OnSale stores a published event a week after now with so many seats, and a type of ticket for each of the prices.
func OnSale(t testing.TB, app core.App, seats int, now time.Time, prices ...events.Dong) Sale {
	t.Helper()
	row := stored(t, app, "events", map[string]any{
		"slug": "su-kien-" + core.GenerateDefaultRandomId(), "title_vi": "Đêm gọi vốn", "title_en": "Pitch night", "mode": "onsite", "venue": "Hội trường A",
		"starts_at": now.AddDate(0, 0, 7), "ends_at": now.AddDate(0, 0, 7).Add(3 * time.Hour), "refund_until_hours": 24, "vat_rate": 10,
	})
	s := Sale{Event: events.Events.From(row)}
	Refused(t, events.EventLife.Fire(app, s.Event, "publish", StaffActing(t, app), now), "")
	s.Quota = events.Quotas.From(stored(t, app, "quotas", map[string]any{"event": row.Id, "name": "Hội trường", "size": seats}))
	for i, price := range prices {
		s.Types = append(s.Types, events.Types.From(stored(t, app, "ticket_types", map[string]any{
			"event": row.Id, "name_vi": "Vé thường", "price_vnd": price, "quotas": []string{s.Quota.Id}, "visibility": "public", "position": i,
		})))
	}
	return s
}

// Change changes fields of a row of a sale as a dashboard would.
func Change(t testing.TB, app core.App, row core.RecordProxy, fields map[string]any) {
	t.Helper()
	fresh, err := app.FindRecordById(row.ProxyRecord().Collection(), row.ProxyRecord().Id)
	Refused(t, err, "")
	fresh.Load(fields)
	Save(t, app, fresh)
	row.SetProxyRecord(fresh)
}

// Wants is a basket of so many tickets of the first type of a sale.
func (s Sale) Wants(count int) events.Basket {
	return events.Basket{Event: s.Event.Id, Lines: []events.Line{{Type: s.Types[0].Id, Count: count}}}
}

// Cart reserves tickets of the first type of a sale.
func (s Sale) Cart(t testing.TB, app core.App, count int, now time.Time) *events.Order {
	t.Helper()
	o, err := events.Reserve(context.Background(), app, s.Wants(count), now)
	Refused(t, err, "")
	return o
}

// Bought hands a cart of tickets of the first type in, by bank transfer where there is something to pay.
func (s Sale) Bought(t testing.TB, app core.App, count int, now time.Time) *events.Order {
	t.Helper()
	o, err := events.Submit(app, s.Cart(t, app, count, now).Id, Buying("lan@example.org"), nil, now)
	Refused(t, err, "")
	return o
}

// Buying is somebody with a mail address who pays by bank transfer.
func Buying(email string) events.Buyer {
	return events.Buyer{Name: "Trần Thị Lan", Email: email, Phone: "0901 234 567", Provider: events.PayVietQR}
}

// Counts are what a quota has held and sold.
func Counts(t testing.TB, app core.App, q *events.Quota) (held, sold int) {
	t.Helper()
	fresh, err := events.Quotas.Find(app, q.Id)
	Refused(t, err, "")
	return fresh.Held(), fresh.Sold()
}

func stored(t testing.TB, app core.App, collection string, fields map[string]any) *core.Record {
	t.Helper()
	c, err := app.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		t.Fatal(err)
	}
	row := core.NewRecord(c)
	row.Load(fields)
	Save(t, app, row)
	return row
}
