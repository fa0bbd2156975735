package judging_test

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/judging"
)

// court is one application in an open round, one judge who was asked, and the staff.
type court struct {
	house core.App
	call  *intake.Intake
	paper *intake.Application
	asked *judging.Assignment
	judge *core.Record
	by    access.Actor // the judge
	staff access.Actor
	now   time.Time
}

func sit(t *testing.T) court {
	t.Helper()
	c := court{house: housetest.App(t)}
	c.call = housetest.OpenIntake(t, c.house, housetest.Noon, 5)
	c.paper, _ = housetest.Submitted(t, c.house, c.call, housetest.Noon)
	c.now = housetest.Closed(t, c.house, c.call, housetest.Noon)
	c.asked, c.judge = housetest.Asked(t, c.house, c.call, c.paper, c.now)
	c.by, c.staff = housetest.Actor(t, c.house, c.judge, c.now), housetest.StaffActing(t, c.house)
	return c
}

// opens opens the round until an hour from now.
func (c court) opens(t *testing.T) court {
	t.Helper()
	_, err := intake.OpenRound(c.house, c.staff, c.call.Id, c.now.Add(time.Hour), c.now)
	housetest.Refused(t, err, "")
	return c
}

func (c court) write(t *testing.T) *judging.Sheet {
	t.Helper()
	yes := judging.Yes
	s, err := judging.Save(c.house, c.by, c.asked.Id, judging.Edit{Scores: housetest.Points(400), Recommendation: &yes}, 0, c.now)
	housetest.Refused(t, err, "")
	return s
}

func (c court) round(t *testing.T) *judging.Round {
	t.Helper()
	rounds, err := judging.RoundsOf(c.house, "intake", c.call.Id)
	housetest.Refused(t, err, "")
	return rounds[0]
}

// Judges can read this test: it is the life of one round.
func TestARoundFromAssignmentToResult(t *testing.T) {
	t.Parallel()
	c := sit(t)

	// A judge accepts. Until the round opens nothing can be written.
	_, err := judging.Accept(c.house, c.by, c.asked.Id, c.now)
	housetest.Refused(t, err, "")
	_, err = judging.Save(c.house, c.by, c.asked.Id, judging.Edit{Scores: housetest.Points(400)}, 0, c.now)
	housetest.Refused(t, err, "round.not_open")
	c.opens(t)

	// They write line by line. What is not on the scale is refused; what is missing is named when they hand it in.
	_, err = judging.Save(c.house, c.by, c.asked.Id, judging.Edit{Scores: map[string]points{"problem": 450}}, 0, c.now)
	housetest.Refused(t, err, "sheet.score")
	_, err = judging.Save(c.house, c.by, c.asked.Id, judging.Edit{Scores: map[string]points{"problem": 400}}, 0, c.now)
	housetest.Refused(t, err, "")
	_, err = judging.Submit(c.house, c.by, c.asked.Id, true, 0, c.now)
	housetest.Refused(t, err, "sheet.recommendation")
	s := c.write(t)
	if want := 400 * 10000; int(s.Total()) != want {
		t.Errorf("the total is %d, want %d", s.Total(), want)
	}

	// They say that they have no conflict of interest and hand it in. What they change afterwards is kept beside it.
	_, err = judging.Submit(c.house, c.by, c.asked.Id, true, 0, c.now)
	housetest.Refused(t, err, "")
	s, err = judging.Save(c.house, c.by, c.asked.Id, judging.Edit{Scores: map[string]points{"team": 500}}, 0, c.now)
	housetest.Refused(t, err, "")
	if s.Status() != judging.SheetSubmitted || int(s.Total()) != 400*7500+500*2500 {
		t.Errorf("the revised sheet is %s with %d", s.Status(), s.Total())
	}
	if n, err := c.house.CountRecords("score_sheet_revisions"); err != nil || n != 2 {
		t.Errorf("%d versions are kept, want 2 (%v)", n, err)
	}

	// The round closes and is computed. Nothing can be changed any more.
	r, err := intake.CloseRound(c.house, c.staff, c.call.Id, c.now)
	housetest.Refused(t, err, "")
	if r, err = judging.Rounds.Find(c.house, r.Id); err != nil || r.Status() != judging.RoundComputed {
		t.Errorf("the round is %s (%v)", r.Status(), err)
	}
	_, err = judging.Save(c.house, c.by, c.asked.Id, judging.Edit{Scores: housetest.Points(100)}, 0, c.now)
	housetest.Refused(t, err, "round.not_open")
	places, err := judging.Ranking(c.house, r)
	housetest.Refused(t, err, "")
	if len(places) != 1 || places[0].Rank != 1 || places[0].ID != c.paper.Id {
		t.Errorf("the ranking is %v", places)
	}
	housetest.Well(t, c.house)
}
