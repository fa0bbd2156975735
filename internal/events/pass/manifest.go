package pass

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
)

// ErrLocked is told of what this token does not open.
var ErrLocked = errors.New("this token does not open it")

// labelManifest is what the key to a line of the manifest is derived under. It never changes.
const labelManifest = "vuon manifest v1"

// Line is what a door keeps of one ticket and cannot read until the ticket is shown to it.
type Line struct {
	Find   string `json:"f"` // by which a token finds it
	Locked string `json:"c"`
}

// Find is by which the token of a ticket finds its line; it tells nothing of the token.
func Find(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// FindCode is by which a code that somebody reads aloud finds its ticket where there is no network.
func FindCode(event, code string) string {
	sum := sha256.Sum256([]byte("vuon code|" + event + "|" + code))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// Lock locks plain with a key that only the token holds.
func Lock(random io.Reader, token string, plain []byte) (Line, error) {
	aead, err := lock(token)
	if err != nil {
		return Line{}, err
	}
	nonce := make([]byte, aead.NonceSize())
	if _, err := io.ReadFull(random, nonce); err != nil {
		return Line{}, fmt.Errorf("lock a line: %w", err)
	}
	find := Find(token)
	return Line{find, base64.RawURLEncoding.EncodeToString(aead.Seal(nonce, nonce, plain, []byte(find)))}, nil
}

// Unlock reads a line with the token that is shown. Error: ErrLocked.
func Unlock(token string, l Line) ([]byte, error) {
	aead, err := lock(token)
	if err != nil {
		return nil, err
	}
	raw, err := base64.RawURLEncoding.DecodeString(l.Locked)
	if err != nil || len(raw) < aead.NonceSize() || l.Find != Find(token) {
		return nil, ErrLocked
	}
	plain, err := aead.Open(nil, raw[:aead.NonceSize()], raw[aead.NonceSize():], []byte(l.Find))
	if err != nil {
		return nil, ErrLocked
	}
	return plain, nil
}

func lock(token string) (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, []byte(token), nil, labelManifest, 32)
	if err != nil {
		return nil, fmt.Errorf("derive the key to a line: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("derive the key to a line: %w", err)
	}
	return cipher.NewGCM(block)
}
