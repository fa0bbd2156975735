package judging_test

import (
	"testing"
	"time"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/judging"
	"vuon/internal/notice"
)

// hears is what one rule has due.
func (h hall) hears(t *testing.T, key string, now time.Time) []notice.Due {
	t.Helper()
	for _, rule := range judging.Notices() {
		if rule.Key == key {
			due, err := rule.Due(h.house, now)
			housetest.Refused(t, err, "")
			return due
		}
	}
	t.Fatalf("there is no rule %s", key)
	return nil
}

func TestJudgesHearThatTheyAreWantedAndThatStaffWait(t *testing.T) {
	t.Parallel()
	h := gather(t, 2, judging.Terms{})
	judge := housetest.Holder(t, h.house, access.Judge, access.House)
	c, err := judging.Invite(h.house, h.staff, h.round.Id, judge.Id, 7, h.now)
	housetest.Refused(t, err, "")
	if due := h.hears(t, "panel_invited", h.now); len(due) != 1 || due[0].User != judge.Id || due[0].Args["n"] != "7" {
		t.Errorf("a judge who is wanted hears %+v", due)
	}
	_, err = judging.Commit(h.house, housetest.Actor(t, h.house, judge, h.now), c.Id, 7, h.now)
	housetest.Refused(t, err, "")
	if due := h.hears(t, "panel_invited", h.now); len(due) != 0 {
		t.Errorf("who has answered hears %+v", due)
	}
	h.offered(t)
	for i, want := range []int{1, 0} { // once a day, however often staff press the button
		nudged, heard, err := judging.Nudge(h.house, h.staff, h.round.Id, nil, h.now.Add(time.Duration(i)*time.Minute))
		if err != nil || len(nudged) != want || len(heard) != 1-want {
			t.Errorf("the %d. time %v are nudged and %v have heard (%v)", i+1, nudged, heard, err)
		}
	}
	if due := h.hears(t, "sheets_nudged", h.now); len(due) != 1 || due[0].User != judge.Id || due[0].Args["n"] != "2" {
		t.Errorf("a judge for whom staff wait hears %+v", due)
	}
}
