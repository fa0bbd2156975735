package intake_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/notice"
)

// due is what one rule has to say at now.
func due(t *testing.T, app core.App, key string, now time.Time) []notice.Due {
	t.Helper()
	for _, rule := range intake.Notices() {
		if rule.Key == key {
			some, err := rule.Due(app, now)
			housetest.Refused(t, err, "")
			return some
		}
	}
	t.Fatalf("no rule says %s", key)
	return nil
}

// duties are the keys of what somebody can do at now.
func duties(t *testing.T, app core.App, by access.Actor, now time.Time) []string {
	t.Helper()
	todo, err := intake.Duties(app, by, now)
	housetest.Refused(t, err, "")
	keys := []string{}
	for _, d := range todo {
		keys = append(keys, d.Key)
	}
	return keys
}

// callUntil stores an intake that takes applications from Noon until an instant.
func callUntil(t *testing.T, house core.App, closes time.Time) *intake.Intake {
	t.Helper()
	draft, staff := housetest.DraftIntake(t, house, housetest.Noon, 1, 1), housetest.StaffActing(t, house)
	_, err := intake.Edit(house, staff, draft.Id, intake.Terms{ClosesAt: &closes}, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	call, err := intake.Publish(house, staff, draft.Id, housetest.Noon)
	housetest.Refused(t, err, "")
	return call
}

// hears ends the test unless a rule has people told this at an instant, and nothing else.
func hears(t *testing.T, house core.App, rule, now, want string, names ...string) {
	t.Helper()
	if got := housetest.Heard(t, house, rule, housetest.Local(t, now), names...); got != want {
		t.Errorf("%s at %s: %q, want %q", rule, now, got, want)
	}
}

func TestADraftIsRemindedOf(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	call := callUntil(t, house, housetest.Local(t, "2026-12-23 12:00"))
	a, u := housetest.Draft(t, house, call, housetest.Noon)
	for _, c := range []struct{ now, want string }{
		{"2026-12-16 08:59", ""},
		{"2026-12-16 09:00", "app-draft:A:-7d@12-16 09:00"},
		{"2026-12-16 21:00", "app-draft:A:-7d@12-17 07:30"},
		{"2026-12-20 08:59", ""},                            // a Sunday: by Monday the next step has taken over
		{"2026-12-20 09:00", "app-draft:A:-3d@12-21 07:30"}, // and that one waits for Monday
		{"2026-12-22 09:00", "app-draft:A:-1d@12-22 09:00"},
		{"2026-12-22 21:00", ""}, // the next open minute belongs to the last step
		{"2026-12-23 06:00", "app-draft:A:-6h@12-23 07:30"},
		{"2026-12-23 11:59", "app-draft:A:-6h@12-23 11:59"},
		{"2026-12-23 12:00", ""},
	} {
		hears(t, house, "application_draft", c.now, c.want, a.Id, "A")
	}
	d := due(t, house, "application_draft", housetest.Local(t, "2026-12-16 09:00"))[0]
	if d.User != u.Id || d.When.UID != "intake."+call.Id || d.When.Sequence != 0 || !d.When.Ends.Equal(housetest.Local(t, "2026-12-23 12:00")) {
		t.Errorf("%+v", d)
	}
	if got := duties(t, house, housetest.Actor(t, house, u, housetest.Noon), housetest.Noon); !slices.Equal(got, []string{"application_draft"}) {
		t.Errorf("the applicant can %v", got)
	}
	late, _ := housetest.Draft(t, house, call, housetest.Local(t, "2026-12-22 09:30")) // after the last but one
	hears(t, house, "application_draft", "2026-12-22 12:00", "app-draft:A:-1d@12-22 12:00", a.Id, "A", late.Id, "B")
	hears(t, house, "application_draft", "2026-12-23 08:00", "app-draft:A:-6h@12-23 08:00, app-draft:B:-6h@12-23 08:00", a.Id, "A", late.Id, "B")
}

// A deadline on Monday morning is reminded of on Saturday evening: afterwards nobody is reminded of anything.
func TestADeadlineBeforeTheMorningIsRemindedOfBeforeTheNight(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	a, _ := housetest.Draft(t, house, callUntil(t, house, housetest.Local(t, "2026-12-14 07:00")), housetest.Noon)
	hears(t, house, "application_draft", "2026-12-12 20:58", "app-draft:A:-3d@12-12 20:58", a.Id, "A")
	if got := housetest.Heard(t, house, "application_draft", housetest.Local(t, "2026-12-12 20:59"), a.Id, "A"); !strings.Contains(got, "app-draft:A:-6h@12-12 20:59") {
		t.Errorf("in the last open minute: %q", got)
	}
}

func TestAMovedDeadlineIsHeardAndRemindedOfAnew(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	call := callUntil(t, house, housetest.Local(t, "2026-12-02 12:00"))
	a, _ := housetest.Draft(t, house, call, housetest.Noon)
	moved, closes := housetest.Local(t, "2026-12-01 10:00"), housetest.Local(t, "2026-12-10 00:00")
	_, err := intake.Extend(house, housetest.StaffActing(t, house), call.Id, "", closes, "thêm thời gian", moved)
	housetest.Refused(t, err, "")
	b, _ := housetest.Draft(t, house, call, moved.Add(time.Hour)) // knows no other deadline
	told := due(t, house, "intake_extended", moved)
	if len(told) != 1 || told[0].Dedup != "call-ext:"+call.Id+":2026-12-09T17:00:00Z:"+a.ApplicantID() || told[0].When.Sequence != 1 || told[0].Args["until"] != "2026-12-09T16:59:00Z" {
		t.Errorf("told of the extension: %+v", told)
	}
	if some := due(t, house, "intake_extended", moved.Add(72*time.Hour+time.Millisecond)); len(some) != 0 {
		t.Errorf("an old extension is told: %+v", some)
	}
	hears(t, house, "application_draft", "2026-12-06 09:00", "app-draft:A:2026-12-09:-3d@12-07 07:30, app-draft:B:2026-12-09:-3d@12-07 07:30", a.Id, "A", b.Id, "B")
}

func TestAQuestionIsRemindedOf(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	a, u := housetest.Submitted(t, house, housetest.OpenIntake(t, house, housetest.Noon, 1), housetest.Noon)
	by, until := housetest.StaffActing(t, house), housetest.Local(t, "2026-11-28 00:00")
	_, err := intake.Ask(house, by, a.Id, "Ai bán hàng?", until, housetest.Noon)
	housetest.Refused(t, err, "")
	asked := due(t, house, "application_asked", housetest.Noon)
	if len(asked) != 1 || asked[0].Args["until"] != "2026-11-27T16:59:00Z" || asked[0].When.UID != "answer."+a.Id || asked[0].When.Sequence != 1 {
		t.Fatalf("asked: %+v", asked)
	}
	hears(t, house, "application_answer_due", "2026-11-26 08:59", "")
	hears(t, house, "application_answer_due", "2026-11-26 09:00", asked[0].Dedup+":-1d@11-26 09:00")
	hears(t, house, "application_answer_due", "2026-11-28 00:00", "")
	_, err = intake.Answer(house, housetest.Actor(t, house, u, housetest.Noon), a.Id, 0, housetest.Noon.Add(time.Hour))
	housetest.Refused(t, err, "")
	hears(t, house, "application_answer_due", "2026-11-26 09:00", "")
	if got := due(t, house, "application_received", housetest.Noon.Add(time.Hour)); len(got) != 2 || got[0].Dedup != "app-recv:"+a.Id+":1" || got[1].Dedup != "app-recv:"+a.Id+":2" {
		t.Errorf("received: %+v", got)
	}
}

// What applicants are told names the intake and the receipt, and no outcome.
func TestWhatApplicantsAreTold(t *testing.T) {
	t.Parallel()
	house, call, _, second, one, _, now := full(t)
	received := due(t, house, "application_received", now)
	released := due(t, house, "decision_released", now)
	if len(received) != 2 || len(released) != 2 {
		t.Fatalf("%d received, %d released", len(received), len(released))
	}
	for i := range released {
		a, b := released[i], released[(i+1)%2]
		if !strings.HasPrefix(a.Link, "/app/applications/") || a.Args["title_vi"] != b.Args["title_vi"] || len(a.Args) != len(b.Args) || !a.Mail || a.When != b.When {
			t.Errorf("what the two are told differs: %+v and %+v", a, b)
		}
		if a.At.Before(now) || !a.At.Before(now.Add(10*time.Minute)) || !strings.HasPrefix(a.Dedup, "decision:") {
			t.Errorf("told %v after the release as %s", a.At.Sub(now), a.Dedup)
		}
	}
	if again := due(t, house, "decision_released", now.Add(time.Hour)); len(again) != 2 || again[0].Dedup != released[0].Dedup || !again[0].At.Equal(released[0].At) {
		t.Error("asked twice, the rule tells other things")
	}
	if later := due(t, house, "decision_released", now.Add(72*time.Hour+time.Millisecond)); len(later) != 0 {
		t.Error("an old release is told again")
	}
	if got := duties(t, house, housetest.Actor(t, house, one, now), now); !slices.Equal(got, []string{"offer_answer"}) {
		t.Errorf("the admitted can %v", got)
	}
	_, err := intake.CloseWaitlist(house, housetest.ManagerOf(t, house, call), call.Id, now)
	housetest.Refused(t, err, "")
	if some := due(t, house, "application_news", now); len(some) != 1 || some[0].Link != "/app/applications/"+second.Id {
		t.Errorf("who waited is told %+v", some)
	}
}

// The decisions of an intake are told over ten minutes: somewhere in it, and not all at once.
func TestAReleaseIsToldOverTenMinutes(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.OpenIntake(t, house, now, 1)
	var all []*intake.Application
	for range 12 {
		a, _ := housetest.Submitted(t, house, call, now)
		all = append(all, a)
	}
	now = housetest.Deciding(t, house, call, now)
	for _, a := range all {
		housetest.Decided(t, house, call, a, intake.Rejected, now)
	}
	housetest.Released(t, house, call, now)
	moments := map[time.Time]bool{}
	for _, d := range due(t, house, "decision_released", now) {
		moments[d.At] = true
	}
	if len(moments) < 6 {
		t.Errorf("twelve decisions are told in %d moments", len(moments))
	}
}

func TestAnOfferIsRemindedOfAndItsAnswerTold(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	o, u, call := housetest.Offered(t, house, housetest.Noon) // on the 23rd of November, for fourteen days
	staff := housetest.Acting(t, house, access.Staff, access.Scope{Type: access.Intake, ID: call.Id})
	hears(t, house, "offer_expiring", "2026-12-04 08:59", "")
	hears(t, house, "offer_expiring", "2026-12-04 09:00", "offer:O:-3d@12-04 09:00", o.Id, "O")
	hears(t, house, "offer_expiring", "2026-12-06 10:00", "offer:O:-1d@12-06 10:00", o.Id, "O") // a Sunday: it is owed
	hears(t, house, "offer_expiring", "2026-12-08 00:00", "")
	d := due(t, house, "offer_expiring", housetest.Local(t, "2026-12-04 09:00"))[0]
	if d.User != u.Id || d.When.UID != "offer."+o.Id || d.Args["until"] != "2026-12-07T16:59:00Z" {
		t.Errorf("%+v", d)
	}
	at := housetest.Local(t, "2026-12-05 10:00")
	_, err := intake.Decline(house, housetest.Actor(t, house, u, at), o.Id, at)
	housetest.Refused(t, err, "")
	hears(t, house, "offer_expiring", "2026-12-06 10:00", "")
	said := housetest.Heard(t, house, "offer_answered", at, o.Id, "O", staff.ID, "S")
	if !strings.Contains(said, "offer-ans:O:S@12-05 10:00") {
		t.Errorf("of an answer is heard: %q", said)
	}
	hears(t, house, "offer_answered", "2026-12-08 10:01", "")
}

func TestAnOpenIntakeIsHeardByWhoMayCare(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 1)
	_, founder := housetest.Active(t, house, cohort, "Một Đội", housetest.Noon)
	_, earlier := housetest.Submitted(t, house, housetest.OpenIntake(t, house, housetest.Noon.AddDate(0, -1, 0), 1), housetest.Noon.AddDate(0, -1, 0))
	call := callUntil(t, house, housetest.Local(t, "2026-12-23 12:00")) // opens at eleven
	housetest.Draft(t, house, call, housetest.Noon)                     // has begun already
	housetest.User(t, house)                                            // never had anything to do with it
	names := []string{call.Id, "I"}
	want := []string{"call-open:I:" + founder.Id + "@11-23 12:00", "call-open:I:" + earlier.Id + "@11-23 12:00"}
	slices.Sort(want)
	hears(t, house, "intake_opened", "2026-11-23 12:00", strings.Join(want, ", "), names...)
	hears(t, house, "intake_opened", "2026-11-23 10:59", "", names...)
	hears(t, house, "intake_opened", "2026-11-26 11:01", "", names...)
}

func TestStaffHearWhatARoundLacks(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	call := housetest.OpenIntake(t, house, housetest.Noon, 1)
	a, _ := housetest.Submitted(t, house, call, housetest.Noon)
	housetest.Submitted(t, house, call, housetest.Noon) // nobody is asked about it
	now := housetest.Closed(t, house, call, housetest.Noon)
	one, judge := housetest.Asked(t, house, call, a, now)
	closes := housetest.Local(t, "2026-11-30 12:00") // a Monday
	r, err := intake.OpenRound(house, housetest.StaffActing(t, house), call.Id, closes, now)
	housetest.Refused(t, err, "")
	first := func(now string) string {
		said, _, _ := strings.Cut(housetest.Heard(t, house, "sheets_short", housetest.Local(t, now), r.Id, "R"), ", ")
		key, at, _ := strings.Cut(said, "@")
		return strings.Join(strings.Split(key, ":")[:min(3, len(strings.Split(key, ":")))], ":") + "@" + at
	}
	for now, want := range map[string]string{
		"2026-11-27 08:00": "@", // three days and four hours before
		"2026-11-28 12:00": "@", // a Saturday
		"2026-11-30 07:59": "@",
		"2026-11-30 08:00": "cover:R:2026-11-30@11-30 08:00", //
		"2026-11-30 12:00": "@",                              // closed
	} {
		if got := first(now); got != want {
			t.Errorf("at %s: %q, want %q", now, got, want)
		}
	}
	if some := due(t, house, "sheets_short", housetest.Local(t, "2026-11-30 09:00")); len(some) == 0 || some[0].Args["n"] != "2" {
		t.Errorf("%+v", some)
	}
	housetest.Judged(t, house, one, judge, 400, now)
	if some := due(t, house, "sheets_short", housetest.Local(t, "2026-11-30 09:00")); some[0].Args["n"] != "2" { // it wants two
		t.Errorf("with one sheet: %+v", some)
	}
}

// Staff are told what an intake waits for, step by step; people elsewhere are not.
func TestWhatStaffCanDo(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.OpenIntake(t, house, now, 1)
	a, u := housetest.Submitted(t, house, call, now)
	staff, manager := housetest.StaffActing(t, house), housetest.ManagerOf(t, house, call)
	elsewhere := housetest.Acting(t, house, access.Manager, access.Scope{Type: access.Intake, ID: "elsewhere000000"})
	says := func(when string, by access.Actor, want ...string) {
		t.Helper()
		if got := duties(t, house, by, now); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", when, got, want)
		}
	}
	says("while it is open", staff)
	now = housetest.Closed(t, house, call, now)
	says("when it has closed", staff, "applications_assign")
	says("when it has closed", manager, "applications_assign", "intake_begin_deciding")
	says("when it has closed", elsewhere)
	for range 2 {
		housetest.Asked(t, house, call, a, now)
	}
	says("with two judges", staff)
	_, err := intake.BeginDeciding(house, manager, call.Id, now)
	housetest.Refused(t, err, "")
	says("while it is decided", manager, "applications_decide")
	housetest.Decided(t, house, call, a, intake.Rejected, now)
	says("when all is decided", manager, "intake_release")
	says("when all is decided", housetest.Actor(t, house, u, now))
	housetest.Released(t, house, call, now)
	says("after the release", manager)
}

// Managers hear once a week, from the first weekday on, that an answer was promised by a day that is over.
func TestManagersAreToldOncePerWeekThatTheyAreLate(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	draft, day := housetest.DraftIntake(t, house, now, 1, 1), "2026-12-23" // a Wednesday
	staff := housetest.StaffActing(t, house)
	_, err := intake.Edit(house, staff, draft.Id, intake.Terms{DecisionDue: &day}, 0, now)
	housetest.Refused(t, err, "")
	_, err = intake.Publish(house, staff, draft.Id, now)
	housetest.Refused(t, err, "")
	manager := housetest.ManagerOf(t, house, draft)
	housetest.Closed(t, house, draft, now)
	for now, want := range map[string]string{
		"2026-12-23 23:59": "",
		"2026-12-24 07:59": "",
		"2026-12-24 08:00": "dec-late:I:2026-W52:M@12-24 08:00",
		"2026-12-26 22:00": "", // the next open minute is Monday's
		"2026-12-28 07:59": "",
		"2026-12-28 08:00": "dec-late:I:2026-W53:M@12-28 08:00",
		"2027-01-01 09:00": "dec-late:I:2026-W53:M@01-02 07:30", // a holiday
		"2027-01-04 08:00": "dec-late:I:2027-W01:M@01-04 08:00",
	} {
		hears(t, house, "decision_late", now, want, draft.Id, "I", manager.ID, "M")
	}
}
