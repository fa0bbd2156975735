package intake_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
)

type boardSeen struct {
	Rows []struct {
		ID, Status, Owner string
		Rev               int
		Application       struct{ ID, Title string }
	}
	Totals map[string]int
	People map[string]string
}

// told is what an address answers, read into T.
func told[T any](t *testing.T, server http.Handler, who *core.Record, path string) (v T) {
	t.Helper()
	w := housetest.Ask(t, server, who, "GET", path, "")
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	return v
}

func TestABoardIsReadColumnByColumnAndPageByPage(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	call := housetest.OpenIntake(t, house, now, 9)
	titled(t, house, call, now, "Đèn đường", "An toàn", "Nước sạch", "Dế mèn", "Ếch đồng")
	staff := housetest.Holder(t, house, access.Staff, access.House)
	server, by := housetest.Server(t, house), housetest.Actor(t, house, staff, now)
	path := "/api/vuon/intakes/" + call.Id + "/board"
	b := told[boardSeen](t, server, staff, path)
	last := b.Rows[4].ID
	_, err := intake.Move(house, by, last, intake.ScreeningInterview, now)
	housetest.Refused(t, err, "")
	one := 1
	_, err = intake.Jot(house, by, b.Rows[2].ID, intake.Card{Rank: &one}, 0, now)
	housetest.Refused(t, err, "")

	b = told[boardSeen](t, server, staff, path+"?limit=2")
	if b.Totals["new"] != 4 || b.Totals["interview"] != 1 || len(b.Rows) != 3 {
		t.Errorf("the board shows %d cards, %v", len(b.Rows), b.Totals)
	}
	for order, want := range map[string][]string{
		"rank":   {"Đèn đường", "An toàn", "Dế mèn", "Ếch đồng"}, // the ranked one first, the others as a dictionary has them: d before đ
		"newest": {"Ếch đồng", "Dế mèn", "An toàn", "Đèn đường"},
		"mean":   nil,
	} {
		var got []string
		for after := ""; ; {
			page := told[struct {
				Rows []struct{ Application struct{ Title string } }
				Next string
			}](t, server, staff, path+"/new?limit=1&order="+order+"&after="+url.QueryEscape(after))
			for _, r := range page.Rows {
				got = append(got, r.Application.Title)
			}
			if after = page.Next; after == "" {
				break
			}
		}
		if len(got) != 4 || order == "rank" && !equal(got, want) {
			t.Errorf("%s: %q, want %q", order, got, want)
		}
	}
	if w := housetest.Ask(t, server, staff, "GET", path+"/new?after=nonsense", ""); w.Code != http.StatusBadRequest {
		t.Errorf("a cursor of nobody's: %d", w.Code)
	}
	if w := housetest.Ask(t, server, staff, "GET", path+"/nowhere", ""); w.Code != http.StatusBadRequest {
		t.Errorf("a column that is none: %d", w.Code)
	}
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestEveryFilterOfTheBoardTakesSomethingAway(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now().Add(-2*time.Hour)
	call := housetest.OpenIntake(t, house, now, 9)
	a, _ := housetest.Submitted(t, house, call, now)
	titled(t, house, call, now, "Đèn đường")
	first, judge := housetest.Asked(t, house, call, a, now)
	second, other := housetest.Asked(t, house, call, a, now)
	after := housetest.Closed(t, house, call, now)
	housetest.Judging(t, house, call, after)
	housetest.Judged(t, house, first, judge, 500, after)
	staff := housetest.Holder(t, house, access.Staff, access.House)
	server, by := housetest.Server(t, house), housetest.Actor(t, house, staff, time.Now())
	path := "/api/vuon/intakes/" + call.Id + "/board?"
	found := func(query string) int { return len(told[boardSeen](t, server, staff, path+query).Rows) }
	if n := found("lacking=1"); n != 2 {
		t.Errorf("%d lack sheets, want 2: one sheet of two is missing", n)
	}
	housetest.Judged(t, house, second, other, 300, after)
	proposal := intake.ProposeAdmit
	for _, r := range told[boardSeen](t, server, staff, path).Rows {
		if r.Application.ID == a.Id {
			_, err := intake.Jot(house, by, r.ID, intake.Card{Owner: &staff.Id, Proposal: &proposal}, 0, time.Now())
			housetest.Refused(t, err, "")
		}
	}
	for query, want := range map[string]int{
		"": 2, "q=den+duong": 1, "q=" + url.QueryEscape("NƯỚC SẠCH"): 1, "owner=me": 1, "owner=none": 1, "owner=" + staff.Id: 1, "proposal=admit": 1, "proposal=none": 1,
		"min=4": 1, "min=4,01": 0, "max=4": 1, "max=3,99": 0, "min=1&max=5": 1, "lacking=1": 1, "apart=1": 1, "sector=health": 2, "answer.sector=health": 2,
		"answer.sector=education": 0, "answer.sector=%27%20OR%201=1": 0, "answer.%22%27=x": 2, "status=in_review": 2, "status=submitted": 0, "decision=none": 2, "column=new": 2, "column=interview": 0,
		"owner=me&proposal=admit&min=3&apart=1&q=nuoc": 1, "round=" + first.RoundID(): 1, "round=elsewhere": 0,
	} {
		if got := found(query); got != want {
			t.Errorf("?%s finds %d, want %d", query, got, want)
		}
	}
	if b := told[boardSeen](t, server, staff, path+"owner=me"); b.People[staff.Id] == "" {
		t.Error("the owner of a card has no name")
	}
	housetest.Well(t, house)
}

// What staff read of an application on the board is what was handed in, not what is being written.
func TestABoardShowsWhatWasHandedIn(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	call := housetest.OpenIntake(t, house, now, 9)
	a, u := housetest.Submitted(t, house, call, now)
	me, title := housetest.Actor(t, house, u, now), "Đang viết dở"
	_, err := intake.Save(house, me, a.Id, intake.Words{Title: &title}, 0, now)
	housetest.Refused(t, err, "")
	staff, server := housetest.Holder(t, house, access.Staff, access.House), housetest.Server(t, house)
	path := "/api/vuon/intakes/" + call.Id + "/board"
	b := told[boardSeen](t, server, staff, path)
	if got := b.Rows[0].Application.Title; got != "Nước sạch Đại Nam" {
		t.Errorf("the board shows %q", got)
	}
	_, err = intake.Move(house, housetest.Actor(t, house, staff, now), b.Rows[0].ID, intake.ScreeningScreening, now)
	housetest.Refused(t, err, "")
	if n := len(told[boardSeen](t, server, staff, path+"?q=viet+do").Rows); n != 0 {
		t.Errorf("what is being written is found by %d searches", n)
	}
	_, err = intake.Submit(house, me, a.Id, 0, now)
	housetest.Refused(t, err, "")
	if n := len(told[boardSeen](t, server, staff, path+"?q=viet+do").Rows); n != 1 {
		t.Errorf("what was handed in again is found %d times", n)
	}
	housetest.Well(t, house)
}

// heldOnBoard ends the test unless a card bears the decision that holds, and still does once its row was written anew.
func heldOnBoard(t *testing.T, w *aftermath, application string, want intake.Outcome) {
	t.Helper()
	staff := housetest.StaffActing(t, w.house)
	for range 2 {
		b, err := intake.BoardOf(t.Context(), w.house, staff, w.call.Id, intake.Sift{}, 50)
		housetest.Refused(t, err, "")
		card := cardOf(t, b, application)
		if card.Decision != want {
			t.Fatalf("the card bears %q, and %s holds", card.Decision, want)
		}
		_, err = w.house.DB().NewQuery("UPDATE screenings SET rev = rev + 1").Execute()
		housetest.Refused(t, err, "")
	}
}
