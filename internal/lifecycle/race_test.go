package lifecycle_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
)

// writers is how many fire at once.
const writers = 200

// fireTogether lets many who all read the same draft fire the same verb, and returns how many got through.
func fireTogether(t *testing.T, house core.App, r *row) int {
	t.Helper()
	copies := make([]*row, writers)
	for i := range copies {
		fresh, err := house.FindRecordById("programmes", r.Id)
		if err != nil {
			t.Fatal(err)
		}
		copies[i] = &row{}
		copies[i].SetProxyRecord(fresh)
	}
	return housetest.Race(writers, func(i int) error { return courseLife.Fire(house, copies[i], "activate", by, housetest.Noon) })
}

func TestRaceOneOfManyMovesGetsThrough(t *testing.T) {
	t.Parallel()
	house, r := course(t)
	if won := fireTogether(t, house, r); won != 1 {
		t.Errorf("%d of %d moves got through", won, writers)
	}
	if got := told(t, house, r); got != "activate" {
		t.Errorf("the journal tells %q", got)
	}
	housetest.Refused(t, lifecycle.Verify(house), "")
}

// The negative control: with the guard taken away by its name, every one of them moves what has moved already.
func TestRaceWithoutTheGuardManyMovesGetThrough(t *testing.T) {
	t.Parallel()
	housetest.Until(t, func() bool {
		house, r := course(t)
		house.OnRecordUpdateExecute("programmes").Unbind("lifecycle.programmes")
		return fireTogether(t, house, r) > 1
	})
}

func TestRaceManyWriteOneChain(t *testing.T) {
	t.Parallel()
	house, r := course(t)
	won := housetest.Race(writers, func(int) error {
		return house.RunInTransaction(func(tx core.App) error {
			return lifecycle.Note(tx, by, housetest.Noon, "programmes", r.Id, "seen")
		})
	})
	newest, err := lifecycle.Newest(house)
	housetest.Refused(t, err, "")
	if won != writers || newest.Seq != writers {
		t.Errorf("%d wrote, the chain has %d entries", won, newest.Seq)
	}
	housetest.Refused(t, lifecycle.Verify(house), "")
}

// The negative control: outside a transaction two writers follow the same entry. The chain does not fork all the same, for
// its index refuses the second: what suffers is the writer.
func TestRaceOutsideATransactionWritersAreRefusedAndTheChainStaysWhole(t *testing.T) {
	t.Parallel()
	house, r := course(t)
	wrote := 0
	housetest.Until(t, func() bool {
		won := housetest.Race(writers, func(int) error {
			return lifecycle.Note(house, by, housetest.Noon, "programmes", r.Id, "seen")
		})
		wrote += won
		return won < writers
	})
	newest, err := lifecycle.Newest(house)
	housetest.Refused(t, err, "")
	if newest.Seq != wrote {
		t.Errorf("%d wrote, the chain has %d entries", wrote, newest.Seq)
	}
	housetest.Refused(t, lifecycle.Verify(house), "")
}
