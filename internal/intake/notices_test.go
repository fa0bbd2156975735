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

// An applicant is reminded of a draft seven days, three days and one day before its deadline, each time once.
func TestADraftIsRemindedOf(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	staff := housetest.StaffActing(t, house)
	call := housetest.OpenIntake(t, house, now, 1)
	closes := now.Add(30 * 24 * time.Hour)
	_, err := intake.Extend(house, staff, call.Id, "", closes, "thêm thời gian", now)
	housetest.Refused(t, err, "")
	a, u := housetest.Draft(t, house, call, now)
	const day = 24 * time.Hour
	for _, c := range []struct {
		before time.Duration
		want   string
	}{
		{7*day + time.Millisecond, ""}, {7 * day, ":7"}, {5 * day, ":7"}, {3 * day, ":3"}, {25 * time.Hour, ":3"}, {day, ":1"}, {time.Hour, ":1"}, {0, ""},
	} {
		some := due(t, house, "application_draft", closes.Add(-c.before))
		switch {
		case c.want == "" && len(some) == 0:
		case c.want != "" && len(some) == 1 && some[0].Dedup == "app-draft:"+a.Id+c.want && some[0].User == u.Id:
		default:
			t.Errorf("%s before the deadline: %+v", c.before, some)
		}
	}
	if got := duties(t, house, housetest.Actor(t, house, u, now), now); !slices.Equal(got, []string{"application_draft"}) {
		t.Errorf("the applicant can %v", got)
	}
	if told := due(t, house, "intake_extended", now); len(told) != 0 {
		t.Errorf("somebody who began later is told of the extension: %v", told)
	}
}

// What applicants are told names the intake and the receipt, and no outcome.
func TestWhatApplicantsAreTold(t *testing.T) {
	t.Parallel()
	house, call, first, second, one, _, now := full(t)
	received := due(t, house, "application_received", now)
	released := due(t, house, "decision_released", now)
	if len(received) != 2 || len(released) != 2 {
		t.Fatalf("%d received, %d released", len(received), len(released))
	}
	for i := range released {
		a, b := released[i], released[(i+1)%2]
		if !strings.HasPrefix(a.Link, "/app/applications/") || a.Args["title_vi"] != b.Args["title_vi"] || len(a.Args) != len(b.Args) || !a.Mail {
			t.Errorf("what the two are told differs: %+v and %+v", a, b)
		}
	}
	if again := due(t, house, "decision_released", now); len(again) != 2 || again[0].Dedup != released[0].Dedup {
		t.Error("asked twice, the rule gives other keys")
	}
	if later := due(t, house, "decision_released", now.Add(72*time.Hour+time.Millisecond)); len(later) != 0 {
		t.Error("an old release is told again")
	}
	if got := duties(t, house, housetest.Actor(t, house, one, now), now); !slices.Equal(got, []string{"offer_answer"}) {
		t.Errorf("the admitted can %v", got)
	}
	until := housetest.OfferTo(t, house, first.Id).ExpiresAt()
	if some := due(t, house, "offer_expiring", until.Add(-24*time.Hour)); len(some) != 1 || some[0].User != one.Id {
		t.Errorf("the admitted is reminded %+v", some)
	}
	_, err := intake.CloseWaitlist(house, housetest.ManagerOf(t, house, call), call.Id, now)
	housetest.Refused(t, err, "")
	if some := due(t, house, "application_news", now); len(some) != 1 || some[0].Link != "/app/applications/"+second.Id {
		t.Errorf("who waited is told %+v", some)
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

func TestManagersAreToldOncePerWeekThatTheyAreLate(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	draft, day := housetest.DraftIntake(t, house, now, 1, 1), "2026-12-04" // a Friday
	staff := housetest.StaffActing(t, house)
	_, err := intake.Edit(house, staff, draft.Id, intake.Terms{DecisionDue: &day}, 0, now)
	housetest.Refused(t, err, "")
	_, err = intake.Publish(house, staff, draft.Id, now)
	housetest.Refused(t, err, "")
	manager := housetest.ManagerOf(t, house, draft)
	housetest.Closed(t, house, draft, now)
	midnight := time.Date(2026, 12, 4, 17, 0, 0, 0, time.UTC) // the end of that day in Ho Chi Minh City
	if some := due(t, house, "decision_late", midnight.Add(-time.Millisecond)); len(some) != 0 {
		t.Errorf("on the last day: %v", some)
	}
	first, sunday, monday := due(t, house, "decision_late", midnight), due(t, house, "decision_late", midnight.AddDate(0, 0, 1)), due(t, house, "decision_late", midnight.AddDate(0, 0, 2))
	if len(first) != 1 || first[0].User != manager.ID || first[0].Dedup != sunday[0].Dedup || first[0].Dedup == monday[0].Dedup {
		t.Errorf("%v, %v, %v", first, sunday, monday)
	}
}
