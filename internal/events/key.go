package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Keys are those with which the tickets of an event are signed.
var Keys = record.Of[Key]("event_keys")

// Key is one of them. Its private half is sealed: a copy of the database makes no tickets.
type Key struct{ core.BaseRecordProxy }

// EventID is whose tickets it signs.
func (k *Key) EventID() string { return k.GetString("event") }

// KID is what it is called in a token.
func (k *Key) KID() string { return k.GetString("kid") }

// Public is its public half, in base64 without padding.
func (k *Key) Public() string { return k.GetString("public") }

// sealed is its private half, and the name of what seals it.
func (k *Key) sealed() (private, with string) {
	return k.GetString("private"), k.GetString("sealed_with")
}

// NotAfter is until when what it signed may be shown.
func (k *Key) NotAfter() time.Time { return k.GetDateTime("not_after").Time() }

// RetiredAt is when it was given up; zero is not. What it signed is refused from then on.
func (k *Key) RetiredAt() time.Time { return k.GetDateTime("retired_at").Time() }

// Retired says whether it was given up.
func (k *Key) Retired() bool { return !k.RetiredAt().IsZero() }

func (k *Key) retire(now time.Time) { k.Set("retired_at", now) }

// cut describes a key that is not yet stored.
func cut(app core.App, event, kid, public, private, with string, notAfter time.Time) (*Key, error) {
	k, err := Keys.New(app)
	if err != nil {
		return nil, err
	}
	k.Set("event", event)
	k.Set("kid", kid)
	k.Set("public", public)
	k.Set("private", private)
	k.Set("sealed_with", with)
	k.Set("not_after", notAfter)
	return k, nil
}
