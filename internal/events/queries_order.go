package events

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// kindsByID are the types of an event by id.
func kindsByID(app core.App, event string) (map[string]*Type, error) {
	list, err := typesOf(app, event)
	return record.ByID(list), err
}

// quotasOf lists the quotas of an event.
func quotasOf(app core.App, event string) ([]*Quota, error) {
	return Quotas.Query(app.RecordQuery(Quotas.Collection).AndWhere(dbx.HashExp{"event": event}).OrderBy("name ASC", "id ASC"))
}

// TicketsOf lists the tickets of an order, those that ended too, type by type.
func TicketsOf(app core.App, order string) ([]*Ticket, error) {
	all, err := ticketsIn(context.Background(), app, []string{order})
	return all[order], err
}

// ticketsIn lists the tickets of some orders in the same way, by order.
func ticketsIn(ctx context.Context, app core.App, orders []string) (map[string][]*Ticket, error) {
	all, err := Tickets.Query(app.RecordQuery(Tickets.Collection).WithContext(ctx).AndWhere(dbx.In("order", anything(orders)...)).
		OrderBy("type ASC", "created ASC", "id ASC"))
	by := map[string][]*Ticket{}
	for _, k := range all {
		by[k.OrderID()] = append(by[k.OrderID()], k)
	}
	return by, err
}

// lostTickets are the tickets that an order lost: as many as were ordered, those that ended last.
func lostTickets(app core.App, o *Order) ([]*Ticket, error) {
	return Tickets.Query(app.RecordQuery(Tickets.Collection).
		AndWhere(dbx.HashExp{"order": o.Id, "status": string(TicketVoid)}).
		OrderBy("voided_at DESC", "created DESC", "id ASC").Limit(int64(o.Seats())))
}

// liveTickets counts the tickets of an order that take a seat.
func liveTickets(app core.App, order string) (n int, err error) {
	err = app.DB().NewQuery("SELECT count(*) FROM tickets WHERE `order` = {:order} AND status != 'void'").Bind(dbx.Params{"order": order}).Row(&n)
	return n, err
}

// countByType counts the tickets of an order in one state by their types; ids name some of them.
func countByType(tx core.App, order string, state lifecycle.State, ids []string) (map[string]int, error) {
	var rows []struct {
		Type string `db:"type"`
		N    int    `db:"n"`
	}
	q := tx.DB().Select("type", "count(*) AS n").From(Tickets.Collection).GroupBy("type").Where(dbx.HashExp{"order": order, "status": string(state)})
	if len(ids) > 0 {
		q.AndWhere(dbx.In("id", anything(ids)...))
	}
	err := q.All(&rows)
	kinds := map[string]int{}
	for _, r := range rows {
		kinds[r.Type] = r.N
	}
	return kinds, err
}

// setTickets moves tickets of an order from one state to another.
func setTickets(tx core.App, order string, from, to lifecycle.State, now time.Time, ids []string) error {
	set := dbx.Params{"status": string(to), "updated": record.Stamp(now), "rev": dbx.NewExp("rev + 1")}
	if to == TicketVoid {
		set["voided_at"] = record.Stamp(now)
	}
	where := dbx.And(dbx.HashExp{"order": order, "status": string(from)})
	if len(ids) > 0 {
		where = dbx.And(where, dbx.In("id", anything(ids)...))
	}
	_, err := tx.NonconcurrentDB().Update(Tickets.Collection, set, where).Execute()
	return err
}

// countSeats adds to what a quota has held and sold; a trigger refuses what cannot be.
func countSeats(tx core.App, quota string, held, sold int) error {
	done, err := tx.NonconcurrentDB().NewQuery("UPDATE quotas SET held = held + {:held}, sold = sold + {:sold} WHERE id = {:id}").
		Bind(dbx.Params{"held": held, "sold": sold, "id": quota}).Execute()
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, errors.New("there is no such quota"))
	}
	return nil
}

// overbook lets those quotas stand above their size that have too few seats.
func overbook(tx core.App, wants []want) error {
	for _, w := range wants {
		_, err := tx.NonconcurrentDB().NewQuery(`UPDATE quotas SET overbook = TRUE, rev = rev + 1
			WHERE id = {:id} AND NOT unlimited AND NOT overbook AND held + sold + {:n} > size`).Bind(dbx.Params{"id": w.quota, "n": w.seats}).Execute()
		if err != nil {
			return err
		}
	}
	return nil
}

// takeAbove holds seats of quotas that may stand above their size.
func (d *desk) takeAbove(wants []want) error {
	for _, w := range wants {
		if err := countSeats(d.tx, w.quota, w.seats, 0); err != nil {
			return err
		}
	}
	return nil
}

// overdue lists the orders whose time is over at now: carts, and what was not paid.
func overdue(app core.App, now time.Time, most int) (ids []string, err error) {
	err = app.DB().NewQuery(`SELECT id FROM (SELECT id FROM orders WHERE status = 'cart' AND hold_until <= {:now} ORDER BY hold_until, id LIMIT {:most})
		UNION ALL SELECT id FROM (SELECT id FROM orders WHERE status = 'awaiting_payment' AND release_at != '' AND release_at <= {:now}
			ORDER BY release_at, id LIMIT {:most}) LIMIT {:most}`).
		Bind(dbx.Params{"now": record.Stamp(now), "most": most}).Column(&ids)
	return ids, err
}

// mailboxSeats counts the seats that a mailbox has of an event in orders that live, but for one.
func mailboxSeats(app core.App, event, mailbox, but string) (n int, err error) {
	err = app.DB().NewQuery("SELECT count(*) FROM orders o JOIN tickets t ON t.`order` = o.id AND t.status != 'void' " +
		"WHERE o.event = {:event} AND o.email_key = {:mailbox} AND o.email_key != '' AND o.id != {:but}").
		Bind(dbx.Params{"event": event, "mailbox": mailbox, "but": but}).Row(&n)
	return n, err
}

// ticketOfOrder finds a ticket of an order. Error: record.not_found.
func ticketOfOrder(app core.App, order, id string) (*Ticket, error) {
	return Tickets.First(app, dbx.HashExp{"id": id, "order": order})
}

// eventBySlug finds an event that was shown by its address. Error: record.not_found.
func eventBySlug(app core.App, slug string) (*Event, error) {
	return Events.First(app, dbx.And(dbx.HashExp{"slug": slug}, dbx.Not(dbx.HashExp{"status": string(EventDraft)})))
}

// OrderCoded finds an order by its code, as people write it. Error: record.not_found.
func OrderCoded(app core.App, code string) (*Order, error) {
	return orderByCode(app, strings.ToUpper(strings.TrimSpace(code)))
}

// OrdersFound lists the orders that people search for by words: a name, an address, a code. The newest two hundred.
func OrdersFound(app core.App, words string) (ids []string, err error) {
	err = app.RecordQuery(Orders.Collection).Select("id").AndWhere(dbx.Like("search_key", vn.Fold(words))).
		OrderBy("created DESC", "id DESC").Limit(200).Column(&ids)
	if err != nil {
		return nil, fmt.Errorf("search for orders: %w", err)
	}
	return ids, nil
}
