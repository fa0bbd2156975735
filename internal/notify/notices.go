package notify

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/notice"
)

// linkHooks is where managers look after hooks.
const linkHooks = "/app/hooks"

// news is for how long something is still worth telling: a house that was asleep for a week tells no more.
const news = 7 * 24 * time.Hour

// Notices are what the room itself has people told.
func Notices() []notice.Rule {
	return []notice.Rule{{Key: "hook_disabled", Class: notice.Transactional, Due: tellDisabled}}
}

// tellDisabled tells managers of the house that a hook is not called any more.
func tellDisabled(tx core.App, now time.Time) ([]notice.Due, error) {
	entries, err := lifecycle.Since(tx, "hook.disable", now.Add(-news))
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	managers, err := access.Holders(tx, access.Manager, now)
	if err != nil {
		return nil, err
	}
	var all []notice.Due
	for _, e := range entries {
		h, err := Hooks.Find(tx, e.Subject())
		switch {
		case fault.Code(err) == "record.not_found":
			continue // it was taken away
		case err != nil:
			return nil, err
		}
		for _, id := range managers {
			all = append(all, notice.Due{
				Dedup: "hook_disabled:" + e.Id + ":" + id, User: id, Args: map[string]string{"title": h.Title()}, Link: linkHooks, Mail: true,
				Why: "nothing went well for three days, or the receiver is gone",
			})
		}
	}
	return all, nil
}
