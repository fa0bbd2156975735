package startups_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
	"vuon/internal/startups/watch"
)

// goal is a startup in a cohort that sets out to reach something by a day.
type goal struct {
	house          core.App
	startup        *startups.Startup
	u              *core.Record
	founder, staff access.Actor
	cohort         string
	m              *startups.Milestone
}

func set(t *testing.T, due string) goal {
	t.Helper()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 3)
	s, u := housetest.Active(t, house, cohort, "Một Đội", housetest.Noon)
	g := goal{house: house, startup: s, u: u, founder: housetest.Actor(t, house, u, housetest.Noon), staff: housetest.StaffOf(t, house, cohort), cohort: cohort}
	title, weight := "Khách  trả tiền đầu tiên", 3
	m, err := startups.PlanMilestone(house, g.founder, s.Id, startups.MilestoneFields{Title: &title, DueOn: &due, Weight: &weight}, housetest.Noon)
	housetest.Refused(t, err, "")
	g.m = m
	return g
}

// handed begins it and hands it in with a link.
func (g goal) handed(t *testing.T) goal {
	t.Helper()
	if now, err := startups.Milestones.Find(g.house, g.m.Id); err == nil && now.Status() == startups.MilestonePlanned {
		_, err := startups.BeginMilestone(g.house, g.founder, g.m.Id, housetest.Noon)
		housetest.Refused(t, err, "")
	}
	m, err := startups.SubmitMilestone(g.house, g.founder, g.m.Id, startups.Evidence{Link: "https://example.vn/hoa-don"}, housetest.Noon)
	housetest.Refused(t, err, "")
	g.m = m
	return g
}

// A milestone goes from a plan to a verified one: nothing is handed in that nothing shows, and what was shown stays.
func TestAMilestoneFromPlanToVerified(t *testing.T) {
	t.Parallel()
	g := set(t, "2026-12-20")
	house := g.house
	if g.m.Title() != "Khách trả tiền đầu tiên" || g.m.Owner() != g.u.Id {
		t.Errorf("planned %q, looked after by %s", g.m.Title(), g.m.Owner())
	}
	submit := func(e startups.Evidence) string {
		_, err := startups.SubmitMilestone(house, g.founder, g.m.Id, e, housetest.Noon)
		return codeOf(err)
	}
	if got := submit(startups.Evidence{Link: "https://example.vn"}); got != "lifecycle.not_now" {
		t.Errorf("handed in before it began: %q", got)
	}
	_, err := startups.BeginMilestone(house, g.founder, g.m.Id, housetest.Noon)
	housetest.Refused(t, err, "")
	proof := housetest.Paper(t, house, g.u, g.startup.Id, "evidence", startups.ForCentre, "hoa don", housetest.Noon)
	hidden := housetest.Paper(t, house, g.u, g.startup.Id, "evidence", startups.ForTeam, "noi bo", housetest.Noon)
	other, rival := housetest.Active(t, house, g.cohort, "Đội Khác", housetest.Noon)
	foreign := housetest.Paper(t, house, rival, other.Id, "evidence", startups.ForCentre, "cua nguoi khac", housetest.Noon)
	for name, c := range map[string]struct {
		e    startups.Evidence
		code string
	}{
		"nothing":                {startups.Evidence{Note: "đã bán"}, "milestone.no_evidence"},
		"no page":                {startups.Evidence{Link: "javascript:alert(1)"}, "milestone.address"},
		"a page with a password": {startups.Evidence{Link: "https://me:secret@example.vn"}, "milestone.address"},
		"what staff cannot read": {startups.Evidence{Document: hidden.Id}, "document.not_for_centre"},
		"another's paper":        {startups.Evidence{Document: foreign.Id}, "document.not_here"},
		"upon an older reading":  {startups.Evidence{Document: proof.Id, Rev: 1}, "record.stale"},
	} {
		if got := submit(c.e); got != c.code {
			t.Errorf("%s is refused with %q, want %q", name, got, c.code)
		}
	}
	if got := submit(startups.Evidence{Document: proof.Id}); got != "" {
		t.Fatalf("a paper of their own is refused with %q", got)
	}
	housetest.Refused(t, startups.TakeOut(house, g.founder, proof.Id, housetest.Noon), "document.in_use")
	title := "Khác"
	_, err = startups.EditMilestone(house, g.staff, g.m.Id, startups.MilestoneFields{Title: &title}, housetest.Noon)
	housetest.Refused(t, err, "milestone.settled")

	_, err = startups.ReturnMilestone(house, g.staff, g.m.Id, " ", 0, housetest.Noon)
	housetest.Refused(t, err, "milestone.no_reason")
	_, err = startups.ReturnMilestone(house, g.staff, g.m.Id, "thiếu chữ ký", 0, housetest.Noon)
	housetest.Refused(t, err, "")
	housetest.Refused(t, startups.TakeOut(house, g.founder, proof.Id, housetest.Noon), "") // it may be replaced now
	g = g.handed(t)
	if g.m.Reason() != "" {
		t.Errorf("handed in anew it still says %q", g.m.Reason())
	}
	_, err = startups.VerifyMilestone(house, g.founder, g.m.Id, "", 0, housetest.Noon)
	housetest.Refused(t, err, "access.needs_staff")
	_, err = startups.VerifyMilestone(house, g.staff, g.m.Id, "", 1, housetest.Noon)
	housetest.Refused(t, err, "record.stale")
	m, err := startups.VerifyMilestone(house, g.staff, g.m.Id, "", 0, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = startups.DropMilestone(house, g.staff, g.m.Id, "thôi", 0, housetest.Noon)
	housetest.Refused(t, err, "lifecycle.not_now")
	m.ProxyRecord().Load(map[string]any{"link": "https://example.vn/khac"})
	housetest.Refused(t, house.Save(m), "milestone.rooted")
	for rule, want := range map[string]int{"milestone_returned": 1, "milestone_verified": 1, "milestone_dropped": 0} {
		if heard := told(t, house, rule, housetest.Noon); len(heard) != want || want > 0 && heard[0].User != g.u.Id {
			t.Errorf("%s is heard by %+v", rule, heard)
		}
	}
	housetest.Well(t, house)
}

// Whose startup it is plans and hands in, staff judge, an advisor reads, and to everybody else it is not there.
func TestWhoDoesWhatWithAMilestone(t *testing.T) {
	t.Parallel()
	g := set(t, "2026-12-20").handed(t)
	house := g.house
	join := func(u *core.Record, role startups.MemberRole) access.Actor {
		_, err := startups.Join(house, g.founder, g.startup.Id, startups.Newcomer{User: u.Id, Role: role}, housetest.Noon)
		housetest.Refused(t, err, "")
		return housetest.Actor(t, house, u, housetest.Noon)
	}
	advisor := join(housetest.User(t, house), startups.Advisor)
	insider := join(housetest.Holder(t, house, access.Staff, access.Scope{Type: access.Cohort, ID: g.cohort}), startups.Advisor)
	title, due := "Bản mẫu", "2027-03-01"
	for name, c := range map[string]struct {
		by           access.Actor
		plan, verify string
	}{
		"an advisor":         {advisor, "milestone.not_yours", "access.needs_staff"},
		"a founder":          {g.founder, "", "access.needs_staff"},
		"staff of their own": {insider, "", "milestone.own"},
		"staff elsewhere":    {housetest.StaffOf(t, house, housetest.Places(t, house, 1)), "record.not_found", "record.not_found"},
		"an official":        {housetest.Acting(t, house, access.Official, access.House), "record.not_found", "record.not_found"},
		"an investor":        {housetest.Acting(t, house, access.Investor, access.House), "record.not_found", "record.not_found"},
		"nobody":             {access.Actor{}, "access.sign_in", "access.sign_in"},
	} {
		_, err := startups.PlanMilestone(house, c.by, g.startup.Id, startups.MilestoneFields{Title: &title, DueOn: &due}, housetest.Noon)
		_, other := startups.VerifyMilestone(house, c.by, g.m.Id, "", 0, housetest.Noon)
		if codeOf(err) != c.plan || codeOf(other) != c.verify {
			t.Errorf("%s plans: %q, verifies: %q; want %q and %q", name, codeOf(err), codeOf(other), c.plan, c.verify)
		}
	}
	housetest.Well(t, house)
}

// A plan is due today or later, weighs something and is somebody's of the team; once begun, its day is moved by staff alone.
func TestTheTermsOfAMilestone(t *testing.T) {
	t.Parallel()
	g := set(t, "2026-12-20")
	house, stranger, text, number := g.house, housetest.User(t, g.house).Id, func(s string) *string { return &s }, func(n int) *int { return &n }
	for name, c := range map[string]struct {
		f    startups.MilestoneFields
		code string
	}{
		"yesterday":     {startups.MilestoneFields{Title: text("x"), DueOn: text("2026-11-22")}, "milestone.past"},
		"no such day":   {startups.MilestoneFields{Title: text("x"), DueOn: text("2026-02-30")}, "milestone.day"},
		"without a day": {startups.MilestoneFields{Title: text("x")}, "milestone.day"},
		"no name":       {startups.MilestoneFields{Title: text("  "), DueOn: text("2026-12-01")}, "milestone.title"},
		"no weight":     {startups.MilestoneFields{Title: text("x"), DueOn: text("2026-12-01"), Weight: number(0)}, "milestone.weight"},
		"too heavy":     {startups.MilestoneFields{Title: text("x"), DueOn: text("2026-12-01"), Weight: number(101)}, "milestone.weight"},
		"a stranger's":  {startups.MilestoneFields{Title: text("x"), DueOn: text("2026-12-01"), Owner: &stranger}, "milestone.owner"},
		"today":         {startups.MilestoneFields{Title: text("x"), DueOn: text("2026-11-23")}, ""},
	} {
		_, err := startups.PlanMilestone(house, g.founder, g.startup.Id, c.f, housetest.Noon)
		if got := codeOf(err); got != c.code {
			t.Errorf("%s is refused with %q, want %q", name, got, c.code)
		}
	}
	edit := func(by access.Actor, due string) string {
		_, err := startups.EditMilestone(house, by, g.m.Id, startups.MilestoneFields{DueOn: &due}, housetest.Noon)
		return codeOf(err)
	}
	if got := edit(g.founder, "2026-12-21"); got != "" {
		t.Errorf("a founder moves a plan: %q", got)
	}
	_, err := startups.BeginMilestone(house, g.founder, g.m.Id, housetest.Noon)
	housetest.Refused(t, err, "")
	if own, staff := edit(g.founder, "2027-01-01"), edit(g.staff, "2027-01-01"); own != "milestone.day_stays" || staff != "" {
		t.Errorf("once begun, a founder moves its day: %q, staff: %q", own, staff)
	}
	housetest.Well(t, house)
}

// Its owner is reminded, then it is an alert, then it is missed; staff may open it again. Nobody on leave is chased.
func TestAMilestoneThatNobodyReaches(t *testing.T) {
	t.Parallel()
	g := set(t, "2026-12-14")
	house := g.house
	heard := func(now, want string) {
		t.Helper()
		at := housetest.Local(t, now)
		got := strings.Join([]string{
			housetest.Heard(t, house, "milestone_due", at, g.m.Id, "M", g.u.Id, "F"), housetest.Heard(t, house, "milestone_late", at, g.m.Id, "M", g.u.Id, "F"),
		}, "|")
		if got != want {
			t.Errorf("at %s: %q, want %q", now, got, want)
		}
	}
	heard("2026-12-07 08:59", "|")
	heard("2026-12-07 09:00", "ms:M:2026-12-14:-7d:F@12-07 09:00|")
	heard("2026-12-14 09:00", "ms:M:2026-12-14:+0d:F@12-14 09:00|")
	heard("2026-12-15 09:00", "|")
	heard("2026-12-17 09:00", "|ms:M:2026-12-14:+3d:F@12-17 09:00")
	alert := func(now time.Time) *startups.Alert {
		t.Helper()
		housetest.Refused(t, startups.RaiseAlerts(house, now), "")
		all, err := startups.Alerts.All(house, dbx.HashExp{"startup": g.startup.Id, "rule": watch.MilestoneLate})
		housetest.Refused(t, err, "")
		if len(all) == 0 {
			return nil
		}
		return all[0]
	}
	if a := alert(day(2026, time.December, 28)); a != nil {
		t.Error("fourteen days late is an alert already")
	}
	a := alert(day(2026, time.December, 29))
	if a == nil || a.Severity() != startups.Amber || a.Period() != "2026-12" || a.Owner() != g.staff.ID {
		t.Fatalf("fifteen days late: %+v", a)
	}
	if x, err := a.Explain(); err != nil || len(x.Milestones) != 1 || x.Milestones[0].Title != g.m.Title() {
		t.Errorf("it rests on %+v, %v", x, err)
	}
	if a = alert(day(2027, time.January, 14)); a.Severity() != startups.Red {
		t.Errorf("thirty-one days late it is %s", a.Severity())
	}
	at := func() *startups.Milestone {
		m, err := startups.Milestones.Find(house, g.m.Id)
		housetest.Refused(t, err, "")
		return m
	}
	housetest.Refused(t, startups.MissMilestones(house, day(2027, time.January, 13)), "")
	if s := at().Status(); s != startups.MilestonePlanned {
		t.Errorf("thirty days late it is %s", s)
	}
	over := day(2027, time.January, 14)
	housetest.Refused(t, startups.MissMilestones(house, over), "")
	housetest.Refused(t, startups.MissMilestones(house, over), "")
	if m := at(); m.Status() != startups.MilestoneMissed || m.DaysLate(over) != 31 {
		t.Errorf("a day later it is %s, %d days late", m.Status(), m.DaysLate(over))
	}
	_, err := startups.ReopenMilestone(house, g.founder, g.m.Id, "2027-02-01", "", over)
	housetest.Refused(t, err, "access.needs_staff")
	_, err = startups.ReopenMilestone(house, g.staff, g.m.Id, "2027-01-13", "", over)
	housetest.Refused(t, err, "milestone.past")
	_, err = startups.ReopenMilestone(house, g.staff, g.m.Id, "2027-02-01", "máy hỏng", over)
	housetest.Refused(t, err, "")
	if a = alert(over.Add(time.Hour)); a.Status() != startups.AlertResolved {
		t.Errorf("with a new day the alert is %s", a.Status())
	}
	_, err = startups.Pause(house, g.staff, in(t, house, g.startup.Id).Id, "sinh em bé", over)
	housetest.Refused(t, err, "")
	housetest.Refused(t, startups.MissMilestones(house, day(2027, time.June, 1)), "")
	if m := at(); m.Status() != startups.MilestoneInProgress {
		t.Errorf("on leave it is %s", m.Status())
	}
	heard("2027-01-25 09:00", "|")
	housetest.Well(t, house)
}

// What was verified since a startup began counts for its graduation.
func TestVerifiedMilestonesCountForGraduation(t *testing.T) {
	t.Parallel()
	g := set(t, "2026-12-14").handed(t)
	asking(t, g.house, g.cohort, startups.GraduationRule{Rule: startups.RuleVerified, Need: 1})
	met := func() int {
		list, err := startups.Life(g.house, g.staff, g.startup.Id, housetest.Noon)
		housetest.Refused(t, err, "")
		return list[0].Rules[0].Met
	}
	if n := met(); n != 0 {
		t.Errorf("handed in counts %d", n)
	}
	_, err := startups.VerifyMilestone(g.house, g.staff, g.m.Id, "", 0, housetest.Noon)
	housetest.Refused(t, err, "")
	if n := met(); n != 1 {
		t.Errorf("verified counts %d", n)
	}
	housetest.Well(t, g.house)
}
