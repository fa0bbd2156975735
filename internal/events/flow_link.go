package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/web"
)

// OrderLinkFor makes the link to an order for the mail that carries it, in the language in which its buyer reads.
// Error: record.not_found.
func OrderLinkFor(app core.App, id string, _ time.Time) (string, error) {
	o, err := Orders.Find(app, id)
	if err != nil {
		return "", err
	}
	path, err := LinkOf(app, o)
	return web.Path(o.Locale(), path), err
}

// TicketLinkFor makes the link to a ticket for the mail that carries it. Error: record.not_found.
func TicketLinkFor(app core.App, id string, _ time.Time) (string, error) {
	k, err := Tickets.Find(app, id)
	if err != nil {
		return "", err
	}
	o, err := Orders.Find(app, k.OrderID())
	if err != nil {
		return "", err
	}
	path, err := TicketLink(app, k)
	return web.Path(o.Locale(), path), err
}

// RenewLink gives an order another secret link, which its buyer is mailed: whoever has the old one finds nothing there any more.
// Staff and managers over the event. Errors: access.sign_in, record.not_found.
func RenewLink(app core.App, by access.Actor, id string, now time.Time) (*Order, error) {
	return onOrder(app, by, id, now, func(w work, o *Order) error {
		o.renewLink()
		if err := w.tx.Save(o); err != nil {
			return err
		}
		return lifecycle.Note(w.tx, by, now, Orders.Collection, o.Id, "renew_link")
	})
}

// RenewTicket gives a ticket another secret link and another code for the door: what was printed or passed on of it is worthless.
// Staff and managers over the event. Errors: access.sign_in, record.not_found, ticket.not_live.
func RenewTicket(app core.App, by access.Actor, id string, now time.Time) (*Ticket, error) {
	return onTicket(app, by, id, now, func(w work, k *Ticket) error {
		if !k.Live() || k.Status() == TicketHeld {
			return fault.Conflict("ticket.not_live")
		}
		k.renew()
		if err := w.tx.Save(k); err != nil {
			return err
		}
		return lifecycle.Note(w.tx, by, now, Tickets.Collection, k.Id, "renew_link")
	})
}
