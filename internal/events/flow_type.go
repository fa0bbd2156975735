package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// AddType makes a kind of ticket of an event. Staff over it. Errors: access.sign_in, record.not_found, event.over, and those of the
// guards of types.
func AddType(app core.App, by access.Actor, event string, t TypeTerms, now time.Time) (y *Type, err error) {
	err = addTo(app, by, event, func(tx core.App, _ *Event) error {
		if t.Position == nil {
			last, err := lastPosition(tx, event)
			if err != nil {
				return err
			}
			last++
			t.Position = &last
		}
		if y, err = offered(tx, event, t); err != nil {
			return err
		}
		if err := tx.Save(y); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Types.Collection, y.Id, "add", lifecycle.With(map[string]any{"event": event, "price_vnd": y.Price()}))
	})
	if err != nil {
		return nil, err
	}
	return y, nil
}

// addTo lets whoever runs an event that is still worked on add something to it. Errors: access.sign_in, record.not_found, event.over.
func addTo(app core.App, by access.Actor, event string, do func(core.App, *Event) error) error {
	if err := mayRun(by, event); err != nil {
		return err
	}
	return app.RunInTransaction(func(tx core.App) error {
		v, err := Events.Find(tx, event)
		switch {
		case err != nil:
			return err
		case v.over():
			return fault.Conflict("event.over")
		}
		return do(tx, v)
	})
}

// EditType changes a kind of ticket. What somebody has keeps its price; the journal says which price was before. Staff over the event.
// Errors: as AddType, and record.stale, ticket_type.quotas_stay, ticket_type.days_stay, ticket_type.question_stays.
func EditType(app core.App, by access.Actor, id string, t TypeTerms, now time.Time) (*Type, error) {
	return onEventRow(app, by, Types, id, t.Rev, func(tx core.App, y *Type) error {
		was := y.Price()
		y.write(t)
		detail := map[string]any{"fields": record.Changed(y)}
		if y.Price() != was {
			detail["price_vnd"], detail["was_vnd"] = y.Price(), was
		}
		if err := tx.Save(y); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Types.Collection, y.Id, "edit", lifecycle.With(detail))
	})
}

// WithdrawType takes a kind of ticket off the list. What is in carts and what is sold stays. Staff over the event.
// Errors: access.sign_in, record.not_found, record.stale, event.over, ticket_type.withdrawn.
func WithdrawType(app core.App, by access.Actor, id string, rev int, now time.Time) (*Type, error) {
	return onEventRow(app, by, Types, id, rev, func(tx core.App, y *Type) error {
		if y.Withdrawn() {
			return fault.Conflict("ticket_type.withdrawn")
		}
		return shelve(tx, by, y, now, "withdraw", now)
	})
}

// OfferType puts a kind of ticket back on the list. Staff over the event.
// Errors: access.sign_in, record.not_found, record.stale, event.over, ticket_type.offered.
func OfferType(app core.App, by access.Actor, id string, rev int, now time.Time) (*Type, error) {
	return onEventRow(app, by, Types, id, rev, func(tx core.App, y *Type) error {
		if !y.Withdrawn() {
			return fault.Conflict("ticket_type.offered")
		}
		return shelve(tx, by, y, time.Time{}, "offer", now)
	})
}

func shelve(tx core.App, by access.Actor, y *Type, at time.Time, verb string, now time.Time) error {
	y.setWithdrawn(at)
	if err := tx.Save(y); err != nil {
		return err
	}
	if verb == "offer" {
		return lifecycle.Note(tx, by, now, Types.Collection, y.Id, "offer")
	}
	return lifecycle.Note(tx, by, now, Types.Collection, y.Id, "withdraw")
}
