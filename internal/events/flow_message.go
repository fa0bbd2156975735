package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
)

// WriteMessage writes what attendees are to be told; nobody hears it yet. Staff over the event.
// Errors: access.sign_in, record.not_found, event.draft, event_message.subject, event_message.body.
func WriteMessage(app core.App, by access.Actor, event string, f MessageFields, now time.Time) (m *Message, err error) {
	if err := mayRun(by, event); err != nil {
		return nil, err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		v, err := Events.Find(tx, event)
		switch {
		case err != nil:
			return err
		case v.Status() == EventDraft:
			return fault.Conflict("event.draft")
		}
		if m, err = composed(tx, event, f); err != nil {
			return err
		}
		if err := tx.Save(m); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Messages.Collection, m.Id, "write", lifecycle.With(map[string]string{"event": event}))
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// RewriteMessage changes a draft. Staff over the event.
// Errors: access.sign_in, record.not_found, record.stale, event_message.sent, event_message.subject, event_message.body.
func RewriteMessage(app core.App, by access.Actor, id string, f MessageFields, now time.Time) (*Message, error) {
	return onEventRow(app, by, Messages, id, f.Rev, func(tx core.App, m *Message) error {
		m.write(f)
		if err := tx.Save(m); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Messages.Collection, m.Id, "rewrite", lifecycle.With(map[string]any{"event": m.EventID()}))
	})
}

// SendMessage sends a message once, to whom it is for at now: the notice rule event_message writes the mails. Staff over the event.
// Errors: access.sign_in, record.not_found, record.stale, event_message.nobody, lifecycle.not_now.
func SendMessage(app core.App, by access.Actor, id string, rev int, now time.Time) (*Message, error) {
	return onEventRow(app, by, Messages, id, rev, func(tx core.App, m *Message) error {
		n, err := reach(tx, m)
		switch {
		case err != nil:
			return err
		case n == 0:
			return fault.Conflict("event_message.nobody")
		}
		if m.Status() == MessageDraft {
			m.told(by.ID, n, now)
		}
		return MessageLife.Fire(tx, m, "send", by, now, lifecycle.With(map[string]any{"event": m.EventID(), "count": n}))
	})
}

// DropMessage puts a draft away for good. Staff over the event.
// Errors: access.sign_in, record.not_found, record.stale, lifecycle.not_now.
func DropMessage(app core.App, by access.Actor, id string, rev int, now time.Time) (*Message, error) {
	return onEventRow(app, by, Messages, id, rev, func(tx core.App, m *Message) error {
		return MessageLife.Fire(tx, m, "drop", by, now)
	})
}

// GiveFeedback says what the holder of a ticket thought of an event, once, from its beginning on. The secret of the ticket's link
// is all that is asked. Errors: record.not_found for a wrong link, feedback.early, feedback.given, feedback.void, feedback.score,
// feedback.words.
func GiveFeedback(app core.App, code, mac string, score int, words string, now time.Time) (f *Feedback, err error) {
	k, v, err := thinking(app, code, mac)
	if err != nil {
		return nil, err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		switch there, err := spoken(tx, k.Id); {
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

