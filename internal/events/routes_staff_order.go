package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// staffOrderRoutes are what whoever runs an event does with its orders and tickets.
func staffOrderRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/events/{id}/orders":         listOrders,
		"GET /api/vuon/events/{id}/orders/{order}": officeGives(showOrder),
		"POST /api/vuon/events/{id}/orders/{order}/approve": onOrderOf(func(d office, o *Order, s decided) (any, error) {
			return standing(Approve(d.app, d.by, o.Id, s.Reason, d.now))
		}),
		"POST /api/vuon/events/{id}/orders/{order}/reject": onOrderOf(func(d office, o *Order, s decided) (any, error) {
			return standing(Reject(d.app, d.by, o.Id, s.Reason, d.now))
		}),
		"POST /api/vuon/events/{id}/orders/{order}/cancel": onOrderOf(func(d office, o *Order, s decided) (any, error) {
			return standing(CancelOrder(d.app, d.by, o.Id, s.Reason, d.now))
		}),
		"POST /api/vuon/events/{id}/orders/{order}/postpone": onOrderOf(func(d office, o *Order, s decided) (any, error) {
			return standing(Postpone(d.app, d.by, o.Id, s.Until, d.now))
		}),
		"POST /api/vuon/events/{id}/orders/{order}/overbook": onOrderOf(func(d office, o *Order, s decided) (any, error) {
			return standing(Overbook(d.app, d.by, o.Id, s.Reason, d.now))
		}),
		"POST /api/vuon/events/{id}/orders/{order}/resend": onOrderOf(func(d office, o *Order, _ decided) (any, error) {
			return standing(o, Resend(d.app, d.by, o.Id, d.now))
		}),
		"POST /api/vuon/events/{id}/orders/{order}/renew-link": onOrderOf(func(d office, o *Order, _ decided) (any, error) {
			return standing(RenewLink(d.app, d.by, o.Id, d.now))
		}),
		"POST /api/vuon/events/{id}/tickets/{ticket}/renew-link": onTicketOf(func(d office, k *Ticket, _ decided) (any, error) {
			return standing(RenewTicket(d.app, d.by, k.Id, d.now))
		}),
		"PATCH /api/vuon/events/{id}/tickets/{ticket}": onTicketOf(func(d office, k *Ticket, s decided) (any, error) {
			return standing(Rename(d.app, d.by, k.Id, Holder{Name: s.Name, Email: s.Email}, d.now))
		}),
		"POST /api/vuon/events/{id}/tickets/{ticket}/suspend": onTicketOf(func(d office, k *Ticket, s decided) (any, error) {
			return standing(SuspendTicket(d.app, d.by, k.Id, s.Reason, d.now))
		}),
		"POST /api/vuon/events/{id}/tickets/{ticket}/restore": onTicketOf(func(d office, k *Ticket, s decided) (any, error) {
			return standing(RestoreTicket(d.app, d.by, k.Id, s.Reason, d.now))
		}),
	}
}

// decided is what somebody says with a verb on an order or a ticket.
type decided struct {
	Reason string    `json:"reason"`
	Until  time.Time `json:"until"`        // the new day to pay by
	Name   string    `json:"holder_name"`  // of who comes with a ticket
	Email  string    `json:"holder_email"` // where they are reached
}

// onOrderOf lets whoever runs the event in the path do something with an order of it. Errors: access.sign_in, record.not_found.
func onOrderOf(do func(office, *Order, decided) (any, error)) func(*core.RequestEvent) error {
	return officeTakes(func(d office, s decided) (any, error) {
		o, err := orderIn(d)
		if err != nil {
			return nil, err
		}
		return do(d, o, s)
	})
}

// orderIn is the order in the path, of the event in the path.
func orderIn(d office) (*Order, error) {
	if err := mayRun(d.by, d.id); err != nil {
		return nil, err
	}
	o, err := Orders.Find(d.app, d.e.Request.PathValue("order"))
	if err == nil && o.EventID() != d.id {
		err = fault.NotFound("record.not_found")
	}
	return o, err
}

// onTicketOf lets whoever runs the event in the path do something with a ticket of it. Errors: access.sign_in, record.not_found.
func onTicketOf(do func(office, *Ticket, decided) (any, error)) func(*core.RequestEvent) error {
	return officeTakes(func(d office, s decided) (any, error) {
		if err := mayRun(d.by, d.id); err != nil {
			return nil, err
		}
		k, err := Tickets.Find(d.app, d.e.Request.PathValue("ticket"))
		switch {
		case err != nil:
			return nil, err
		case k.EventID() != d.id:
			return nil, fault.NotFound("record.not_found")
		}
		return do(d, k, s)
	})
}
