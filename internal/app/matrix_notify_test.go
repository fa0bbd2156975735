package app_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
)

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/inbox":            anInbox,
	"POST /api/vuon/inbox/{id}/read": anInbox,
	"POST /api/vuon/inbox/read-all":  anInbox,
	"GET /api/vuon/outbox":           func(testing.TB, core.App) scene { return scene{over: access.House} },
})

// anInbox has one line in it.
func anInbox(t testing.TB, house core.App) scene {
	owner := housetest.User(t, house)
	item := housetest.InboxItem(t, house, owner)
	return scene{path: map[string]string{"id": item.Id}, owner: owner, over: access.House}
}
