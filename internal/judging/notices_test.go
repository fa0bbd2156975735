package judging_test

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/judging"
	"vuon/internal/notice"
)

// A judge who is asked several times in a quarter of an hour hears of it once, when it is over.
func TestWhatJudgesAreAskedIsHeardInOne(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	call := housetest.OpenIntake(t, house, housetest.Noon, 1)
	a, _ := housetest.Submitted(t, house, call, housetest.Noon)
	b, _ := housetest.Submitted(t, house, call, housetest.Noon)
	c, _ := housetest.Submitted(t, house, call, housetest.Noon)
	now := housetest.Closed(t, house, call, housetest.Noon) // one o'clock
	as, judge := housetest.Asked(t, house, call, a, now)
	staff := housetest.StaffActing(t, house)
	for id, later := range map[string]time.Duration{b.Id: 14 * time.Minute, c.Id: 15 * time.Minute} {
		_, _, err := intake.Assign(house, staff, call.Id, []string{id}, []string{judge.Id}, now.Add(later))
		housetest.Refused(t, err, "")
	}
	names := []string{as.RoundID(), "R", judge.Id, "J"}
	for at, want := range map[string]string{
		"2026-11-23 13:14": "",
		"2026-11-23 13:15": "assign:R:J:2026-11-23T13:00@11-23 13:15",
		"2026-11-23 13:30": "assign:R:J:2026-11-23T13:00@11-23 13:30, assign:R:J:2026-11-23T13:15@11-23 13:30",
		"2026-11-26 13:31": "",
	} {
		if got := housetest.Heard(t, house, "sheets_asked", housetest.Local(t, at), names...); got != want {
			t.Errorf("at %s: %q, want %q", at, got, want)
		}
	}
	if first := said(t, judging.Notices()[0], house, now.Add(20*time.Minute)); first[0].Args["n"] != "2" {
		t.Errorf("%+v", first[0])
	}
}

func TestJudgesAreRemindedOfTheirSheets(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	call := housetest.OpenIntake(t, house, housetest.Noon, 1)
	a, _ := housetest.Submitted(t, house, call, housetest.Noon)
	now := housetest.Closed(t, house, call, housetest.Noon)
	as, judge := housetest.Asked(t, house, call, a, now)
	r, err := intake.OpenRound(house, housetest.StaffActing(t, house), call.Id, housetest.Local(t, "2026-12-08 17:00"), now)
	housetest.Refused(t, err, "")
	names := []string{r.Id, "R", judge.Id, "J"}
	hears := func(now, want string) {
		t.Helper()
		if got := housetest.Heard(t, house, "sheets_due", housetest.Local(t, now), names...); got != want {
			t.Errorf("at %s: %q, want %q", now, got, want)
		}
	}
	hears("2026-12-03 08:59", "")
	hears("2026-12-03 09:00", "rev-due:R:J:2026-12-03@12-03 09:00")
	hears("2026-12-06 09:00", "rev-due:R:J:2026-12-06@12-07 07:30") // a Sunday
	hears("2026-12-08 09:00", "rev-due:R:J:2026-12-08@12-08 09:00")
	hears("2026-12-08 17:00", "")
	if d := said(t, judging.Notices()[1], house, housetest.Local(t, "2026-12-03 09:00"))[0]; d.When.UID != "round."+r.Id || d.When.Sequence < 1 || d.Args["n"] != "1" {
		t.Errorf("%+v", d)
	}
	housetest.Judged(t, house, as, judge, 400, now)
	hears("2026-12-08 09:00", "")
}

// said is what a rule has to say at now.
func said(t *testing.T, rule notice.Rule, house core.App, now time.Time) []notice.Due {
	t.Helper()
	due, err := rule.Due(house, now)
	housetest.Refused(t, err, "")
	return due
}
