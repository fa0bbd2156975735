package events

import (
	"context"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/record"
	"vuon/internal/vn"
	"vuon/internal/web"
)

// hearersWhere is who the messages m hear that where selects, each address once: the holders of valid tickets, or the buyers of
// orders that stand where the circle says. Whoever ordered after a message was sent does not hear it. CROSS JOIN keeps the order: few
// messages are new, and tickets are many.
func hearersWhere(where string) string {
	return `SELECT m.id AS message, lower(iif(k.holder_email != '', k.holder_email, o.buyer_email)) AS address, min(o.locale) AS locale,
			max(iif(k.holder_email = '' OR lower(k.holder_email) = lower(o.buyer_email), o.user, '')) AS user
		FROM event_messages m CROSS JOIN tickets k ON k.event = m.event AND k.status = 'valid' CROSS JOIN orders o ON o.id = k."order" AND o.status = 'confirmed'
		WHERE ` + where + ` AND json_extract(m.audience, '$.of') = 'holders' AND ` + typed + ` AND ` + heardThen + `
			AND CASE json_extract(m.audience, '$.came') WHEN 'yes' THEN ` + cameAt + ` != '' WHEN 'no' THEN ` + cameAt + ` = '' ELSE true END
		GROUP BY m.id, address
		UNION ALL
		SELECT m.id, lower(o.buyer_email), min(o.locale), max(o.user)
		FROM event_messages m CROSS JOIN orders o ON o.event = m.event AND o.submitted_at != '' AND o.status = json_extract(m.audience, '$.group')
		WHERE ` + where + ` AND json_extract(m.audience, '$.of') = 'buyers' AND ` + heardThen + ` AND (json_array_length(m.audience, '$.types') = 0
			OR EXISTS (SELECT 1 FROM tickets k WHERE k."order" = o.id AND k.status != 'void' AND ` + typed + `))
		GROUP BY m.id, lower(o.buyer_email)`
}

// typed is a ticket k of a kind that the message m is for.
const typed = `(json_array_length(m.audience, '$.types') = 0 OR k.type IN (SELECT value FROM json_each(m.audience, '$.types')))`

// heardThen is an order o that was there when the message m was sent.
const heardThen = `(m.sent_at = '' OR o.submitted_at <= m.sent_at)`

// hearer is one address that a message goes to.
type hearer struct {
	Message string `db:"message"`
	Address string `db:"address"`
	Locale  string `db:"locale"`
	User    string `db:"user"` // the account of the buyer who has this address, or empty
}

// reach is how many addresses a message would go to now.
func reach(app core.App, m *Message) (n int, err error) {
	err = app.DB().NewQuery("SELECT count(*) FROM (" + hearersWhere("m.id = {:id}") + ") WHERE address != ''").Bind(dbx.Params{"id": m.Id}).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count whom message %s reaches: %w", m.Id, err)
	}
	return n, nil
}

// letter is a message that was sent, to one of those who hear it.
type letter struct {
	hearer
	Slug      string         `db:"slug"`
	EventVI   string         `db:"event_vi"`
	EventEN   string         `db:"event_en"`
	SubjectVI string         `db:"subject_vi"`
	SubjectEN string         `db:"subject_en"`
	BodyVI    string         `db:"body_vi"`
	BodyEN    string         `db:"body_en"`
	SentAt    types.DateTime `db:"sent_at"`
}

// lettersSince are what was sent since an instant.
func lettersSince(app core.App, since time.Time) ([]letter, error) {
	var rows []letter
	err := app.DB().NewQuery(`SELECT h.message, h.address, h.locale, h.user, v.slug, v.title_vi AS event_vi, v.title_en AS event_en,
			m.subject_vi, m.subject_en, m.body_vi, m.body_en, m.sent_at
		FROM (` + hearersWhere("m.status = 'sent' AND m.sent_at >= {:since}") + `) h JOIN event_messages m ON m.id = h.message JOIN events v ON v.id = m.event
		WHERE h.address != '' ORDER BY m.sent_at, m.id, h.address`).Bind(dbx.Params{"since": record.Stamp(since)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for messages to attendees: %w", err)
	}
	return rows, nil
}

// messageRow is a message in the list of whoever runs its event.
type messageRow struct {
	ID        string        `db:"id"         json:"id"`
	Circle    types.JSONRaw `db:"audience"   json:"audience"`
	SubjectVI string        `db:"subject_vi" json:"subject_vi"`
	SubjectEN string        `db:"subject_en" json:"subject_en"`
	BodyVI    string        `db:"body_vi"    json:"body_vi"`
	BodyEN    string        `db:"body_en"    json:"body_en"`
	SentAt    string        `db:"sent_at"    json:"sent_at"`
	Count     int           `db:"count"      json:"count"`
	Status    string        `db:"status"     json:"status"`
	Rev       int           `db:"rev"        json:"rev"`
	Order     string        `db:"created"    json:"-"`
}

// messagesOf lists the messages of an event but for those that were put away, the latest first, one more than asked.
func messagesOf(ctx context.Context, app core.App, event, status string, a web.Ask, after []string) ([]messageRow, error) {
	q := app.DB().Select("m.id", "m.audience", "m.subject_vi", "m.subject_en", "m.body_vi", "m.body_en", "m.sent_at", "m.count", "m.status", "m.rev", "m.created").
		From("event_messages m").Where(dbx.HashExp{"m.event": event}).AndWhere(dbx.NewExp("m.status != 'dropped'")).
		OrderBy("m.created DESC", "m.id DESC").Limit(int64(a.Limit) + 1).WithContext(ctx)
	if status != "" {
		q.AndWhere(dbx.HashExp{"m.status": status})
	}
	if a.Search != "" {
		q.AndWhere(dbx.NewExp("instr(m.search_key, {:q}) > 0", dbx.Params{"q": vn.Fold(a.Search)}))
	}
	if after != nil {
		q.AndWhere(dbx.NewExp("(m.created, m.id) < ({:at}, {:id})", dbx.Params{"at": after[0], "id": after[1]}))
	}
	var rows []messageRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list the messages of event %s: %w", event, err)
	}
	for i := range rows {
		rows[i].SentAt = spokenAt(rows[i].SentAt)
	}
	return rows, nil
}
