package people

import (
	"encoding/base64"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"vuon/internal/fault"
)

// The longest address and name that are taken, in bytes and in characters.
const (
	addressMost = 254
	nameMost    = 120
)

// isAddress says whether a mail can be sent to s: an address alone, without a name or angle brackets.
func isAddress(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && len(s) <= addressMost && strings.Contains(s[strings.LastIndex(s, "@"):], ".")
}

// isName says whether s may be somebody's name. An empty one may: people who are new give it later.
func isName(s string) bool {
	return utf8.RuneCountInString(s) <= nameMost && !strings.ContainsFunc(s, unicode.IsControl)
}

// masked hides most of an address: its owner knows it again, nobody else learns it.
func masked(email string) string {
	name, domain, _ := strings.Cut(email, "@")
	first, _ := utf8.DecodeRuneInString(name)
	return string(first) + "…@" + domain
}

// cut parts the feed's key of a note, "users.granted", into the collection and the verb.
func cut(key string) (collection, verb string) {
	collection, verb, _ = strings.Cut(key, ".")
	return collection, verb
}

// cursorOf names the last row of a page, for the page after it.
func cursorOf(key, id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(key + "\x00" + id))
}

// cursor reads one again. Error: request.cursor.
func cursor(s string) (key, id string, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	key, id, ok := strings.Cut(string(raw), "\x00")
	if err != nil || !ok {
		return "", "", fault.Field("after", "request.cursor")
	}
	return key, id, nil
}
