// Package seal encrypts the few things that a copy of the database must not tell: where a startup's money is sent, and with which
// key an event signs its tickets.
//
// What is sealed is bound to the row it stands in, so that a number cannot be moved from one row into another. The key is
// derived from a secret that is not in the database; a ring knows the present secret and those before it, so that a new secret
// is put in place without a moment at which nothing can be read.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// What goes wrong with something sealed.
var (
	ErrNoKey    = errors.New("there is no key")
	ErrOtherKey = errors.New("it was sealed with a key that is not here")
	ErrBroken   = errors.New("it was changed, or stands where it does not belong")
)

// The labels under which keys are derived. They never change: a secret that serves for something else as well gives another key.
const (
	labelKey  = "vuon bank accounts v1"
	labelName = "vuon bank accounts v1 name"
)

// Ring seals with one key and opens with several. The nil Ring has none.
type Ring struct {
	keys []key // the present one first
}

type key struct {
	name string
	aead cipher.AEAD
}

// labelTickets is the label of the keys that seal what signs tickets. It never changes.
const labelTickets = "vuon ticket keys v1"

// New derives a ring from secrets, the present one first. Empty ones are left out; without any the ring is nil.
func New(secrets ...string) (*Ring, error) { return under(labelKey, labelName, secrets) }

// ForTickets derives a ring that seals what signs tickets: the same secrets give other keys than those to bank accounts.
func ForTickets(secrets ...string) (*Ring, error) {
	return under(labelTickets, labelTickets+" name", secrets)
}

func under(labelKey, labelName string, secrets []string) (*Ring, error) {
	r := &Ring{}
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		raw, err := hkdf.Key(sha256.New, []byte(secret), nil, labelKey, 32)
		if err != nil {
			return nil, fmt.Errorf("derive a key: %w", err)
		}
		name, err := hkdf.Key(sha256.New, []byte(secret), nil, labelName, 8)
		if err != nil {
			return nil, fmt.Errorf("derive a key: %w", err)
		}
		block, err := aes.NewCipher(raw)
		if err != nil {
			return nil, fmt.Errorf("derive a key: %w", err)
		}
		aead, err := cipher.NewGCM(block)
		if err != nil {
			return nil, fmt.Errorf("derive a key: %w", err)
		}
		r.keys = append(r.keys, key{hex.EncodeToString(name), aead})
	}
	if len(r.keys) == 0 {
		return nil, nil //nolint:nilnil // no ring is an answer
	}
	return r, nil
}

// Name is what the present key is called: it stands beside what it sealed, and tells nothing of the secret. "" is no key.
func (r *Ring) Name() string {
	if r == nil {
		return ""
	}
	return r.keys[0].name
}

// Seal encrypts plain so that it can be opened only where bound is the same. Error: ErrNoKey.
func (r *Ring) Seal(random io.Reader, plain []byte, bound string) (sealed, with string, err error) {
	if r == nil {
		return "", "", ErrNoKey
	}
	k := r.keys[0]
	nonce := make([]byte, k.aead.NonceSize())
	if _, err := io.ReadFull(random, nonce); err != nil {
		return "", "", fmt.Errorf("seal: %w", err)
	}
	return base64.StdEncoding.EncodeToString(k.aead.Seal(nonce, nonce, plain, []byte(bound))), k.name, nil
}

// Open decrypts what was sealed with the key of this name. Errors: ErrNoKey, ErrOtherKey, ErrBroken.
func (r *Ring) Open(sealed, with, bound string) ([]byte, error) {
	if r == nil {
		return nil, ErrNoKey
	}
	for _, k := range r.keys {
		if k.name != with {
			continue
		}
		raw, err := base64.StdEncoding.DecodeString(sealed)
		if err != nil || len(raw) < k.aead.NonceSize() {
			return nil, ErrBroken
		}
		plain, err := k.aead.Open(nil, raw[:k.aead.NonceSize()], raw[k.aead.NonceSize():], []byte(bound))
		if err != nil {
			return nil, ErrBroken
		}
		return plain, nil
	}
	return nil, ErrOtherKey
}
