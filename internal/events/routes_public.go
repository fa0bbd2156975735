package events

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/web"
)

// publicRoutes are the pages of events, orders and tickets, in both languages. Whoever orders needs no account: the address of an
// order and of a ticket is their key.
func publicRoutes() map[string]func(*core.RequestEvent) error {
	all := web.Public(map[string]func(*core.RequestEvent) error{
		"/events":                      pageOfEvents,
		"/events/{slug}":               pageOfEvent,
		"/orders/{code}/{mac}":         pageOfOrder,
		"/orders/{code}/{mac}/{file}":  fileOfOrder,
		"/tickets/sw.js":               keeperOfTickets,
		"/tickets/{code}/{mac}":        pageOfTicket,
		"/tickets/{code}/{mac}/{file}": fileOfTicket,
	})
	for path, do := range map[string]func(*core.RequestEvent) error{
		"/events/{slug}":              placeOrder,
		"/orders/{code}/{mac}/{verb}": actOnOrder,
		"/tickets/{code}/{mac}":       sayAfter,
	} {
		all["POST "+path], all["POST /en"+path] = do, do
	}
	return all
}
