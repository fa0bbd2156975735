package notify

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/web"
)

// wishesPath is where people choose how they are told of what.
const wishesPath = "/app/account/notices"

// stop is what the link at the foot of a mail ends: mails of one kind to one person, or of all kinds that one mail of a day
// told of. The link is signed and stored nowhere; it does not run out, and can do nothing but this.
type stop struct{ user, kind, digest string }

// stopVersion begins every link, so that a later house may know what it reads.
const stopVersion = "1"

var tokenText = base64.RawURLEncoding.Strict()

// stopAddress is where a person asks for no more.
func (p *Post) stopAddress(app core.App, lang locale.Lang, s stop) (string, error) {
	body := strings.Join([]string{stopVersion, s.user, s.kind, s.digest}, " ")
	sum, err := p.sign(app, "stop", body)
	if err != nil {
		return "", err
	}
	return p.absolute(app, web.Path(lang, "/u/"+tokenText.EncodeToString(append(sum, body...)))), nil
}

// sign seals a text for one purpose.
func (p *Post) sign(app core.App, purpose, text string) ([]byte, error) {
	key, err := p.needs.Seal(app)
	if err != nil {
		return nil, err
	}
	if len(key) == 0 {
		return nil, errors.New("the house has nothing to sign links with")
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("notify " + purpose + "\n" + text))
	return mac.Sum(nil), nil
}

// readStop reads a link. Whose account is gone has nothing to stop.
// Errors: stop.unknown.
func (p *Post) readStop(app core.App, token string) (stop, error) {
	raw, err := tokenText.DecodeString(token)
	if err != nil || len(raw) < sha256.Size {
		return stop{}, fault.NotFound("stop.unknown")
	}
	sum, body := raw[:sha256.Size], string(raw[sha256.Size:])
	right, err := p.sign(app, "stop", body)
	if err != nil {
		return stop{}, err
	}
	parts := strings.Split(body, " ")
	if !hmac.Equal(sum, right) || len(parts) != 4 || parts[0] != stopVersion {
		return stop{}, fault.NotFound("stop.unknown")
	}
	to, err := p.needs.Reader(app, parts[1])
	if err == nil && to.Gone {
		err = fault.NotFound("stop.unknown")
	}
	return stop{parts[1], parts[2], parts[3]}, err
}

// chosen is a kind about which there is a choice, and what its reader has chosen.
type chosen struct {
	kind  string
	class notice.Class
	mode  Mode
}

// choices are the kinds that a link is about. What was a reminder when the mail went, and is none now, is left out.
func (p *Post) choices(app core.App, s stop) (all []chosen, err error) {
	kinds := []string{s.kind}
	if s.kind == digestKind {
		if kinds, err = kindsIn(app, s.user, s.digest); err != nil {
			return nil, err
		}
	}
	for _, kind := range kinds {
		rule, err := p.choosable(kind)
		if err != nil {
			continue
		}
		pref, err := prefOf(app, s.user, kind)
		if err != nil {
			return nil, err
		}
		all = append(all, chosen{kind, rule.Class, pref.wished(rule.Class)})
	}
	return all, nil
}

// Unsubscribe does what a mailed link is for: mails of its kinds come in one way from now on, Off say. With back it puts
// single kinds to what they were instead. It tells what to put each kind back to. Anybody who has the link may, any
// number of times.
// Errors: stop.unknown, wish.mode.
func Unsubscribe(app core.App, token string, mode Mode, back map[string]Mode, now time.Time) (was map[string]Mode, err error) {
	p, err := of(app)
	if err != nil {
		return nil, err
	}
	was = map[string]Mode{}
	err = app.RunInTransaction(func(tx core.App) error {
		s, err := p.readStop(tx, token)
		if err != nil {
			return err
		}
		choices, err := p.choices(tx, s)
		if err != nil {
			return err
		}
		for _, c := range choices {
			to, named := back[c.kind]
			if back == nil {
				to, named = mode, true
			}
			if was[c.kind] = c.mode; c.mode == to {
				was[c.kind] = usual(c.class) // asked twice: to take it back still means to have mails again
			}
			if !named {
				continue
			}
			if err := wish(tx, access.Link(s.user), s.user, c.kind, to, now); err != nil {
				return err
			}
		}
		return nil
	})
	return was, err
}

// spell writes modes by kind into one line of a form, and unspell reads it. What is no mode is left out.
func spell(modes map[string]Mode) string {
	var pairs []string
	for kind, mode := range modes {
		pairs = append(pairs, kind+"="+string(mode))
	}
	slices.Sort(pairs)
	return strings.Join(pairs, " ")
}

func unspell(line string) map[string]Mode {
	modes := map[string]Mode{}
	for _, pair := range strings.Fields(line) {
		if kind, mode, ok := strings.Cut(pair, "="); ok && slices.Contains(Modes(), Mode(mode)) {
			modes[kind] = Mode(mode)
		}
	}
	return modes
}
