package events

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/record"
)

// news is what buyers are told of an order: the order, its event, and the entry of the journal that is told.
type news struct {
	ID      string         `db:"id"` // of the order
	Code    string         `db:"code"`
	User    string         `db:"user"`
	Email   string         `db:"buyer_email"`
	Locale  string         `db:"locale"`
	Status  string         `db:"status"`
	Total   Dong           `db:"total_vnd"`
	PayBy   types.DateTime `db:"pay_by"`
	Event   string         `db:"event"`
	TitleVI string         `db:"title_vi"`
	TitleEN string         `db:"title_en"`
	Off     bool           `db:"off"` // the event was called off
	Starts  types.DateTime `db:"starts_at"`
	Ends    types.DateTime `db:"ends_at"`
	Times   int            `db:"times"` // how often its hour or its place was changed
	Ticket  string         `db:"ticket"`
	Seq     int            `db:"seq"`
	At      types.DateTime `db:"at"`
	Verb    string         `db:"verb"`

	Refund       string `db:"refund"` // of whose money is told
	RefundStatus string `db:"refund_status"`
	Back         Dong   `db:"back"`
}

// newsColumns are what every notice tells, of the rows o and e.
const newsColumns = `o.id, o.code, o.user, o.buyer_email, o.locale, o.status, o.total_vnd, o.pay_by, o.event, e.title_vi, e.title_en,
	e.status = 'cancelled' AS off, e.starts_at, e.ends_at, ` + timesMovedOf

// timesMovedOf counts how often the hour or the place of the event in the row e was changed.
const timesMovedOf = `(SELECT count(*) FROM journal m WHERE m.subject_kind = 'events' AND m.subject = e.id AND m.verb = 'move') AS times`

func newsOf(app core.App, what, sql string, params dbx.Params) ([]news, error) {
	var all []news
	if err := app.DB().NewQuery(sql).Bind(params).All(&all); err != nil {
		return nil, fmt.Errorf("look for %s: %w", what, err)
	}
	return all, nil
}

// ordersMoved are the orders that were moved since an instant, one for each move, in their order. A cart has no buyer yet and is
// told to nobody.
func ordersMoved(app core.App, since time.Time, moves ...string) ([]news, error) {
	return newsOf(app, "orders that were moved", `
		SELECT `+newsColumns+`, j.seq, j.at, j.verb
		FROM journal j JOIN orders o ON o.id = j.subject JOIN events e ON e.id = o.event
		WHERE j.notice IN (SELECT value FROM json_each({:moves})) AND j.at >= {:since} AND o.buyer_email != ''
			AND NOT (j.verb = 'expire' AND j.came_from = 'cart') ORDER BY j.seq`,
		dbx.Params{"moves": record.InJSON(moves), "since": record.Stamp(since)})
}

// ordersOfMovedEvents are the orders with tickets for events whose hour or place was changed since an instant, once for the last
// change of each event.
func ordersOfMovedEvents(app core.App, since time.Time) ([]news, error) {
	return newsOf(app, "orders of events that were moved", `
		SELECT `+newsColumns+`, j.seq, j.at, j.verb
		FROM journal j JOIN events e ON e.id = j.subject AND e.status = 'published' JOIN orders o ON o.event = e.id
		WHERE j.notice = 'events.move' AND j.at >= {:since} AND o.status IN ('awaiting_approval', 'awaiting_payment', 'processing', 'confirmed')
			AND o.submitted_at <= j.at AND j.seq = (SELECT max(m.seq) FROM journal m WHERE m.subject_kind = 'events' AND m.subject = e.id AND m.verb = 'move')
		ORDER BY o.id`, dbx.Params{"since": record.Stamp(since)})
}

// refundsMoved are the orders of which refunds were moved since an instant, one for each move, in their order.
func refundsMoved(app core.App, since time.Time, moves ...string) ([]news, error) {
	return newsOf(app, "refunds that were moved", `
		SELECT `+newsColumns+`, j.seq, j.at, j.verb, r.id AS refund, r.status AS refund_status, r.amount_vnd AS back
		FROM journal j JOIN refunds r ON r.id = j.subject JOIN orders o ON o.id = r.payable JOIN events e ON e.id = o.event
		WHERE j.notice IN (SELECT value FROM json_each({:moves})) AND j.at >= {:since} AND o.buyer_email != '' ORDER BY j.seq`,
		dbx.Params{"moves": record.InJSON(moves), "since": record.Stamp(since)})
}

// ordersStarting are the confirmed orders for events that start between two instants.
func ordersStarting(app core.App, from, to time.Time) ([]news, error) {
	return newsOf(app, "orders of events that start", `
		SELECT `+newsColumns+`, 0 AS seq, o.confirmed_at AS at, '' AS verb
		FROM events e CROSS JOIN orders o ON o.event = e.id AND o.submitted_at != '' AND o.status = 'confirmed'
		WHERE e.status = 'published' AND e.starts_at > {:from} AND e.starts_at <= {:to} ORDER BY e.starts_at, o.id`,
		dbx.Params{"from": record.Stamp(from), "to": record.Stamp(to)})
}

// ordersUnpaid are the orders that are to be paid by an instant between the two.
func ordersUnpaid(app core.App, from, to time.Time) ([]news, error) {
	return newsOf(app, "orders that wait for money", `
		SELECT `+newsColumns+`, 0 AS seq, o.submitted_at AS at, '' AS verb
		FROM orders o JOIN events e ON e.id = o.event
		WHERE o.release_at != '' AND o.status = 'awaiting_payment' AND o.provider = 'vietqr'
			AND o.pay_by > {:from} AND o.pay_by <= {:to} ORDER BY o.pay_by, o.id`,
		dbx.Params{"from": record.Stamp(from), "to": record.Stamp(to)})
}

// ordersOver are the confirmed orders for events that ended between two instants, with one valid ticket of each.
func ordersOver(app core.App, from, to time.Time) ([]news, error) {
	return newsOf(app, "orders of events that are over", `
		SELECT `+newsColumns+`, (SELECT min(k.id) FROM tickets k WHERE k."order" = o.id AND k.status = 'valid') AS ticket, 0 AS seq, e.ends_at AS at, '' AS verb
		FROM events e CROSS JOIN orders o ON o.event = e.id AND o.submitted_at != '' AND o.status = 'confirmed'
		WHERE e.status IN ('published', 'closed') AND e.ends_at > {:from} AND e.ends_at <= {:to}
			AND EXISTS (SELECT 1 FROM tickets k WHERE k."order" = o.id AND k.status = 'valid') ORDER BY e.ends_at, o.id`,
		dbx.Params{"from": record.Stamp(from), "to": record.Stamp(to)})
}

// timesMoved is how often the hour or the place of an event was changed.
func timesMoved(app core.App, event string) (n int, err error) {
	err = app.DB().NewQuery("SELECT count(*) FROM journal WHERE subject_kind = 'events' AND subject = {:event} AND verb = 'move'").
		Bind(dbx.Params{"event": event}).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count the changes of event %s: %w", event, err)
	}
	return n, nil
}

// resent is when the mail of an order was last sent again on wish since an instant, and how often.
func resent(app core.App, order string, since time.Time) (last time.Time, n int, err error) {
	var found struct {
		Last types.DateTime `db:"last"`
		N    int            `db:"n"`
	}
	err = app.DB().NewQuery(`SELECT coalesce(max(at), '') AS last, count(*) AS n FROM journal
		WHERE subject_kind = 'orders' AND subject = {:order} AND verb = 'resend' AND at >= {:since}`).
		Bind(dbx.Params{"order": order, "since": record.Stamp(since)}).One(&found)
	if err != nil {
		return last, 0, fmt.Errorf("look for mails of order %s: %w", order, err)
	}
	return found.Last.Time(), found.N, nil
}
