package events

import (
	"io"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// mostSeats is how many seats one order may have.
const mostSeats = 50

// Needs are the facts that this room asks of others. The roof fills them in.
type Needs struct {
	Random io.Reader                                       // codes of orders and tickets
	Keys   func(app core.App) ([][]byte, error)            // the secrets from which links are derived, the present one first
	Person func(app core.App, user string) (string, error) // the name of a person
	Proven func(app core.App, user string) (string, error) // the address of a person who has shown that it is theirs, or ""
	Tile   func(app core.App, cluster string) (int, error) // the number of a cluster, which names its drawing

	// AskMoney begins to look for the money of an order that waits for it, in the transaction in which it begins to wait.
	AskMoney func(tx core.App, o *Order, by access.Actor, now time.Time) error

	// StopMoney ends that, in the transaction in which the order runs out ("expire") or is called off ("cancel"). stopped false:
	// money may still come, and Follow tells when it cannot any more.
	StopMoney func(tx core.App, order, verb string, by access.Actor, now time.Time) (stopped bool, err error)

	// GiveBack asks for the money of an order to go back, in the transaction in which a paid order is called off.
	GiveBack func(tx core.App, o *Order, reason string, by access.Actor, now time.Time) error

	// MoneyTaken tells the book of money that an order has been taken whose money had come too late, in the transaction that takes it.
	MoneyTaken func(tx core.App, order string, by access.Actor, now time.Time) error

	// Seal and Unseal hide the keys that sign tickets from whoever has a copy of the database, and tie each to its row.
	Seal   func(app core.App, plain []byte, bound string) (sealed, with string, err error)
	Unseal func(app core.App, sealed, with, bound string) ([]byte, error)
}

// needsKey is where the needs of this room stay while the house is open.
const needsKey = "events.needs"

// Bind puts the room's laws in place.
func Bind(app core.App, needs Needs) {
	app.Store().Set(needsKey, needs)
	for _, table := range Tables() {
		table.Guard(app)
	}
	for _, g := range append([]record.Guard{
		{ID: "events.event", Collection: Events.Collection, Law: eventLaw},
		{ID: "events.quota", Collection: Quotas.Collection, Law: quotaLaw},
		{ID: "events.type", Collection: Types.Collection, Law: typeLaw},
		{ID: "events.order", Collection: Orders.Collection, Law: orderLaw},
		{ID: "events.ticket", Collection: Tickets.Collection, Law: ticketLaw},
	}, staffGuards()...) {
		g.Bind(app)
	}
	bindDoor(app)
	record.Revised(app, AllSeries.Collection, Events.Collection, Quotas.Collection, Types.Collection, Orders.Collection, Tickets.Collection,
		Messages.Collection)
}

// Tables lists the lives of this room.
func Tables() []lifecycle.Table {
	return []lifecycle.Table{EventLife, OrderLife, TicketLife, MessageLife}
}

// asked are the needs as the roof has filled them in.
func asked(app core.App) Needs {
	needs, _ := app.Store().Get(needsKey).(Needs)
	return needs
}

// eventLaw refreshes what an event is found by, and keeps an event in its order. Errors: event.title, event.time, event.vat,
// event.limit, event.address_stays, event.marked.
func eventLaw(e *core.RecordEvent, was *core.Record) error {
	v := Events.From(e.Record)
	switch {
	case v.Title().VI == "":
		return fault.Field("title_vi", "event.title")
	case v.StartsAt().IsZero() || !v.EndsAt().After(v.StartsAt()):
		return fault.Field("ends_at", "event.time")
	case v.VATRate() < 0 || v.VATRate() > 100:
		return fault.Field("vat_rate", "event.vat")
	case v.PerEmailLimit() < 0:
		return fault.Field("per_email_limit", "event.limit")
	}
	if was != nil {
		old := Events.From(was)
		switch {
		case old.Status() != EventDraft && v.Slug() != old.Slug():
			return fault.Field("slug", "event.address_stays")
		case v.Status() == old.Status() && !v.sameMarks(old):
			return fault.Conflict("event.marked")
		}
	}
	v.refreshKeys()
	return nil
}

// quotaLaw keeps the counts of a quota out of everybody's hands, and its size above what is taken unless somebody says that it may
// stand there. Errors: quota.size, quota.taken, quota.rooted.
func quotaLaw(e *core.RecordEvent, was *core.Record) error {
	q := Quotas.From(e.Record)
	old := &Quota{}
	if was == nil {
		old.SetProxyRecord(core.NewRecord(e.Record.Collection()))
	} else {
		old = Quotas.From(was)
	}
	q.keepCounts(old)
	switch {
	case q.Size() < 0 || q.Size() > 1_000_000:
		return fault.Field("size", "quota.size")
	case was != nil && q.EventID() != old.EventID():
		return fault.Conflict("quota.rooted")
	case !q.Unlimited() && !q.Overbook() && q.Held()+q.Sold() > q.Size():
		return fault.Field("size", "quota.taken")
	}
	return nil
}

// typeLaw keeps a type on the quotas on which its tickets were counted, and refuses prices and numbers that are none. Errors:
// ticket_type.name, ticket_type.price, ticket_type.count, ticket_type.code, ticket_type.quota, ticket_type.quotas_stay,
// ticket_type.rooted.
func typeLaw(e *core.RecordEvent, was *core.Record) error {
	y := Types.From(e.Record)
	switch {
	case y.NameVI() == "":
		return fault.Field("name_vi", "ticket_type.name")
	case y.Price() < 0 || y.Price() > dearest:
		return fault.Field("price_vnd", "ticket_type.price")
	case y.MaxPerOrder() < 0 || y.Least() > y.Most():
		return fault.Field("max_per_order", "ticket_type.count")
	case y.Visibility() == ShownByCode && y.UnlockCode() == "":
		return fault.Field("unlock_code", "ticket_type.code")
	case len(y.Quotas()) == 0:
		return fault.Field("quotas", "ticket_type.quota")
	}
	for _, id := range y.Quotas() {
		q, err := Quotas.Find(e.App, id)
		if err != nil || q.EventID() != y.EventID() {
			return fault.Field("quotas", "ticket_type.quota")
		}
	}
	if was == nil {
		return nil
	}
	old := Types.From(was)
	if y.EventID() != old.EventID() {
		return fault.Conflict("ticket_type.rooted")
	}
	if y.sameSeats(old) {
		return nil
	}
	there, err := hasTickets(e.App, y.Id)
	if err == nil && there {
		err = fault.Field("quotas", "ticket_type.quotas_stay")
	}
	return err
}

// dearest is what a ticket may cost.
const dearest Dong = 1_000_000_000

// orderLaw keeps what was ordered, and what only verbs set. Errors: order.rooted, order.born.
func orderLaw(e *core.RecordEvent, was *core.Record) error {
	if was == nil {
		return nil
	}
	o, old := Orders.From(e.Record), Orders.From(was)
	if !o.sameRoots(old) || o.Status() == old.Status() && !o.sameMarks(old) {
		return fault.Conflict("order.rooted")
	}
	return nil
}

// ticketLaw keeps what was sold. Error: ticket.rooted.
func ticketLaw(e *core.RecordEvent, was *core.Record) error {
	if was != nil && !Tickets.From(e.Record).sameRoots(Tickets.From(was)) {
		return fault.Conflict("ticket.rooted")
	}
	return nil
}
