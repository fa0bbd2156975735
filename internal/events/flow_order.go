package events

import (
	"errors"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// How long seats wait for money.
const (
	payWithin = 24 * time.Hour   // as people are told
	payAtOnce = 30 * time.Minute // at the least, also shortly before the event begins
	payGrace  = 2 * time.Hour    // statements come late: so much longer the seats are held
)

// work is one verb on its way: its transaction, who does it, and when.
type work struct {
	tx  core.App
	by  access.Actor
	now time.Time
}

// Submit hands a cart in. Where there is nothing to pay its tickets are valid at once; where staff look first it waits for them;
// otherwise it waits for money. What was handed in stays as it is: a second click changes nothing. Whoever has the link: the caller
// has looked. Errors: record.not_found, order.gone for a cart whose seats were given up, order.not_on_sale, order.name, order.email,
// order.phone, order.per_email, order.provider, order.holder, order.answer, order.too_long, invoice.name, invoice.tax_code,
// invoice.address, invoice.email.
func Submit(app core.App, id string, b Buyer, holders []Holder, now time.Time) (*Order, error) {
	return record.Change(app, Orders, id, func(tx core.App, o *Order) error {
		switch o.Status() {
		case OrderCart:
		case OrderExpired, OrderAbandoned:
			return fault.Gone("order.gone")
		default:
			return nil
		}
		v, err := Events.Find(tx, o.EventID())
		if err != nil {
			return err
		}
		if v.Status() != EventPublished || v.Past(now) {
			return fault.Conflict("order.not_on_sale")
		}
		kinds, err := kindsByID(tx, v.Id)
		if err != nil {
			return err
		}
		tickets, err := TicketsOf(tx, o.Id)
		if err != nil {
			return err
		}
		if err := checked(v, o, &b, kinds, tickets, holders); err != nil {
			return err
		}
		if err := withinLimit(tx, v, o, b.Email); err != nil {
			return err
		}
		for _, k := range tickets {
			for _, h := range holders {
				if h.Ticket != k.Id {
					continue
				}
				if k.setHolder(h); len(record.Changed(k)) == 0 {
					continue
				}
				if err := tx.Save(k); err != nil {
					return err
				}
			}
		}
		o.setBuyer(b, "")
		o.setSubmitted(now)
		w := work{tx, actorOf(o), now}
		switch {
		case asksFirst(kinds, tickets):
			o.setProvider(b.Provider)
			return OrderLife.Fire(tx, o, "ask", w.by, now)
		case o.Total() == 0:
			return w.confirm(o)
		}
		return w.await(v, o, "submit", b.Provider)
	})
}

// actorOf is who acts by the link of an order: the account it was made from, or whoever has the link.
func actorOf(o *Order) access.Actor { return access.Link(o.Id) }

// asksFirst says whether staff look at an order before it is taken.
func asksFirst(kinds map[string]*Type, tickets []*Ticket) bool {
	for _, k := range tickets {
		if y := kinds[k.TypeID()]; y != nil && y.NeedsApproval() && k.Live() {
			return true
		}
	}
	return false
}

// withinLimit keeps a mailbox to the seats that one may have of an event. Error: order.per_email.
func withinLimit(tx core.App, v *Event, o *Order, email string) error {
	most := v.PerEmailLimit()
	if most == 0 {
		return nil
	}
	has, err := mailboxSeats(tx, v.Id, MailboxOf(email), o.Id)
	if err == nil && has+o.Seats() > most {
		err = fault.Field("email", "order.per_email", "most", itoa64(int64(most)))
	}
	return err
}

// confirm makes the tickets of an order valid for which nothing is to be paid.
func (w work) confirm(o *Order) error {
	o.setProvider(PayFree)
	return w.issue(o, "confirm")
}

// issue makes the tickets of an order valid, along one verb of its life.
func (w work) issue(o *Order, verb string, more ...lifecycle.Telling) error {
	o.setConfirmed(w.now)
	n, err := moveTickets(w.tx, o.Id, "issue", w.now)
	if err != nil {
		return err
	}
	if n == 0 {
		return errors.New("order " + o.Id + " has no ticket to issue")
	}
	return OrderLife.Fire(w.tx, o, verb, w.by, w.now, append(more, lifecycle.With(map[string]int{"tickets": n}))...)
}

// await lets an order wait for money.
func (w work) await(v *Event, o *Order, verb, provider string) error {
	o.setProvider(provider)
	until := w.now.Add(payWithin)
	if latest := later(v.StartsAt(), w.now.Add(payAtOnce)); until.After(latest) {
		until = latest
	}
	if until.After(v.EndsAt()) {
		until = v.EndsAt()
	}
	release := until
	if provider != PayCash {
		release = until.Add(payGrace)
	}
	o.setDeadlines(until, release)
	if err := OrderLife.Fire(w.tx, o, verb, w.by, w.now); err != nil {
		return err
	}
	return w.askMoney(o)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// askMoney begins to look for the money of an order.
func (w work) askMoney(o *Order) error {
	if ask := asked(w.tx).AskMoney; ask != nil {
		return ask(w.tx, o, w.by, w.now)
	}
	return nil
}

// stopMoney ends the look for the money of an order: "expire" or "cancel". Where it may still come, the order keeps its seats.
func (w work) stopMoney(o *Order, verb string) (stopped bool, err error) {
	if stop := asked(w.tx).StopMoney; stop != nil {
		return stop(w.tx, o.Id, verb, w.by, w.now)
	}
	return true, nil
}

// release gives the seats of an order up and ends it, along one verb of its life.
func (w work) release(o *Order, verb, reason string) error {
	n, err := moveTickets(w.tx, o.Id, "void", w.now)
	if err != nil {
		return err
	}
	return OrderLife.Fire(w.tx, o, verb, w.by, w.now, lifecycle.Because(reason), lifecycle.With(map[string]int{"tickets": n}))
}

// Abandon gives a cart up at once. Whoever has the link: the caller has looked. What was given up already stays so.
// Errors: record.not_found, lifecycle.not_now.
func Abandon(app core.App, by access.Actor, id string, now time.Time) (*Order, error) {
	return record.Change(app, Orders, id, func(tx core.App, o *Order) error {
		if o.Status() == OrderAbandoned || o.Status() == OrderExpired {
			return nil
		}
		return work{tx, by, now}.release(o, "abandon", "")
	})
}

// Expire gives up the carts whose time is over, and the orders for which no money came until some time after the day that people
// were told. Each is a transaction of its own: one that fails keeps none of the others.
func Expire(app core.App, now time.Time) error {
	var failed error
	for {
		due, err := overdue(app, now, expireAtOnce)
		if err != nil {
			return errors.Join(failed, err)
		}
		moved := 0
		for _, id := range due {
			done, err := expire(app, id, now)
			if failed = errors.Join(failed, err); done {
				moved++
			}
		}
		if len(due) < expireAtOnce || moved == 0 {
			return failed
		}
	}
}

// expireAtOnce is how many overdue orders are read at once.
const expireAtOnce = 200

// expire gives one order up. done false: money may still come for it, and it is looked at again.
func expire(app core.App, id string, now time.Time) (done bool, err error) {
	_, err = record.Change(app, Orders, id, func(tx core.App, o *Order) (err error) {
		w := work{tx, access.Job("expire_orders"), now}
		switch {
		case o.Status() == OrderCart && !now.Before(o.HoldUntil()):
		case o.Status() == OrderAwaitingPayment && !o.ReleaseAt().IsZero() && !now.Before(o.ReleaseAt()):
			if done, err = w.stopMoney(o, "expire"); err != nil || !done {
				return err
			}
		default:
			done = true
			return nil // somebody was faster
		}
		done = true
		return w.release(o, "expire", "")
	})
	return done && err == nil, err
}
