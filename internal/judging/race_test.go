package judging_test

import (
	"encoding/json"
	"sync"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/housetest"
	"vuon/internal/judging"
)

func told(t *testing.T, v any) string {
	t.Helper()
	plain, err := json.Marshal(v)
	housetest.Refused(t, err, "")
	return string(plain)
}

// together does the same many times at once, and counts how often it went well.
func together(n int, do func(i int) error) (well int) {
	var wait sync.WaitGroup
	var mu sync.Mutex
	for i := range n {
		wait.Go(func() {
			if do(i) == nil {
				mu.Lock()
				well++
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	return well
}

func TestRaceOfManyWhoAcceptAProposalOneDoes(t *testing.T) {
	t.Parallel()
	h := gather(t, 3, judging.Terms{})
	housetest.Seated(t, h.house, h.round, 3, h.now)
	_, _, err := judging.Propose(h.house, h.staff, h.round.Id, false, h.now)
	housetest.Refused(t, err, "")
	other := housetest.StaffActing(t, h.house)
	if n := together(6, func(i int) error {
		by := h.staff
		if i%2 == 1 {
			by = other
		}
		_, err := judging.OfferAll(h.house, by, h.round.Id, h.now)
		return err
	}); n != 1 {
		t.Errorf("%d accepted the proposal", n)
	}
	if n := len(housetest.Seats(t, h.house, h.round, "offered")); n != 3 {
		t.Errorf("%d are offered, of three", n)
	}
	housetest.Well(t, h.house)
}

// crowd writes one assignment for each of some papers at once, past the verbs: as a hook or a batch would.
func crowd(t *testing.T, guarded bool) int {
	t.Helper()
	h := gather(t, 6, judging.Terms{})
	judge, _ := housetest.Seated(t, h.house, h.round, 2, h.now)
	if !guarded {
		h.house.OnRecordCreateExecute("assignments").Unbind("judging.capacity")
	}
	c, err := h.house.FindCollectionByNameOrId("assignments")
	housetest.Refused(t, err, "")
	return together(6, func(i int) error {
		row := core.NewRecord(c)
		row.Load(map[string]any{
			"round": h.round.Id, "subject_type": "application", "subject": h.papers[i].Id, "judge": judge.Id, "status": "proposed",
		})
		return h.house.Save(row)
	})
}

func TestRaceNobodyIsAskedBeyondTheirNumber(t *testing.T) {
	t.Parallel()
	if n := crowd(t, true); n != 2 {
		t.Errorf("a judge who takes two was asked for %d", n)
	}
}

func TestRaceWithoutTheGuardAJudgeIsAskedBeyond(t *testing.T) {
	t.Parallel()
	housetest.Until(t, func() bool { return crowd(t, false) > 2 })
}
