package housetest

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/intake"
	"vuon/internal/judging"
)

// Round plans one more round of an intake.
func Round(t testing.TB, app core.App, i *intake.Intake, terms judging.Terms, now time.Time) *judging.Round {
	t.Helper()
	title := "Vòng chấm"
	if terms.TitleVI == nil {
		terms.TitleVI = &title
	}
	r, err := intake.AddRound(app, StaffActing(t, app), i.Id, terms, now)
	if err != nil {
		t.Fatalf("add a round: %v", err)
	}
	return r
}

// Seated asks a new judge onto the panel of a round, who takes so many sheets, and returns them with their commitment.
func Seated(t testing.TB, app core.App, r *judging.Round, sheets int, now time.Time) (*core.Record, *judging.Commitment) {
	t.Helper()
	judge := Holder(t, app, access.Judge, access.House)
	c, err := judging.Invite(app, StaffActing(t, app), r.Id, judge.Id, sheets, now)
	if err != nil {
		t.Fatalf("invite a judge: %v", err)
	}
	if c, err = judging.Commit(app, Actor(t, app, judge, now), c.Id, sheets, now); err != nil {
		t.Fatalf("commit a judge: %v", err)
	}
	return judge, c
}

// Seats are the assignments of a round that stand in one of some states; without any, all.
func Seats(t testing.TB, app core.App, r *judging.Round, some ...string) []*judging.Assignment {
	t.Helper()
	all, err := judging.Assignments.All(app)
	if err != nil {
		t.Fatal(err)
	}
	var in []*judging.Assignment
	for _, a := range all {
		fits := len(some) == 0
		for _, s := range some {
			fits = fits || string(a.Status()) == s
		}
		if a.RoundID() == r.Id && fits {
			in = append(in, a)
		}
	}
	return in
}
