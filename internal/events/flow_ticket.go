package events

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// onTicket lets staff and managers over the event work on a ticket. To everybody else it does not exist.
// Errors: access.sign_in, record.not_found.
func onTicket(app core.App, by access.Actor, id string, now time.Time, do func(w work, k *Ticket) error) (*Ticket, error) {
	return record.Change(app, Tickets, id, func(tx core.App, k *Ticket) error {
		if err := access.MayWorkOn(by, PathOf(k.EventID())...); err != nil {
			return err
		}
		return do(work{tx, by, now}, k)
	})
}

// VoidTicket ends one ticket of a confirmed order; the order ends with its last. Its seat is free at once; money is another matter.
// Staff over the event. Errors: access.sign_in, record.not_found, order.no_reason, lifecycle.not_now.
func VoidTicket(app core.App, by access.Actor, id, reason string, now time.Time) (*Ticket, error) {
	return onTicket(app, by, id, now, func(w work, k *Ticket) error {
		if strings.TrimSpace(reason) == "" {
			return fault.Field("reason", "order.no_reason")
		}
		return w.voidTicket(k, strings.TrimSpace(reason))
	})
}

// SuspendTicket keeps a ticket from letting anybody in, until it is restored. Its seat stays taken. Staff over the event.
// Errors: as VoidTicket.
func SuspendTicket(app core.App, by access.Actor, id, reason string, now time.Time) (*Ticket, error) {
	return onTicket(app, by, id, now, func(w work, k *Ticket) error { return w.moveTicket(k, "suspend", strings.TrimSpace(reason)) })
}

// RestoreTicket lets a suspended ticket let in again. Staff over the event. Errors: as VoidTicket.
func RestoreTicket(app core.App, by access.Actor, id, reason string, now time.Time) (*Ticket, error) {
	return onTicket(app, by, id, now, func(w work, k *Ticket) error { return w.moveTicket(k, "restore", strings.TrimSpace(reason)) })
}

// Rename gives a ticket to somebody else. What was printed of it, and its link, are worthless from then on; no seat is counted. Staff
// over the event, and whoever has the link of its order. Errors: access.sign_in, record.not_found, ticket.not_live, order.holder,
// order.email, order.too_long.
func Rename(app core.App, by access.Actor, id string, h Holder, now time.Time) (*Ticket, error) {
	return record.Change(app, Tickets, id, func(tx core.App, k *Ticket) error {
		if by.ID != access.Link(k.OrderID()).ID {
			if err := access.MayWorkOn(by, PathOf(k.EventID())...); err != nil {
				return err
			}
		}
		if !k.Live() {
			return fault.Conflict("ticket.not_live")
		}
		h.Name, h.Email, h.Answers = vn.OneLine(h.Name), strings.TrimSpace(h.Email), nil
		if err := fault.Fields(holderFits(k, h, true)...); err != nil {
			return err
		}
		if h.Name == k.HolderName() && h.Email == k.HolderEmail() {
			return nil
		}
		k.setHolder(h)
		if k.Status() != TicketHeld {
			k.renew()
		}
		if err := tx.Save(k); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Tickets.Collection, k.Id, "rename")
	})
}
