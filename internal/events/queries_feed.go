package events

import (
	"context"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/access"
	"vuon/internal/record"
)

// feed lists the events that everybody may see and that end after an instant, by their beginning. What was called off stays in it.
func feed(ctx context.Context, app core.App, since time.Time, most int) ([]*Event, error) {
	return Events.Query(app.RecordQuery(Events.Collection).WithContext(ctx).
		AndWhere(dbx.NewExp("status != 'draft' AND published_at != '' AND ends_at > {:since}", dbx.Params{"since": record.Stamp(since)})).
		OrderBy("starts_at ASC", "id ASC").Limit(int64(most)))
}

// atWork is what waits in an event.
type atWork struct {
	Event     string         `db:"id"`
	TitleVI   string         `db:"title_vi"`
	TitleEN   string         `db:"title_en"`
	Starts    types.DateTime `db:"starts_at"`
	Waiting   int            `db:"waiting"`
	Attention int            `db:"attention"`
	Over      bool           `db:"over"`
}

// restBefore is how long after its end an event may stay open before somebody is reminded to close it.
const restBefore = 2 * 24 * time.Hour

// eventsAtWork are the published events that an actor runs and in which something waits at now.
func eventsAtWork(app core.App, by access.Actor, now time.Time) (rows []atWork, err error) {
	q := app.DB().Select("v.id", "v.title_vi", "v.title_en", "v.starts_at", "(v.ends_at <= {:over}) AS over",
		"(SELECT count(*) FROM orders o WHERE o.event = v.id AND o.submitted_at != '' AND o.status = 'awaiting_approval') AS waiting",
		"(SELECT count(*) FROM orders o WHERE o.event = v.id AND o.submitted_at != '' AND o.status = 'needs_attention') AS attention",
	).From("events v").Where(dbx.HashExp{"v.status": string(EventPublished)}).OrderBy("v.starts_at", "v.id").
		Bind(dbx.Params{"over": record.Stamp(now.Add(-restBefore))})
	if own, all := by.Over(access.Event, runners...); !all {
		q.AndWhere(dbx.In("v.id", anything(own)...))
	}
	err = q.All(&rows)
	return rows, err
}

// attended is an order for which money came when its seats were gone.
type attended struct {
	Entry   string `db:"entry"` // of the journal
	Order   string `db:"id"`
	Event   string `db:"event"`
	TitleVI string `db:"title_vi"`
	TitleEN string `db:"title_en"`
}

// attendedSince are the orders that came to need attention since an instant, and still do.
func attendedSince(app core.App, since time.Time) (rows []attended, err error) {
	err = app.DB().NewQuery(`SELECT j.id AS entry, o.id, o.event, v.title_vi, v.title_en
		FROM journal j JOIN orders o ON o.id = j.subject AND o.status = 'needs_attention' JOIN events v ON v.id = o.event
		WHERE j.notice = 'order.attend' AND j.at >= {:since} ORDER BY j.seq`).Bind(dbx.Params{"since": record.Stamp(since)}).All(&rows)
	return rows, err
}

// stray is an order of an event that was called off, which still stands.
type stray struct {
	ID     string `db:"id"`
	Event  string `db:"event"`
	Reason string `db:"reason"`
}

// leftBehind are the orders that still stand of events that were called off within a month, at most so many.
func leftBehind(app core.App, now time.Time, most int) (rows []stray, err error) {
	err = app.DB().NewQuery(`SELECT o.id, o.event, v.cancel_reason AS reason FROM events v JOIN orders o ON o.event = v.id
		WHERE v.status = 'cancelled' AND v.cancelled_at > {:since}
			AND (o.submitted_at != '' AND o.status IN ('awaiting_approval', 'awaiting_payment', 'processing', 'confirmed', 'needs_attention') OR o.status = 'cart')
		ORDER BY o.event, o.id LIMIT {:most}`).Bind(dbx.Params{"since": record.Stamp(now.AddDate(0, -1, 0)), "most": most}).All(&rows)
	return rows, err
}

// moneyIn is what was paid for the orders of an event, and what went back of it.
func moneyIn(ctx context.Context, app core.App, event string) (paid, back Dong, err error) {
	err = app.DB().NewQuery(`SELECT coalesce(sum(p.received_vnd), 0), coalesce(sum(p.refunded_vnd), 0)
		FROM orders o JOIN payments p ON p.payable = o.id AND p.status = 'succeeded' WHERE o.event = {:event} AND o.submitted_at != ''`).
		Bind(dbx.Params{"event": event}).WithContext(ctx).Row(&paid, &back)
	return paid, back, err
}
