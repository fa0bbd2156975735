package events

import (
	"slices"

	"vuon/internal/record"
)

// capacity is how many seats an event has in all.
type capacity struct {
	Size      int  // seats; says nothing where there is no bound
	Unlimited bool // as many as people come
	Taken     int  // held and sold of them
}

// room is how many are left; −1 is as many as people come.
func (c capacity) room() int {
	if c.Unlimited {
		return -1
	}
	return max(0, c.Size-c.Taken)
}

// capacityOf adds up the seats behind the types of an event. A type has no more seats than the smallest of its quotas; types that
// share that quota share its seats; and a quota on which every type draws bounds them all. Quotas that lie in each other, which is
// how people make them, are added up exactly.
func capacityOf(types []*Type, quotas []*Quota) capacity {
	by := record.ByID(quotas)
	var tight []*Quota
	var all []string // the quotas on which every type draws
	c, first := capacity{}, true
	for _, y := range types {
		if y.Withdrawn() {
			continue
		}
		ids := y.Quotas()
		if first {
			all, first = ids, false
		} else {
			all = slices.DeleteFunc(slices.Clone(all), func(id string) bool { return !slices.Contains(ids, id) })
		}
		q := tightest(by, ids)
		if q == nil {
			c.Unlimited = true
		} else if !slices.Contains(tight, q) {
			tight = append(tight, q)
		}
	}
	for _, q := range tight {
		c.Size, c.Taken = c.Size+q.Size(), c.Taken+q.Held()+q.Sold()
	}
	if q := tightest(by, all); q != nil && (c.Unlimited || q.Size() < c.Size) {
		c = capacity{Size: q.Size(), Taken: q.Held() + q.Sold()}
	}
	return c
}

// tightest is the smallest quota among some; nil where none of them has a bound.
func tightest(by map[string]*Quota, ids []string) (least *Quota) {
	for _, id := range ids {
		if q := by[id]; q != nil && !q.Unlimited() && (least == nil || q.Size() < least.Size()) {
			least = q
		}
	}
	return least
}
