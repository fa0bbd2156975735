package events

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// holdFor is how long a cart holds its seats.
const holdFor = 15 * time.Minute

// A key under which somebody repeats a request is drawn by chance: whoever knows it is told the order.
const (
	shortestKey = 16
	longestKey  = 64
)

// Line is so many tickets of one type.
type Line struct {
	Type  string `json:"type"`
	Count int    `json:"count"`
}

// Basket is what somebody wants to have.
type Basket struct {
	Event  string // the id of an event or its slug
	Lines  []Line
	Key    string // the same request again bears the same; "" is never the same
	Unlock string // what shows types that a code shows
	Locale locale.Lang
	By     access.Actor
}

// ask is a basket on its way through the committer. What does not need the database is ready before it waits.
type ask struct {
	Basket
	now   time.Time
	seats int
	dice  dice

	id, code string
	tickets  []drawn // as many as seats
	event    string  // the id of the event

	total, vat Dong
	found      string // the order that the same key has made already
	refused    error  // a refusal of the transaction that is under way
	err        error  // the answer
}

// drawn is a ticket that is not yet of any type.
type drawn struct{ id, code string }

// Reserve takes seats and holds them in a cart for a quarter of an hour. Anybody, while the tickets are on sale; types for staff
// by staff of the event. The same key gives the same order. Errors: order.empty, order.count, order.too_many, order.key,
// record.not_found for an event that is not shown, order.no_type, order.not_on_sale, order.sold_out, order.busy,
// request.key_reused.
func Reserve(ctx context.Context, app core.App, b Basket, now time.Time) (*Order, error) {
	a, err := newAsk(app, b, now)
	if err != nil {
		return nil, err
	}
	if app.IsTransactional() { // within a transaction there is nobody to wait for
		err = cmp.Or(store(app, these(a)), a.err)
	} else {
		err = committerOf(app).reserve(ctx, app, a)
	}
	if err != nil {
		return nil, err
	}
	return a.order(app)
}

// Reserved is the answer to one of many baskets.
type Reserved struct {
	Order *Order
	Err   error
}

// ReserveAll is Reserve for many baskets in one transaction, in their order.
func ReserveAll(app core.App, baskets []Basket, now time.Time) []Reserved {
	all, asks, places := make([]Reserved, len(baskets)), make([]*ask, 0, len(baskets)), make([]int, 0, len(baskets))
	for i, b := range baskets {
		a, err := newAsk(app, b, now)
		if err != nil {
			all[i].Err = err
			continue
		}
		asks, places = append(asks, a), append(places, i)
	}
	failed := store(app, these(asks...))
	for n, a := range asks {
		r := &all[places[n]]
		if r.Err = cmp.Or(failed, a.err); r.Err == nil {
			r.Order, r.Err = a.order(app)
		}
	}
	return all
}

// newAsk readies a basket. Errors: order.empty, order.count, order.too_many, order.key.
func newAsk(app core.App, b Basket, now time.Time) (*ask, error) {
	a := &ask{Basket: b, now: now, dice: dice{random: asked(app).Random}}
	if a.Locale != locale.English {
		a.Locale = locale.Vietnamese
	}
	for _, l := range b.Lines {
		switch {
		case l.Count < 1 || l.Count > mostSeats:
			return nil, fault.Field("lines", "order.count")
		case slices.ContainsFunc(b.Lines, func(other Line) bool { return other.Type == l.Type && other != l }):
			return nil, fault.Field("lines", "order.count")
		}
		a.seats += l.Count
	}
	switch {
	case len(b.Lines) == 0:
		return nil, fault.Field("lines", "order.empty")
	case a.seats > mostSeats:
		return nil, fault.Field("lines", "order.too_many", "most", fmt.Sprint(mostSeats))
	case b.Key != "" && (len(b.Key) < shortestKey || len(b.Key) > longestKey):
		return nil, fault.Field("key", "order.key")
	}
	return a, a.draw()
}

// draw draws the ids and the codes of an order and its tickets.
func (a *ask) draw() (err error) {
	a.id, a.tickets = record.IDAt(a.now), a.tickets[:0]
	if a.code, err = a.dice.order(); err != nil {
		return err
	}
	for range a.seats {
		code, err := a.dice.ticket()
		if err != nil {
			return err
		}
		a.tickets = append(a.tickets, drawn{record.IDAt(a.now), code})
	}
	return nil
}

// order is the row that the ask has made, or the one that its key had made before.
func (a *ask) order(app core.App) (*Order, error) {
	if a.found != "" {
		return Orders.Find(app, a.found)
	}
	o, err := Orders.New(app)
	if err != nil {
		return nil, err
	}
	o.stored(a)
	return o, nil
}

// desk serves the asks of one transaction: it reads the catalogue once, and prepares each statement once.
type desk struct {
	tx       core.App
	stock    map[string]*shelf
	prepared map[string]*statement
	entries  []lifecycle.Row
}

func newDesk(tx core.App) *desk {
	return &desk{tx: tx, stock: map[string]*shelf{}, prepared: map[string]*statement{}}
}

// serve gives an ask its seats, or refuses it and leaves everything as it was. An error is nobody's fault.
func (d *desk) serve(a *ask) error {
	s, err := d.shelf(a.Event)
	if err != nil {
		return err
	}
	if s == nil {
		a.refused = fault.NotFound("record.not_found")
		return nil
	}
	a.event = s.event.Id
	if a.Key != "" {
		found, err := d.sameKey(a.event, a.Key)
		if err != nil {
			return err
		}
		if found != nil {
			a.found = found.ID
			a.refused, err = d.fits(a, found)
			return err
		}
	}
	var picked []pick
	if picked, a.refused = s.pick(a); a.refused != nil {
		return nil //nolint:nilerr // who is refused is told so; the transaction goes on
	}
	if taken, err := d.takeSeats(needed(picked)); err != nil || !taken {
		a.refused = fault.Conflict("order.sold_out")
		return err
	}
	return d.put(a, picked)
}

// needed is how many seats of each quota are wanted, in the order of their ids: in that order everybody takes them.
func needed(picked []pick) []want {
	sums := map[string]int{}
	for _, p := range picked {
		for _, q := range p.kind.Quotas() {
			sums[q] += p.count
		}
	}
	wants := make([]want, 0, len(sums))
	for _, q := range slices.Sorted(maps.Keys(sums)) {
		wants = append(wants, want{q, sums[q]})
	}
	return wants
}

// want is so many seats of a quota.
type want struct {
	quota string
	seats int
}

// takeSeats takes seats of every quota, or of none.
func (d *desk) takeSeats(wants []want) (bool, error) {
	for i, w := range wants {
		had, err := d.hold(w.quota, w.seats)
		if err != nil {
			return false, err
		}
		if had {
			continue
		}
		for _, before := range wants[:i] {
			if err := d.unhold(before.quota, before.seats); err != nil {
				return false, err
			}
		}
		return false, nil
	}
	return true, nil
}

// put stores an order and its tickets, and notes it for the journal.
func (d *desk) put(a *ask, picked []pick) error {
	a.total, a.vat = 0, 0
	rows := make([]seat, 0, a.seats)
	for _, p := range picked {
		for range p.count {
			t := a.tickets[len(rows)]
			rows = append(rows, seat{t, p.kind.Id, p.price, p.vat})
			a.total, a.vat = a.total+p.price, a.vat+p.vat
		}
	}
	if err := d.insert(a, rows); err != nil {
		return err
	}
	d.entries = append(d.entries, lifecycle.Noted(a.By, a.now, Orders.Collection, a.id, "reserve",
		lifecycle.With(reserveDetail{a.event, a.seats})))
	return nil
}

// reserveDetail is what the journal tells of a reservation.
type reserveDetail struct {
	Event string `json:"event"`
	Seats int    `json:"seats"`
}

// seat is a ticket as it is stored.
type seat struct {
	drawn
	kind       string
	price, vat Dong
}

// enter writes the journal of the whole transaction, in one chain.
func (d *desk) enter() error {
	if len(d.entries) == 0 {
		return nil
	}
	return lifecycle.Append(d.tx, d.entries)
}
