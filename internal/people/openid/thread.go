package openid

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
)

// Thread is the secret by which a browser that comes back is known to be the one that went. The browser keeps it in a
// cookie; everything that goes to the provider is spun from it, and the house stores a hash alone.
type Thread string

const threadBytes = 32

// Spin makes a thread.
func Spin(dice io.Reader) (Thread, error) {
	raw := make([]byte, threadBytes)
	if _, err := io.ReadFull(dice, raw); err != nil {
		return "", fmt.Errorf("spin a thread: %w", err)
	}
	return Thread(base64.RawURLEncoding.EncodeToString(raw)), nil
}

// Key is what the house stores of it.
func (t Thread) Key() string { return t.spun("key") }

// State goes to the provider and comes back with the browser.
func (t Thread) State() string { return t.spun("state") }

// Nonce goes to the provider and comes back within what it signs.
func (t Thread) Nonce() string { return t.spun("nonce") }

// Verifier proves to the provider that whoever takes the code asked for it; it goes there only then, its hash before.
func (t Thread) Verifier() string { return t.spun("verifier") }

func (t Thread) spun(use string) string {
	sum := sha256.Sum256([]byte("vuon errand " + use + " " + string(t)))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
