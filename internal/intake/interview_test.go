package intake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/lifecycle"
)

// One interview from its setting to its end: who may, who hears of it, and what they are told.
func TestAnInterviewIsSetChangedAnsweredAndHeld(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.OpenIntake(t, house, now, 1)
	a, applicant := housetest.Submitted(t, house, call, now)
	_, along := housetest.Along(t, house, a, applicant, now)
	by, stranger := housetest.Actor(t, house, applicant, now), housetest.Actor(t, house, housetest.User(t, house), now)
	staff := housetest.StaffActing(t, house)
	v, judge := housetest.Interview(t, house, a, 48*time.Hour, now)
	names := []string{v.Id, "it", applicant.Id, "applicant", along.Id, "along", judge.Id, "judge"}
	if heard := housetest.Heard(t, house, "interview_set", now, names...); strings.Count(heard, "interview:it:0:") != 3 {
		t.Errorf("of the interview hear %s", heard)
	}
	paper, err := intake.Read(house, by, a.Id, now)
	housetest.Refused(t, err, "")
	if got := paper.Own; len(got.Interviews) != 1 || got.Interviews[0].Place != "Phòng họp 2" || got.Next == nil || got.Next.Key != "interview" {
		t.Errorf("the applicant sees %+v", got)
	}
	_, err = intake.ConfirmInterview(house, stranger, v.Id, 0, now)
	housetest.Refused(t, err, "record.not_found")
	_, err = intake.ConfirmInterview(house, housetest.Actor(t, house, along, now), v.Id, 0, now)
	housetest.Refused(t, err, "record.not_found") // the applicant answers
	v, err = intake.ConfirmInterview(house, by, v.Id, v.Rev(), now)
	housetest.Refused(t, err, "")

	// Another time asks anew, and calendars follow.
	later := now.Add(50 * time.Hour)
	_, err = intake.Rearrange(house, stranger, v.Id, intake.Meeting{StartsAt: &later}, 0, now)
	housetest.Refused(t, err, "record.not_found")
	v, err = intake.Rearrange(house, staff, v.Id, intake.Meeting{StartsAt: &later}, v.Rev(), now)
	housetest.Refused(t, err, "")
	if v.Status() != intake.InterviewSet || v.Sequence() != 1 || !v.EndsAt().Equal(later.Add(20*time.Minute)) {
		t.Errorf("a changed interview is %s, %d", v.Status(), v.Sequence())
	}
	_, err = intake.DeclineInterview(house, by, v.Id, "  ", 0, now)
	housetest.Refused(t, err, "interview.no_words")
	v, err = intake.DeclineInterview(house, by, v.Id, "Tôi đi công tác, thứ Sáu được", 0, now)
	housetest.Refused(t, err, "")
	if heard := housetest.Heard(t, house, "interview_declined", now, v.Id, "it"); !strings.Contains(heard, "interview-no:it:1") {
		t.Errorf("whoever set it hears %q", heard)
	}
	v, err = intake.Rearrange(house, staff, v.Id, intake.Meeting{StartsAt: &later}, 0, now)
	housetest.Refused(t, err, "")
	if heard := housetest.Heard(t, house, "interview_soon", later.Add(-25*time.Hour), names...); strings.Count(heard, "interview-soon:it:2") != 3 {
		t.Errorf("of the interview tomorrow hear %s", heard)
	}
	_, err = intake.Hold(house, staff, v.Id, now)
	housetest.Refused(t, err, "interview.not_yet")
	_, err = intake.ConfirmInterview(house, by, v.Id, 0, later)
	housetest.Refused(t, err, "interview.began")
	_, err = intake.Hold(house, staff, v.Id, later)
	housetest.Refused(t, err, "")
	_, err = intake.Rearrange(house, staff, v.Id, intake.Meeting{StartsAt: &later}, 0, now)
	housetest.Refused(t, err, "interview.over")
	housetest.Well(t, house)
}

func TestWhatNoInterviewCanBe(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.OpenIntake(t, house, now, 1)
	a, applicant := housetest.Submitted(t, house, call, now)
	b, _ := housetest.Submitted(t, house, call, now)
	draft, _ := housetest.Draft(t, house, call, now)
	elsewhere, _ := housetest.Submitted(t, house, housetest.OpenIntake(t, house, now, 1), now)
	staff := housetest.StaffActing(t, house)
	v, judge := housetest.Interview(t, house, a, 24*time.Hour, now)
	other := housetest.Holder(t, house, access.Judge, access.House)
	stranger := housetest.User(t, house)
	near := housetest.Holder(t, house, access.Judge, access.House)
	m, err := intake.Invite(house, housetest.Actor(t, house, applicant, now), a.Id, intake.Invited{Email: near.Email(), Role: "advisor"}, now)
	housetest.Refused(t, err, "")
	_, err = intake.Join(house, housetest.Actor(t, house, near, now), m.Id, true, now)
	housetest.Refused(t, err, "")
	at, place, link, minutes := v.StartsAt(), "Phòng 1", "", 20
	for _, c := range []struct {
		code, application string
		at                time.Time
		panel             []string
		place, link       string
		minutes           int
	}{
		{"", b.Id, at.Add(20 * time.Minute), []string{judge.Id}, place, link, minutes}, // half-open: the next begins as the last ends
		{"interview.busy_panel", b.Id, at.Add(19 * time.Minute), []string{judge.Id, other.Id}, place, link, minutes},
		{"interview.busy_panel", b.Id, at.Add(-4*time.Hour + 10*time.Minute), []string{judge.Id}, place, link, 240},
		{"interview.busy_application", a.Id, at.Add(-time.Minute), []string{other.Id}, place, link, minutes},
		{"interview.past", b.Id, now, []string{other.Id}, place, link, minutes},
		{"interview.minutes", b.Id, at, []string{other.Id}, place, link, 4},
		{"interview.place", b.Id, at, []string{other.Id}, "  ", link, minutes},
		{"interview.link", b.Id, at, []string{other.Id}, "", "javascript:alert(1)", minutes},
		{"interview.panel", b.Id, at, nil, place, link, minutes},
		{"interview.stranger", b.Id, at, []string{stranger.Id}, place, link, minutes},
		{"interview.related", a.Id, at.Add(2 * time.Hour), []string{near.Id}, place, link, minutes},
		{"application.not_handed_in", draft.Id, at, []string{other.Id}, place, link, minutes},
		{"record.not_found", elsewhere.Id, at, []string{other.Id}, place, link, minutes},
	} {
		_, err := intake.Meet(house, staff, call.Id, []intake.Slot{{Application: c.application, StartsAt: c.at}},
			intake.Meeting{Minutes: &c.minutes, Place: &c.place, Link: &c.link, Panel: &c.panel}, now)
		housetest.Refused(t, err, c.code)
	}
	_, err = intake.Meet(house, staff, call.Id, nil, intake.Meeting{}, now)
	housetest.Refused(t, err, "interview.none")

	// Whoever takes the application back gives everybody their time back.
	_, err = intake.Withdraw(house, housetest.Actor(t, house, applicant, now), a.Id, now)
	housetest.Refused(t, err, "")
	if v, err = intake.Interviews.Find(house, v.Id); err != nil || v.Status() != intake.InterviewCancelled {
		t.Errorf("the interview of a withdrawn application is %s", v.Status())
	}
	housetest.Well(t, house)
}

func TestASeriesIsLaidOutAroundABreak(t *testing.T) {
	t.Parallel()
	nine := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	slots, err := intake.Series{
		Applications: []string{"a", "b", "c", "d"}, From: nine, Minutes: 20, Pause: 5, BreakAt: nine.Add(45 * time.Minute), BreakFor: 15,
	}.Lay()
	housetest.Refused(t, err, "")
	for n, want := range []string{"09:00", "09:25", "10:00", "10:25"} {
		if got := slots[n].StartsAt.Format("15:04"); got != want {
			t.Errorf("the interview of %s is at %s, want %s", slots[n].Application, got, want)
		}
	}
	_, err = intake.Series{Applications: []string{"a"}, From: nine}.Lay()
	housetest.Refused(t, err, "interview.minutes")
	_, err = intake.Series{From: nine, Minutes: 20}.Lay()
	housetest.Refused(t, err, "interview.none")
}

// clash lets many members of staff set an interview at one hour with one judge, and returns how many did.
func clash(t *testing.T, house *tests.TestApp, n int) int {
	t.Helper()
	now := housetest.Noon
	call := housetest.OpenIntake(t, house, now, 1)
	judge, staff := housetest.Holder(t, house, access.Judge, access.House), housetest.StaffActing(t, house)
	rows := make([]*core.Record, n)
	interviews, err := house.FindCollectionByNameOrId("interviews")
	housetest.Refused(t, err, "")
	for i := range rows {
		a, _ := housetest.Submitted(t, house, call, now)
		rows[i] = core.NewRecord(interviews)
		rows[i].Load(map[string]any{
			"application": a.Id, "intake": call.Id, "starts_at": now.Add(24 * time.Hour), "ends_at": now.Add(25 * time.Hour), "minutes": 20, "place": "Phòng 1",
			"panel": []string{judge.Id}, "set_by": staff.ID, "status": "set",
		})
	}
	return housetest.Race(n, func(i int) error { return house.Save(rows[i]) })
}

func TestRaceAJudgeIsInOneInterviewAtATime(t *testing.T) {
	t.Parallel()
	if won := clash(t, housetest.App(t), many(80)); won != 1 {
		t.Errorf("a judge is in %d interviews at once", won)
	}
}

// The negative control: without the guard everybody gets the hour.
func TestRaceWithoutTheGuardAJudgeIsEverywhere(t *testing.T) {
	t.Parallel()
	housetest.Until(t, func() bool {
		house := housetest.App(t)
		without(house, "interviews", "intake.interview")
		return clash(t, house, many(80)) > 1
	})
}

// Nobody comes to be heard about what they have been told, or in an intake that was called off. What has begun was heard.
func TestInterviewsAreCalledOffWhenThereIsNothingMoreToHear(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	call := housetest.OpenIntake(t, house, housetest.Noon, 1)
	a, applicant := housetest.Submitted(t, house, call, housetest.Noon)
	b, _ := housetest.Submitted(t, house, call, housetest.Noon)
	now := housetest.Deciding(t, house, call, housetest.Noon)
	begun, _ := housetest.Interview(t, house, b, time.Minute, now)
	set, _ := housetest.Interview(t, house, b, 24*time.Hour, now)
	confirmed, judge := housetest.Interview(t, house, a, 24*time.Hour, now)
	_, err := intake.ConfirmInterview(house, housetest.Actor(t, house, applicant, now), confirmed.Id, 0, now)
	housetest.Refused(t, err, "")
	housetest.Decided(t, house, call, a, intake.Admitted, now)
	housetest.Decided(t, house, call, b, intake.Waitlisted, now)
	now = now.Add(time.Minute)
	housetest.Released(t, house, call, now)
	for v, want := range map[*intake.Interview]lifecycle.State{
		begun: intake.InterviewSet, set: intake.InterviewCancelled, confirmed: intake.InterviewCancelled,
	} {
		if v, err = intake.Interviews.Find(house, v.Id); err != nil || v.Status() != want {
			t.Errorf("an interview is %s after the release, want %s (%v)", v.Status(), want, err)
		}
	}
	if heard := housetest.Heard(t, house, "interview_off", now, judge.Id, "judge"); !strings.Contains(heard, "judge") {
		t.Errorf("whoever was to hear them hears %q", heard)
	}
	later := now.Add(time.Hour)
	_, err = intake.Rearrange(house, housetest.StaffActing(t, house), begun.Id, intake.Meeting{StartsAt: &later}, 0, now)
	housetest.Refused(t, err, "application.not_handed_in")
	housetest.Well(t, house)

	call = housetest.OpenIntake(t, house, now, 1)
	a, _ = housetest.Submitted(t, house, call, now)
	set, judge = housetest.Interview(t, house, a, 24*time.Hour, now)
	_, err = intake.Cancel(house, housetest.ManagerOf(t, house, call), call.Id, "Hết kinh phí", now)
	housetest.Refused(t, err, "")
	if set, err = intake.Interviews.Find(house, set.Id); err != nil || set.Status() != intake.InterviewCancelled {
		t.Errorf("an interview of an intake that was called off is %s (%v)", set.Status(), err)
	}
	minutes, place, panel := 20, "Phòng 1", []string{judge.Id}
	_, err = intake.Meet(house, housetest.StaffActing(t, house), call.Id, []intake.Slot{{Application: a.Id, StartsAt: later}},
		intake.Meeting{Minutes: &minutes, Place: &place, Panel: &panel}, now)
	housetest.Refused(t, err, "application.not_handed_in")
}

// Staff hear in words that an interview is about their own, as everywhere else.
func TestNobodyArrangesTheirOwnInterview(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.OpenIntake(t, house, now, 1)
	a, applicant := housetest.Submitted(t, house, call, now)
	along := housetest.Holder(t, house, access.Staff, access.House)
	m, err := intake.Invite(house, housetest.Actor(t, house, applicant, now), a.Id, intake.Invited{Email: along.Email(), Role: "advisor"}, now)
	housetest.Refused(t, err, "")
	_, err = intake.Join(house, housetest.Actor(t, house, along, now), m.Id, true, now)
	housetest.Refused(t, err, "")
	v, _ := housetest.Interview(t, house, a, 24*time.Hour, now)
	by, later := housetest.Actor(t, house, along, now), now.Add(30*time.Hour)
	_, err = intake.Rearrange(house, by, v.Id, intake.Meeting{StartsAt: &later}, 0, now)
	housetest.Refused(t, err, "application.own")
	_, err = intake.CallOff(house, by, v.Id, "Bận", now)
	housetest.Refused(t, err, "application.own")
	_, err = intake.Hold(house, by, v.Id, later)
	housetest.Refused(t, err, "application.own")
	_, err = intake.CallOff(house, housetest.Actor(t, house, applicant, now), v.Id, "Bận", now)
	housetest.Refused(t, err, "record.not_found")
}
