package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/housetest"
)

// onSale is a scene at an event that is on sale.
func onSale(t testing.TB, house core.App) scene {
	s := housetest.OnSale(t, house, 100, time.Now(), 100_000)
	return scene{
		path: map[string]string{"slug": s.Event.Slug(), "id": s.Event.Id}, over: access.Scope{Type: access.Event, ID: s.Event.Id},
		body: `{"lines":[{"type":"` + s.Types[0].Id + `","count":2}]}`,
	}
}

// atOrder is a scene at the secret link of an order; with "" in place of the link's secret where somebody has only its code.
func atOrder(handedIn bool, body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		now := time.Now()
		s := housetest.OnSale(t, house, 100, now, 0)
		o := s.Cart(t, house, 2, now)
		tickets, err := events.TicketsOf(house, o.Id)
		housetest.Refused(t, err, "")
		if handedIn {
			_, err := events.Submit(house, o.Id, housetest.Buying("lan@example.org"), nil, now)
			housetest.Refused(t, err, "")
		}
		link, err := events.LinkOf(house, o)
		housetest.Refused(t, err, "")
		parts := strings.Split(link, "/")
		return scene{
			path: map[string]string{"code": parts[2], "mac": parts[3]}, over: access.Scope{Type: access.Event, ID: s.Event.Id},
			body: strings.ReplaceAll(body, "{ticket}", tickets[0].Id),
		}
	}
}

// atTicket is a scene at the secret link of a ticket.
func atTicket(t testing.TB, house core.App) scene {
	s := atOrder(true, "")(t, house)
	o, err := events.OrderOf(house, s.path["code"], s.path["mac"])
	housetest.Refused(t, err, "")
	tickets, err := events.TicketsOf(house, o.Id)
	housetest.Refused(t, err, "")
	link, err := events.TicketLink(house, tickets[0])
	housetest.Refused(t, err, "")
	parts := strings.Split(link, "/")
	s.path = map[string]string{"code": parts[2], "mac": parts[3]}
	return s
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/events/{slug}/catalogue":       onSale,
	"POST /api/vuon/events/{slug}/orders":         onSale,
	"GET /api/vuon/orders/{code}/{mac}":           atOrder(false, ""),
	"POST /api/vuon/orders/{code}/{mac}/submit":   atOrder(false, `{"buyer":{"name":"Lan","email":"lan@example.org"}}`),
	"POST /api/vuon/orders/{code}/{mac}/abandon":  atOrder(false, ""),
	"POST /api/vuon/orders/{code}/{mac}/cancel":   atOrder(true, ""),
	"PATCH /api/vuon/orders/{code}/{mac}/tickets": atOrder(true, `{"holders":[{"ticket":"{ticket}","name":"Phạm Đình Đức"}]}`),
	"GET /api/vuon/tickets/{code}/{mac}":          atTicket,
	"GET /api/vuon/tickets":                       anywhere,
})
