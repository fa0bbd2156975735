package judging_test

import (
	"testing"
	"time"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/judging"
	"vuon/internal/judging/score"
)

type points = score.Hundredths

func TestARoundIsOpenUntilItsEndAndNotAtIt(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]struct {
		after time.Duration
		want  string
	}{
		"a moment before": {time.Hour - time.Millisecond, ""},
		"at the end":      {time.Hour, "round.not_open"},
		"a moment after":  {time.Hour + time.Millisecond, "round.not_open"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := sit(t).opens(t)
			c.write(t)
			_, err := judging.Submit(c.house, c.by, c.asked.Id, true, 0, c.now.Add(at.after))
			housetest.Refused(t, err, at.want)
			housetest.Well(t, c.house)
		})
	}
}

func TestASheetIsItsJudgesAlone(t *testing.T) {
	t.Parallel()
	c := sit(t).opens(t)
	_, other := housetest.Asked(t, c.house, c.call, c.paper, c.now)
	for name, by := range map[string]access.Actor{
		"another judge": housetest.Actor(t, c.house, other, c.now), "staff": c.staff, "a manager": housetest.ManagerOf(t, c.house, c.call),
		"a stranger": housetest.Actor(t, c.house, housetest.User(t, c.house), c.now),
	} {
		_, err := judging.Before(c.house, by, c.asked.Id, c.now)
		housetest.Refused(t, err, "record.not_found")
		_, err = judging.Save(c.house, by, c.asked.Id, judging.Edit{Scores: housetest.Points(500)}, 0, c.now)
		housetest.Refused(t, err, "record.not_found")
		_, err = judging.Submit(c.house, by, c.asked.Id, true, 0, c.now)
		housetest.Refused(t, err, "record.not_found")
		if tasks, err := judging.Queue(c.house, by, c.now); err != nil || len(tasks) > 0 && tasks[0].ID == c.asked.Id {
			t.Errorf("%s sees the assignment in their queue (%v)", name, err)
		}
	}
}

func TestAJudgeWhoseRoleHasEndedSeesNothing(t *testing.T) {
	t.Parallel()
	c := sit(t).opens(t)
	grants, err := access.RoleGrants.All(c.house)
	housetest.Refused(t, err, "")
	for _, g := range grants {
		if g.UserID() == c.judge.Id {
			g.SetRevoked(c.now)
			housetest.Save(t, c.house, g)
		}
	}
	by := housetest.Actor(t, c.house, c.judge, c.now)
	_, err = judging.Before(c.house, by, c.asked.Id, c.now)
	housetest.Refused(t, err, "record.not_found")
	if tasks, err := judging.Queue(c.house, by, c.now); err != nil || len(tasks) != 0 {
		t.Errorf("the queue shows %d tasks (%v)", len(tasks), err)
	}
}

func TestTwoTabsDoNotOverwriteEachOther(t *testing.T) {
	t.Parallel()
	c := sit(t).opens(t)
	seen := c.write(t).Rev()
	word, another := "rõ ràng", "chưa rõ"
	_, err := judging.Save(c.house, c.by, c.asked.Id, judging.Edit{Comment: &word}, seen, c.now)
	housetest.Refused(t, err, "")
	_, err = judging.Save(c.house, c.by, c.asked.Id, judging.Edit{Comment: &another}, seen, c.now)
	housetest.Refused(t, err, "record.stale")
}

func TestWhoDeclaresAConflictIsOut(t *testing.T) {
	t.Parallel()
	c := sit(t).opens(t)
	c.write(t)
	_, err := judging.Submit(c.house, c.by, c.asked.Id, true, 0, c.now)
	housetest.Refused(t, err, "")
	_, err = judging.Recuse(c.house, c.by, c.asked.Id, " ", c.now)
	housetest.Refused(t, err, "assignment.no_reason")
	_, err = judging.Recuse(c.house, c.by, c.asked.Id, "Tôi vừa góp vốn vào đội này", c.now)
	housetest.Refused(t, err, "")
	tallies, err := judging.Tallies(c.house, "intake", c.call.Id)
	housetest.Refused(t, err, "")
	if got := tallies[c.paper.Id]; got.Asked != 0 || got.Done != 0 {
		t.Errorf("%d asked and %d sheets still count", got.Asked, got.Done)
	}
	_, err = judging.Before(c.house, c.by, c.asked.Id, c.now)
	housetest.Refused(t, err, "record.not_found")
	_, refused, err := intake.Assign(c.house, c.staff, c.call.Id, []string{c.paper.Id}, []string{c.judge.Id}, c.now)
	if err != nil || len(refused) != 1 || refused[0].Code != "assignment.exists" {
		t.Errorf("asked again: %v, %v", refused, err)
	}
	housetest.Well(t, c.house)
}

func TestARaisedConflictBlocksAtOnceAndASecondPersonMayLiftIt(t *testing.T) {
	t.Parallel()
	c := sit(t).opens(t)
	c.write(t)
	x, err := judging.Report(c.house, c.staff, c.judge.Id, "application", c.paper.Id, "cùng công ty cũ", c.now)
	housetest.Refused(t, err, "")
	_, err = judging.Submit(c.house, c.by, c.asked.Id, true, 0, c.now)
	housetest.Refused(t, err, "assignment.conflict")
	_, err = judging.Dismiss(c.house, c.staff, x.Id, "đã lâu", c.now)
	housetest.Refused(t, err, "conflict.second_person")
	second := housetest.StaffActing(t, c.house)
	_, err = judging.Dismiss(c.house, second, x.Id, "", c.now)
	housetest.Refused(t, err, "conflict.no_reason")
	_, err = judging.Dismiss(c.house, second, x.Id, "đã lâu", c.now)
	housetest.Refused(t, err, "")
	_, err = judging.Submit(c.house, c.by, c.asked.Id, true, 0, c.now)
	housetest.Refused(t, err, "")
	housetest.Well(t, c.house)
}

func TestAConfirmedConflictVoidsTheSheet(t *testing.T) {
	t.Parallel()
	c := sit(t).opens(t)
	housetest.Judged(t, c.house, c.asked, c.judge, 500, c.now)
	x, err := judging.Report(c.house, c.staff, c.judge.Id, "application", c.paper.Id, "cùng công ty cũ", c.now)
	housetest.Refused(t, err, "")
	_, err = judging.Confirm(c.house, c.staff, x.Id, c.now)
	housetest.Refused(t, err, "")
	a, err := judging.Assignments.Find(c.house, c.asked.Id)
	housetest.Refused(t, err, "")
	if a.Status() != judging.AssignmentConflict {
		t.Errorf("the assignment is %s", a.Status())
	}
	if tallies, err := judging.Tallies(c.house, "intake", c.call.Id); err != nil || tallies[c.paper.Id].Done != 0 {
		t.Errorf("the sheet still counts (%v)", err)
	}
	_, err = judging.Pin(c.house, c.staff, x.Id, c.now)
	housetest.Refused(t, err, "")
	housetest.Well(t, c.house)
}

// A conflict that is raised while the round closes is weighed when it is computed.
func TestASheetUnderSuspicionIsNotCounted(t *testing.T) {
	t.Parallel()
	c := sit(t).opens(t)
	housetest.Judged(t, c.house, c.asked, c.judge, 500, c.now)
	_, err := judging.Report(c.house, c.staff, c.judge.Id, "application", c.paper.Id, "cùng công ty cũ", c.now)
	housetest.Refused(t, err, "")
	_, err = intake.CloseRound(c.house, c.staff, c.call.Id, c.now)
	housetest.Refused(t, err, "")
	sheets, err := judging.Sheets.All(c.house)
	housetest.Refused(t, err, "")
	if sheets[0].Status() != judging.SheetExcluded || sheets[0].ExcludedBecause() != "conflict" {
		t.Errorf("the sheet is %s", sheets[0].Status())
	}
}

func TestTheHouseKnowsWhoStandsTooNear(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.OpenIntake(t, house, now, 5)
	a, founder := housetest.Submitted(t, house, call, now)
	g, err := access.NewGrant(house, founder.Id, access.Judge, access.House, time.Time{}, "", "test")
	housetest.Refused(t, err, "")
	housetest.Save(t, house, g)
	stranger := housetest.User(t, house)
	n, refused, err := intake.Assign(house, housetest.StaffActing(t, house), call.Id, []string{a.Id}, []string{founder.Id, stranger.Id}, now)
	housetest.Refused(t, err, "")
	if n != 0 || len(refused) != 2 || refused[0].Code != "assignment.conflict" || refused[1].Code != "assignment.not_judge" {
		t.Errorf("%d asked, refused %v", n, refused)
	}
	all, err := judging.Conflicts.All(house)
	housetest.Refused(t, err, "")
	if len(all) != 1 || all[0].Kind() != judging.Derived || all[0].Basis() != "applicant" {
		t.Errorf("the conflict is not written down: %v", all)
	}
}

// Reopening needs two people, and the first does not count twice.
func TestARoundIsReopenedByTwo(t *testing.T) {
	t.Parallel()
	c := sit(t).opens(t)
	housetest.Judged(t, c.house, c.asked, c.judge, 300, c.now)
	r := c.round(t)
	_, err := judging.Close(c.house, c.staff, r.Id, c.now)
	housetest.Refused(t, err, "")
	until := c.now.Add(2 * time.Hour)
	_, err = judging.Reopen(c.house, c.staff, r.Id, " ", until, c.now)
	housetest.Refused(t, err, "round.no_reason")
	done, err := judging.Reopen(c.house, c.staff, r.Id, "nhầm hồ sơ", until, c.now)
	if err != nil || done {
		t.Fatalf("one person has reopened the round (%v)", err)
	}
	_, err = judging.Reopen(c.house, c.staff, r.Id, "nhầm hồ sơ", until, c.now)
	housetest.Refused(t, err, "round.second_person")
	second := housetest.StaffActing(t, c.house)
	tomorrow := c.now.Add(24 * time.Hour)
	if done, err = judging.Reopen(c.house, second, r.Id, "đồng ý", tomorrow.Add(time.Hour), tomorrow); err != nil || done {
		t.Fatalf("a wish of yesterday still holds (%v)", err)
	}
	if done, err = judging.Reopen(c.house, c.staff, r.Id, "nhầm hồ sơ", tomorrow.Add(time.Hour), tomorrow); err != nil || !done {
		t.Fatalf("two people have not reopened the round (%v)", err)
	}
	_, err = judging.Save(c.house, c.by, c.asked.Id, judging.Edit{Scores: housetest.Points(400)}, 0, tomorrow)
	housetest.Refused(t, err, "")
	housetest.Well(t, c.house)
}

func TestWhatNobodyAnswersExpires(t *testing.T) {
	t.Parallel()
	c := sit(t).opens(t)
	late, judge := housetest.Asked(t, c.house, c.call, c.paper, c.now) // due at the end of the round
	housetest.Refused(t, judging.ExpireAssignments(c.house, c.now.Add(time.Hour-time.Millisecond)), "")
	_, err := judging.Accept(c.house, housetest.Actor(t, c.house, judge, c.now), late.Id, c.now)
	housetest.Refused(t, err, "")
	another, _ := housetest.Asked(t, c.house, c.call, c.paper, c.now)
	housetest.Refused(t, judging.ExpireAssignments(c.house, c.now.Add(time.Hour)), "")
	for id, want := range map[string]string{late.Id: "accepted", another.Id: "expired", c.asked.Id: "offered"} {
		if a, err := judging.Assignments.Find(c.house, id); err != nil || string(a.Status()) != want {
			t.Errorf("the assignment is %s, want %s (%v)", a.Status(), want, err)
		}
	}
}
