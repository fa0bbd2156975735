package events

import (
	"context"
	"fmt"
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
