package events

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/lifecycle"
)

// moveTickets moves tickets of an order along one verb of their life, and counts their seats anew, in the transaction of the
// order's own move, whose entry in the journal tells of it. Without ids it moves all that the verb can move. It returns how many.
func moveTickets(tx core.App, order, verb string, now time.Time, ids ...string) (int, error) {
	moved := 0
	for _, from := range []lifecycle.State{TicketHeld, TicketValid, TicketSuspended} {
		move, ok := TicketLife.Find(verb, from)
		if !ok {
			continue
		}
		kinds, err := countByType(tx, order, from, ids)
		if err != nil {
			return moved, err
		}
		for _, kind := range slices.Sorted(maps.Keys(kinds)) {
			if err := recount(tx, kind, kinds[kind], from, move.To); err != nil {
				return moved, err
			}
			moved += kinds[kind]
		}
		if len(kinds) == 0 {
			continue
		}
		if err := setTickets(tx, order, from, move.To, now, ids); err != nil {
			return moved, fmt.Errorf("%s tickets of order %s: %w", verb, order, err)
		}
	}
	return moved, nil
}

// recount counts seats of a type from one state into another: held, sold, or free.
func recount(tx core.App, kind string, seats int, from, to lifecycle.State) error {
	held, sold := 0, 0
	for state, n := range map[lifecycle.State]int{from: -seats, to: seats} {
		switch state {
		case TicketHeld:
			held += n
		case TicketValid, TicketSuspended:
			sold += n
		}
	}
	if held == 0 && sold == 0 {
		return nil
	}
	y, err := Types.Find(tx, kind)
	if err != nil {
		return err
	}
	for _, q := range y.Quotas() {
		if err := countSeats(tx, q, held, sold); err != nil {
			return fmt.Errorf("count the seats of %s: %w", q, err)
		}
	}
	return nil
}

// retake takes the seats again that an order lost when it ran out or was called off: tickets of the same types, holders and prices,
// held. Above the size of a quota only where somebody has said so. Nothing is taken where not all can be.
func retake(tx core.App, o *Order, above bool) (bool, error) {
	lost, err := lostTickets(tx, o)
	if err != nil {
		return false, err
	}
	picked := map[string]*pick{}
	for _, k := range lost {
		if picked[k.TypeID()] == nil {
			y, err := Types.Find(tx, k.TypeID())
			if err != nil {
				return false, err
			}
			picked[k.TypeID()] = &pick{kind: y}
		}
		picked[k.TypeID()].count++
	}
	list := make([]pick, 0, len(picked))
	for _, p := range picked {
		list = append(list, *p)
	}
	d := newDesk(tx)
	wants := needed(list)
	if above {
		err = overbook(tx, wants)
	}
	taken := false
	if err == nil {
		taken, err = d.takeSeats(wants)
	}
	if err == nil && !taken && above {
		taken, err = true, d.takeAbove(wants)
	}
	if closed := d.close(); err != nil || closed != nil || !taken || len(lost) == 0 {
		return false, cmp.Or(err, closed)
	}
	dice := dice{random: asked(tx).Random}
	for _, k := range lost {
		code, err := dice.ticket()
		if err != nil {
			return false, err
		}
		anew, err := k.again(tx, code)
		if err != nil {
			return false, err
		}
		if err := tx.Save(anew); err != nil {
			return false, fmt.Errorf("take seats of order %s again: %w", o.Id, err)
		}
	}
	return true, nil
}

// voidTicket ends one ticket of a confirmed order; the order ends with its last.
func (w work) voidTicket(k *Ticket, reason string) error {
	if err := w.moveTicket(k, "void", reason); err != nil {
		return err
	}
	live, err := liveTickets(w.tx, k.OrderID())
	if err != nil || live > 0 {
		return err
	}
	o, err := Orders.Find(w.tx, k.OrderID())
	if err != nil || o.Status() != OrderConfirmed {
		return err
	}
	return OrderLife.Fire(w.tx, o, "cancel", w.by, w.now, lifecycle.Because(reason))
}

// moveTicket moves one ticket by itself, with an entry of its own in the journal.
func (w work) moveTicket(k *Ticket, verb, reason string) error {
	from := k.Status()
	move, ok := TicketLife.Find(verb, from)
	if !ok || from == TicketHeld {
		return fault.Conflict("lifecycle.not_now")
	}
	if err := recount(w.tx, k.TypeID(), 1, from, move.To); err != nil {
		return err
	}
	if move.To == TicketVoid {
		k.setVoided(w.now)
	}
	return TicketLife.Fire(w.tx, k, verb, w.by, w.now, lifecycle.Because(reason))
}
