package events

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/record"
	"vuon/internal/vn"
	"vuon/internal/web"
)

// runners are the roles that run events.
var runners = []access.Role{access.Staff, access.Manager}

// spokenAt writes a stored instant as JSON has it; "" stays nothing.
func spokenAt(stored string) string { return strings.Replace(stored, " ", "T", 1) }

// allSeries are the series of the house by their names.
func allSeries(app core.App) ([]*Series, error) {
	return AllSeries.Query(app.RecordQuery(AllSeries.Collection).OrderBy("title_vi ASC", "id ASC"))
}

// lastPosition is the place of the last type of an event, 0 where there is none.
func lastPosition(app core.App, event string) (n int, err error) {
	err = app.DB().NewQuery("SELECT coalesce(max(position), 0) FROM ticket_types WHERE event = {:event}").Bind(dbx.Params{"event": event}).Row(&n)
	return n, err
}

// taken is how many tickets of an event somebody has, or is about to have.
func taken(app core.App, event string) (n int, err error) {
	err = app.DB().NewQuery("SELECT count(*) FROM tickets WHERE event = {:event} AND status != 'void'").Bind(dbx.Params{"event": event}).Row(&n)
	return n, err
}

// unsettled is how many orders of an event still wait for somebody: for approval, for money, or for a decision.
func unsettled(app core.App, event string) (n int, err error) {
	err = app.DB().NewQuery(`SELECT count(*) FROM orders WHERE event = {:event} AND submitted_at != ''
		AND status IN ('awaiting_approval', 'awaiting_payment', 'processing', 'cancelling', 'needs_attention')`).Bind(dbx.Params{"event": event}).Row(&n)
	return n, err
}

// eventRow is an event in the list of whoever runs it.
type eventRow struct {
	ID        string `db:"id"         json:"id"`
	Slug      string `db:"slug"       json:"slug"`
	TitleVI   string `db:"title_vi"   json:"title_vi"`
	TitleEN   string `db:"title_en"   json:"title_en"`
	StartsAt  string `db:"starts_at"  json:"starts_at"`
	EndsAt    string `db:"ends_at"    json:"ends_at"`
	Mode      string `db:"mode"       json:"mode"`
	Venue     string `db:"venue"      json:"venue"`
	Series    string `db:"series"     json:"series"`
	Status    string `db:"status"     json:"status"`
	Rev       int    `db:"rev"        json:"rev"`
	Past      bool   `db:"past"       json:"past"`
	Sold      int    `db:"sold"       json:"sold"`
	Held      int    `db:"held"       json:"held"`
	Waiting   int    `db:"waiting"    json:"waiting"`   // orders that wait for approval
	Attention int    `db:"attention"  json:"attention"` // orders with money and without seats
	Room      int    `db:"room"       json:"room"`      // seats that are left; −1 is as many as people come
	Order     string `db:"place_in"   json:"-"`
}

// wanted is what somebody looks for in the list of events.
type wanted struct {
	web.Ask
	after                []string
	Status, When, Series string
}

// eventsFor lists the events that an actor runs, the latest first, one more than asked.
func eventsFor(ctx context.Context, app core.App, by access.Actor, w wanted, now time.Time) ([]eventRow, error) {
	q := app.DB().Select("v.id", "v.slug", "v.title_vi", "v.title_en", "v.starts_at", "v.ends_at", "v.mode", "v.venue", "v.series", "v.status", "v.rev",
		"v.starts_at AS place_in", "(v.ends_at <= {:now}) AS past",
		"(SELECT count(*) FROM tickets k WHERE k.event = v.id AND k.status IN ('valid', 'suspended')) AS sold",
		"(SELECT count(*) FROM tickets k WHERE k.event = v.id AND k.status = 'held') AS held",
		"(SELECT count(*) FROM orders o WHERE o.event = v.id AND o.status = 'awaiting_approval') AS waiting",
		"(SELECT count(*) FROM orders o WHERE o.event = v.id AND o.status = 'needs_attention') AS attention", "(0) AS room",
	).From("events v").OrderBy("v.starts_at DESC", "v.id DESC").Limit(int64(w.Limit) + 1).Bind(dbx.Params{"now": record.Stamp(now)}).WithContext(ctx)
	if own, all := by.Over(access.Event, runners...); !all {
		q.AndWhere(dbx.In("v.id", anything(own)...))
	}
	if w.Search != "" {
		q.AndWhere(dbx.NewExp("instr(v.search_key, {:q}) > 0", dbx.Params{"q": vn.Fold(w.Search)}))
	}
	if w.Status != "" {
		q.AndWhere(dbx.HashExp{"v.status": w.Status})
	}
	if w.Series != "" {
		q.AndWhere(dbx.HashExp{"v.series": w.Series})
	}
	switch w.When {
	case "coming":
		q.AndWhere(dbx.NewExp("v.ends_at > {:now}"))
	case "past":
		q.AndWhere(dbx.NewExp("v.ends_at <= {:now}"))
	}
	if w.after != nil {
		q.AndWhere(dbx.NewExp("(v.starts_at, v.id) < ({:at}, {:id})", dbx.Params{"at": w.after[0], "id": w.after[1]}))
	}
	var rows []eventRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list events: %w", err)
	}
	for i := range rows {
		rows[i].StartsAt, rows[i].EndsAt = spokenAt(rows[i].StartsAt), spokenAt(rows[i].EndsAt)
	}
	return rows, roomIn(ctx, app, rows)
}

// roomIn says of each event how many seats are left in it.
func roomIn(ctx context.Context, app core.App, rows []eventRow) error {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	kinds, quotas, err := stockOf(ctx, app, ids)
	for i := range rows {
		rows[i].Room = capacityOf(kinds[rows[i].ID], quotas[rows[i].ID]).room()
	}
	return err
}

// stockOf are the kinds of tickets and the quotas of some events, by event.
func stockOf(ctx context.Context, app core.App, ids []string) (map[string][]*Type, map[string][]*Quota, error) {
	kinds, quotas := map[string][]*Type{}, map[string][]*Quota{}
	all, err := Types.Query(app.RecordQuery(Types.Collection).WithContext(ctx).AndWhere(dbx.In("event", anything(ids)...)))
	if err != nil {
		return kinds, quotas, err
	}
	for _, y := range all {
		kinds[y.EventID()] = append(kinds[y.EventID()], y)
	}
	seats, err := Quotas.Query(app.RecordQuery(Quotas.Collection).WithContext(ctx).AndWhere(dbx.In("event", anything(ids)...)))
	for _, q := range seats {
		quotas[q.EventID()] = append(quotas[q.EventID()], q)
	}
	return kinds, quotas, err
}

// anything makes of ids what a list of values is made of.
func anything(ids []string) []any {
	all := make([]any, len(ids))
	for i, id := range ids {
		all[i] = id
	}
	return all
}

// orderRow is an order in the list of whoever runs its event.
type orderRow struct {
	ID          string `db:"id"           json:"id"`
	Code        string `db:"code"         json:"code"`
	BuyerName   string `db:"buyer_name"   json:"buyer_name"`
	BuyerEmail  string `db:"buyer_email"  json:"buyer_email"`
	BuyerPhone  string `db:"buyer_phone"  json:"buyer_phone"`
	Seats       int    `db:"seats"        json:"seats"`
	Total       Dong   `db:"total_vnd"    json:"total_vnd"`
	Provider    string `db:"provider"     json:"provider"`
	Status      string `db:"status"       json:"status"`
	At          string `db:"at"           json:"at"` // handed in, or begun
	ConfirmedAt string `db:"confirmed_at" json:"confirmed_at"`
	Rev         int    `db:"rev"          json:"rev"`
	Order       string `db:"place_in"     json:"-"`
}

// openStates are those of orders that hold seats.
var openStates = []string{
	string(OrderCart), string(OrderAwaitingApproval), string(OrderAwaitingPayment), string(OrderProcessing), string(OrderCancelling),
}

// ordersOf lists the orders of an event, the latest first, one more than asked. Carts and those that never were more are listed
// where they are asked for.
func ordersOf(ctx context.Context, app core.App, event, status, provider string, a web.Ask, after []string) ([]orderRow, error) {
	q := app.DB().Select("o.id", "o.code", "o.buyer_name", "o.buyer_email", "o.buyer_phone", "o.seats", "o.total_vnd", "o.provider", "o.status",
		"iif(o.submitted_at = '', o.created, o.submitted_at) AS at", "o.confirmed_at", "o.rev", "o.submitted_at AS place_in",
	).From("orders o").Where(dbx.HashExp{"o.event": event}).OrderBy("o.submitted_at DESC", "o.id DESC").Limit(int64(a.Limit) + 1).WithContext(ctx)
	switch status {
	case "":
		q.AndWhere(dbx.NewExp("o.submitted_at != ''"))
	case "open":
		q.AndWhere(dbx.In("o.status", anything(openStates)...))
	default:
		q.AndWhere(dbx.HashExp{"o.status": status})
	}
	if provider != "" {
		q.AndWhere(dbx.HashExp{"o.provider": provider})
	}
	if a.Search != "" {
		q.AndWhere(dbx.NewExp("instr(o.search_key, {:q}) > 0", dbx.Params{"q": searched(a.Search)}))
	}
	if after != nil {
		q.AndWhere(dbx.NewExp("(o.submitted_at, o.id) < ({:at}, {:id})", dbx.Params{"at": after[0], "id": after[1]}))
	}
	var rows []orderRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list the orders of event %s: %w", event, err)
	}
	for i := range rows {
		rows[i].At, rows[i].ConfirmedAt = spokenAt(rows[i].At), spokenAt(rows[i].ConfirmedAt)
	}
	return rows, nil
}

// searched is what is looked for, as keys are written: without marks, and of a telephone number the digits that all its ways of
// being written share.
func searched(text string) string {
	folded := vn.Fold(text)
	digits := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case strings.ContainsRune(" +-.()", r):
			return -1
		}
		return 'x'
	}, folded)
	if len(digits) < 6 || strings.Contains(digits, "x") {
		return folded
	}
	return digits[max(0, len(digits)-9):]
}
