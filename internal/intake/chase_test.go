package intake_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/judging"
	"vuon/internal/web"
)

// waited is what an intake waits for, in the eyes of one of its staff.
func waited(t *testing.T, house core.App, by access.Actor, call string, f intake.Hunt, now time.Time) []intake.ChaseRow {
	t.Helper()
	c, err := intake.ChaseOf(context.Background(), house, by, call, f, web.Ask{Limit: 50}, now)
	housetest.Refused(t, err, "")
	return c.Rows
}

// reminds ends the test unless a press of the button comes to this: how many are nudged, had heard, and are refused.
func reminds(t *testing.T, house core.App, by access.Actor, call, kind string, now time.Time, nudged, heard, refused int, ids ...string) {
	t.Helper()
	done, err := intake.Remind(context.Background(), house, by, call, kind, ids, now)
	housetest.Refused(t, err, "")
	if done.Nudged != nudged || done.Heard != heard || len(done.Refused) != refused {
		t.Fatalf("%s: %+v, want %d nudged, %d heard, %d refused", kind, *done, nudged, heard, refused)
	}
	for _, no := range done.Refused {
		if no.Code != "chase.over" {
			t.Errorf("%s is refused by %s", no.ID, no.Code)
		}
	}
}

func TestADraftIsChasedByItsCodeAndNobodyReadsItsWords(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.OpenIntake(t, house, now, 3)
	a, applicant := housetest.Draft(t, house, call, now)
	_, along := housetest.Along(t, house, a, applicant, now)
	staff := housetest.Holder(t, house, access.Staff, access.House)
	by := housetest.Actor(t, house, staff, now)
	own, err := intake.Begin(house, by, call.Id, "", now)
	housetest.Refused(t, err, "")

	rows := waited(t, house, by, call.Id, intake.Hunt{}, now)
	if len(rows) != 1 || rows[0].ID != a.Id || rows[0].Code != a.Code() || rows[0].TitleVI+rows[0].TitleEN != "" || rows[0].Kind != intake.ChaseDraft {
		t.Fatalf("staff with a draft of their own see %+v", rows)
	}
	if rows := waited(t, house, by, call.Id, intake.Hunt{Search: "nuoc sach"}, now); len(rows) != 0 {
		t.Error("a draft is found by what stands in it")
	}
	if rows := waited(t, house, by, call.Id, intake.Hunt{Search: strings.ToLower(a.Code())}, now); len(rows) != 1 {
		t.Error("a draft is not found by its code")
	}
	if rows := waited(t, house, by, call.Id, intake.Hunt{}, now.Add(time.Hour)); len(rows) != 0 {
		t.Errorf("after the deadline nobody can hand in, and yet %+v are waited for", rows)
	}
	_, err = intake.ChaseOf(context.Background(), house, housetest.Actor(t, house, applicant, now), call.Id, intake.Hunt{}, web.Ask{Limit: 9}, now)
	housetest.Refused(t, err, "record.not_found")
	_, err = intake.Remind(context.Background(), house, housetest.Actor(t, house, applicant, now), call.Id, intake.ChaseDraft, []string{a.Id}, now)
	housetest.Refused(t, err, "record.not_found")

	// One's own looks like what is not there.
	reminds(t, house, by, call.Id, intake.ChaseDraft, now, 1, 0, 2, a.Id, own.Id, "nobody")
	reminds(t, house, by, call.Id, intake.ChaseDraft, now.Add(time.Minute), 0, 1, 0, a.Id)
	names := []string{a.Id, "A", applicant.Id, "who", along.Id, "along"}
	if heard := housetest.Heard(t, house, "chase_draft", now, names...); !strings.Contains(heard, "chase:draft:A:who:") || strings.Count(heard, "chase:") != 2 {
		t.Errorf("of a draft hear %q", heard)
	}
	if !waited(t, house, by, call.Id, intake.Hunt{}, now)[0].Nudged {
		t.Error("the list forgets who was reminded")
	}
	_, err = intake.Submit(house, housetest.Actor(t, house, applicant, now), a.Id, 0, now)
	housetest.Refused(t, err, "")
	if heard := housetest.Heard(t, house, "chase_draft", now.Add(time.Minute)); heard != "" {
		t.Errorf("who has handed in still hears %q", heard)
	}
	for code, f := range map[string]struct {
		kind string
		ids  []string
	}{"chase.kind": {"all", []string{"x"}}, "chase.nothing": {"draft", nil}, "chase.many": {"draft", make([]string, 101)}} {
		_, err := intake.Remind(context.Background(), house, by, call.Id, f.kind, f.ids, now)
		housetest.Refused(t, err, code)
	}
}

func TestWhoeverOwesAnAnswerHearsOnceADay(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.OpenIntake(t, house, now, 3)
	asked, applicant := housetest.Submitted(t, house, call, now)
	met, guest := housetest.Submitted(t, house, call, now)
	staff := housetest.StaffActing(t, house)
	_, err := intake.Ask(house, staff, asked.Id, "Ai nuôi gà?", now.Add(72*time.Hour), now)
	housetest.Refused(t, err, "")
	v, _ := housetest.Interview(t, house, met, 72*time.Hour, now)

	rows := waited(t, house, staff, call.Id, intake.Hunt{}, now)
	if len(rows) != 2 || rows[0].TitleVI != "Nước sạch Đại Nam" {
		t.Fatalf("the intake waits for %+v", rows)
	}
	if rows := waited(t, house, staff, call.Id, intake.Hunt{Kind: intake.ChaseInterview, Search: "nuoc sach dai"}, now); len(rows) != 1 || rows[0].ID != v.Id {
		t.Errorf("by kind and without marks are found %+v", rows)
	}
	page, err := intake.ChaseOf(context.Background(), house, staff, call.Id, intake.Hunt{}, web.Ask{Limit: 1}, now)
	housetest.Refused(t, err, "")
	rest, err := intake.ChaseOf(context.Background(), house, staff, call.Id, intake.Hunt{}, web.Ask{Limit: 1, After: page.Next}, now)
	housetest.Refused(t, err, "")
	if len(page.Rows) != 1 || len(rest.Rows) != 1 || rest.Rows[0].ID != rows[1].ID || rest.Next != "" || page.Counts["answer"] != 1 || page.Counts["interview"] != 1 {
		t.Errorf("two pages of one: %+v, %+v", page, rest)
	}
	for day, want := range []int{1, 1} {
		then := now.Add(time.Duration(day) * 24 * time.Hour)
		reminds(t, house, staff, call.Id, intake.ChaseAnswer, then, want, 0, 0, asked.Id)
		reminds(t, house, staff, call.Id, intake.ChaseAnswer, then.Add(time.Hour), 0, want, 0, asked.Id)
	}
	reminds(t, house, staff, call.Id, intake.ChaseInterview, now, 1, 0, 0, v.Id)
	names := []string{asked.Id, "A", v.Id, "V", applicant.Id, "who", guest.Id, "guest"}
	if heard := housetest.Heard(t, house, "chase_answer", now.Add(25*time.Hour), names...); strings.Count(heard, "chase:answer:A:who:") != 2 {
		t.Errorf("of a question on two days are heard %q", heard)
	}
	if heard := housetest.Heard(t, house, "chase_interview", now, names...); strings.Count(heard, "chase:interview:V:guest:") != 1 {
		t.Errorf("of an interview is heard %q", heard)
	}
	_, err = intake.ConfirmInterview(house, housetest.Actor(t, house, guest, now), v.Id, v.Rev(), now)
	housetest.Refused(t, err, "")
	reminds(t, house, staff, call.Id, intake.ChaseInterview, now.Add(25*time.Hour), 0, 0, 1, v.Id)
}

func TestJudgesManagersAndWhoeverHasAnOfferAreChased(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.OpenIntake(t, house, now, 3)
	a, applicant := housetest.Submitted(t, house, call, now)
	b, _ := housetest.Submitted(t, house, call, now)
	_, judge := housetest.Asked(t, house, call, a, now)
	manager := housetest.Holder(t, house, access.Manager, access.House)
	staff := housetest.StaffActing(t, house)
	after := housetest.Closed(t, house, call, now)
	housetest.Judging(t, house, call, after)
	sheets := waited(t, house, staff, call.Id, intake.Hunt{Kind: intake.ChaseSheets}, after)
	if len(sheets) != 1 || !strings.HasSuffix(sheets[0].ID, ":"+judge.Id) || sheets[0].N != 1 {
		t.Fatalf("of sheets are waited for %+v", sheets)
	}
	reminds(t, house, staff, call.Id, intake.ChaseSheets, after, 1, 0, 0, sheets[0].ID)
	reminds(t, house, staff, call.Id, intake.ChaseSheets, after.Add(time.Minute), 0, 1, 0, sheets[0].ID)
	if !waited(t, house, staff, call.Id, intake.Hunt{Kind: intake.ChaseSheets}, after)[0].Nudged {
		t.Error("the list forgets which judge was reminded")
	}
	if n := len(waited(t, house, staff, call.Id, intake.Hunt{Kind: intake.ChaseUndecided}, after)); n != 2 {
		t.Errorf("%d are undecided, want 2", n)
	}
	// Whoever decides hears once, however many are undecided.
	reminds(t, house, staff, call.Id, intake.ChaseUndecided, after, 2, 0, 0, a.Id, b.Id)
	heard := housetest.Heard(t, house, "chase_undecided", after, call.Id, "I", manager.Id, "M")
	if strings.Count(heard, "chase:undecided:I:M:") != 1 {
		t.Errorf("of what is undecided is heard %q", heard)
	}
	reminds(t, house, staff, call.Id, intake.ChaseUndecided, after.Add(time.Minute), 0, 2, 0, a.Id, b.Id)

	deciding := housetest.ManagerOf(t, house, call)
	_, err := intake.BeginDeciding(house, deciding, call.Id, after)
	housetest.Refused(t, err, "")
	housetest.Decided(t, house, call, a, intake.Admitted, after)
	if rows := waited(t, house, staff, call.Id, intake.Hunt{Kind: intake.ChaseUndecided}, after); len(rows) != 1 || rows[0].ID != b.Id {
		t.Errorf("undecided are %+v", rows)
	}
	housetest.Decided(t, house, call, b, intake.Rejected, after)
	housetest.Released(t, house, call, after)
	reminds(t, house, staff, call.Id, intake.ChaseOffer, after, 1, 0, 1, a.Id, b.Id)
	if heard := housetest.Heard(t, house, "chase_offer", after, a.Id, "A", applicant.Id, "who"); strings.Count(heard, "chase:offer:A:who:") != 1 {
		t.Errorf("of an offer is heard %q", heard)
	}
	if rounds, err := judging.Rounds.All(house); err != nil || len(rounds) == 0 {
		t.Error("the round is gone")
	}
}

func TestWhatIsWaitedForIsTakenAwayAsATable(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	call := housetest.OpenIntake(t, house, now, 3)
	a, _ := housetest.Draft(t, house, call, now)
	staff := housetest.Holder(t, house, access.Staff, access.House)
	server := housetest.Server(t, house)
	for format, kind := range map[string]string{"csv": "text/csv", "xlsx": "spreadsheetml"} {
		w := housetest.Ask(t, server, staff, http.MethodGet, "/api/vuon/intakes/"+call.Id+"/chase?format="+format, "")
		if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Content-Type"), kind) || w.Body.Len() == 0 {
			t.Errorf("%s: %d %s", format, w.Code, w.Header().Get("Content-Type"))
		}
		if text := w.Body.String(); format == "csv" && (!strings.Contains(text, a.Code()) || strings.Contains(text, "Nước sạch")) {
			t.Errorf("the table says %s", text)
		}
	}
}
