package events

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// onOrder lets staff and managers over the event work on an order. To everybody else it does not exist.
// Errors: access.sign_in, record.not_found.
func onOrder(app core.App, by access.Actor, id string, now time.Time, do func(w work, o *Order) error) (*Order, error) {
	return record.Change(app, Orders, id, func(tx core.App, o *Order) error {
		if err := access.MayWorkOn(by, PathOf(o.EventID())...); err != nil {
			return err
		}
		return do(work{tx, by, now}, o)
	})
}

// Approve takes an order at which staff had to look first: its tickets are valid, or it waits for money. Staff over the event.
// Errors: access.sign_in, record.not_found, lifecycle.not_now, order.not_on_sale.
func Approve(app core.App, by access.Actor, id, note string, now time.Time) (*Order, error) {
	return onOrder(app, by, id, now, func(w work, o *Order) error {
		v, err := Events.Find(w.tx, o.EventID())
		if err != nil {
			return err
		}
		switch {
		case o.Status() != OrderAwaitingApproval:
			return fault.Conflict("lifecycle.not_now")
		case v.Status() != EventPublished || v.Past(now):
			return fault.Conflict("order.not_on_sale")
		}
		o.setApproveNote(strings.TrimSpace(note))
		if o.Total() == 0 {
			return w.confirm(o)
		}
		return w.await(v, o, "approve", o.Provider())
	})
}

// Reject turns an order down, with words that its buyer reads. Staff over the event. Errors: access.sign_in, record.not_found,
// lifecycle.not_now.
func Reject(app core.App, by access.Actor, id, note string, now time.Time) (*Order, error) {
	return onOrder(app, by, id, now, func(w work, o *Order) error {
		o.setApproveNote(strings.TrimSpace(note))
		return w.release(o, "reject", o.ApproveNote())
	})
}

// Postpone gives an order another day to pay by, as an organisation needs that pays later. Staff over the event. Errors:
// access.sign_in, record.not_found, order.not_waiting, order.day.
func Postpone(app core.App, by access.Actor, id string, until, now time.Time) (*Order, error) {
	return onOrder(app, by, id, now, func(w work, o *Order) error {
		switch {
		case !o.AwaitsMoney():
			return fault.Conflict("order.not_waiting")
		case !until.After(now) || until.After(now.AddDate(1, 0, 0)):
			return fault.Field("until", "order.day")
		}
		o.setDeadlines(until, until.Add(payGrace))
		if err := w.tx.Save(o); err != nil {
			return err
		}
		return lifecycle.Note(w.tx, by, now, Orders.Collection, o.Id, "postpone", lifecycle.With(map[string]string{"until": record.Stamp(until)}))
	})
}

// MayCancel says whether the buyer of an order may call it off at now: before anything is paid always, afterwards as the event says.
func MayCancel(o *Order, v *Event, now time.Time) bool {
	switch o.Status() {
	case OrderAwaitingApproval, OrderAwaitingPayment, OrderProcessing:
		return true
	case OrderConfirmed:
		return v.Refundable(now)
	}
	return false
}

// CallOff calls an order off by whoever has its link: the caller has looked. What was paid is to go back. What was called off
// already stays so. Errors: record.not_found, order.no_cancel.
func CallOff(app core.App, by access.Actor, id string, now time.Time) (*Order, error) {
	return record.Change(app, Orders, id, func(tx core.App, o *Order) error {
		v, err := Events.Find(tx, o.EventID())
		switch {
		case err != nil:
			return err
		case o.Status() == OrderCancelled:
			return nil
		case !MayCancel(o, v, now):
			return fault.Conflict("order.no_cancel")
		}
		return work{tx, by, now}.callOff(o, "")
	})
}

// CancelOrder calls an order off by the house, with a reason that its buyer reads. What was paid is to go back. Staff over the event,
// and the house itself. Errors: access.sign_in, record.not_found, order.no_reason, lifecycle.not_now.
func CancelOrder(app core.App, by access.Actor, id, reason string, now time.Time) (*Order, error) {
	return onOrder(app, by, id, now, func(w work, o *Order) error {
		if strings.TrimSpace(reason) == "" {
			return fault.Field("reason", "order.no_reason")
		}
		if o.Status() == OrderCancelled {
			return nil
		}
		return w.callOff(o, strings.TrimSpace(reason))
	})
}

// callOff ends an order in whatever state it is: a cart is given up, what waits for money no longer does, and what was paid is to go
// back.
func (w work) callOff(o *Order, reason string) error {
	switch o.Status() {
	case OrderCart:
		return w.release(o, "abandon", reason)
	case OrderAwaitingApproval:
		return w.release(o, "cancel", reason)
	case OrderAwaitingPayment, OrderProcessing:
		if err := OrderLife.Fire(w.tx, o, "call_off", w.by, w.now, lifecycle.Because(reason)); err != nil {
			return err
		}
		stopped, err := w.stopMoney(o, "cancel")
		if err != nil || !stopped { // Follow ends it when nobody can pay any more
			return err
		}
		return w.release(o, "cancel", reason)
	case OrderConfirmed:
		if back := asked(w.tx).GiveBack; back != nil && o.Total() > 0 {
			if err := back(w.tx, o, reason, w.by, w.now); err != nil {
				return err
			}
		}
		return w.release(o, "cancel", reason)
	case OrderNeedsAttention:
		if back := asked(w.tx).GiveBack; back != nil {
			if err := back(w.tx, o, reason, w.by, w.now); err != nil {
				return err
			}
		}
		return OrderLife.Fire(w.tx, o, "refund", w.by, w.now, lifecycle.Because(reason))
	}
	return fault.Conflict("lifecycle.not_now")
}

// Overbook takes an order for which money came when the seats were gone: somebody of the house lets its quotas stand above their
// size, and the money has its receipt. Managers over the event. Errors: access.sign_in, record.not_found, access.needs_manager, lifecycle.not_now.
func Overbook(app core.App, by access.Actor, id, reason string, now time.Time) (*Order, error) {
	return onOrder(app, by, id, now, func(w work, o *Order) error {
		if err := access.MayDecide(by, PathOf(o.EventID())...); err != nil {
			return err
		}
		if o.Status() != OrderNeedsAttention {
			return fault.Conflict("lifecycle.not_now")
		}
		if _, err := retake(w.tx, o, true); err != nil {
			return err
		}
		if err := w.issue(o, "overbook", lifecycle.Because(reason)); err != nil {
			return err
		}
		if taken := asked(w.tx).MoneyTaken; taken != nil {
			return taken(w.tx, o.Id, by, now)
		}
		return nil
	})
}
