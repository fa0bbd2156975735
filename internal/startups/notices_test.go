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

func TestWhoHearsThatAReportIsOpen(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, founder := housetest.Active(t, house, housetest.Places(t, house, 1), "Một Đội", housetest.Noon)
	by := housetest.Actor(t, house, founder, housetest.Noon)
	admin, helper, advisor := housetest.User(t, house), housetest.User(t, house), housetest.User(t, house)
	for _, who := range []startups.Newcomer{
		{User: admin.Id, Role: startups.Founder, Admin: true}, {User: helper.Id, Role: startups.Insider}, {User: advisor.Id, Role: startups.Advisor},
	} {
		_, err := startups.Join(house, by, s.Id, who, housetest.Noon)
		housetest.Refused(t, err, "")
	}
	if n := len(told(t, house, "member_joined", housetest.Noon.Add(71*time.Hour))); n != 3 {
		t.Errorf("%d people hear that they have joined", n)
	}
	opened := day(2026, time.December, 1)
	housetest.Refused(t, startups.OpenReports(house, opened), "")
	q := housetest.Report(t, house, s.Id, "2026-11") // due on the twentieth, a Sunday

	first := told(t, house, "report_opened", opened)
	if len(first) != 2 {
		t.Fatalf("%d people are told that the report is open", len(first))
	}
	for _, d := range first {
		if primary := d.User == founder.Id; (d.Secret.ID == q.Id) != primary || !primary && d.User != admin.Id || d.Args["report_vi"] != "Tháng 11, 2026" || d.Args["due"] != "2026-12-20" ||
			d.When.UID != "report."+q.Id || !d.When.Ends.Equal(housetest.Local(t, "2026-12-20 23:59")) {
			t.Errorf("told: %+v", d)
		}
	}
	if n := len(told(t, house, "report_opened", opened.Add(72*time.Hour))); n != 2 {
		t.Errorf("three days later %d people are told", n)
	}
	if late := told(t, house, "report_opened", opened.Add(72*time.Hour+time.Millisecond)); len(late) != 0 {
		t.Error("after three days people are still told that the report is open")
	}
	housetest.Reported(t, house, founder, s.Id, "2026-11", 4, opened.Add(time.Hour))
	if late := told(t, house, "report_opened", opened.Add(time.Hour)); len(late) != 0 {
		t.Error("who has handed in hears that the report is open")
	}
	_, err := startups.Return(house, housetest.Acting(t, house, access.Staff, access.House), q.Id, "thiếu", opened.Add(2*time.Hour))
	housetest.Refused(t, err, "")
	if back := told(t, house, "report_returned", opened.Add(2*time.Hour)); len(back) != 3 {
		t.Errorf("told of the returned report: %+v", back)
	}
}

func TestPeopleAreRemindedOfAReport(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 1)
	keeper := housetest.StaffOf(t, house, cohort)
	s, founder := housetest.Active(t, house, cohort, "Một Đội", housetest.Noon)
	housetest.Refused(t, startups.OpenReports(house, day(2026, time.December, 1)), "")
	q := housetest.Report(t, house, s.Id, "2026-11") // due on Sunday the twentieth
	heard := func(now, want string) {
		t.Helper()
		at := housetest.Local(t, now)
		got := strings.Join(slices.DeleteFunc([]string{
			housetest.Heard(t, house, "report_due", at, q.Id, "Q", founder.Id, "F"),
			housetest.Heard(t, house, "report_late", at, q.Id, "Q", founder.Id, "F"), housetest.Heard(t, house, "report_missed", at, q.Id, "Q"),
		}, func(said string) bool { return said == "" }), ", ")
		if got != want {
			t.Errorf("at %s: %q, want %q", now, got, want)
		}
	}
	heard("2026-12-15 08:59", "")
	heard("2026-12-15 09:00", "rep-due:Q:-5d:F@12-15 09:00")
	heard("2026-12-15 22:00", "rep-due:Q:-5d:F@12-16 07:30") // nobody was there to tell it by day
	heard("2026-12-19 08:59", "rep-due:Q:-5d:F@12-19 08:59")
	heard("2026-12-19 09:00", "rep-due:Q:-1d:F@12-19 09:00") // the one takes over from the other
	heard("2026-12-19 21:00", "")                            // a Saturday night: the next open minute comes after the report is due
	heard("2026-12-20 12:00", "")
	heard("2026-12-21 00:00", "")
	heard("2026-12-22 09:00", "rep-due:Q:+2d:F@12-22 09:00")
	heard("2026-12-27 08:59", "")                            // Monday morning belongs to the next step
	heard("2026-12-27 09:00", "rep-due:Q:+7d:F@12-28 07:30") // a Sunday
	heard("2027-01-01 12:00", "rep-due:Q:+7d:F@01-02 07:30") // a holiday
	heard("2027-01-03 09:00", "")
	over := day(2026, time.December, 29)
	housetest.Refused(t, startups.MissReports(house, over), "")
	if due := told(t, house, "report_missed", over); len(due) != 1 || due[0].User != keeper.ID {
		t.Errorf("of a missed report hear: %+v", due)
	}
	housetest.Reported(t, house, founder, s.Id, "2026-11", 4, over)
	heard("2026-12-29 12:00", "")
}

// What is asked for after the hour of a reminder has passed is not reminded of at once.
func TestWhoHasJustBeenAskedIsNotReminded(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	housetest.Active(t, house, housetest.Places(t, house, 1), "Một Đội", housetest.Noon)
	asked := housetest.Local(t, "2026-12-15 10:00") // an hour after the first step
	housetest.Refused(t, startups.OpenReports(house, asked), "")
	if got := housetest.Heard(t, house, "report_due", asked); got != "" {
		t.Errorf("reminded of what was just asked: %s", got)
	}
	if got := housetest.Heard(t, house, "report_due", housetest.Local(t, "2026-12-19 09:00")); got == "" {
		t.Error("the next step is not heard either")
	}
}

func TestAlertsAreHeardByTheirColour(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 1)
	keeper := housetest.StaffOf(t, house, cohort)
	manager := housetest.Acting(t, house, access.Manager, access.Scope{Type: access.Cohort, ID: cohort})
	housetest.Acting(t, house, access.Manager, access.House) // further away: hears nothing
	housetest.Enrolled(t, house, cohort, "Một Đội", housetest.Noon)
	rose := housetest.Local(t, "2026-12-09 07:30") // a Wednesday, two days after the baseline was due
	housetest.Refused(t, startups.RaiseAlerts(house, rose), "")
	amber, red, late := told(t, house, "alert_noticed", rose), told(t, house, "alert_raised", rose), told(t, house, "alert_waiting", rose)
	if len(amber) != 1 || amber[0].User != keeper.ID || len(red) != 0 {
		t.Fatalf("of an amber alert hear %+v and %+v", amber, red)
	}
	id := strings.Split(amber[0].Dedup, ":")[1]
	if len(late) != 1 || late[0].User != manager.ID || late[0].Dedup != "alert-esc:"+id {
		t.Fatalf("of an alert that nobody takes up hear: %+v", late)
	}
	for now, want := range map[string]string{"2026-12-16 08:59": "", "2026-12-16 09:00": "alert-esc:A@12-16 09:00", "2026-12-16 21:00": "alert-esc:A@12-17 07:30"} {
		if got := housetest.Heard(t, house, "alert_waiting", housetest.Local(t, now), id, "A"); got != want {
			t.Errorf("at %s: %q, want %q", now, got, want)
		}
	}
	later := housetest.Local(t, "2026-12-30 07:30")
	housetest.Refused(t, startups.RaiseAlerts(house, later), "")
	if got := housetest.Heard(t, house, "alert_raised", later, id, "A"); got != "alert:A:red@12-30 07:30" {
		t.Errorf("of a red alert is heard: %q", got)
	}
	_, err := startups.Ack(house, keeper, id, later)
	housetest.Refused(t, err, "")
	_, err = startups.Resolve(house, keeper, id, startups.AlertWord{Resolution: "Đã hỏi", Verdict: startups.VerdictYes}, later)
	housetest.Refused(t, err, "")
	for after, want := range map[time.Duration]string{29 * 24 * time.Hour: "", 30 * 24 * time.Hour: "alert-asked:" + id, 120 * 24 * time.Hour: ""} {
		got := ""
		for _, d := range told(t, house, "alert_asked", later.Add(after)) {
			if got += d.Dedup; d.User != keeper.ID {
				t.Errorf("somebody else is asked: %+v", d)
			}
		}
		if got != want {
			t.Errorf("after %s %q is asked, want %q", after, got, want)
		}
	}
	_, err = startups.Judge(house, keeper, id, startups.AlertWord{Verdict: startups.VerdictNo}, later.AddDate(0, 0, 31))
	housetest.Refused(t, err, "")
	if again := told(t, house, "alert_asked", later.AddDate(0, 0, 32)); len(again) != 0 {
		t.Errorf("who has answered is asked again: %+v", again)
	}
	for _, rule := range []string{"alert_raised", "alert_noticed", "alert_waiting"} {
		if got := housetest.Heard(t, house, rule, later); got != "" {
			t.Errorf("of an alert that was taken up is heard: %s", got)
		}
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
