package intake_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// titled stores submitted applications with these titles.
func titled(t *testing.T, app core.App, call *intake.Intake, now time.Time, titles ...string) {
	t.Helper()
	for _, title := range titles {
		a, u := housetest.Draft(t, app, call, now)
		me := housetest.Actor(t, app, u, now)
		_, err := intake.Save(app, me, a.Id, intake.Words{Title: &title}, 0, now)
		housetest.Refused(t, err, "")
		_, err = intake.Submit(app, me, a.Id, 0, now)
		housetest.Refused(t, err, "")
	}
}

type listed struct {
	Rows []struct {
		Code, Title string
	}
	Next string
}

func TestWhoeverHasBegunReadsTheQuestionsInTheirApplicationAlone(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	call := housetest.OpenIntake(t, house, now, 9)
	_, begun := housetest.Draft(t, house, call, now)
	server := housetest.Server(t, house)
	for _, c := range []struct {
		who   *core.Record
		query string
		asked bool
	}{
		{begun, "?form=unbegun", false},
		{begun, "", true},
		{housetest.User(t, house), "?form=unbegun", true},
	} {
		var one struct {
			Form, Criteria []map[string]any
		}
		w := housetest.Ask(t, server, c.who, "GET", "/api/vuon/intakes/"+call.Slug()+c.query, "")
		if err := json.Unmarshal(w.Body.Bytes(), &one); err != nil || w.Code != http.StatusOK {
			t.Fatalf("%s: %d %s", c.query, w.Code, w.Body)
		}
		if len(one.Form) > 0 != c.asked || len(one.Criteria) == 0 {
			t.Errorf("%s as %s asks %d questions by %d criteria", c.query, c.who.Id, len(one.Form), len(one.Criteria))
		}
	}
}

func TestTheListIsReadPageByPageAndSearchedWithoutMarks(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	call := housetest.OpenIntake(t, house, now, 9)
	titled(t, house, call, now, "Đèn đường", "Gạch không nung", "Nước sạch", "Rau thủy canh", "Đèn học")
	housetest.Draft(t, house, call, now)
	staff := housetest.Holder(t, house, access.Staff, access.Scope{Type: access.Programme, ID: call.ProgrammeID()})
	server := housetest.Server(t, house)
	ask := func(query string) listed {
		w := housetest.Ask(t, server, staff, "GET", "/api/vuon/intakes/"+call.Id+"/applications"+query, "")
		var p listed
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != http.StatusOK {
			t.Fatalf("%s: %d %s", query, w.Code, w.Body)
		}
		return p
	}
	seen, after := map[string]bool{}, ""
	for range 3 {
		p := ask("?limit=2&after=" + after)
		for _, r := range p.Rows {
			seen[r.Code] = true
		}
		after = p.Next
	}
	if len(seen) != 5 || after != "" {
		t.Errorf("%d of 5 were listed, the last page leads to %q", len(seen), after)
	}
	for search, want := range map[string]int{"den": 2, "ĐÈN": 2, "đèn học": 1, "nung": 1, "nguyen thu": 5, "%": 0, "' OR 1=1": 0} {
		if p := ask("?q=" + url.QueryEscape(search)); len(p.Rows) != want {
			t.Errorf("%q finds %d, want %d", search, len(p.Rows), want)
		}
	}
}

// What people outside wrote is no formula in the spreadsheet of the staff.
func TestTheTableIsSafeToOpen(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	call := housetest.OpenIntake(t, house, now, 9)
	titled(t, house, call, now, `=HYPERLINK("http://evil.example","xem")`, "Vườn, rau")
	staff := housetest.Holder(t, house, access.Staff, access.House)
	w := housetest.Ask(t, housetest.Server(t, house), staff, "GET", "/api/vuon/intakes/"+call.Id+"/applications?format=csv", "")
	body := w.Body.String()
	if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") || !strings.Contains(body, `"'=HYPERLINK(`) || !strings.Contains(body, `"Vườn, rau"`) {
		t.Errorf("%s\n%s", w.Header(), body)
	}
}

// Staff see the intakes over which they work; everybody else the open ones.
func TestWhoSeesWhichIntakes(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	draft, open := housetest.DraftIntake(t, house, time.Now(), 1, 1), housetest.OpenIntake(t, house, time.Now(), 1)
	server := housetest.Server(t, house)
	for name, c := range map[string]struct {
		who   *core.Record
		works bool
	}{
		"visitor":             {nil, false},
		"stranger":            {housetest.User(t, house), false},
		"judge":               {housetest.Holder(t, house, access.Judge, access.House), false},
		"staff of the house":  {housetest.Holder(t, house, access.Staff, access.House), true},
		"manager of it":       {housetest.Holder(t, house, access.Manager, access.Scope{Type: access.Intake, ID: draft.Id}), true},
		"staff of the cohort": {housetest.Holder(t, house, access.Staff, access.Scope{Type: access.Cohort, ID: draft.CohortID()}), true},
		"of its programme":    {housetest.Holder(t, house, access.Staff, access.Scope{Type: access.Programme, ID: draft.ProgrammeID()}), true},
		"staff elsewhere":     {housetest.Holder(t, house, access.Staff, access.Scope{Type: access.Programme, ID: open.ProgrammeID()}), false},
	} {
		body := housetest.Ask(t, server, c.who, "GET", "/api/vuon/intakes", "").Body.String()
		if !strings.Contains(body, open.Id) || strings.Contains(body, draft.Id) != c.works {
			t.Errorf("%s sees %s", name, body)
		}
		one := housetest.Ask(t, server, c.who, "GET", "/api/vuon/intakes/"+draft.Slug(), "")
		if (one.Code == http.StatusOK) != c.works {
			t.Errorf("%s asks for the draft: %d", name, one.Code)
		}
	}
}
