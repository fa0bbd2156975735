package events

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// ownOrder is an order that somebody finds again: its id, and when its event starts.
type ownOrder struct {
	ID     string `db:"id"`
	Starts string `db:"starts_at"`
}

// ownOrders are the orders that somebody made, or that were made under an address that is theirs: what is to come by its start, or
// what is over, the latest first. What ran out or was given up is not shown. One more than asked for tells that there are others.
// A mailbox is looked up event by event, as the index has it.
func ownOrders(ctx context.Context, app core.App, user, mail string, past bool, after []string, limit int, now time.Time) ([]ownOrder, error) {
	where, order := "e.ends_at > {:now}", " ORDER BY e.starts_at, o.id"
	if past {
		where, order = "e.ends_at <= {:now}", " ORDER BY e.starts_at DESC, o.id DESC"
	}
	params := dbx.Params{"user": user, "mail": strings.ToLower(mail), "key": MailboxOf(mail), "now": record.Stamp(now), "limit": limit + 1}
	if len(after) == 2 {
		params["at"], params["id"] = after[0], after[1]
		where += map[bool]string{false: " AND (e.starts_at, o.id) > ({:at}, {:id})", true: " AND (e.starts_at, o.id) < ({:at}, {:id})"}[past]
	}
	var rows []ownOrder
	err := app.DB().NewQuery(`SELECT o.id, e.starts_at FROM (
			SELECT o.id FROM orders o WHERE o.user = {:user} AND o.user != ''
			UNION SELECT o.id FROM events e CROSS JOIN orders o ON o.event = e.id AND o.email_key = {:key} AND o.email_key != '' AND lower(o.buyer_email) = {:mail}
		) mine JOIN orders o ON o.id = mine.id JOIN events e ON e.id = o.event
		WHERE o.submitted_at != '' AND o.status NOT IN ('cart', 'expired', 'abandoned') AND ` + where + order + ` LIMIT {:limit}`).
		WithContext(ctx).Bind(params).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list the orders of %s: %w", user, err)
	}
	return rows, nil
}

// ownPage is what a page of somebody's orders is written from: the orders, and by their ids what they are for, the kinds of tickets and,
// type by type, the tickets.
type ownPage struct {
	orders  []*Order
	events  map[string]*Event
	kinds   map[string]*Type
	tickets map[string][]*Ticket
}

// ownPageOf reads a page of orders, in its order, as many as they are with as many queries.
func ownPageOf(ctx context.Context, app core.App, found []ownOrder) (p ownPage, err error) {
	ids, place, of := make([]string, len(found)), map[string]int{}, []string{}
	for i, o := range found {
		ids[i], place[o.ID] = o.ID, i
	}
	if p.orders, err = Orders.Query(app.RecordQuery(Orders.Collection).WithContext(ctx).AndWhere(dbx.In("id", anything(ids)...))); err != nil {
		return p, err
	}
	slices.SortFunc(p.orders, func(a, b *Order) int { return place[a.Id] - place[b.Id] })
	for _, o := range p.orders {
		of = append(of, o.EventID())
	}
	all, err := Events.Query(app.RecordQuery(Events.Collection).WithContext(ctx).AndWhere(dbx.In("id", anything(of)...)))
	if err != nil {
		return p, err
	}
	p.events = record.ByID(all)
	kinds, err := Types.Query(app.RecordQuery(Types.Collection).WithContext(ctx).AndWhere(dbx.In("event", anything(of)...)))
	if err != nil {
		return p, err
	}
	p.kinds = record.ByID(kinds)
	p.tickets, err = ticketsIn(ctx, app, ids)
	return p, err
}
