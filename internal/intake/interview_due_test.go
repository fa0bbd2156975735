package intake_test

import (
	"slices"
	"testing"
	"time"

	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// Whoever has not said whether they come to an interview can say it today, and no longer than it can be said. It is the next
// date of their application, in the list of them too.
func TestAnInterviewWaitsForItsApplicant(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	a, applicant := housetest.Submitted(t, house, housetest.OpenIntake(t, house, now, 1), now)
	_, along := housetest.Along(t, house, a, applicant, now)
	by, with := housetest.Actor(t, house, applicant, now), housetest.Actor(t, house, along, now)
	next := func(at time.Time) string {
		t.Helper()
		rows, err := intake.MineAll(house, by, at)
		if err != nil || len(rows) != 1 || rows[0].Next == nil {
			t.Fatalf("own applications: %+v, %v", rows, err)
		}
		if p, err := intake.Read(house, by, a.Id, at); err != nil || p.Own.Next == nil || p.Own.Next.Key != rows[0].Next.Key {
			t.Errorf("the page says %v (%v), the list %s", p.Own.Next, err, rows[0].Next.Key)
		}
		return rows[0].Next.Key
	}
	if got := next(now); got != "closes" {
		t.Errorf("without an interview %s is next", got)
	}
	v, _ := housetest.Interview(t, house, a, 48*time.Hour, now)
	if got := duties(t, house, by, now); !slices.Equal(got, []string{"interview_answer"}) || next(now) != "interview" {
		t.Errorf("an interview that waits for a word: %v", got)
	}
	if got := duties(t, house, with, now); len(got) != 0 {
		t.Errorf("whoever writes along is to answer: %v", got)
	}
	if got := duties(t, house, by, v.StartsAt()); len(got) != 0 {
		t.Errorf("an interview that has begun waits for a word: %v", got)
	}
	_, err := intake.Ask(house, housetest.StaffActing(t, house), a.Id, "Ai bán hàng?", now.Add(20*time.Hour), now)
	housetest.Refused(t, err, "")
	if got := duties(t, house, by, now); !slices.Equal(got, []string{"interview_answer", "application_question"}) || next(now) != "answer" {
		t.Errorf("a question beside an interview: %v", got)
	}
	_, err = intake.Answer(house, by, a.Id, 0, now)
	housetest.Refused(t, err, "")
	_, err = intake.ConfirmInterview(house, by, v.Id, 0, now)
	housetest.Refused(t, err, "")
	if got := duties(t, house, by, now); len(got) != 0 || next(now) != "interview" {
		t.Errorf("a confirmed interview: %v", got)
	}
	_, err = intake.DeclineInterview(house, by, v.Id, "Tôi đi xa", 0, now)
	housetest.Refused(t, err, "")
	if got := next(now); got == "interview" {
		t.Error("an interview that they cannot come to is their next date")
	}
	housetest.Well(t, house)
}

// Whoever is ruled out or goes away is heard by nobody: what is to come is called off, and what has begun was heard.
func TestWhoIsOutIsNotHeard(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.OpenIntake(t, house, now, 1)
	out, _ := housetest.Submitted(t, house, call, now)
	heard, _ := housetest.Interview(t, house, out, time.Minute, now)
	coming, _ := housetest.Interview(t, house, out, 72*time.Hour, now)
	waits, applicant := housetest.Submitted(t, house, call, now)
	standing, _ := housetest.Interview(t, house, waits, 72*time.Hour, now)
	_, err := intake.RuleOut(house, housetest.StaffActing(t, house), out.Id, "Ngoài tỉnh", now.Add(30*time.Minute))
	housetest.Refused(t, err, "")
	if heard := housetest.Heard(t, house, "interview_off", now.Add(30*time.Minute), coming.Id, "coming"); heard == "" {
		t.Error("nobody hears that an interview was called off")
	}
	after := housetest.Deciding(t, house, call, now)
	housetest.Decided(t, house, call, waits, intake.Waitlisted, after)
	housetest.Released(t, house, call, after)
	_, err = intake.Withdraw(house, housetest.Actor(t, house, applicant, after), waits.Id, after)
	housetest.Refused(t, err, "")
	for v, want := range map[*intake.Interview]string{heard: "set", coming: "cancelled", standing: "cancelled"} {
		if v, err := intake.Interviews.Find(house, v.Id); err != nil || string(v.Status()) != want {
			t.Errorf("an interview at %s is %s, want %s", v.StartsAt(), v.Status(), want)
		}
	}
	housetest.Well(t, house)
}
