package pass

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"
)

// What is wrong with a token.
var (
	ErrMalformed = errors.New("it is no ticket of ours")
	ErrUnknown   = errors.New("it was signed with a key that is not known here")
	ErrForged    = errors.New("its signature does not hold")
	ErrExpired   = errors.New("its time is over")
)

// The parts of a token.
const (
	prefix      = "B1"
	version     = 1
	sizeKID     = 4
	sizeTicket  = 10 // an id of 15 letters and digits is a number of 78 bits
	sizeSaid    = 1 + sizeKID + sizeTicket + 2 + 4
	sizeWhole   = sizeSaid + ed25519.SignatureSize
	lengthID    = 15
	lengthToken = len(prefix) + sizeWhole/2*3 + sizeWhole%2*2
)

// Slack is how far the clock of a door may be behind or ahead of the house's.
const Slack = 10 * time.Minute

// Claim is what a token says of a ticket.
type Claim struct {
	KID        string
	Ticket     string
	Generation int
	NotAfter   time.Time
}

// KID is what a key is called: the beginning of its own hash, as eight letters.
func KID(public ed25519.PublicKey) string {
	sum := sha256.Sum256(public)
	return hex.EncodeToString(sum[:sizeKID])
}

// Sign writes the token of one generation of a ticket. It is the same whenever it is asked for. An error means that one of its
// parts does not fit.
func Sign(key ed25519.PrivateKey, kid, ticket string, generation int, notAfter time.Time) (string, error) {
	said := make([]byte, 0, sizeWhole)
	name, err := hex.DecodeString(kid)
	id, ok := new(big.Int).SetString(ticket, 36)
	switch {
	case len(key) != ed25519.PrivateKeySize:
		return "", errors.New("sign a ticket: that is no key")
	case err != nil || len(name) != sizeKID:
		return "", fmt.Errorf("sign a ticket: %q is no name of a key", kid)
	case !ok || len(ticket) != lengthID || !plain(ticket):
		return "", fmt.Errorf("sign a ticket: %q is no id", ticket)
	case generation < 0 || generation > 1<<16-1:
		return "", fmt.Errorf("sign a ticket: there is no generation %d", generation)
	case notAfter.Unix() < 0 || notAfter.Unix() > 1<<32-1:
		return "", fmt.Errorf("sign a ticket: %s is out of reach", notAfter)
	}
	said = append(said, version)
	said = append(said, name...)
	said = append(said, id.FillBytes(make([]byte, sizeTicket))...)
	said = binary.BigEndian.AppendUint16(said, uint16(generation))
	said = binary.BigEndian.AppendUint32(said, uint32(notAfter.Unix()))
	return prefix + encode(append(said, ed25519.Sign(key, said)...)), nil
}

// Verify reads a token that was signed with one of the keys, by their names. A token whose time is over is told with what it
// says. Errors: ErrMalformed, ErrUnknown, ErrForged, ErrExpired.
func Verify(keys map[string]ed25519.PublicKey, token string, now time.Time) (Claim, error) {
	raw, err := bytesOf(token)
	if err != nil {
		return Claim{}, err
	}
	said, signature := raw[:sizeSaid], raw[sizeSaid:]
	claim := read(said)
	key, ok := keys[claim.KID]
	switch {
	case !ok:
		return Claim{}, ErrUnknown
	case len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, said, signature):
		return Claim{}, ErrForged
	case len(claim.Ticket) != lengthID:
		return Claim{}, ErrMalformed
	case now.After(claim.NotAfter.Add(Slack)):
		return claim, ErrExpired
	}
	return claim, nil
}

// Tidy is a token as it was signed, of what a scanner typed: some write small letters, and some a blank at the end.
func Tidy(typed string) string {
	if len(typed) > 2*lengthToken {
		return "" // nobody shows that: it is not looked at
	}
	return strings.ToUpper(strings.TrimSpace(typed))
}

func bytesOf(token string) ([]byte, error) {
	if len(token) != lengthToken || !strings.HasPrefix(token, prefix) {
		return nil, ErrMalformed
	}
	raw, err := decode(token[len(prefix):])
	if err != nil || len(raw) != sizeWhole || raw[0] != version {
		return nil, ErrMalformed
	}
	return raw, nil
}

func read(said []byte) Claim {
	rest := said[1+sizeKID:]
	id := new(big.Int).SetBytes(rest[:sizeTicket]).Text(36)
	return Claim{
		KID:        hex.EncodeToString(said[1 : 1+sizeKID]),
		Ticket:     strings.Repeat("0", max(0, lengthID-len(id))) + id,
		Generation: int(binary.BigEndian.Uint16(rest[sizeTicket:])),
		NotAfter:   time.Unix(int64(binary.BigEndian.Uint32(rest[sizeTicket+2:])), 0).UTC(),
	}
}

// plain says whether a text is digits and small letters alone, as ids are.
func plain(id string) bool {
	return strings.IndexFunc(id, func(r rune) bool { return (r < '0' || r > '9') && (r < 'a' || r > 'z') }) < 0
}

// letters are the 45 that a QR code packs tightly, in the order of RFC 9285.
const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

var errLetters = errors.New("these are not letters of base45")

// encode writes bytes in base45: three letters for two bytes, two for a last one.
func encode(raw []byte) string {
	var b strings.Builder
	b.Grow(len(raw)/2*3 + 2)
	for len(raw) > 1 {
		n := int(raw[0])<<8 | int(raw[1])
		b.WriteByte(letters[n%45])
		b.WriteByte(letters[n/45%45])
		b.WriteByte(letters[n/45/45])
		raw = raw[2:]
	}
	if len(raw) == 1 {
		b.WriteByte(letters[raw[0]%45])
		b.WriteByte(letters[raw[0]/45])
	}
	return b.String()
}

// decode reads base45. Every text but the one that encode writes is refused: no two texts are the same bytes.
func decode(text string) ([]byte, error) {
	if len(text)%3 == 1 {
		return nil, errLetters
	}
	raw := make([]byte, 0, len(text)/3*2+1)
	for len(text) > 0 {
		size := min(3, len(text))
		n, place := 0, 1
		for i := range size {
			at := strings.IndexByte(letters, text[i])
			if at < 0 {
				return nil, errLetters
			}
			n, place = n+at*place, place*45
		}
		switch {
		case size == 3 && n < 1<<16:
			raw = append(raw, byte(n>>8), byte(n))
		case size == 2 && n < 1<<8:
			raw = append(raw, byte(n))
		default:
			return nil, errLetters
		}
		text = text[size:]
	}
	return raw, nil
}
