package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// AddQuota makes a number of seats that types of an event draw on. Staff over it.
// Errors: access.sign_in, record.not_found, event.over, quota.name, quota.size.
func AddQuota(app core.App, by access.Actor, event string, t QuotaTerms, now time.Time) (q *Quota, err error) {
	err = addTo(app, by, event, func(tx core.App, _ *Event) error {
		if q, err = counted(tx, event, t); err != nil {
			return err
		}
		if err := tx.Save(q); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Quotas.Collection, q.Id, "add", lifecycle.With(map[string]any{"event": event, "size": q.Size()}))
	})
	if err != nil {
		return nil, err
	}
	return q, nil
}

// EditQuota changes how many seats there are. Below what is held and sold only by whoever says that it may stand there (overbook);
// then nothing more is sold of it until there is room again, and the journal says how many there were and are. Staff over the event.
// Errors: access.sign_in, record.not_found, record.stale, event.over, quota.name, quota.size, quota.taken.
func EditQuota(app core.App, by access.Actor, id string, t QuotaTerms, now time.Time) (*Quota, error) {
	return onEventRow(app, by, Quotas, id, t.Rev, func(tx core.App, q *Quota) error {
		was := q.Size()
		q.write(t)
		changed := record.Changed(q)
		if err := tx.Save(q); err != nil {
			return err
		}
		detail := lifecycle.With(map[string]any{"fields": changed, "size": q.Size(), "was": was, "held": q.Held(), "sold": q.Sold()})
		if !q.Unlimited() && q.Held()+q.Sold() > q.Size() {
			return lifecycle.Note(tx, by, now, Quotas.Collection, q.Id, "overbook", detail)
		}
		return lifecycle.Note(tx, by, now, Quotas.Collection, q.Id, "edit", detail)
	})
}
