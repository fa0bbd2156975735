package site_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"vuon/internal/access"
	"vuon/internal/housetest"
)

type view struct {
	ID, Page, Title, Query, Owner string
	Shared, Standing, Mine        bool
	Rev                           int
}

func TestViewsAreTheirOwnersAndSharedWithTheStaffOfTheIntake(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	call, elsewhere := housetest.OpenIntake(t, house, time.Now(), 1), housetest.OpenIntake(t, house, time.Now(), 1)
	server := housetest.Server(t, house)
	mine := housetest.Holder(t, house, access.Staff, access.Scope{Type: access.Intake, ID: call.Id})
	colleague := housetest.Holder(t, house, access.Manager, access.Scope{Type: access.Intake, ID: call.Id})
	stranger := housetest.Holder(t, house, access.Staff, access.Scope{Type: access.Intake, ID: elsewhere.Id})
	page := "/intakes/" + call.Id + "/board"
	keep := func(body string, code int) (v view) {
		t.Helper()
		w := housetest.Ask(t, server, mine, "POST", "/api/vuon/views", body)
		if w.Code != code {
			t.Fatalf("%s: %d %s", body, w.Code, w.Body)
		}
		_ = json.Unmarshal(w.Body.Bytes(), &v)
		return v
	}
	seen := func(code int) map[string]view {
		t.Helper()
		all := map[string]view{}
		w := housetest.Ask(t, server, colleague, "GET", "/api/vuon/views?page="+page, "")
		var list struct{ Rows []view }
		if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil || w.Code != code {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		for _, v := range list.Rows {
			all[v.Title] = v
		}
		return all
	}
	// The slug leads to the same page as the id.
	secret := keep(`{"page":"/intakes/`+call.Slug()+`/board","title":"Của tôi","query":"?owner=me"}`, http.StatusOK)
	if secret.Page != page || secret.Query != "owner=me" {
		t.Errorf("kept: %+v", secret)
	}
	shared := keep(`{"page":"`+page+`","title":"Chênh lệch","query":"apart=1","shared":true,"standing":true}`, http.StatusOK)
	keep(`{"page":"`+page+`","title":"chênh lệch","query":""}`, http.StatusBadRequest)
	keep(`{"page":"`+page+`","title":"  ","query":""}`, http.StatusBadRequest)
	keep(`{"page":"/startups","title":"Khắp nơi","shared":true}`, http.StatusBadRequest)
	keep(`{"page":"//evil.example","title":"x"}`, http.StatusBadRequest)
	keep(`{"page":"/intakes/`+elsewhere.Id+`/board","title":"x"}`, http.StatusNotFound)
	if all := seen(http.StatusOK); len(all) != 1 || all["Chênh lệch"].Mine || all["Chênh lệch"].Standing || all["Chênh lệch"].Owner == "" {
		t.Errorf("a colleague sees %+v", all)
	}
	if w := housetest.Ask(t, server, stranger, "GET", "/api/vuon/views?page="+page, ""); w.Code != http.StatusNotFound {
		t.Errorf("staff of another intake: %d %s", w.Code, w.Body)
	}
	// One of a page stands; the other one gives way.
	if w := housetest.Ask(t, server, mine, "PATCH", "/api/vuon/views/"+secret.ID, `{"standing":true,"rev":1}`); w.Code != http.StatusOK {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	var list struct{ Rows []view }
	_ = json.Unmarshal(housetest.Ask(t, server, mine, "GET", "/api/vuon/views?page="+page, "").Body.Bytes(), &list)
	standing := 0
	for _, v := range list.Rows {
		if v.Standing {
			standing++
		}
	}
	if len(list.Rows) != 2 || standing != 1 {
		t.Errorf("I see %+v", list.Rows)
	}
	// Another's view cannot be told from one that is not there.
	for _, id := range []string{secret.ID, shared.ID, "nothing00000000"} {
		for _, method := range []string{"PATCH", "DELETE"} {
			if w := housetest.Ask(t, server, colleague, method, "/api/vuon/views/"+id, `{"title":"Của tôi đấy"}`); w.Code != http.StatusNotFound {
				t.Errorf("%s %s: %d", method, id, w.Code)
			}
		}
	}
	if w := housetest.Ask(t, server, mine, "PATCH", "/api/vuon/views/"+secret.ID, `{"title":"Muộn","rev":1}`); w.Code != http.StatusConflict {
		t.Errorf("a stale edit: %d", w.Code)
	}
	if w := housetest.Ask(t, server, mine, "DELETE", "/api/vuon/views/"+shared.ID, ""); w.Code != http.StatusNoContent {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if all := seen(http.StatusOK); len(all) != 0 {
		t.Errorf("what is gone is seen: %+v", all)
	}
}
