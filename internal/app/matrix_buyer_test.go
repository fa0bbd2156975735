package app_test

import (
	"maps"
	"testing"

	"github.com/pocketbase/pocketbase/core"
)

// with is a scene with one more value in its path.
func with(set func(testing.TB, core.App) scene, name, value string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := set(t, house)
		s.path = maps.Clone(s.path)
		s.path[name] = value
		return s
	}
}

// What whoever has the link may do: nobody of the house needs it, and everybody who has it is answered alike.
var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /events":                         plain(nil),
	"GET /en/events":                      plain(nil),
	"GET /events/{slug}":                  onSale,
	"GET /en/events/{slug}":               onSale,
	"POST /events/{slug}":                 onSale, // without a form nothing is chosen
	"POST /en/events/{slug}":              onSale,
	"GET /orders/{code}/{mac}":            atOrder(true, ""),
	"GET /en/orders/{code}/{mac}":         atOrder(false, ""),
	"GET /orders/{code}/{mac}/{file}":     with(atOrder(true, ""), "file", "tickets.pdf"),
	"GET /en/orders/{code}/{mac}/{file}":  with(atOrder(true, ""), "file", "event.ics"),
	"POST /orders/{code}/{mac}/{verb}":    with(atOrder(false, ""), "verb", "abandon"),
	"POST /en/orders/{code}/{mac}/{verb}": with(atOrder(true, ""), "verb", "cancel"),
	"GET /tickets/sw.js":                  plain(nil),
	"GET /en/tickets/sw.js":               plain(nil),
	"GET /tickets/{code}/{mac}":           atTicket,
	"POST /tickets/{code}/{mac}":          atTicket, // the event has not begun
	"POST /en/tickets/{code}/{mac}":       atTicket,
	"GET /en/tickets/{code}/{mac}":        atTicket,
	"GET /tickets/{code}/{mac}/{file}":    with(atTicket, "file", "ticket.pdf"),
	"GET /en/tickets/{code}/{mac}/{file}": with(atTicket, "file", "event.ics"),
})
