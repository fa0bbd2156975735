package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
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

// RenewLink gives an order another secret link: whoever has the old one finds nothing there any more. Staff and managers over
// the event. Errors: access.sign_in, record.not_found.
func RenewLink(app core.App, by access.Actor, id string, now time.Time) (*Order, error) {
	return record.Change(app, Orders, id, func(tx core.App, o *Order) error {
		if err := access.MayWorkOn(by, PathOf(o.EventID())...); err != nil {
			return err
		}
		o.renewLink()
		if err := tx.Save(o); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Orders.Collection, o.Id, "renew_link")
	})
}
