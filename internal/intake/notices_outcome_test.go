package intake_test

import (
	"strings"
	"testing"
	"time"

	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// told counts what one rule has people told at now.
func (w *aftermath) told(t *testing.T, rule string, now time.Time) int {
	t.Helper()
	heard := housetest.Heard(t, w.house, rule, now)
	if heard == "" {
		return 0
	}
	return len(strings.Split(heard, ", "))
}

func TestWhoMovesUpIsTold(t *testing.T) {
	t.Parallel()
	w := after(t, 1, 2)
	if n := w.told(t, "waitlist_moved", w.now); n != 0 {
		t.Errorf("%d are told before anybody has moved", n)
	}
	_, err := intake.Decline(w.house, w.me(t, 0), housetest.OfferTo(t, w.house, w.papers[0].Id).Id, w.now)
	housetest.Refused(t, err, "")
	if n := w.told(t, "waitlist_moved", w.now); n != 1 {
		t.Errorf("%d are told that their turn has come", n)
	}
	_, err = intake.Postpone(w.house, w.manager, housetest.OfferTo(t, w.house, w.papers[1].Id).Id, "2027-03-01", "Bạn đang đi công tác", w.now)
	housetest.Refused(t, err, "")
	if n := w.told(t, "offer_changed", w.now); n != 1 {
		t.Errorf("%d are told that they have longer", n)
	}
}

func TestAnAmendedDecisionIsToldWhenItHolds(t *testing.T) {
	t.Parallel()
	w := after(t, 1, 0)
	m, err := intake.Amend(w.house, w.manager, w.papers[0].Id, intake.Change{Outcome: intake.Rejected, Reason: "Nhầm hồ sơ", Feedback: "Xin lỗi bạn."}, w.now)
	housetest.Refused(t, err, "")
	if n := w.told(t, "decision_amended", w.now); n != 0 {
		t.Errorf("%d are told of what only one person wants", n)
	}
	_, err = intake.ConfirmAmendment(w.house, w.second, m.Id, w.now)
	housetest.Refused(t, err, "")
	if n := w.told(t, "decision_amended", w.now); n != 1 {
		t.Errorf("%d are told that the decision has changed", n)
	}
}

func TestAnAppealIsHeardOfByWhoMustAct(t *testing.T) {
	t.Parallel()
	w, _ := filed(t)
	if n := w.told(t, "appeal_filed", w.now); n < 2 {
		t.Errorf("%d of the staff and the managers hear of it", n)
	}
	if n := w.told(t, "appeal_moved", w.now); n != 0 {
		t.Errorf("%d are told of what nobody has done", n)
	}
	w, p, _ := heard(t)
	if n := w.told(t, "appeal_hearing", w.now); n != 2 {
		t.Errorf("%d of a panel of two hear of it", n)
	}
	if n := w.told(t, "appeal_moved", w.now); n != 2 { // admitted, and given to a panel
		t.Errorf("the applicant is told %d times", n)
	}
	end, err := time.Parse(time.DateOnly, p.DueOn())
	housetest.Refused(t, err, "")
	if n := w.told(t, "appeal_due", end.Add(3*time.Hour)); n != 2 {
		t.Errorf("%d of the panel are reminded on the last day", n)
	}
}
