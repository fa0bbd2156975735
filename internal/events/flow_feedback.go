package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// GiveFeedback says what the holder of a ticket thought of an event, once, from its beginning on. The secret of the ticket's link
// is all that is asked. Errors: record.not_found for a wrong link, feedback.early, feedback.given, feedback.void, feedback.score,
// feedback.words.
func GiveFeedback(app core.App, code, mac string, score int, words string, now time.Time) (f *Feedback, err error) {
	k, v, err := thinking(app, code, mac)
	if err != nil {
		return nil, err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		switch there, err := hasSpoken(tx, k.Id); {
		case err != nil:
			return err
		case there:
			return fault.Conflict("feedback.given")
		case k.Status() != TicketValid:
			return fault.Conflict("feedback.void")
		case !v.Begun(now):
			return fault.Conflict("feedback.early")
		}
		if f, err = thought(tx, k, score, words, now); err != nil {
			return err
		}
		return tx.Save(f)
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// thinking is the ticket that a link opens, and its event.
func thinking(app core.App, code, mac string) (*Ticket, *Event, error) {
	k, err := TicketOf(app, code, mac)
	if err != nil {
		return nil, nil, err
	}
	v, err := Events.Find(app, k.EventID())
	return k, v, err
}
