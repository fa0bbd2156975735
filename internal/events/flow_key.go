package events

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events/pass"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
)

// keyLasts is how long after its event a key still speaks for a ticket: an event may be put off by a season, and what was printed
// for it holds.
const keyLasts = 90 * 24 * time.Hour

// boundTo is what ties a sealed key to its row.
func boundTo(kid string) string { return "event_keys|" + kid }

// TokenOf is what stands in the QR code of a valid ticket: the same whenever it is asked for. The first token of an event makes its
// key. Error: ticket.no_token for one that lets nobody in.
func TokenOf(app core.App, k *Ticket, now time.Time) (string, error) {
	if k.Status() != TicketValid {
		return "", fault.Conflict("ticket.no_token")
	}
	v, err := Events.Find(app, k.EventID())
	if err != nil {
		return "", err
	}
	key, private, err := keyOf(app, v, now)
	if err != nil {
		return "", err
	}
	return pass.Sign(private, key.KID(), k.Id, k.Generation(), key.NotAfter())
}

// keyOf is the key with which an event signs now. It makes one where there is none that outlives the event.
func keyOf(app core.App, v *Event, now time.Time) (*Key, ed25519.PrivateKey, error) {
	k, err := liveKey(app, v)
	if err == nil && k == nil {
		k, err = makeKey(app, v, now)
	}
	if err != nil {
		return nil, nil, err
	}
	private, err := openKey(app, k)
	return k, private, err
}

// liveKey is the newest key of an event that outlives it, or nil.
func liveKey(app core.App, v *Event) (*Key, error) {
	all, err := Keys.All(app, dbx.HashExp{"event": v.Id})
	if err != nil {
		return nil, err
	}
	var newest *Key
	for _, k := range all {
		if !k.Retired() && k.NotAfter().After(v.EndsAt()) && (newest == nil || k.NotAfter().After(newest.NotAfter())) {
			newest = k
		}
	}
	return newest, nil
}

// makeKey draws a key for an event, unless somebody else just has.
func makeKey(app core.App, v *Event, now time.Time) (made *Key, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if made, err = liveKey(tx, v); err != nil || made != nil {
			return err
		}
		seed := make([]byte, ed25519.SeedSize)
		if _, err := io.ReadFull(asked(app).Random, seed); err != nil {
			return fmt.Errorf("draw a key for event %s: %w", v.Id, err)
		}
		public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
		kid := pass.KID(public)
		private, with, err := asked(app).Seal(app, seed, boundTo(kid))
		if err != nil {
			return fmt.Errorf("seal the key of event %s: %w", v.Id, err)
		}
		made, err = cut(tx, v.Id, kid, base64.RawURLEncoding.EncodeToString(public), private, with, v.EndsAt().Add(keyLasts).Truncate(time.Second))
		if err != nil {
			return err
		}
		if err := tx.Save(made); err != nil {
			return fmt.Errorf("keep the key of event %s: %w", v.Id, err)
		}
		return lifecycle.Note(tx, access.Job("tickets"), now, Keys.Collection, made.Id, "cut", lifecycle.With(map[string]string{"event": v.Id, "kid": kid}))
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// openKey is the private half of a key.
func openKey(app core.App, k *Key) (ed25519.PrivateKey, error) {
	private, with := k.sealed()
	seed, err := asked(app).Unseal(app, private, with, boundTo(k.KID()))
	if err == nil && len(seed) != ed25519.SeedSize {
		err = errors.New("it is no key")
	}
	if err != nil {
		return nil, fmt.Errorf("open the key %s: %w", k.KID(), err)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// signer is a key that may have signed a ticket, with its private half.
type signer struct {
	key     *Key
	private ed25519.PrivateKey
}

// signersOf are the keys of an event that were not given up.
func signersOf(app core.App, event string) ([]signer, error) {
	all, err := Keys.All(app, dbx.HashExp{"event": event, "retired_at": ""})
	if err != nil {
		return nil, err
	}
	signers := make([]signer, 0, len(all))
	for _, k := range all {
		private, err := openKey(app, k)
		if err != nil {
			return nil, err
		}
		signers = append(signers, signer{k, private})
	}
	return signers, nil
}

// knownKeys are the public keys of an event by name, and the names of those that were given up.
func knownKeys(app core.App, event string) (public map[string]ed25519.PublicKey, retired map[string]bool, err error) {
	all, err := Keys.All(app, dbx.HashExp{"event": event})
	if err != nil {
		return nil, nil, err
	}
	public, retired = map[string]ed25519.PublicKey{}, map[string]bool{}
	for _, k := range all {
		raw, err := base64.RawURLEncoding.DecodeString(k.Public())
		if err != nil {
			return nil, nil, fmt.Errorf("read the key %s: %w", k.KID(), err)
		}
		public[k.KID()], retired[k.KID()] = raw, k.Retired()
	}
	return public, retired, nil
}

// RetireKeys gives up the keys of an event, because somebody may have them: every ticket of it has another token from now on, and
// what was printed is refused. Managers over the event, with a reason. Errors: access.sign_in, record.not_found,
// access.needs_manager, device.no_reason.
func RetireKeys(app core.App, by access.Actor, event, reason string, now time.Time) error {
	return app.RunInTransaction(func(tx core.App) error {
		if err := access.MayDecideOn(by, PathOf(event)...); err != nil {
			return err
		}
		if _, err := Events.Find(tx, event); err != nil {
			return err
		}
		if strings.TrimSpace(reason) == "" {
			return fault.Field("reason", "device.no_reason")
		}
		all, err := Keys.All(tx, dbx.HashExp{"event": event, "retired_at": ""})
		if err != nil {
			return err
		}
		for _, k := range all {
			k.retire(now)
			if err := tx.Save(k); err != nil {
				return err
			}
			if err := lifecycle.Note(tx, by, now, Keys.Collection, k.Id, "retire", lifecycle.Because(strings.TrimSpace(reason))); err != nil {
				return err
			}
		}
		return nil
	})
}
