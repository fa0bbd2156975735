package housetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/locale"
)

// Door is an event that people come to today: its list, two gates, and a valid ticket for each guest.
type Door struct {
	Event   *events.Event
	Type    *events.Type
	List    *events.CheckinList
	Gates   []*events.Gate
	Tickets []*events.Ticket
	Staff   access.Actor
}

// AtTheDoor publishes an event that begins an hour after now, and gives a free ticket to each of so many guests.
func AtTheDoor(t testing.TB, app core.App, guests int, now time.Time) *Door {
	t.Helper()
	d, boss := &Door{}, Actor(t, app, Holder(t, app, access.Manager, access.House), now)
	d.Event = DraftEvent(t, app, boss, now.Add(time.Hour), now)
	d.Type, _ = TypeOf(t, app, boss, d.Event.Id, guests+1, 0, now)
	shirt := []events.Question{{Key: "shirt", Type: events.AskText, LabelVI: "Cỡ áo", LabelEN: "Shirt", AtDoor: true}}
	var err error
	d.Type, err = events.EditType(app, boss, d.Type.Id, events.TypeTerms{Questions: &shirt}, now)
	Refused(t, err, "")
	d.Event, err = events.PublishEvent(app, boss, d.Event.Id, 0, now)
	Refused(t, err, "")
	for n := 0; n < guests; n += 50 {
		o, err := events.Reserve(t.Context(), app, events.Basket{
			Event: d.Event.Id, Lines: []events.Line{{Type: d.Type.Id, Count: min(50, guests-n)}}, Locale: locale.Vietnamese,
		}, now)
		Refused(t, err, "")
		tickets, err := events.TicketsOf(app, o.Id)
		Refused(t, err, "")
		var holders []events.Holder
		for i, k := range tickets {
			holders = append(holders, events.Holder{
				Ticket: k.Id, Name: fmt.Sprintf("Đặng Thị Ngọc Ánh %d", n+i), Email: fmt.Sprintf("k%d@example.org", n+i), Answers: map[string]any{"shirt": "M"},
			})
		}
		_, err = events.Submit(app, o.Id, events.Buyer{Name: "Người mua", Email: fmt.Sprintf("mua%d@example.org", n)}, holders, now)
		Refused(t, err, "")
		for _, k := range tickets {
			k, err = events.Tickets.Find(app, k.Id)
			Refused(t, err, "")
			d.Tickets = append(d.Tickets, k)
		}
	}
	d.Staff = Actor(t, app, Holder(t, app, access.Staff, access.Scope{Type: access.Event, ID: d.Event.Id}), now)
	name := "Vào cửa"
	if d.List, err = events.MakeList(app, d.Staff, d.Event.Id, events.ListTerms{Name: &name}, now); err != nil {
		t.Fatal(err)
	}
	for _, called := range []string{"Cổng A", "Cổng B"} {
		g, err := events.MakeGate(app, d.Staff, d.Event.Id, called, now)
		if err != nil {
			t.Fatal(err)
		}
		d.Gates = append(d.Gates, g)
	}
	return d
}

// Phone lets a phone in at one of the gates, and returns it with its token.
func (d *Door) Phone(t testing.TB, app core.App, gate int, now time.Time) (*events.Device, string) {
	t.Helper()
	name := fmt.Sprintf("Máy %d", gate+1)
	_, code, err := events.AddDevice(app, d.Staff, d.Event.Id, events.DeviceTerms{Name: &name, Gate: &d.Gates[gate].Id}, now)
	if err != nil {
		t.Fatal(err)
	}
	phone, token, err := events.EnrolDevice(app, code, now)
	if err != nil {
		t.Fatal(err)
	}
	return phone, token
}

// Shows is what a phone tells when the QR code of a ticket was shown to it.
func (d *Door) Shows(t testing.TB, app core.App, ticket int, nonce string, now time.Time) events.Look {
	t.Helper()
	k, err := events.Tickets.Find(app, d.Tickets[ticket].Id)
	if err != nil {
		t.Fatal(err)
	}
	token, err := events.TokenOf(app, k, now)
	if err != nil {
		t.Fatal(err)
	}
	return events.Look{Nonce: Nonce(nonce), Token: token, List: d.List.Id, Kind: events.ScanEntry, At: now}
}

// Nonce is a name of a look, of a short one.
func Nonce(short string) string { return fmt.Sprintf("%016s", short) }

// SQL writes past every guard, as nobody but the house's own committer may; triggers hold.
func SQL(t testing.TB, app core.App, statement string, params dbx.Params) {
	t.Helper()
	if _, err := app.DB().NewQuery(statement).Bind(params).Execute(); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
