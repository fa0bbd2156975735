package vn

import "testing"

// The months of three centuries against the rule itself, told by the instants of the terms: the solstice of winter lies in
// the eleventh month, a leap month holds no major term, and no month before it since the eleventh lacks one.
func TestMonthsAreNumberedByTheSun(t *testing.T) {
	t.Parallel()
	terms := map[Day]int{}
	for d := On(FirstYear-1, 1, 1); d <= On(LastYear+1, 12, 31); d++ {
		if a, b := sector(d), sector(d+1); a != b {
			terms[d] = b * 30
		}
	}
	in := func(n int) (held []int) {
		for d := newMoonDay(n); d < newMoonDay(n+1); d++ {
			if degrees, there := terms[d]; there {
				held = append(held, degrees)
			}
		}
		return held
	}
	bare := 0 // months without a term since the last eleventh
	for n := moonBy(On(FirstYear, 1, 1)); n <= moonBy(On(LastYear, 12, 31)); n++ {
		l, held := LunarOf(newMoonDay(n)), in(n)
		for _, degrees := range held {
			if degrees == 270 && (l.Month != 11 || l.Leap) {
				t.Errorf("the solstice after %s lies in %+v", newMoonDay(n), l)
			}
		}
		if l.Month == 11 && !l.Leap {
			bare = 0
		}
		if len(held) == 0 {
			bare++
		}
		if l.Leap && (len(held) > 0 || bare != 1) {
			t.Errorf("%+v holds %v and is number %d without a term", l, held, bare)
		}
	}
}
