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
