package intake_test

import (
	"slices"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// aftermath is a released intake of some places in which the first applications were admitted, the next wait, and one was rejected.
type aftermath struct {
	house    core.App
	call     *intake.Intake
	papers   []*intake.Application
	owners   []*core.Record
	manager  access.Actor // who decided
	second   access.Actor // another one
	now      time.Time
	admitted int
}

// after releases an intake of so many places; so many more wait behind the admitted, and one is rejected. Whoever is not
// happy has fifteen days.
func after(t *testing.T, admitted, waiting int) *aftermath {
	t.Helper()
	w := &aftermath{house: housetest.App(t), admitted: admitted}
	draft := housetest.DraftIntake(t, w.house, housetest.Noon, admitted, 99)
	days := 15
	_, err := intake.Edit(w.house, housetest.StaffActing(t, w.house), draft.Id, intake.Terms{AppealDays: &days}, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	w.call, err = intake.Publish(w.house, housetest.StaffActing(t, w.house), draft.Id, housetest.Noon)
	housetest.Refused(t, err, "")
	for range admitted + waiting + 1 {
		a, u := housetest.Submitted(t, w.house, w.call, housetest.Noon)
		w.papers, w.owners = append(w.papers, a), append(w.owners, u)
	}
	w.now = housetest.Deciding(t, w.house, w.call, housetest.Noon)
	w.manager, w.second = housetest.ManagerOf(t, w.house, w.call), housetest.ManagerOf(t, w.house, w.call)
	for n, a := range w.papers {
		outcome := intake.Admitted
		switch {
		case n >= admitted+waiting:
			outcome = intake.Rejected
		case n >= admitted:
			outcome = intake.Waitlisted
		}
		_, err := intake.Decide(w.house, w.manager, a.Id, intake.Verdict{Outcome: outcome, Rationale: "Theo điểm", Feedback: "Cảm ơn bạn."}, w.now)
		housetest.Refused(t, err, "")
	}
	w.call = housetest.Released(t, w.house, w.call, w.now)
	return w
}

func (w *aftermath) me(t *testing.T, n int) access.Actor {
	t.Helper()
	return housetest.Actor(t, w.house, w.owners[n], w.now)
}

func (w *aftermath) rejected() int { return len(w.papers) - 1 }

// ranks are the places of the waiting list, by the number of the paper.
func (w *aftermath) ranks(t *testing.T) []int {
	t.Helper()
	o, err := intake.OutcomesOf(w.house, w.manager, w.call.Id, w.now)
	housetest.Refused(t, err, "")
	var order []int
	for n, row := range o.Waiting {
		if row.Rank != n+1 {
			t.Errorf("rank %d stands at %d", row.Rank, n+1)
		}
		order = append(order, slices.IndexFunc(w.papers, func(a *intake.Application) bool { return a.Id == row.Paper.ID }))
	}
	return order
}

// Whatever way a place becomes free, whoever is next has an offer in the same transaction, and nobody else.
func TestAPlaceThatBecomesFreeGoesToWhoeverIsNext(t *testing.T) {
	t.Parallel()
	for name, free := range map[string]func(t *testing.T, w *aftermath) error{
		"declined": func(t *testing.T, w *aftermath) error {
			t.Helper()
			_, err := intake.Decline(w.house, w.me(t, 0), housetest.OfferTo(t, w.house, w.papers[0].Id).Id, w.now)
			return err
		},
		"revoked": func(t *testing.T, w *aftermath) error {
			t.Helper()
			_, err := intake.Revoke(w.house, w.manager, housetest.OfferTo(t, w.house, w.papers[0].Id).Id, "Khai sai", w.now)
			return err
		},
		"amended": func(t *testing.T, w *aftermath) error {
			t.Helper()
			m, err := intake.Amend(w.house, w.manager, w.papers[0].Id, intake.Change{Outcome: intake.Rejected, Feedback: "Rất tiếc", Reason: "Khai sai"}, w.now)
			housetest.Refused(t, err, "")
			_, err = intake.ConfirmAmendment(w.house, w.second, m.Id, w.now)
			return err
		},
		"enlarged": func(_ *testing.T, w *aftermath) error {
			_, err := intake.Enlarge(w.house, w.manager, w.call.Id, 2, "Thêm một phòng", w.now)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := after(t, 1, 2)
			housetest.Refused(t, free(t, w), "")
			stands(t, w.house, w.papers[1].Id, intake.ApplicationAdmitted)
			stands(t, w.house, w.papers[2].Id, intake.ApplicationWaitlisted)
			if o := housetest.OfferTo(t, w.house, w.papers[1].Id); o.Status() != intake.OfferSent {
				t.Errorf("the offer is %s", o.Status())
			}
			if got := w.ranks(t); !slices.Equal(got, []int{2}) {
				t.Errorf("the list is %v", got)
			}
			housetest.Well(t, w.house)
		})
	}
}

func TestAnOfferThatRunsOutGoesToWhoeverIsNext(t *testing.T) {
	t.Parallel()
	w := after(t, 2, 3)
	end := housetest.OfferTo(t, w.house, w.papers[0].Id).ExpiresAt()
	housetest.Refused(t, intake.ExpireOffers(w.house, end.Add(-time.Millisecond)), "")
	stands(t, w.house, w.papers[2].Id, intake.ApplicationWaitlisted)
	housetest.Refused(t, intake.ExpireOffers(w.house, end), "")
	for n, want := range []string{"offer_expired", "offer_expired", "admitted", "admitted", "waitlisted"} {
		if a, err := intake.Applications.Find(w.house, w.papers[n].Id); err != nil || string(a.Status()) != want {
			t.Errorf("paper %d is %s, want %s", n, a.Status(), want)
		}
	}
	housetest.Well(t, w.house)
}

// By hand, and after the last day of the list, nobody is promoted without somebody's doing.
func TestAWaitingListThatDoesNotMoveByItself(t *testing.T) {
	t.Parallel()
	w := after(t, 1, 2)
	byHand := false
	_, err := intake.Edit(w.house, w.manager, w.call.Id, intake.Terms{WaitlistAuto: &byHand}, 0, w.now)
	housetest.Refused(t, err, "")
	_, err = intake.Decline(w.house, w.me(t, 0), housetest.OfferTo(t, w.house, w.papers[0].Id).Id, w.now)
	housetest.Refused(t, err, "")
	stands(t, w.house, w.papers[1].Id, intake.ApplicationWaitlisted)
	todo, err := intake.Duties(w.house, w.manager, w.now)
	housetest.Refused(t, err, "")
	if len(todo) != 1 || todo[0].Key != "waitlist_promote" {
		t.Errorf("the manager is told of %v", todo)
	}
	_, err = intake.Promote(w.house, w.manager, w.papers[2].Id, w.now)
	housetest.Refused(t, err, "waitlist.not_next")
	_, err = intake.Promote(w.house, w.manager, w.papers[1].Id, w.now)
	housetest.Refused(t, err, "")
	_, err = intake.Promote(w.house, w.manager, w.papers[2].Id, w.now)
	housetest.Refused(t, err, "intake.full")
	housetest.Well(t, w.house)
}

func TestAWaitingListClosesAfterItsLastDay(t *testing.T) {
	t.Parallel()
	w := after(t, 1, 1)
	until, end := "2026-12-01", time.Date(2026, 12, 1, 17, 0, 0, 0, time.UTC)
	_, err := intake.Edit(w.house, w.manager, w.call.Id, intake.Terms{WaitlistUntil: &until}, 0, w.now)
	housetest.Refused(t, err, "")
	housetest.Refused(t, intake.CloseWaitlists(w.house, end.Add(-time.Millisecond)), "")
	stands(t, w.house, w.papers[1].Id, intake.ApplicationWaitlisted)
	_, err = intake.Decline(w.house, w.me(t, 0), housetest.OfferTo(t, w.house, w.papers[0].Id).Id, end) // the job is late: nobody is promoted any more
	housetest.Refused(t, err, "")
	housetest.Refused(t, intake.CloseWaitlists(w.house, end), "")
	stands(t, w.house, w.papers[1].Id, intake.ApplicationRejected)
	housetest.Well(t, w.house)
}

// Ranks have no holes and no doubles whoever is put where, and whoever leaves.
func TestTheRanksOfAWaitingListAreWhole(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	call := housetest.OpenIntake(t, house, housetest.Noon, 1)
	w := &aftermath{house: house, call: call, now: housetest.Noon.Add(time.Hour)}
	for range 4 {
		a, u := housetest.Submitted(t, house, call, housetest.Noon)
		w.papers, w.owners = append(w.papers, a), append(w.owners, u)
	}
	housetest.Deciding(t, house, call, housetest.Noon)
	w.manager, w.second = housetest.ManagerOf(t, house, call), housetest.ManagerOf(t, house, call)
	for n, rank := range []int{9, 1, 0, 2} { // too far is last
		_, err := intake.Decide(house, w.manager, w.papers[n].Id, intake.Verdict{Outcome: intake.Waitlisted, Rationale: "Sát ngưỡng", Rank: rank}, w.now)
		housetest.Refused(t, err, "")
	}
	if got := w.ranks(t); !slices.Equal(got, []int{1, 3, 0, 2}) {
		t.Fatalf("the list is %v", got)
	}
	order := func(some ...int) (ids []string) {
		for _, n := range some {
			ids = append(ids, w.papers[n].Id)
		}
		return ids
	}
	for _, wrong := range [][]string{order(1, 3, 0), order(1, 3, 0, 0), append(order(1, 3, 0), "elsewhere000000"), nil} {
		_, err := intake.Reorder(house, w.manager, call.Id, wrong, "", w.now)
		housetest.Refused(t, err, "waitlist.wrong")
	}
	_, err := intake.Reorder(house, housetest.StaffActing(t, house), call.Id, order(0, 1, 2, 3), "", w.now)
	housetest.Refused(t, err, "access.needs_manager")
	done, err := intake.Reorder(house, w.manager, call.Id, order(0, 1, 2, 3), "", w.now) // nobody knows their rank yet: one is enough
	housetest.Refused(t, err, "")
	if got := w.ranks(t); !done || !slices.Equal(got, []int{0, 1, 2, 3}) {
		t.Fatalf("the list is %v", got)
	}
	_, err = intake.Withdraw(house, w.me(t, 1), w.papers[1].Id, w.now)
	housetest.Refused(t, err, "")
	housetest.Released(t, house, call, w.now)
	p, err := intake.Read(house, w.me(t, 2), w.papers[2].Id, w.now)
	housetest.Refused(t, err, "")
	if p.Decision.Rank != 2 {
		t.Errorf("the applicant is told rank %d", p.Decision.Rank)
	}

	// Now they know: it takes a reason, two people, and a day.
	_, err = intake.Reorder(house, w.manager, call.Id, order(3, 2, 0), " ", w.now)
	housetest.Refused(t, err, "waitlist.no_reason")
	for _, c := range []struct {
		by   access.Actor
		at   time.Time
		done bool
		want string
	}{
		{w.manager, w.now, false, ""},
		{w.manager, w.now, false, "waitlist.second_person"},
		{w.second, w.now.Add(24 * time.Hour), false, ""}, // too late: it is a new wish
		{w.manager, w.now.Add(25 * time.Hour), true, ""},
	} {
		done, err := intake.Reorder(house, c.by, call.Id, order(3, 2, 0), "Điểm cộng nhầm", c.at)
		housetest.Refused(t, err, c.want)
		if done != c.done {
			t.Errorf("at %s: done is %v", c.at, done)
		}
	}
	if got := w.ranks(t); !slices.Equal(got, []int{3, 2, 0}) {
		t.Errorf("the list is %v", got)
	}
	housetest.Well(t, house)
}

// Nobody writes the list by hand: not another order, not somebody who does not wait.
func TestNobodyWritesAWaitingListByHand(t *testing.T) {
	t.Parallel()
	w := after(t, 1, 2)
	lists, err := intake.Waitlists.All(w.house)
	housetest.Refused(t, err, "")
	for want, places := range map[string][]string{
		"waitlist.by_verb_only": {w.papers[2].Id, w.papers[1].Id},
		"waitlist.wrong":        {w.papers[1].Id},
	} {
		housetest.Refused(t, by(t, w.house, lists[0], "places", places), want)
	}
	housetest.Refused(t, by(t, w.house, lists[0], "places", []string{w.papers[1].Id, w.papers[1].Id}), "waitlist.wrong")
	housetest.Refused(t, by(t, w.house, w.call, "capacity", 2), "intake.frozen")
	_, err = intake.Enlarge(w.house, w.manager, w.call.Id, 1, "Thêm chỗ", w.now)
	housetest.Refused(t, err, "intake.not_more")
	_, err = intake.Enlarge(w.house, w.manager, w.call.Id, 2, " ", w.now)
	housetest.Refused(t, err, "intake.no_reason")
	_, err = intake.Enlarge(w.house, housetest.StaffActing(t, w.house), w.call.Id, 2, "Thêm chỗ", w.now)
	housetest.Refused(t, err, "access.needs_manager")
}

func TestAnOfferIsPostponedToALaterDay(t *testing.T) {
	t.Parallel()
	w := after(t, 1, 1)
	o, staff := housetest.OfferTo(t, w.house, w.papers[0].Id), housetest.StaffActing(t, w.house)
	for _, c := range []struct{ day, reason, want string }{
		{"2026-12-07", "Nằm viện", "offer.not_later"},
		{"2026-12-08", " ", "offer.no_reason"},
		{"", "Nằm viện", "offer.not_later"},
		{"2036-12-08", "Nằm viện", "offer.not_later"},
		{"2026-12-08", "Nằm viện", ""},
	} {
		_, err := intake.Postpone(w.house, staff, o.Id, c.day, c.reason, w.now)
		housetest.Refused(t, err, c.want)
	}
	housetest.Refused(t, intake.ExpireOffers(w.house, o.ExpiresAt()), "")
	stands(t, w.house, w.papers[0].Id, intake.ApplicationAdmitted)
	_, err := intake.Accept(w.house, w.me(t, 0), o.Id, "", o.ExpiresAt().Add(24*time.Hour))
	housetest.Refused(t, err, "offer.over")
	_, err = intake.Postpone(w.house, staff, o.Id, "2026-12-20", "Nằm viện", o.ExpiresAt().Add(24*time.Hour))
	housetest.Refused(t, err, "offer.over")
	_, err = intake.Accept(w.house, w.me(t, 0), o.Id, "", o.ExpiresAt())
	housetest.Refused(t, err, "")
	housetest.Refused(t, by(t, w.house, o, "expires_at", o.ExpiresAt().Add(99*time.Hour)), "offer.rooted")
	housetest.Well(t, w.house)
}

func TestAnAmendmentTakesTwoPeople(t *testing.T) {
	t.Parallel()
	w := after(t, 1, 1)
	lost := w.papers[w.rejected()]
	in := intake.Change{Outcome: intake.Admitted, Reason: "Cộng nhầm điểm", Feedback: "Chúng tôi đã cộng nhầm."}
	for want, c := range map[string]intake.Change{
		"amendment.reason": {Outcome: intake.Admitted}, "decision.outcome": {Outcome: "maybe", Reason: "x"},
		"decision.no_feedback": {Outcome: intake.Rejected, Reason: "x"}, "lifecycle.not_now": {Outcome: intake.Rejected, Reason: "x", Feedback: "x"},
	} {
		_, err := intake.Amend(w.house, w.manager, lost.Id, c, w.now)
		housetest.Refused(t, err, want)
	}
	_, err := intake.Amend(w.house, housetest.StaffActing(t, w.house), lost.Id, in, w.now)
	housetest.Refused(t, err, "access.needs_manager")
	m, err := intake.Amend(w.house, w.manager, lost.Id, in, w.now)
	housetest.Refused(t, err, "")
	_, err = intake.Amend(w.house, w.second, lost.Id, in, w.now)
	housetest.Refused(t, err, "amendment.open")
	stands(t, w.house, lost.Id, intake.ApplicationRejected) // nothing has changed yet
	_, err = intake.ConfirmAmendment(w.house, w.manager, m.Id, w.now)
	housetest.Refused(t, err, "amendment.second_person")
	_, err = intake.ConfirmAmendment(w.house, w.second, m.Id, w.now)
	housetest.Refused(t, err, "intake.full")
	_, err = intake.RefuseAmendment(w.house, w.manager, m.Id, "", w.now)
	housetest.Refused(t, err, "amendment.second_person")
	_, err = intake.WithdrawAmendment(w.house, w.second, m.Id, w.now)
	housetest.Refused(t, err, "amendment.not_yours")
	_, err = intake.Enlarge(w.house, w.manager, w.call.Id, 3, "Thêm phòng", w.now) // one place for who waits, one for this
	housetest.Refused(t, err, "")
	_, err = intake.ConfirmAmendment(w.house, w.second, m.Id, w.now)
	housetest.Refused(t, err, "")
	stands(t, w.house, lost.Id, intake.ApplicationAdmitted)
	_, err = intake.WithdrawAmendment(w.house, w.manager, m.Id, w.now)
	housetest.Refused(t, err, "lifecycle.not_now")
	p, err := intake.Read(w.house, w.me(t, w.rejected()), lost.Id, w.now)
	housetest.Refused(t, err, "")
	if p.Decision.Outcome != intake.Admitted || !p.Decision.Amended || p.Decision.Feedback != in.Feedback || !p.Offer.Stands {
		t.Errorf("the applicant reads %+v, %+v", p.Decision, p.Offer)
	}

	heldOnBoard(t, w, lost.Id, intake.Admitted)

	// What was amended can be amended again, and a second offer is a new one.
	out, err := intake.Amend(w.house, w.second, lost.Id, intake.Change{Outcome: intake.Rejected, Reason: "Khai sai", Feedback: "Rất tiếc."}, w.now.Add(time.Minute))
	housetest.Refused(t, err, "")
	_, err = intake.ConfirmAmendment(w.house, w.manager, out.Id, w.now.Add(time.Minute))
	housetest.Refused(t, err, "")
	stands(t, w.house, lost.Id, intake.ApplicationRejected)
	heldOnBoard(t, w, lost.Id, intake.Rejected)
	back, err := intake.Amend(w.house, w.manager, lost.Id, in, w.now.Add(2*time.Minute))
	housetest.Refused(t, err, "")
	_, err = intake.ConfirmAmendment(w.house, w.second, back.Id, w.now.Add(2*time.Minute))
	housetest.Refused(t, err, "")
	if o := housetest.OfferTo(t, w.house, lost.Id); o.Number() != 2 || o.Status() != intake.OfferSent {
		t.Errorf("offer %d is %s", o.Number(), o.Status())
	}
	for field, value := range map[string]any{"new_outcome": "rejected", "proposed_by": w.second.ID, "confirmed_by": w.manager.ID, "reason": "khác"} {
		housetest.Refused(t, by(t, w.house, m, field, value), "amendment.rooted")
	}
	for _, sql := range []string{"UPDATE decision_amendments SET confirmed_by = proposed_by", "DELETE FROM decision_amendments"} {
		if _, err := w.house.NonconcurrentDB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("%s was let through", sql)
		}
	}
	housetest.Well(t, w.house)
}

// Whoever wrote an application, or belongs to the startup that applies, amends nothing and hears nothing about it.
func TestNobodyAmendsTheirOwn(t *testing.T) {
	t.Parallel()
	w := after(t, 1, 1)
	n := w.rejected()
	g, err := access.NewGrant(w.house, w.owners[n].Id, access.Manager, access.House, time.Time{}, "", "")
	housetest.Refused(t, err, "")
	housetest.Save(t, w.house, g)
	me := w.me(t, n)
	_, err = intake.Amend(w.house, me, w.papers[n].Id, intake.Change{Outcome: intake.Admitted, Reason: "x"}, w.now)
	housetest.Refused(t, err, "application.own")
	m, err := intake.Amend(w.house, w.manager, w.papers[n].Id, intake.Change{Outcome: intake.Waitlisted, Reason: "x"}, w.now)
	housetest.Refused(t, err, "")
	_, err = intake.ConfirmAmendment(w.house, me, m.Id, w.now)
	housetest.Refused(t, err, "application.own")
	_, err = intake.ConfirmAmendment(w.house, w.second, m.Id, w.now)
	housetest.Refused(t, err, "")
	if got := w.ranks(t); !slices.Equal(got, []int{1, n}) {
		t.Errorf("the list is %v", got)
	}
	_, err = intake.Reorder(w.house, me, w.call.Id, []string{w.papers[n].Id, w.papers[1].Id}, "tôi trước", w.now)
	housetest.Refused(t, err, "application.own")
	housetest.Well(t, w.house)
}

// Many are decided with one request; one that is refused holds up no other, and a rejection needs a word to its team.
func TestManyAreDecidedAtOnce(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	call := housetest.OpenIntake(t, house, housetest.Noon, 1)
	var all []intake.BulkVerdict
	for _, v := range []intake.Verdict{
		{Outcome: intake.Admitted, Rationale: "Tốt"},
		{Outcome: intake.Admitted, Rationale: "Tốt"},
		{Outcome: intake.Rejected, Rationale: "Chưa"},
		{Outcome: intake.Rejected, Rationale: "Chưa", Feedback: "Gặp thêm khách nhé."},
	} {
		a, _ := housetest.Submitted(t, house, call, housetest.Noon)
		all = append(all, intake.BulkVerdict{Application: a.Id, Verdict: v})
	}
	elsewhere, _ := housetest.Submitted(t, house, housetest.OpenIntake(t, house, housetest.Noon, 1), housetest.Noon)
	all = append(all, intake.BulkVerdict{Application: elsewhere.Id, Verdict: all[0].Verdict})
	now := housetest.Deciding(t, house, call, housetest.Noon)
	_, _, err := intake.DecideMany(house, housetest.StaffActing(t, house), call.Id, all, now)
	housetest.Refused(t, err, "access.needs_manager")
	manager := housetest.ManagerOf(t, house, call)
	done, refused, err := intake.DecideMany(house, manager, call.Id, all, now)
	housetest.Refused(t, err, "")
	want := []intake.BulkRefusal{{all[1].Application, "intake.full"}, {all[2].Application, "decision.no_feedback"}, {elsewhere.Id, "record.not_found"}}
	if done != 2 || !slices.Equal(refused, want) {
		t.Errorf("%d decided, refused %v", done, refused)
	}
	o, err := intake.OutcomesOf(house, manager, call.Id, now)
	housetest.Refused(t, err, "")
	if len(o.Blocks) != 2 || len(o.Undecided) != 2 || o.Blocks[0].Kind != "undecided" {
		t.Errorf("the release is blocked by %+v", o.Blocks)
	}
	_, err = intake.Release(house, manager, call.Id, now)
	housetest.Refused(t, err, "intake.undecided")
	if fault.As(err).Slots["n"] != "2" {
		t.Errorf("it counts %v", fault.As(err).Slots)
	}
	housetest.Well(t, house)
}
