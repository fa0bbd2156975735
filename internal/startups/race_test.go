package startups_test

import (
	"fmt"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// without takes guards away, for negative controls.
func without(app core.App, collection string, ids ...string) {
	for _, id := range ids {
		app.OnRecordCreateExecute(collection).Unbind(id)
		app.OnRecordUpdateExecute(collection).Unbind(id)
	}
}

// crowd lets thirty teams accept a place in a cohort of ten at once, and returns how many came in.
func crowd(t *testing.T, house *tests.TestApp) int {
	t.Helper()
	const teams, places = 30, 10
	cohort := housetest.Places(t, house, places)
	founders := make([]*core.Record, teams)
	for i := range founders {
		founders[i] = housetest.User(t, house)
	}
	return housetest.Race(teams, func(i int) error {
		_, err := startups.Enrol(house, access.Actor{ID: founders[i].Id}, startups.Admission{
			Title: fmt.Sprintf("Đội %d", i), Applicant: founders[i].Id, Cohort: cohort, Sector: "services",
		}, housetest.Noon)
		return err
	})
}

func TestRaceACohortTakesAsManyAsItHasPlaces(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	if won := crowd(t, house); won != 10 {
		t.Errorf("%d teams came into ten places", won)
	}
	housetest.Well(t, house)
}

func TestRaceWithoutTheGuardACohortOverflows(t *testing.T) {
	t.Parallel()
	housetest.Until(t, func() bool {
		house := housetest.App(t)
		without(house, "enrolments", "startups.capacity")
		return crowd(t, house) > 10
	})
}

// handIn lets many people hand one report in at once, each from a copy read before.
func handIn(t *testing.T, house *tests.TestApp) int {
	t.Helper()
	const people = 40
	s, founder := housetest.Enrolled(t, house, housetest.Places(t, house, 1), "Một Đội", housetest.Noon)
	by, q := housetest.Actor(t, house, founder, housetest.Noon), housetest.Report(t, house, s.Id, "baseline")
	_, err := startups.Fill(house, by, q.Id, housetest.Answers(7), nil, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	copies := make([]*startups.Request, people)
	for i := range copies {
		copies[i], err = startups.Requests.Find(house, q.Id)
		housetest.Refused(t, err, "")
	}
	return housetest.Race(people, func(i int) error {
		return startups.RequestLife.Fire(house, copies[i], "submit", by, housetest.Noon)
	})
}

func TestRaceAReportIsHandedInOnce(t *testing.T) {
	t.Parallel()
	if won := handIn(t, housetest.App(t)); won != 1 {
		t.Errorf("one report was handed in %d times", won)
	}
}

// Either of two guards holds alone; without both, everybody hands it in.
func TestRaceWhichGuardHoldsTheReport(t *testing.T) {
	t.Parallel()
	const life, revision = "lifecycle.report_requests", "record.revised.report_requests"
	handed := func(t *testing.T, off ...string) int {
		t.Helper()
		house := housetest.App(t)
		without(house, "report_requests", off...)
		return handIn(t, house)
	}
	for name, off := range map[string]string{"revision alone": life, "lifecycle alone": revision} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if won := handed(t, off); won != 1 {
				t.Errorf("handed in %d times", won)
			}
		})
	}
	housetest.Until(t, func() bool { return handed(t, life, revision) > 1 })
}

func TestRaceTwoPeopleSubmitThroughTheVerb(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, founder := housetest.Enrolled(t, house, housetest.Places(t, house, 1), "Một Đội", housetest.Noon)
	by, q := housetest.Actor(t, house, founder, housetest.Noon), housetest.Report(t, house, s.Id, "baseline")
	_, err := startups.Fill(house, by, q.Id, housetest.Answers(7), nil, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	if won := housetest.Race(20, func(int) error { _, err := startups.Submit(house, by, q.Id, 0, housetest.Noon); return err }); won != 1 {
		t.Errorf("handed in %d times", won)
	}
	n, err := house.CountRecords("journal", dbx.HashExp{"subject": q.Id, "verb": "submit"})
	housetest.Refused(t, err, "")
	if n != 1 {
		t.Errorf("the journal tells of %d", n)
	}
	housetest.Well(t, house)
}

func TestRaceTheMonthIsAskedForOnce(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 5)
	for i := range 5 {
		housetest.Active(t, house, cohort, fmt.Sprintf("Đội %d", i), housetest.Noon)
	}
	month := housetest.Noon.AddDate(0, 1, -20)
	_ = housetest.Race(8, func(int) error { return startups.OpenReports(house, month) }) // some may be told that others were faster
	housetest.Refused(t, startups.OpenReports(house, month), "")
	n, err := house.CountRecords("report_requests", dbx.HashExp{"period_key": "2026-11"})
	housetest.Refused(t, err, "")
	if n != 5 {
		t.Errorf("five startups were asked %d times", n)
	}
	housetest.Well(t, house)
}

// Two of the staff judge at one moment: one of them does.
func TestRaceAMilestoneIsJudgedOnce(t *testing.T) {
	t.Parallel()
	g := set(t, "2026-12-14").handed(t)
	other := housetest.StaffOf(t, g.house, g.cohort)
	won := housetest.Race(8, func(i int) error {
		if i%2 == 0 {
			_, err := startups.VerifyMilestone(g.house, g.staff, g.m.Id, "", 0, housetest.Noon)
			return err
		}
		_, err := startups.DropMilestone(g.house, other, g.m.Id, "không thấy", 0, housetest.Noon)
		return err
	})
	if won != 1 {
		t.Errorf("%d of eight judged", won)
	}
	housetest.Well(t, g.house)
}

// judged lets eight judge one milestone at once, each from a copy read before, and returns how many did.
func judged(t *testing.T, off ...string) int {
	t.Helper()
	g := set(t, "2026-12-14").handed(t)
	without(g.house, "milestones", off...)
	copies := make([]*startups.Milestone, 8)
	for i := range copies {
		m, err := startups.Milestones.Find(g.house, g.m.Id)
		housetest.Refused(t, err, "")
		copies[i] = m
	}
	return housetest.Race(len(copies), func(i int) error {
		return startups.MilestoneLife.Fire(g.house, copies[i], []string{"verify", "drop"}[i%2], g.staff, housetest.Noon)
	})
}

// Either of two guards holds alone; without both, a milestone is verified and dropped.
func TestRaceWhichGuardHoldsTheMilestone(t *testing.T) {
	t.Parallel()
	const life, revision = "lifecycle.milestones", "record.revised.milestones"
	for name, off := range map[string]string{"revision alone": life, "lifecycle alone": revision} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if won := judged(t, off); won != 1 {
				t.Errorf("%d of eight judged", won)
			}
		})
	}
	housetest.Until(t, func() bool { return judged(t, life, revision) > 1 })
}
