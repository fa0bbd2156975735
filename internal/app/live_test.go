package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/subscriptions"

	"vuon/internal/housetest"
)

// listen registers a live connection of user, as the browser's would be.
func listen(house core.App, user *core.Record) *subscriptions.DefaultClient {
	c := subscriptions.NewDefaultClient()
	c.Set(apis.RealtimeClientAuthKey, user)
	c.Subscribe("vuon/changed")
	house.SubscriptionsBroker().Register(c)
	return c
}

// hears returns what reaches a connection within a moment.
func hears(c *subscriptions.DefaultClient) string {
	select {
	case m := <-c.Channel():
		return string(m.Data)
	case <-time.After(700 * time.Millisecond):
		return ""
	}
}

func TestOnlyTheAudienceHearsOfAChange(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	one, other := housetest.User(t, house), housetest.User(t, house)
	mine, theirs := listen(house, one), listen(house, other)
	items, err := house.FindCollectionByNameOrId("inbox_items")
	if err != nil {
		t.Fatal(err)
	}
	for range 3 { // three changes within a moment are one message
		item := core.NewRecord(items)
		item.Id = "item00000000001"
		if known, err := house.FindRecordById(items, item.Id); err == nil {
			item = known
		}
		item.Load(map[string]any{"user": one.Id, "kind": "test", "at": housetest.Noon, "dedup_key": "k"})
		housetest.Save(t, house, item)
	}
	if got := hears(mine); !strings.Contains(got, `"collection":"inbox_items"`) || strings.Contains(got, "kind") {
		t.Errorf("the owner hears %q", got)
	}
	if got := hears(mine); got != "" {
		t.Errorf("the owner hears it twice: %q", got)
	}
	if got := hears(theirs); got != "" {
		t.Errorf("a stranger hears %q", got)
	}
}
