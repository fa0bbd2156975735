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
)

// asking says what a cohort asks before graduation, in its order.
func asking(t *testing.T, house core.App, cohort string, rules ...startups.GraduationRule) {
	t.Helper()
	_, err := startups.AskToGraduate(house, housetest.Acting(t, house, access.Manager, access.House), cohort, rules, 0, housetest.Noon)
	housetest.Refused(t, err, "")
}

// in is the enrolment of a startup.
func in(t *testing.T, house core.App, startup string) *startups.Enrolment {
	t.Helper()
	n, err := startups.Enrolments.First(house, dbx.HashExp{"startup": startup})
	housetest.Refused(t, err, "")
	return n
}

// month opens the report on a month, hands it in and takes it for good.
func month(t *testing.T, house core.App, founder *core.Record, startup string, opened time.Time) {
	t.Helper()
	housetest.Refused(t, startups.OpenReports(house, opened), "")
	q := housetest.Reported(t, house, founder, startup, opened.AddDate(0, -1, 0).Format("2006-01"), 4, opened.Add(time.Hour))
	_, err := startups.Accept(house, housetest.Acting(t, house, access.Staff, access.House), q.Id, opened.Add(2*time.Hour))
	housetest.Refused(t, err, "")
}

// A startup graduates on what its cohort asks: each rule is counted, and what was found stays as it was on that day.
func TestAStartupGraduatesByTheRulesOfItsCohort(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 2)
	s, founder := housetest.Active(t, house, cohort, "Một Đội", housetest.Noon) // on 23 November
	manager := housetest.Acting(t, house, access.Manager, access.Scope{Type: access.Cohort, ID: cohort})
	asking(t, house, cohort,
		startups.GraduationRule{Rule: startups.RuleNothingDue, Need: 1}, startups.GraduationRule{Rule: startups.RuleAccepted, Need: 2},
		startups.GraduationRule{Rule: startups.RuleMonthsIn, Need: 3})
	n := in(t, house, s.Id)
	so := func(now time.Time) string {
		list, err := startups.Life(house, housetest.Actor(t, house, founder, now), s.Id, now)
		housetest.Refused(t, err, "")
		var said []string
		for _, r := range list[0].Rules {
			said = append(said, r.Rule+" "+string(rune('0'+r.Met))+"/"+string(rune('0'+r.Need)))
		}
		return strings.Join(said, ", ")
	}
	if got := so(housetest.Noon); got != "months_in 0/3, reports_accepted 0/2, nothing_due 0/1" { // the baseline waits for staff
		t.Errorf("on the first day: %s", got)
	}
	_, err := startups.Accept(house, housetest.StaffOf(t, house, cohort), housetest.Report(t, house, s.Id, "baseline").Id, housetest.Noon)
	housetest.Refused(t, err, "")
	month(t, house, founder, s.Id, day(2026, time.December, 1))
	month(t, house, founder, s.Id, day(2027, time.January, 1))
	early := day(2027, time.February, 22)
	if got := so(early); got != "months_in 2/3, reports_accepted 2/2, nothing_due 1/1" {
		t.Errorf("a day before three months are over: %s", got)
	}
	_, err = startups.Graduate(house, manager, n.Id, " ", early)
	housetest.Refused(t, err, "enrolment.rules_open")
	_, err = startups.Graduate(house, housetest.StaffOf(t, house, cohort), n.Id, "đã đủ", early)
	housetest.Refused(t, err, "access.needs_manager")
	_, err = startups.Graduate(house, housetest.Actor(t, house, founder, early), n.Id, "đã đủ", early)
	housetest.Refused(t, err, "access.needs_manager")

	on := day(2027, time.February, 23)
	n, err = startups.Graduate(house, manager, n.Id, "không cần đến", on)
	housetest.Refused(t, err, "")
	facts, err := n.GraduatedWith()
	housetest.Refused(t, err, "")
	if n.Waiver() != "" || len(facts) != 3 || facts[0].Met != 3 || n.LeftOn() != "2027-02-23" {
		t.Errorf("graduated on %s with %+v and the waiver %q", n.LeftOn(), facts, n.Waiver())
	}
	asking(t, house, cohort, startups.GraduationRule{Rule: startups.RuleMonthsIn, Need: 99})
	if got := so(on); got != "months_in 3/3, reports_accepted 2/2, nothing_due 1/1" {
		t.Errorf("what is asked later changes what was found then: %s", got)
	}
	housetest.Well(t, house)
}

// Where something is open a manager says why, in writing, and not about a startup of their own.
func TestAWaiverHasAReasonAndNobodyWaivesForThemselves(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 2)
	s, founder := housetest.Active(t, house, cohort, "Một Đội", housetest.Noon)
	asking(t, house, cohort, startups.GraduationRule{Rule: startups.RuleMonthsIn, Need: 12})
	n, over := in(t, house, s.Id), access.Scope{Type: access.Cohort, ID: cohort}

	insider := housetest.Holder(t, house, access.Manager, over)
	_, err := startups.Join(house, housetest.Actor(t, house, founder, housetest.Noon), s.Id, startups.Newcomer{User: insider.Id, Role: startups.Advisor}, housetest.Noon)
	housetest.Refused(t, err, "")
	own := housetest.Actor(t, house, insider, housetest.Noon)
	_, err = startups.Graduate(house, own, n.Id, "tôi biết họ giỏi", housetest.Noon)
	housetest.Refused(t, err, "enrolment.own")
	_, err = startups.Terminate(house, own, n.Id, "tôi muốn", housetest.Noon)
	housetest.Refused(t, err, "enrolment.own")

	n, err = startups.Graduate(house, housetest.Acting(t, house, access.Manager, over), n.Id, " đã bán cho tập đoàn ", housetest.Noon)
	housetest.Refused(t, err, "")
	if n.Waiver() != "đã bán cho tập đoàn" || n.Status() != startups.EnrolmentGraduated {
		t.Errorf("%s by the waiver %q", n.Status(), n.Waiver())
	}
	for _, who := range []string{founder.Id, insider.Id} {
		heard := told(t, house, "enrolment_graduated", housetest.Noon)
		if len(heard) != 2 || heard[0].User != who && heard[1].User != who || heard[0].Args["title_vi"] != "Khóa thử" {
			t.Errorf("of a graduation hear %+v", heard)
		}
	}
	housetest.Well(t, house)
}

// Whoever writes past the verb meets the guard: no other facts, no waiver that nothing asks for, none without a graduation.
func TestNobodyWritesAGraduationByHand(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 2)
	s, _ := housetest.Active(t, house, cohort, "Một Đội", housetest.Noon)
	asking(t, house, cohort, startups.GraduationRule{Rule: startups.RuleMonthsIn, Need: 12})
	by := access.Job("test")
	for name, c := range map[string]struct {
		values map[string]any
		code   string
	}{
		"nothing found":          {map[string]any{"left_on": "2026-11-23"}, "enrolment.rules_open"},
		"a better find":          {map[string]any{"left_on": "2026-11-23", "waiver": "x", "graduated_with": `[{"rule":"months_in","need":12,"met":12}]`}, "enrolment.rooted"},
		"a waiver without cause": {map[string]any{"left_on": "2027-11-23", "waiver": "x", "graduated_with": `[{"rule":"months_in","need":12,"met":12}]`}, "enrolment.rooted"},
	} {
		n := in(t, house, s.Id)
		n.ProxyRecord().Load(c.values)
		if got := codeOf(startups.EnrolmentLife.Fire(house, n, "graduate", by, housetest.Noon)); got != c.code {
			t.Errorf("%s is refused with %q, want %q", name, got, c.code)
		}
	}
	n := in(t, house, s.Id)
	n.ProxyRecord().Load(map[string]any{"waiver": "x"})
	housetest.Refused(t, startups.EnrolmentLife.Fire(house, n, "pause", by, housetest.Noon), "enrolment.rooted")
	housetest.Well(t, house)
}

func TestACohortAsksOnlyWhatCanBeMet(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 1)
	manager := housetest.Acting(t, house, access.Manager, access.Scope{Type: access.Cohort, ID: cohort})
	ask := func(by access.Actor, rev int, rules ...startups.GraduationRule) string {
		_, err := startups.AskToGraduate(house, by, cohort, rules, rev, housetest.Noon)
		return codeOf(err)
	}
	months := startups.GraduationRule{Rule: startups.RuleMonthsIn, Need: 12}
	for name, got := range map[string][2]string{
		"no such rule":      {ask(manager, 0, startups.GraduationRule{Rule: "luck", Need: 1}), "graduation.rule"},
		"twice":             {ask(manager, 0, months, months), "graduation.twice"},
		"nothing of it":     {ask(manager, 0, startups.GraduationRule{Rule: startups.RuleAccepted}), "graduation.need"},
		"a yes of two":      {ask(manager, 0, startups.GraduationRule{Rule: startups.RuleNothingDue, Need: 2}), "graduation.need"},
		"ten years at most": {ask(manager, 0, startups.GraduationRule{Rule: startups.RuleMonthsIn, Need: 121}), "graduation.need"},
		"staff":             {ask(housetest.StaffOf(t, house, cohort), 0, months), "access.needs_manager"},
		"another's manager": {ask(housetest.Acting(t, house, access.Manager, access.Scope{Type: access.Cohort, ID: housetest.Places(t, house, 1)}), 0, months), "record.not_found"},
		"an official":       {ask(housetest.Acting(t, house, access.Official, access.House), 0, months), "record.not_found"},
		"nobody":            {ask(access.Actor{}, 0, months), "access.sign_in"},
	} {
		if got[0] != got[1] {
			t.Errorf("%s is refused with %q, want %q", name, got[0], got[1])
		}
	}
	if got := ask(manager, 0, months); got != "" {
		t.Errorf("a manager is refused with %q", got)
	}
	if got := ask(manager, 1); got != "" {
		t.Errorf("asking for nothing is refused with %q", got)
	}
	if got := ask(manager, 1, months); got != "record.stale" {
		t.Errorf("over an older reading: %q", got)
	}
	rules, rev, err := startups.AskedToGraduate(house, housetest.StaffOf(t, house, cohort), cohort)
	if err != nil || len(rules) != 0 || rev != 2 {
		t.Errorf("staff read %+v at %d, %v", rules, rev, err)
	}
	housetest.Well(t, house)
}

// Each step is heard by the startup's people but for who took it; that somebody left, by the staff of the cohort as well.
func TestWhoHearsOfTheStepsOfAnEnrolment(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 3)
	keeper := housetest.StaffOf(t, house, cohort)
	manager := housetest.Acting(t, house, access.Manager, access.Scope{Type: access.Cohort, ID: cohort})
	one, founder := housetest.Active(t, house, cohort, "Một Đội", housetest.Noon)
	other, _ := housetest.Active(t, house, cohort, "Đội Khác", housetest.Noon)
	by := housetest.Actor(t, house, founder, housetest.Noon)
	helper := housetest.User(t, house)
	_, err := startups.Join(house, by, one.Id, startups.Newcomer{User: helper.Id, Role: startups.Insider}, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = startups.Pause(house, keeper, in(t, house, one.Id).Id, "sinh em bé", housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = startups.Resume(house, keeper, in(t, house, one.Id).Id, "", housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = startups.Withdraw(house, by, in(t, house, one.Id).Id, "đổi hướng", housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = startups.Terminate(house, manager, in(t, house, other.Id).Id, "không liên lạc được", housetest.Noon)
	housetest.Refused(t, err, "")
	for rule, want := range map[string]int{
		"enrolment_paused": 2, "enrolment_resumed": 2, "enrolment_withdrawn": 1, "enrolment_left": 1, "enrolment_terminated": 1, "enrolment_graduated": 0,
	} {
		heard := told(t, house, rule, housetest.Noon)
		if len(heard) != want {
			t.Errorf("%s is heard by %+v", rule, heard)
		}
		for _, d := range heard {
			if rule == "enrolment_withdrawn" && d.User != helper.Id || rule == "enrolment_left" && d.User != keeper.ID || strings.Contains(d.Args["startup"], "đổi hướng") {
				t.Errorf("%s is heard by %+v", rule, d)
			}
		}
	}
	life, err := startups.Life(house, by, one.Id, housetest.Noon)
	housetest.Refused(t, err, "")
	if l := life[0]; len(l.Moves) != 4 || l.Moves[3].Reason != "đổi hướng" || l.ExitReason != "đổi hướng" || l.MayWithdraw || l.MayEnd || l.MayWork {
		t.Errorf("the page tells %+v", l)
	}
	_, err = startups.Life(house, housetest.Acting(t, house, access.Official, access.House), one.Id, housetest.Noon)
	housetest.Refused(t, err, "record.not_found")
	housetest.Well(t, house)
}

// A startup begins at most twice in a month: a third cohort is refused with words, and begins in the next.
func TestAThirdCohortWaitsForTheNextMonth(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, founder := housetest.Active(t, house, housetest.Places(t, house, 1), "Một Đội", housetest.Noon)
	enrol := func(now time.Time) error {
		_, err := startups.Enrol(house, housetest.Actor(t, house, founder, now),
			startups.Admission{Title: "Một Đội", Applicant: founder.Id, Startup: s.Id, Cohort: housetest.Places(t, house, 1)}, now)
		return err
	}
	housetest.Refused(t, enrol(housetest.Noon), "")
	housetest.Refused(t, enrol(housetest.Noon), "enrolment.too_soon")
	housetest.Refused(t, enrol(housetest.Noon.AddDate(0, 0, 8)), "")
	housetest.Well(t, house)
}
