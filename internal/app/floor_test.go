package app_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/subscriptions"

	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
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
		"any SQL":               {http.MethodPost, "/api/collections/meta/dry-run-view", `{"query":"SELECT id, token_hash FROM invitations"}`, http.StatusForbidden},
		"an emptied table":      {http.MethodDelete, "/api/collections/job_runs/truncate", "", http.StatusForbidden},
		"another database":      {http.MethodPost, "/api/backups/old.zip/restore", "", http.StatusForbidden},
		"a brought database":    {http.MethodPost, "/api/backups/upload", "", http.StatusForbidden},
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

// Whatever an operator sets in the dashboard, the floor's settings stay, and hold at once.
func TestTheSettingsOfTheFloorStay(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server, root := housetest.Server(t, house), superuser(t, house, scene{})
	got := housetest.Ask(t, server, root, http.MethodPatch, "/api/settings", `{
		"meta": {"appName": "Vườn", "appURL": "https://vuon.example", "senderName": "Vườn", "senderAddress": "vuon@example.org"},
		"batch": {"enabled": true, "maxRequests": 50, "timeout": 3}, "logs": {"logIP": true, "logAuthId": true},
		"rateLimits": {"enabled": false, "excludedIPs": ["0.0.0.0/0"]}, "trustedProxy": {"headers": ["X-Forwarded-For"], "useLeftmostIP": true}}`)
	s := house.Settings()
	switch {
	case got.Code != http.StatusOK || s.Meta.AppURL != "https://vuon.example":
		t.Errorf("nothing can be set: %d %s", got.Code, got.Body)
	case s.Batch.Enabled, s.Logs.LogIP, s.Logs.LogAuthId, !s.RateLimits.Enabled, len(s.RateLimits.ExcludedIPs) > 0, len(s.TrustedProxy.Headers) > 0, s.TrustedProxy.UseLeftmostIP:
		t.Errorf("the floor gave way: %+v", s)
	}
}

// What an operator does to a row by hand is told; what is refused is not, and neither is what people do through the API.
func TestTheJournalTellsWhatIsDoneByHand(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server, root := housetest.Server(t, house), superuser(t, house, scene{})
	const orgs = "/api/collections/orgs/records"
	id := `"id":"org000000000001"`
	for _, c := range []struct {
		method, path, body string
		status             int
	}{
		{http.MethodPost, orgs, `{` + id + `,"kind":"school","house":"academia","name_vi":"Trường Thử"}`, http.StatusOK},
		{http.MethodPatch, orgs + "/org000000000001", `{"name_vi":"Trường Thật","rev":1}`, http.StatusOK},
		{http.MethodPatch, orgs + "/org000000000001", `{"tax_code":"1","rev":2}`, http.StatusBadRequest},
		{http.MethodDelete, orgs + "/org000000000001", "", http.StatusNoContent},
	} {
		if got := housetest.Ask(t, server, root, c.method, c.path, c.body); got.Code != c.status {
			t.Fatalf("%s: %d %s", c.method, got.Code, got.Body)
		}
	}
	entries, err := lifecycle.Told(house, "orgs", "org000000000001")
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, e := range entries {
		var detail struct{ Fields []string }
		if err := e.Detail(&detail); err != nil || e.Actor() != "operator:"+root.Id {
			t.Errorf("%s by %s (%v)", e.Verb(), e.Actor(), err)
		}
		told = append(told, e.Notice()+" "+strings.Join(detail.Fields, ","))
	}
	if got := strings.Join(told, "; "); got != "by_hand.created house,id,kind,name_vi; by_hand.changed name_vi,rev; by_hand.deleted " {
		t.Errorf("the journal tells %q", got)
	}
	housetest.Well(t, house)
}
