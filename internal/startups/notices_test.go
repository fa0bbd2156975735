package startups_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/notice"
	"vuon/internal/startups"
)

// told is what one rule has to say at now.
func told(t *testing.T, house core.App, key string, now time.Time) []notice.Due {
	t.Helper()
	for _, rule := range startups.Notices() {
		if rule.Key == key {
			due, err := rule.Due(house, now)
			housetest.Refused(t, err, "")
			return due
		}
	}
	t.Fatalf("there is no rule %s", key)
	return nil
}

func TestPeopleAreRemindedFiveDaysAndOneDayBeforeAndTwoAfter(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 1)
	s, founder := housetest.Active(t, house, cohort, "Một Đội", housetest.Noon)
	by := housetest.Actor(t, house, founder, housetest.Noon)
	helper, advisor := housetest.User(t, house), housetest.User(t, house)
	for user, role := range map[string]startups.MemberRole{helper.Id: startups.Insider, advisor.Id: startups.Advisor} {
		_, err := startups.Join(house, by, s.Id, startups.Newcomer{User: user, Role: role}, housetest.Noon)
		housetest.Refused(t, err, "")
	}
	opened := day(2026, time.December, 1)
	housetest.Refused(t, startups.OpenReports(house, opened), "")
	q := housetest.Report(t, house, s.Id, "2026-11") // due on the twentieth

	first := told(t, house, "report_opened", opened)
	if len(first) != 2 {
		t.Fatalf("%d people are told that the report is open", len(first))
	}
	for _, d := range first {
		if primary := d.User == founder.Id; (d.Secret.ID == q.Id) != primary || !d.Mail || d.Args["report_vi"] != "Tháng 11, 2026" || d.Args["due"] != "2026-12-20" {
			t.Errorf("told: %+v", d)
		}
	}
	if late := told(t, house, "report_opened", opened.Add(4*24*time.Hour)); len(late) != 0 {
		t.Error("four days later people are still told that the report is open")
	}

	for on, want := range map[int]string{14: "", 15: "-5", 18: "-5", 19: "-1", 20: "-1", 22: "2", 26: "2", 27: ""} {
		now := day(2026, time.December, on)
		var got []string
		for _, d := range slices.Concat(told(t, house, "report_due", now), told(t, house, "report_late", now)) {
			if d.User == founder.Id {
				got = append(got, strings.Split(d.Dedup, ":")[2])
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("on the %dth the founder is reminded of %v, want %q", on, got, want)
		}
	}
	housetest.Reported(t, house, founder, s.Id, "2026-11", 4, day(2026, time.December, 16))
	if left := told(t, house, "report_due", day(2026, time.December, 19)); len(left) != 0 {
		t.Errorf("who has handed in is reminded: %+v", left)
	}
	_, err := startups.Return(house, housetest.Acting(t, house, access.Staff, access.House), q.Id, "thiếu", day(2026, time.December, 16))
	housetest.Refused(t, err, "")
	if back := told(t, house, "report_returned", day(2026, time.December, 16)); len(back) != 2 {
		t.Errorf("told of the returned report: %+v", back)
	}
}

func TestDutiesAreOnesOwn(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 2)
	_, founder := housetest.Enrolled(t, house, cohort, "Một Đội", housetest.Noon) // its baseline is open
	other, rival := housetest.Active(t, house, cohort, "Đội Khác", housetest.Noon)
	_ = other
	has := func(by access.Actor, now time.Time) string {
		list, err := startups.Duties(house, by, now)
		housetest.Refused(t, err, "")
		var keys []string
		for _, d := range list {
			key := d.Key
			if d.Late {
				key += " late"
			}
			keys = append(keys, key)
		}
		return strings.Join(keys, ", ")
	}
	now := housetest.Noon
	for name, c := range map[string]struct {
		by   access.Actor
		now  time.Time
		want string
	}{
		"a founder":           {housetest.Actor(t, house, founder, now), now, "report_baseline"},
		"the same, too late":  {housetest.Actor(t, house, founder, now), now.AddDate(0, 0, 15), "report_baseline late"},
		"who has handed in":   {housetest.Actor(t, house, rival, now), now, ""},
		"staff of the cohort": {housetest.StaffOf(t, house, cohort), now, "reports_judge"},
		"staff of another":    {housetest.StaffOf(t, house, housetest.Places(t, house, 1)), now, ""},
		"a manager of it all": {housetest.Acting(t, house, access.Manager, access.House), now, "reports_judge"},
		"an official":         {housetest.Acting(t, house, access.Official, access.House), now, ""},
		"a visitor":           {access.Actor{}, now, ""},
	} {
		if got := has(c.by, c.now); got != c.want {
			t.Errorf("%s has %q to do, want %q", name, got, c.want)
		}
	}
	housetest.Refused(t, startups.RaiseAlerts(house, now.AddDate(0, 0, 20)), "")
	if got := has(housetest.StaffOf(t, house, cohort), now); got != "alerts_open, reports_judge" {
		t.Errorf("with an alert, staff have %q to do", got)
	}
}
