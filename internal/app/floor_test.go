package app_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/subscriptions"

	"vuon/internal/housetest"
)

// What PocketBase would let a superuser, or anybody, do past the house's guards.
func TestTheFloorHolds(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server, root := housetest.Server(t, house), superuser(t, house, scene{})
	for name, c := range map[string]struct {
		method, path, body string
		status             int
	}{
		"the SQL console":       {http.MethodPost, "/api/sql", `{"query":"DELETE FROM journal"}`, http.StatusForbidden},
		"a new collection":      {http.MethodPost, "/api/collections", `{"name":"x","type":"base"}`, http.StatusForbidden},
		"a changed collection":  {http.MethodPatch, "/api/collections/journal", `{"listRule":""}`, http.StatusForbidden},
		"a deleted collection":  {http.MethodDelete, "/api/collections/orgs", "", http.StatusForbidden},
		"imported collections":  {http.MethodPut, "/api/collections/import", `{"collections":[{"name":"x","type":"base"}]}`, http.StatusForbidden},
		"a batch":               {http.MethodPost, "/api/batch", `{"requests":[]}`, http.StatusForbidden},
		"a written journal row": {http.MethodPost, "/api/collections/journal/records", `{"seq":1}`, http.StatusBadRequest},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := housetest.Ask(t, server, root, c.method, c.path, c.body); got.Code != c.status {
				t.Errorf("%d %s", got.Code, got.Body)
			}
		})
	}
}

func TestAnswersOfTheAPIAreKeptByNoCache(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	got := housetest.Ask(t, housetest.Server(t, house), housetest.User(t, house), http.MethodGet, "/api/collections/users/records", "",
		"Origin", "https://elsewhere.example")
	if cache := got.Header().Get("Cache-Control"); cache != "private, no-store" {
		t.Errorf("Cache-Control: %s", cache)
	}
	for name := range got.Header() {
		if strings.HasPrefix(name, "Access-Control-") {
			t.Errorf("another site may ask: %s", name)
		}
	}
}

func TestGuestsCannotTakeEveryLiveConnection(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	for range 200 {
		house.SubscriptionsBroker().Register(subscriptions.NewDefaultClient())
	}
	event := &core.RealtimeConnectRequestEvent{RequestEvent: &core.RequestEvent{App: house}}
	err := house.OnRealtimeConnectRequest().Trigger(event, func(*core.RealtimeConnectRequestEvent) error { return nil })
	housetest.Refused(t, err, "floor.live_full")
}
