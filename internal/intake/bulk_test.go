package intake_test

import (
	"fmt"
	"testing"
	"time"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/judging"
)

func cardsOf(t *testing.T, b *intake.Board) (ids []string) {
	t.Helper()
	for _, r := range b.Rows {
		ids = append(ids, r.ID)
	}
	return ids
}

func TestManyCardsMoveAtOnceAndUndoRevertsExactlyThat(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.OpenIntake(t, house, now, 9)
	var titles []string
	for i := range 5 {
		titles = append(titles, fmt.Sprintf("Dự án %d", i))
	}
	titled(t, house, call, now, titles...)
	mine, other := housetest.StaffActing(t, house), housetest.StaffActing(t, house)
	board := func() *intake.Board {
		b, err := intake.BoardOf(t.Context(), house, mine, call.Id, intake.Sift{}, 30)
		housetest.Refused(t, err, "")
		return b
	}
	ids := cardsOf(t, board())
	_, err := intake.Move(house, mine, ids[0], intake.ScreeningInterview, now) // is there already
	housetest.Refused(t, err, "")
	done, err := intake.Many(house, mine, call.Id, intake.Bulk{Act: "move", Cards: append([]string{"nobodyscard0000"}, ids...), To: intake.ScreeningInterview}, now)
	housetest.Refused(t, err, "")
	if done.Done != 5 || len(done.Refused) != 1 || done.Refused[0].Code != "record.not_found" || !done.Undo {
		t.Fatalf("%+v", done)
	}
	if b := board(); b.Totals["interview"] != 5 {
		t.Fatalf("the columns hold %v", b.Totals)
	}
	// Somebody moves one of them on: the undo leaves that one where it is.
	_, err = intake.Move(house, other, ids[1], intake.ScreeningShortlisted, now)
	housetest.Refused(t, err, "")
	_, err = intake.Undo(house, other, done.Batch, now)
	housetest.Refused(t, err, "record.not_found")
	_, err = intake.Undo(house, mine, done.Batch, now.Add(25*time.Hour))
	housetest.Refused(t, err, "bulk.late")
	undone, err := intake.Undo(house, mine, done.Batch, now)
	housetest.Refused(t, err, "")
	if undone.Done != 3 || len(undone.Refused) != 1 || undone.Refused[0].Code != "bulk.moved_since" || undone.Refused[0].Card != ids[1] || undone.Refused[0].Title == "" {
		t.Errorf("undone: %+v", undone)
	}
	if b := board(); b.Totals["interview"] != 1 || b.Totals["shortlisted"] != 1 || b.Totals["new"] != 3 {
		t.Errorf("after the undo the columns hold %v", b.Totals)
	}
	_, err = intake.Undo(house, mine, done.Batch, now)
	housetest.Refused(t, err, "bulk.undone")
	housetest.Well(t, house)
}

// An act over a filter comes batch by batch, leaves nobody out although the cards leave the filter, and is undone as one.
func TestAnActOverAFilterIsDoneInBatches(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	call := housetest.OpenIntake(t, house, now, 9)
	for i := range 103 {
		titled(t, house, call, now, fmt.Sprintf("Hồ sơ %d", i))
	}
	by, filter := housetest.StaffActing(t, house), "column=new&q=ho+so"
	bulk, done, batches := intake.Bulk{Act: "move", Filter: &filter, To: intake.ScreeningScreening}, 0, 0
	for {
		b, err := intake.Many(house, by, call.Id, bulk, now)
		housetest.Refused(t, err, "")
		done, batches, bulk.Batch, bulk.After = done+b.Done, batches+1, b.Batch, b.Next
		if b.Next == "" {
			break
		}
	}
	if done != 103 || batches != 2 {
		t.Errorf("%d moved in %d batches", done, batches)
	}
	for _, want := range []int{100, 3} {
		undone, err := intake.Undo(house, by, bulk.Batch, now)
		housetest.Refused(t, err, "")
		if undone.Done != want || len(undone.Refused) != 0 || (undone.Next == "") != (want == 3) {
			t.Errorf("%d were undone, %d not, then %q", undone.Done, len(undone.Refused), undone.Next)
		}
	}
}

func TestOwnersProposalsAndJudgesAreSetAndTakenBack(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	call := housetest.OpenIntake(t, house, now, 9)
	titled(t, house, call, now, "Một", "Hai")
	by := housetest.StaffActing(t, house)
	b, err := intake.BoardOf(t.Context(), house, by, call.Id, intake.Sift{}, 30)
	housetest.Refused(t, err, "")
	ids, judge := cardsOf(t, b), housetest.Holder(t, house, access.Judge, access.House)
	me, admit := "me", intake.ProposeAdmit
	var batches []string
	for _, bulk := range []intake.Bulk{{Act: "owner", Owner: &me}, {Act: "proposal", Proposal: &admit}, {Act: "assign", Judges: []string{judge.Id}}} {
		bulk.Cards = ids
		done, err := intake.Many(house, by, call.Id, bulk, now)
		housetest.Refused(t, err, "")
		if done.Done != 2 || !done.Undo {
			t.Fatalf("%s: %+v", bulk.Act, done)
		}
		batches = append([]string{done.Batch}, batches...)
	}
	s, err := intake.Screenings.Find(house, ids[0])
	housetest.Refused(t, err, "")
	if s.Owner() != by.ID || s.Proposal() != intake.ProposeAdmit {
		t.Errorf("the card is %q's with %q", s.Owner(), s.Proposal())
	}
	again, err := intake.Many(house, by, call.Id, intake.Bulk{Act: "assign", Judges: []string{judge.Id}, Cards: ids}, now)
	housetest.Refused(t, err, "")
	if again.Done != 0 || len(again.Refused) != 2 || again.Refused[0].Code != "assignment.exists" || again.Undo {
		t.Errorf("asked twice: %+v", again)
	}
	for _, id := range batches {
		undone, err := intake.Undo(house, by, id, now)
		housetest.Refused(t, err, "")
		if undone.Done != 2 && len(undone.Refused) == 0 {
			t.Errorf("undone: %+v", undone)
		}
	}
	if s, err = intake.Screenings.Find(house, ids[0]); err != nil || s.Proposal() != "" {
		t.Errorf("the proposal stands: %q (%v)", s.Proposal(), err)
	}
	all, err := judging.Assignments.All(house)
	housetest.Refused(t, err, "")
	for _, a := range all {
		if a.Status() != judging.AssignmentRevoked {
			t.Errorf("an assignment is %s", a.Status())
		}
	}
	housetest.Well(t, house)
}

// A refusal of one card leaves nothing of it and the others done.
func TestWhatIsRefusedOfOneCardLeavesNothingOfIt(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), time.Now()
	call := housetest.OpenIntake(t, house, now, 9)
	a, u := housetest.Submitted(t, house, call, now)
	b, _ := housetest.Submitted(t, house, call, now)
	_, err := intake.Withdraw(house, housetest.Actor(t, house, u, now), a.Id, now)
	housetest.Refused(t, err, "")
	by, every := housetest.StaffActing(t, house), ""
	done, err := intake.Many(house, by, call.Id, intake.Bulk{Act: "ask", Filter: &every, Question: "Đội có mấy người?", AnswerBy: now.Add(time.Hour)}, now)
	housetest.Refused(t, err, "")
	if done.Done != 1 || len(done.Refused) != 1 || done.Refused[0].Code != "lifecycle.not_now" || done.Undo {
		t.Errorf("%+v", done)
	}
	if a, err = intake.Applications.Find(house, a.Id); err != nil || a.Question() != "" {
		t.Errorf("the refused one was asked %q (%v)", a.Question(), err)
	}
	if b, err = intake.Applications.Find(house, b.Id); err != nil || b.Status() != intake.ApplicationNeedsInfo {
		t.Errorf("the other is %s (%v)", b.Status(), err)
	}
	for _, bulk := range []intake.Bulk{{Act: "drown", Cards: []string{"x"}}, {Act: "move"}, {Act: "move", Cards: make([]string, 101)}} {
		if _, err := intake.Many(house, by, call.Id, bulk, now); err == nil {
			t.Errorf("%+v is done", bulk)
		}
	}
	housetest.Well(t, house)
}
