package judging_test

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/judging"
	"vuon/internal/judging/score"
)

// hall is an intake that has closed with some applications, and a round of one judge each.
type hall struct {
	house  core.App
	call   *intake.Intake
	papers []*intake.Application
	round  *judging.Round
	staff  access.Actor
	now    time.Time
}

func gather(t *testing.T, papers int, terms judging.Terms) hall {
	t.Helper()
	h := hall{house: housetest.App(t)}
	h.call = housetest.OpenIntake(t, h.house, housetest.Noon, 5)
	for range papers {
		a, _ := housetest.Submitted(t, h.house, h.call, housetest.Noon)
		h.papers = append(h.papers, a)
	}
	h.now = housetest.Closed(t, h.house, h.call, housetest.Noon)
	h.staff = housetest.StaffActing(t, h.house)
	one := 1
	if terms.PerSubject == nil {
		terms.PerSubject = &one
	}
	h.round = housetest.Round(t, h.house, h.call, terms, h.now)
	return h
}

// offered proposes, accepts and opens.
func (h hall) offered(t *testing.T) {
	t.Helper()
	_, short, err := judging.Propose(h.house, h.staff, h.round.Id, false, h.now)
	housetest.Refused(t, err, "")
	if len(short) > 0 {
		t.Fatalf("the panel is short: %+v", short)
	}
	_, err = judging.OfferAll(h.house, h.staff, h.round.Id, h.now)
	housetest.Refused(t, err, "")
	_, err = judging.Open(h.house, h.staff, h.round.Id, time.Time{}, h.now)
	housetest.Refused(t, err, "")
}

func (h hall) plan(t *testing.T) *judging.Plan {
	t.Helper()
	p, err := judging.Planned(h.house, h.staff, h.round.Id, h.now)
	housetest.Refused(t, err, "")
	return p
}

// Staff can read this test: it is a round with a panel, and the round after it.
func TestARoundFromItsPanelToTheNextRound(t *testing.T) {
	t.Parallel()
	mean := score.Hundredths(300)
	h := gather(t, 4, judging.Terms{Rule: &score.Rule{Mean: &mean, Sheets: 1}})

	// Before anybody has said yes there is nothing to propose. Two judges take two each.
	_, _, err := judging.Propose(h.house, h.staff, h.round.Id, false, h.now)
	housetest.Refused(t, err, "panel.empty")
	one, _ := housetest.Seated(t, h.house, h.round, 2, h.now)
	two, seat := housetest.Seated(t, h.house, h.round, 2, h.now)

	// The proposal is whole; asked again it adds nothing; and nobody but staff sees it.
	added, short, err := judging.Propose(h.house, h.staff, h.round.Id, false, h.now)
	if err != nil || added != 4 || len(short) != 0 {
		t.Fatalf("%d proposed, short of %+v (%v)", added, short, err)
	}
	if added, _, err = judging.Propose(h.house, h.staff, h.round.Id, false, h.now); err != nil || added != 0 {
		t.Errorf("asked again, %d are proposed on top (%v)", added, err)
	}
	by := housetest.Actor(t, h.house, one, h.now)
	if tasks, err := judging.Queue(h.house, by, h.now); err != nil || len(tasks) != 0 {
		t.Errorf("a judge sees %d proposals (%v)", len(tasks), err)
	}
	h.offered(t)

	// Nobody is asked for more than they took, unless staff say why; nobody goes below what they have.
	_, refused, err := intake.AssignIn(h.house, h.staff, h.call.Id, intake.Wanted{Applications: []string{h.papers[0].Id, h.papers[1].Id, h.papers[2].Id}, Judges: []string{one.Id}}, h.now)
	full := 0
	for _, r := range refused {
		if r.Code == "assignment.capacity" {
			full++
		}
	}
	if err != nil || full == 0 {
		t.Errorf("a full judge was asked: %+v (%v)", refused, err)
	}
	_, err = judging.Commit(h.house, housetest.Actor(t, h.house, two, h.now), seat.Id, 1, h.now)
	housetest.Refused(t, err, "commitment.below_load")

	// Sheets come in: three are good, one is not. The round closes and is computed.
	judges := map[string]*core.Record{one.Id: one, two.Id: two}
	for _, a := range housetest.Seats(t, h.house, h.round) {
		points := score.Hundredths(400)
		if a.Subject() == h.papers[3].Id {
			points = 200
		}
		housetest.Judged(t, h.house, a, judges[a.JudgeID()], points, h.now)
	}
	_, err = judging.Close(h.house, h.staff, h.round.Id, h.now)
	housetest.Refused(t, err, "")
	_, err = judging.Compute(h.house, h.staff, h.round.Id, h.now)
	housetest.Refused(t, err, "")

	// The rule proposes; a person confirms what they saw, and says why they change one.
	seal := h.plan(t).Seal
	_, err = judging.Advance(h.house, h.staff, h.round.Id, nil, "another", h.now)
	housetest.Refused(t, err, "round.changed")
	change := judging.Change{Subject: h.papers[0].Id, Advances: false}
	_, err = judging.Advance(h.house, h.staff, h.round.Id, []judging.Change{change}, seal, h.now)
	housetest.Refused(t, err, "round.no_reason")
	change.Reason = "Đội vừa rút khỏi chương trình"
	_, err = judging.Advance(h.house, h.staff, h.round.Id, []judging.Change{change}, seal, h.now)
	housetest.Refused(t, err, "")
	_, err = judging.Advance(h.house, h.staff, h.round.Id, nil, seal, h.now)
	housetest.Refused(t, err, "lifecycle.not_now")

	// The next round judges what advanced, and nothing else.
	h.round = housetest.Round(t, h.house, h.call, judging.Terms{}, h.now)
	if got := h.plan(t).Entries; len(got) != 2 {
		t.Errorf("%d came to the second round, want 2", len(got))
	}
	_, refused, err = intake.AssignIn(h.house, h.staff, h.call.Id, intake.Wanted{Round: h.round.Id, Applications: []string{h.papers[3].Id}, Judges: []string{one.Id}}, h.now)
	if err != nil || len(refused) != 1 || refused[0].Code != "assignment.not_entered" {
		t.Errorf("what stayed was asked about: %+v (%v)", refused, err)
	}
	housetest.Well(t, h.house)
}

func TestOnlyWhatIsInDraftMayComeInTheGrace(t *testing.T) {
	t.Parallel()
	closes, grace := housetest.Noon.Add(3*time.Hour), 30
	h := gather(t, 2, judging.Terms{ClosesAt: &closes, GraceMin: &grace})
	judge, _ := housetest.Seated(t, h.house, h.round, 2, h.now)
	h.offered(t)
	by, yes, seats := housetest.Actor(t, h.house, judge, h.now), judging.Yes, housetest.Seats(t, h.house, h.round)
	write := func(a *judging.Assignment, at time.Time) error {
		_, err := judging.Save(h.house, by, a.Id, judging.Edit{Scores: housetest.Points(400), Recommendation: &yes}, 0, at)
		return err
	}
	housetest.Refused(t, write(seats[0], closes.Add(-time.Millisecond)), "")
	housetest.Refused(t, write(seats[1], closes), "round.not_open") // nothing is begun any more, whether the job came or not
	housetest.Refused(t, judging.EndRounds(h.house, closes.Add(20*time.Minute)), "")
	housetest.Refused(t, write(seats[1], closes.Add(20*time.Minute)), "round.not_open")
	end := closes.Add(30 * time.Minute) // the job came late and gave nobody more time
	housetest.Refused(t, write(seats[0], end), "round.not_open")
	_, err := judging.Submit(h.house, by, seats[0].Id, true, 0, end.Add(-time.Millisecond))
	housetest.Refused(t, err, "")
	housetest.Refused(t, write(seats[0], end.Add(-time.Millisecond)), "round.not_open") // handed in is handed in
	housetest.Well(t, h.house)
}

func TestAProposalKeepsThoseApartWhoStandTooNear(t *testing.T) {
	t.Parallel()
	h := gather(t, 1, judging.Terms{})
	u, err := h.house.FindRecordById("users", h.papers[0].ApplicantID())
	housetest.Refused(t, err, "")
	g, err := access.NewGrant(h.house, u.Id, access.Judge, access.House, time.Time{}, "", "test")
	housetest.Refused(t, err, "")
	housetest.Save(t, h.house, g)
	c, err := judging.Invite(h.house, h.staff, h.round.Id, u.Id, 5, h.now)
	housetest.Refused(t, err, "")
	_, err = judging.Commit(h.house, housetest.Actor(t, h.house, u, h.now), c.Id, 5, h.now)
	housetest.Refused(t, err, "")
	added, short, err := judging.Propose(h.house, h.staff, h.round.Id, false, h.now)
	if err != nil || added != 0 || len(short) != 1 || short[0].Need != 1 || short[0].Can != 0 {
		t.Errorf("%d proposed, short of %+v (%v)", added, short, err)
	}
	all, err := judging.Conflicts.All(h.house)
	if err != nil || len(all) != 1 || all[0].Basis() != "applicant" {
		t.Errorf("the conflict was not written down: %v (%v)", all, err)
	}
}

func TestThePanelTalksAfterItsSheetsAndNobodyElseHears(t *testing.T) {
	t.Parallel()
	blind := true
	h := gather(t, 1, judging.Terms{Blind: &blind})
	judge, _ := housetest.Seated(t, h.house, h.round, 1, h.now)
	h.offered(t)
	by, paper, a := housetest.Actor(t, h.house, judge, h.now), h.papers[0], housetest.Seats(t, h.house, h.round)[0]
	_, err := judging.Say(h.house, by, h.round.Id, paper.Id, "Tôi thấy ổn.", h.now)
	housetest.Refused(t, err, "comment.after_own")
	housetest.Judged(t, h.house, a, judge, 400, h.now)
	_, err = judging.Say(h.house, by, h.round.Id, paper.Id, "Nuoc sach DAI NAM làm tốt.", h.now)
	housetest.Refused(t, err, "comment.names")
	c, err := judging.Say(h.house, by, h.round.Id, paper.Id, "Tôi thấy ổn.", h.now)
	housetest.Refused(t, err, "")
	u, err := h.house.FindRecordById("users", paper.ApplicantID())
	housetest.Refused(t, err, "")
	for name, who := range map[string]access.Actor{
		"the applicant": housetest.Actor(t, h.house, u, h.now), "another judge": housetest.Acting(t, h.house, access.Judge, access.House),
	} {
		if _, err := judging.Talk(h.house, who, h.round.Id, paper.Id); err == nil {
			t.Errorf("%s hears the panel", name)
		}
	}
	housetest.Refused(t, byHand(h.house, c, "body", "khác"), "comment.frozen")
	_, err = judging.Unsay(h.house, h.staff, c.Id, h.now)
	housetest.Refused(t, err, "record.not_found")
	_, err = judging.Unsay(h.house, by, c.Id, h.now)
	housetest.Refused(t, err, "")
	said, err := judging.Talk(h.house, h.staff, h.round.Id, paper.Id)
	if err != nil || len(said) != 1 || said[0].Body != "" || said[0].Withdrawn == nil {
		t.Errorf("staff read %+v (%v)", said, err)
	}
}

func byHand(app core.App, row core.RecordProxy, field string, value any) error {
	fresh, err := app.FindRecordById(row.ProxyRecord().Collection().Name, row.ProxyRecord().Id)
	if err != nil {
		return err
	}
	fresh.Load(map[string]any{field: value})
	return app.Save(fresh)
}

// A queue of eight costs as many queries as one of two, and so does the page of a round.
func TestLongListsTakeNoMoreQueries(t *testing.T) {
	t.Parallel()
	count := func(papers int) (queue, plan int) {
		h := gather(t, papers, judging.Terms{})
		judge, _ := housetest.Seated(t, h.house, h.round, 9, h.now)
		h.offered(t)
		by := housetest.Actor(t, h.house, judge, h.now)
		db, ok := h.house.ConcurrentDB().(*dbx.DB)
		if !ok {
			t.Fatal("nobody hears the queries")
		}
		n := 0
		db.QueryLogFunc = func(context.Context, time.Duration, string, *sql.Rows, error) { n++ }
		defer func() { db.QueryLogFunc = nil }()
		if tasks, err := judging.Queue(h.house, by, h.now); err != nil || len(tasks) != papers {
			t.Fatalf("%d tasks (%v)", len(tasks), err)
		}
		queue, n = n, 0
		h.plan(t)
		return queue, n
	}
	fewQueue, fewPlan := count(2)
	manyQueue, manyPlan := count(8)
	if manyQueue > fewQueue || manyPlan > fewPlan {
		t.Errorf("a queue takes %d queries for two and %d for eight, a plan %d and %d", fewQueue, manyQueue, fewPlan, manyPlan)
	}
}

// Two worlds that differ in nothing but who wrote a subject are the same to a judge of a blind round.
func TestABlindBriefTellsNothingOfWhoWroteIt(t *testing.T) {
	t.Parallel()
	brief := func(who string) judging.Brief {
		return judging.Brief{Title: who, Answers: []judging.Answer{
			{Key: "team", Value: who},
			{Key: "problem", Value: "nước", Safe: true},
			{Key: "deck", Safe: true, Files: []judging.Attachment{{ID: "f1", Name: who + ".pdf", Ext: ".pdf"}}},
			{Key: "cv", Files: []judging.Attachment{{ID: "f2", Name: who}}},
		}}.For(judging.Place{Assignment: "a", Alias: "7Q4K", Blind: true})
	}
	one, other := told(t, brief("Nước sạch")), told(t, brief("Vườn rau"))
	if one != other {
		t.Errorf("a judge can tell\n%s\nfrom\n%s", one, other)
	}
}
