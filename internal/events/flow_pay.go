package events

import (
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Pay tells an order that it is paid whole, in the transaction of the payment. One whose time is over takes its seats again where
// there are any; where there are none it needs somebody's attention, and that is no error. Paid twice is paid. For payment's
// Needs.Paid. Errors: record.not_found, order.not_payable for a cart and for what waits for approval.
func Pay(tx core.App, id, payment string, by access.Actor, now time.Time) (*Order, error) {
	return record.Change(tx, Orders, id, func(tx core.App, o *Order) error {
		w, told := work{tx, by, now}, lifecycle.With(map[string]string{"payment": payment})
		switch o.Status() {
		case OrderConfirmed:
			return nil
		case OrderAwaitingPayment, OrderProcessing, OrderCancelling:
			return w.issue(o, "pay")
		case OrderExpired, OrderCancelled, OrderNeedsAttention:
			v, err := Events.Find(tx, o.EventID())
			if err != nil {
				return err
			}
			again := false
			if v.Status() == EventPublished && !v.Past(now) {
				if again, err = retake(tx, o, false); err != nil {
					return err
				}
			}
			switch {
			case again:
				return w.issue(o, "pay")
			case o.Status() == OrderNeedsAttention:
				return nil
			}
			return OrderLife.Fire(tx, o, "attend", by, now, told)
		}
		return fault.Conflict("order.not_payable")
	})
}

// Follow tells an order that a payment is on its way which cannot be called back, or that one came to nothing: then the order waits for
// money again, and one that was called off meanwhile gives its seats up. It runs in the transaction of the payment. For payment's
// Needs.Turned. Error: record.not_found.
func Follow(tx core.App, id string, onItsWay bool, by access.Actor, now time.Time) (*Order, error) {
	return record.Change(tx, Orders, id, func(tx core.App, o *Order) error {
		w := work{tx, by, now}
		switch {
		case onItsWay && o.Status() == OrderAwaitingPayment:
			return OrderLife.Fire(tx, o, "process", by, now)
		case !onItsWay && o.Status() == OrderProcessing:
			return OrderLife.Fire(tx, o, "fail", by, now)
		case !onItsWay && o.Status() == OrderCancelling:
			stopped, err := w.stopMoney(o, "cancel")
			if err != nil || !stopped {
				return err
			}
			return w.release(o, "cancel", "")
		}
		return nil
	})
}

// Withdraw ends tickets whose money goes back, all of the order's where none is named; their seats are free at once. An order without
// a ticket is cancelled. It runs in the transaction in which the refund is approved, and bears being told twice. For payment's
// Needs.Withdrawn. Error: record.not_found.
func Withdraw(tx core.App, id string, tickets []string, reason string, by access.Actor, now time.Time) error {
	_, err := record.Change(tx, Orders, id, func(tx core.App, o *Order) error {
		w := work{tx, by, now}
		switch o.Status() {
		case OrderNeedsAttention:
			return OrderLife.Fire(tx, o, "refund", by, now, lifecycle.Because(reason))
		case OrderConfirmed:
		default:
			return nil
		}
		all, err := TicketsOf(tx, o.Id)
		if err != nil {
			return err
		}
		if len(tickets) == 0 {
			return w.release(o, "cancel", reason)
		}
		for _, k := range all {
			if !k.Live() || !slices.Contains(tickets, k.Id) {
				continue
			}
			if err := w.voidTicket(k, reason); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}
