package demo

import (
	"testing"
	"time"

	"vuon/internal/housetest"
)

// The doctor finds nothing wrong with a freshly planted garden.
func TestTheGardenIsWell(t *testing.T) {
	t.Parallel()
	for _, now := range []time.Time{housetest.Noon, time.Date(2027, 2, 28, 17, 30, 0, 0, time.UTC)} { // the last night of a short month
		house := housetest.At(t, func() time.Time { return now })
		started := time.Now()
		if err := Plant(house, now, func(time.Time) {}); err != nil {
			t.Fatal(err)
		}
		t.Logf("planted within %s", time.Since(started))
		housetest.Well(t, house)
	}
}
