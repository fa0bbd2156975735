package app_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"vuon/internal/access"
	"vuon/internal/app"
	"vuon/internal/housetest"
)

// The secret of a hook is in one answer, and in no other place that can be asked.
func TestTheSecretOfAHookIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	server, manager := housetest.Server(t, house), housetest.Holder(t, house, access.Manager, access.House)
	got := housetest.Ask(t, server, manager, http.MethodPost, "/api/vuon/hooks",
		`{"title":"Sổ","url":"https://example.org/hook","topics":["application.submit"]}`, "Idempotency-Key", "once")
	if got.Code != http.StatusOK || !strings.Contains(got.Body.String(), `"secret":"whsec_`) {
		t.Fatalf("%d: %s", got.Code, got.Body)
	}
	id := strings.Split(got.Body.String(), `"`)[3]
	again := housetest.Ask(t, server, manager, http.MethodPost, "/api/vuon/hooks/"+id+"/rotate", "", "Idempotency-Key", "twice")
	if again.Code != http.StatusOK || !strings.Contains(again.Body.String(), `"secret":"whsec_`) {
		t.Fatalf("%d: %s", again.Code, again.Body)
	}
	for _, path := range []string{"/api/vuon/hooks", "/api/vuon/hooks/" + id + "/calls"} {
		if got := housetest.Ask(t, server, manager, http.MethodGet, path, ""); got.Code != http.StatusOK || strings.Contains(got.Body.String(), "whsec_") {
			t.Errorf("%s: %d %s", path, got.Code, got.Body)
		}
	}
	var kept []string
	if err := house.DB().NewQuery("SELECT answer FROM request_keys UNION ALL SELECT detail || reason FROM journal").Column(&kept); err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(kept, func(text string) bool { return strings.Contains(text, "whsec_") }) {
		t.Error("the secret is kept with an answer or in the journal")
	}
}

// What is decided and not yet out, who judges whom, and what concerns a person alone is told to nobody outside.
func TestHooksHearOfNothingSecret(t *testing.T) {
	t.Parallel()
	topics := app.HookTopics()
	if !slices.Contains(topics, "application.submit") || !slices.Contains(topics, "report.accept") {
		t.Errorf("hooks hear of %v", topics)
	}
	for _, table := range app.Tables() {
		for _, m := range table.Moves {
			secret := slices.Contains([]string{
				"users", "org_members", "data_requests", "invitations", "screenings", "decisions", "assignments", "score_sheets", "conflicts", "outbox", "hooks",
			}, table.Collection)
			if secret && slices.Contains(topics, m.Notice) {
				t.Errorf("hooks hear of %s", m.Notice)
			}
		}
	}
}
