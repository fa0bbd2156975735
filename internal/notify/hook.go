package notify

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Hooks are the addresses outside the house that are called when something happens in it.
var Hooks = record.Of[Hook]("hooks")

// The states of a hook.
const (
	HookActive   lifecycle.State = "active"
	HookPaused   lifecycle.State = "paused"
	HookDisabled lifecycle.State = "disabled"
)

// HookLife has no end: a hook is taken away with all its calls.
var HookLife = lifecycle.Table{
	Collection: Hooks.Collection,
	Start:      HookActive,
	Moves: []lifecycle.Move{
		lifecycle.Moved("hook", "pause", HookPaused, HookActive),
		lifecycle.Moved("hook", "resume", HookActive, HookPaused, HookDisabled),
		lifecycle.Moved("hook", "disable", HookDisabled, HookActive),
	},
}

// Hook is one address, and what it wants to hear of.
type Hook struct{ core.BaseRecordProxy }

// Status says whether it is called.
func (h *Hook) Status() lifecycle.State { return lifecycle.State(h.GetString("status")) }

// Title is what managers call it.
func (h *Hook) Title() string { return h.GetString("title") }

// URL is where calls go. It never changes: another address is another hook, with a secret of its own.
func (h *Hook) URL() string { return h.GetString("url") }

// Topics are the keys of what it wants to hear of.
func (h *Hook) Topics() (topics []string, err error) {
	if err = h.UnmarshalJSONField("topics", &topics); err != nil {
		return nil, fmt.Errorf("hook %s: %w", h.Id, err)
	}
	return topics, nil
}

// Failures counts the calls that went wrong since the last that went well.
func (h *Hook) Failures() int { return h.GetInt("failures") }

// FailingSince is when the first of them went wrong; zero is for none.
func (h *Hook) FailingSince() time.Time { return h.GetDateTime("failing_since").Time() }

// LastOK is when a call went well last.
func (h *Hook) LastOK() time.Time { return h.GetDateTime("last_ok_at").Time() }

// OldUntil is until when calls are signed with the former secret too.
func (h *Hook) OldUntil() time.Time { return h.GetDateTime("old_until").Time() }

// Added is when it was made.
func (h *Hook) Added() time.Time { return h.GetDateTime("created").Time() }

// cursor is the place in the journal up to which it has been told everything.
func (h *Hook) cursor() int { return h.GetInt("cursor") }

// secrets are what a call at an instant is signed with, the newest first.
func (h *Hook) secrets(now time.Time) []string {
	all := []string{h.GetString("secret")}
	if old := h.GetString("old_secret"); old != "" && now.Before(h.OldUntil()) {
		all = append(all, old)
	}
	return all
}

// newHook is told what happens after a place in the journal.
func newHook(app core.App, url, secret, by string, cursor int) (*Hook, error) {
	h, err := Hooks.New(app)
	if err != nil {
		return nil, err
	}
	h.Set("url", url)
	h.Set("secret", secret)
	h.Set("added_by", by)
	h.Set("cursor", cursor)
	return h, nil
}

// setCursor notes up to where it has been told.
func (h *Hook) setCursor(seq int) { h.Set("cursor", seq) }

func (h *Hook) setWishes(title string, topics []string) {
	h.Set("title", title)
	h.Set("topics", topics)
}

// setSecret keeps the former secret for a while: whoever is called needs time to learn the new one.
func (h *Hook) setSecret(secret string, oldUntil time.Time) {
	h.Set("old_secret", h.GetString("secret"))
	h.Set("old_until", oldUntil)
	h.Set("secret", secret)
}

// setWell forgets what went wrong.
func (h *Hook) setWell() {
	h.Set("failures", 0)
	h.Set("failing_since", "")
}
