package pass_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"vuon/internal/events/pass"
)

// said is a pass in short: "in a 3" is an entry at gate a, three minutes after noon.
func said(id, kind, device string, minute int) pass.Pass {
	return pass.Pass{ID: id, Exit: kind == "out", Device: device, Gate: device, At: noon.Add(time.Duration(minute) * time.Minute)}
}

func TestTheFirstByTimeCounts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		passes   []pass.Pass
		most     int
		entries  int
		inside   bool
		first    string
		conflict []string
	}{
		"nobody":              {nil, 1, 0, false, "", nil},
		"one":                 {[]pass.Pass{said("1", "in", "a", 0)}, 1, 1, true, "1", nil},
		"two gates offline":   {[]pass.Pass{said("1", "in", "a", 5), said("2", "in", "b", 3)}, 1, 1, true, "2", []string{"1"}},
		"the same instant":    {[]pass.Pass{said("2", "in", "b", 3), said("1", "in", "a", 3)}, 1, 1, true, "1", []string{"2"}},
		"three":               {[]pass.Pass{said("1", "in", "a", 1), said("2", "in", "b", 2), said("3", "in", "c", 3)}, 1, 1, true, "1", []string{"2", "3"}},
		"out and in":          {[]pass.Pass{said("1", "in", "a", 1), said("2", "out", "a", 2), said("3", "in", "a", 3)}, 0, 2, true, "1", nil},
		"out and in, once":    {[]pass.Pass{said("1", "in", "a", 1), said("2", "out", "a", 2), said("3", "in", "a", 3)}, 1, 1, false, "1", []string{"3"}},
		"a late earlier exit": {[]pass.Pass{said("1", "in", "a", 1), said("3", "in", "a", 3), said("2", "out", "b", 2)}, 2, 2, true, "1", nil},
		"out unseen":          {[]pass.Pass{said("1", "out", "a", 1), said("2", "in", "a", 2)}, 1, 1, true, "2", nil},
		"out twice":           {[]pass.Pass{said("1", "in", "a", 1), said("2", "out", "a", 2), said("3", "out", "b", 2)}, 1, 1, false, "1", nil},
	} {
		for range 20 { // in whatever order they are heard of
			rand.Shuffle(len(c.passes), func(i, j int) { c.passes[i], c.passes[j] = c.passes[j], c.passes[i] })
			got := pass.Fold(c.passes, c.most)
			first := ""
			if got.First != nil {
				first = got.First.ID
			}
			if got.Entries != c.entries || got.Inside != c.inside || first != c.first || !slices.Equal(slices.Sorted(maps.Keys(got.Conflict)), c.conflict) {
				t.Errorf("%s: %+v, first %s", name, got, first)
			}
		}
	}
}

func TestOneDevicesPassesKeepTheirOrder(t *testing.T) {
	t.Parallel()
	in, out := said("z", "in", "a", 1), said("y", "out", "a", 1)
	in.Seq, out.Seq = 1, 2
	if got := pass.Fold([]pass.Pass{out, in}, 1); got.Inside || got.Entries != 1 {
		t.Errorf("%+v", got)
	}
}

// A clock that runs a day ahead or behind moves a scan no further than between two visits to the house.
func TestADevicesClockIsBelievedWithinReason(t *testing.T) {
	t.Parallel()
	synced, received := noon, noon.Add(time.Hour)
	for said, want := range map[time.Time]time.Time{
		noon.Add(time.Minute):     noon.Add(time.Minute),
		noon.Add(24 * time.Hour):  received,
		noon.Add(-24 * time.Hour): synced,
	} {
		if got := pass.Clamp(said, synced, received); !got.Equal(want) {
			t.Errorf("%s is believed as %s", said, got)
		}
	}
}
