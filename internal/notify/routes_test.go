package notify_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/notice"
	"vuon/internal/notify"
)

func TestAnInboxIsReadInTheLanguageOfTheReader(t *testing.T) {
	t.Parallel()
	user := ""
	house := post(t, &kept{}, notice.Rule{Key: "test", Class: notice.Reminder, Due: func(core.App, time.Time) ([]notice.Due, error) {
		return []notice.Due{
			{Dedup: "a", User: user, Link: "/app", Args: map[string]string{"title_vi": "Đợt một", "title_en": "Call one", "until": "2026-12-10"}},
			{Dedup: "b", User: user},
		}, nil
	}})
	u, other := housetest.User(t, house), housetest.User(t, house)
	user = u.Id
	deliver(t, house, housetest.Noon)
	server := housetest.Server(t, house)
	type answer struct {
		Rows   []struct{ ID, Title, Link string }
		Unread int
		Next   string
	}
	ask := func(who *core.Record, method, path string) (a answer, code int) {
		got := housetest.Ask(t, server, who, method, path, "", "Accept-Language", "en")
		if err := json.Unmarshal(got.Body.Bytes(), &a); err != nil {
			t.Fatalf("%s %s: %s", method, path, got.Body)
		}
		return a, got.Code
	}
	first, _ := ask(u, "GET", "/api/vuon/inbox?limit=1")
	second, _ := ask(u, "GET", "/api/vuon/inbox?limit=1&after="+first.Next)
	if len(first.Rows) != 1 || len(second.Rows) != 1 || first.Rows[0].ID == second.Rows[0].ID || first.Unread != 2 {
		t.Fatalf("pages: %+v, %+v", first, second)
	}
	if _, code := ask(other, "POST", "/api/vuon/inbox/"+first.Rows[0].ID+"/read"); code != http.StatusNotFound {
		t.Errorf("somebody else's line: %d", code)
	}
	ask(u, "POST", "/api/vuon/inbox/"+first.Rows[0].ID+"/read")
	if now, _ := ask(u, "GET", "/api/vuon/inbox"); now.Unread != 1 {
		t.Errorf("%d unread after one was read", now.Unread)
	}
	ask(u, "POST", "/api/vuon/inbox/read-all")
	if now, _ := ask(u, "GET", "/api/vuon/inbox"); now.Unread != 0 {
		t.Errorf("%d unread after all were read", now.Unread)
	}
}

// The mail log tells staff what did not arrive, and nothing of what the mails said.
func TestTheMailLogIsForStaff(t *testing.T) {
	t.Parallel()
	house := post(t, nil)
	if err := notify.SendCode(house, "sign_in", notify.Reader{Address: "an@example.org"}, "407193", housetest.Noon); err != nil {
		t.Fatal(err)
	}
	server := housetest.Server(t, house)
	got := housetest.Ask(t, server, housetest.Holder(t, house, access.Staff, access.House), "GET", "/api/vuon/outbox?q=code", "")
	if !strings.Contains(got.Body.String(), `"status":"failed"`) || strings.Contains(got.Body.String(), "407193") {
		t.Errorf("the log says %s", got.Body)
	}
	if got := housetest.Ask(t, server, housetest.User(t, house), "GET", "/api/vuon/outbox", ""); got.Code != http.StatusForbidden {
		t.Errorf("a stranger reads the log: %d", got.Code)
	}
}
