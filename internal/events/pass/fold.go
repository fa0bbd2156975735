package pass

import (
	"cmp"
	"slices"
	"time"
)

// Pass is one time that somebody was let through a door.
type Pass struct {
	ID     string
	Exit   bool
	At     time.Time // when, as far as it is believed (Clamp)
	Heard  time.Time // when the house heard of it
	Device string
	Seq    int // which of its device's it was
	Gate   string
}

// Standing is what the passes of one ticket come to.
type Standing struct {
	Entries  int
	Inside   bool
	First    *Pass           // the first entry
	Last     time.Time       // the last pass that counted
	Conflict map[string]bool // passes by id that should not have been: somebody else had come in with the ticket
}

// Fold tells from all passes of one ticket, in whatever order they were heard of, where it stands. most is how many entries it
// allows, 0 any number. The first by time counts; what a door let through that it would have refused, had it known, is a conflict.
func Fold(passes []Pass, most int) Standing {
	sorted := slices.Clone(passes)
	slices.SortFunc(sorted, func(a, b Pass) int {
		return cmp.Or(a.At.Compare(b.At), a.Heard.Compare(b.Heard), cmp.Compare(a.Device, b.Device), cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.ID, b.ID))
	})
	s := Standing{Conflict: map[string]bool{}}
	for i, p := range sorted {
		switch {
		case p.Exit && !s.Inside:
			continue // who came in unseen may go out
		case p.Exit:
			s.Inside = false
		case s.Inside || most > 0 && s.Entries >= most:
			s.Conflict[p.ID] = true
			continue
		default:
			s.Entries, s.Inside = s.Entries+1, true
			if s.First == nil {
				s.First = &sorted[i]
			}
		}
		s.Last = p.At
	}
	return s
}

// Clamp is when a scan was made, as far as the word of a device is believed: not before it last had nothing left to tell, and
// not after it told.
func Clamp(said, synced, received time.Time) time.Time {
	switch {
	case said.After(received):
		return received
	case said.Before(synced):
		return synced
	}
	return said
}
