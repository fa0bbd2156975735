package notify

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

const (
	mostHooks   = 20
	bothSecrets = 24 * time.Hour // how long a former secret signs beside its heir
	topicPing   = "ping"         // what a call tells that a manager makes to try a hook
)

// AddHook has an address called from now on, of what happens after this. The secret that calls are signed with is told once,
// here. Managers of the whole house only.
// Errors: access.sign_in, access.needs_manager, hook.url, hook.url_inside, hook.title, hook.topics, hook.many.
func AddHook(app core.App, by access.Actor, title, url string, topics []string, now time.Time) (h *Hook, secret string, err error) {
	if err := access.MayGovern(by); err != nil {
		return nil, "", err
	}
	p, err := of(app)
	if err != nil {
		return nil, "", err
	}
	if secret, err = newSecret(p.needs.Random); err != nil {
		return nil, "", err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		all, err := Hooks.All(tx)
		if err != nil {
			return err
		}
		if len(all) >= mostHooks {
			return fault.Conflict("hook.many", "most", strconv.Itoa(mostHooks))
		}
		newest, err := lifecycle.Newest(tx)
		if err != nil {
			return err
		}
		if h, err = newHook(tx, strings.TrimSpace(url), secret, by.ID, newest.Seq); err != nil {
			return err
		}
		h.setWishes(strings.TrimSpace(title), ordered(topics))
		if err := tx.Save(h); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Hooks.Collection, h.Id, "added")
	})
	return h, secret, err
}

// EditHook changes the name of a hook and what it hears of. What it wanted before and has not been told yet it still is.
// Managers of the whole house only.
// Errors: access.sign_in, access.needs_manager, record.not_found, record.stale, hook.title, hook.topics.
func EditHook(app core.App, by access.Actor, id, title string, topics []string, rev int, now time.Time) (*Hook, error) {
	return changeHook(app, by, id, func(tx core.App, h *Hook) error {
		if err := record.Seen(h, rev); err != nil {
			return err
		}
		if h.Status() == HookActive {
			if err := tell(tx, h, now); err != nil {
				return err
			}
		}
		h.setWishes(strings.TrimSpace(title), ordered(topics))
		if err := tx.Save(h); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Hooks.Collection, id, "edited")
	})
}

// PauseHook stops the calls to a hook. What happens meanwhile is kept for it. Managers of the whole house only.
// Errors: access.sign_in, access.needs_manager, record.not_found, lifecycle.not_now.
func PauseHook(app core.App, by access.Actor, id string, now time.Time) (*Hook, error) {
	return changeHook(app, by, id, func(tx core.App, h *Hook) error { return HookLife.Fire(tx, h, "pause", by, now) })
}

// ResumeHook has a paused or disabled hook called again, also of what has happened since, as far back as calls are kept.
// Managers of the whole house only.
// Errors: access.sign_in, access.needs_manager, record.not_found, lifecycle.not_now.
func ResumeHook(app core.App, by access.Actor, id string, now time.Time) (*Hook, error) {
	return changeHook(app, by, id, func(tx core.App, h *Hook) error {
		h.setWell()
		return HookLife.Fire(tx, h, "resume", by, now)
	})
}

// RotateSecret gives a hook another secret, told once, here. For a day calls are signed with both.
// Managers of the whole house only. Errors: access.sign_in, access.needs_manager, record.not_found.
func RotateSecret(app core.App, by access.Actor, id string, now time.Time) (h *Hook, secret string, err error) {
	h, err = changeHook(app, by, id, func(tx core.App, h *Hook) error {
		p, err := of(tx)
		if err != nil {
			return err
		}
		if secret, err = newSecret(p.needs.Random); err != nil {
			return err
		}
		h.setSecret(secret, now.Add(bothSecrets))
		if err := tx.Save(h); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Hooks.Collection, id, "rotated")
	})
	return h, secret, err
}

// RemoveHook takes a hook away, with all its calls. Managers of the whole house only.
// Errors: access.sign_in, access.needs_manager, record.not_found.
func RemoveHook(app core.App, by access.Actor, id string, now time.Time) error {
	_, err := changeHook(app, by, id, func(tx core.App, h *Hook) error {
		if err := dropCalls(tx, id); err != nil {
			return err
		}
		if err := tx.Delete(h); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Hooks.Collection, id, "removed")
	})
	return err
}

// PingHook calls a hook to try it, with topic "ping". Managers of the whole house only.
// Errors: access.sign_in, access.needs_manager, record.not_found, hook.rests for one that is not called.
func PingHook(app core.App, by access.Actor, id string, now time.Time) (*Hook, error) {
	return changeHook(app, by, id, func(tx core.App, h *Hook) error {
		if h.Status() != HookActive {
			return fault.Conflict("hook.rests")
		}
		if err := lifecycle.Note(tx, by, now, Hooks.Collection, id, "pinged"); err != nil {
			return err
		}
		newest, err := lifecycle.Latest(tx, 0, 1)
		if err != nil {
			return err
		}
		return insertCalls(tx, id, newest, topicPing, now)
	})
}

// ReplayCall makes one call again, heard or not, under the same id: whoever has heard it can tell. Managers of the whole
// house only. Errors: access.sign_in, access.needs_manager, record.not_found, hook.going while it is being made.
func ReplayCall(app core.App, by access.Actor, id string, now time.Time) (*HookCall, error) {
	if err := access.MayGovern(by); err != nil {
		return nil, err
	}
	return record.Change(app, HookCalls, id, func(tx core.App, c *HookCall) error {
		if c.Standing() == CallGoing && now.Before(c.Next()) {
			return fault.Conflict("hook.going")
		}
		if _, err := callAgain(tx, c.Hook(), []string{c.Id}, now); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Hooks.Collection, c.Hook(), "replayed", lifecycle.With(map[string]any{"calls": 1}))
	})
}

// ReplayFailed makes all calls of a hook again that were given up and tell of what happened at or after an instant, and says
// how many those are. Managers of the whole house only. Errors: access.sign_in, access.needs_manager, record.not_found.
func ReplayFailed(app core.App, by access.Actor, id string, since, now time.Time) (n int, err error) {
	_, err = changeHook(app, by, id, func(tx core.App, _ *Hook) error {
		failed, err := failedSince(tx, id, since)
		if err != nil || len(failed) == 0 {
			return err
		}
		if n, err = callAgain(tx, id, failed, now); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Hooks.Collection, id, "replayed", lifecycle.With(map[string]any{"calls": n}))
	})
	return n, err
}

func changeHook(app core.App, by access.Actor, id string, fn func(tx core.App, h *Hook) error) (*Hook, error) {
	if err := access.MayGovern(by); err != nil {
		return nil, err
	}
	return record.Change(app, Hooks, id, fn)
}

// lawOfHooks keeps every hook callable. Errors: hook.url, hook.url_inside, hook.title, hook.topics, record.rooted.
func lawOfHooks(e *core.RecordEvent, was *core.Record) error {
	h := Hooks.From(e.Record)
	p, err := of(e.App)
	if err != nil {
		return err
	}
	topics, err := h.Topics()
	if err != nil {
		return fault.Field("topics", "hook.topics")
	}
	var had []string
	if was != nil {
		old := Hooks.From(was)
		if had, err = old.Topics(); err != nil {
			return err
		}
		if old.URL() != h.URL() {
			return fault.Conflict("record.rooted")
		}
	} else if err := p.out.takes(h.URL()); err != nil {
		return err
	}
	known := append(p.topics(), had...) // what is not told any more does no harm
	switch {
	case h.Title() == "":
		return fault.Field("title", "hook.title")
	case len(topics) == 0, slices.ContainsFunc(topics, func(t string) bool { return !slices.Contains(known, t) }):
		return fault.Field("topics", "hook.topics")
	}
	return nil
}

// topics are what hooks may hear of.
func (p *Post) topics() []string {
	if p.needs.Topics == nil {
		return nil
	}
	return p.needs.Topics()
}

func ordered(topics []string) []string {
	all := slices.Sorted(slices.Values(topics))
	return slices.Compact(all)
}
