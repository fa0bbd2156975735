package vn

import (
	"errors"
	"slices"
)

// The levels of administrative units, the widest first.
const (
	Province = "province"
	District = "district"
	Ward     = "ward"
)

// UnitLevels are the levels in their order.
var UnitLevels = []string{Province, District, Ward}

// WholeShare is all of a unit: shares are counted in ten-thousandths.
const WholeShare = 10000

// Why units and links make no history.
var (
	ErrUnitCycle  = errors.New("a unit comes after itself")
	ErrUnitShares = errors.New("the shares of a unit are not the whole of it")
)

// Unit is one administrative unit while its boundaries stood.
type Unit struct {
	ID, Code, Level, Kind, Name string
	Parent                      string // the unit it lies in, or ""
	CameFrom                    string // the wider unit in which all of it lay before it began, or ""
	From, To                    string // first and last day, YYYY-MM-DD; "" is not said, and still
}

// Stands says whether the unit stands on a day.
func (u Unit) Stands(on string) bool { return u.From <= on && (u.To == "" || on <= u.To) }

// UnitLink says that a share of a unit that ended went into one that began. New "" is where nobody has said yet.
type UnitLink struct {
	Old, New string
	Share    int
	On       string // the first day of the new boundaries
}

// Landing is where a share of what a unit held lies in the boundaries of a day. Unit "" is not known.
type Landing struct {
	Unit      string
	Share     int
	Estimated bool // it rests on how a unit was divided, and not on where somebody is
}

// Units know how administrative units came from each other. They are a value that nothing changes.
type Units struct {
	all        map[string]Unit
	order      []string
	into, from map[string][]UnitLink // by the old unit, by the new one
}

// NewUnits takes all units and links. Errors: ErrUnitCycle, also for a unit that lies in itself, ErrUnitShares.
func NewUnits(units []Unit, links []UnitLink) (*Units, error) {
	u := &Units{all: map[string]Unit{}, into: map[string][]UnitLink{}, from: map[string][]UnitLink{}}
	for _, one := range units {
		u.all[one.ID] = one
		u.order = append(u.order, one.ID)
	}
	sums := map[string]int{}
	for _, l := range links {
		if l.Share <= 0 {
			return nil, ErrUnitShares
		}
		sums[l.Old] += l.Share
		u.into[l.Old] = append(u.into[l.Old], l)
		if l.New != "" {
			u.from[l.New] = append(u.from[l.New], l)
		}
	}
	for _, sum := range sums {
		if sum != WholeShare {
			return nil, ErrUnitShares
		}
	}
	after := func(id string) (next []string) {
		for _, l := range u.into[id] {
			next = append(next, l.New)
		}
		return next
	}
	around := func(id string) []string { return []string{u.all[id].Parent, u.all[id].CameFrom} }
	for _, id := range u.order {
		if u.reaches(id, id, after) || u.reaches(id, id, around) {
			return nil, ErrUnitCycle
		}
	}
	return u, nil
}

// reaches says whether one or more steps lead from a unit to another.
func (u *Units) reaches(from, to string, step func(string) []string) bool {
	return slices.Contains(u.walk(from, step)[1:], to)
}

// walk is a unit and everything that steps lead to from it, each once; the unit itself stands first, and again if a step leads
// back to it.
func (u *Units) walk(from string, step func(string) []string) []string {
	seen, todo := []string{from}, step(from)
	for len(todo) > 0 {
		id := todo[0]
		todo = todo[1:]
		if id == "" || slices.Contains(seen[1:], id) {
			continue
		}
		seen = append(seen, id)
		todo = append(todo, step(id)...)
	}
	return seen
}

// Unit is the unit with an id.
func (u *Units) Unit(id string) (Unit, bool) {
	one, ok := u.all[id]
	return one, ok
}

// At says where what a unit holds lies in the boundaries of a day, at the unit's own level. The shares are the whole of it,
// always: what is not known has a landing too.
func (u *Units) At(id, on string) []Landing {
	return u.AtLevel(id, u.all[id].Level, on)
}

// AtLevel is At for the units of a level that those lie in. What cannot be told within a ward may still be told of its
// province: from where it lay, and from where the unit came.
func (u *Units) AtLevel(id, level, on string) []Landing {
	shares, order := map[string]int{}, []string{}
	add := func(unit string, share int) {
		if _, there := shares[unit]; !there {
			order = append(order, unit)
		}
		shares[unit] += share
	}
	for _, end := range u.ends(id, on, WholeShare) {
		u.climb(end, level, on, add)
	}
	landings := make([]Landing, 0, len(order))
	for _, unit := range order {
		landings = append(landings, Landing{Unit: unit, Share: shares[unit], Estimated: shares[unit] < WholeShare})
	}
	slices.SortStableFunc(landings, func(a, b Landing) int { return b.Share - a.Share })
	return landings
}

// end is a unit in which a share of what another held lies on a day, or beyond which nobody knows where.
type end struct {
	unit  string
	share int
	known bool
}

// ends follows a unit to a day, forwards where it has ended and backwards where it had not begun.
func (u *Units) ends(id, on string, share int) []end {
	one, ok := u.all[id]
	switch {
	case !ok:
		return []end{{share: share}}
	case one.Stands(on):
		return []end{{id, share, true}}
	}
	links, next := u.into[id], func(l UnitLink) string { return l.New }
	if on < one.From {
		links, next = u.from[id], func(l UnitLink) string { return l.Old }
	}
	if len(links) == 0 {
		return []end{{id, share, false}}
	}
	var all []end
	for i, part := range apportion(share, links) {
		to := next(links[i])
		there, ok := u.all[to]
		switch {
		case part == 0:
		case !ok, on < one.From && there.To != "" && there.To < on, on >= one.From && on < there.From:
			all = append(all, end{id, part, false}) // there is a gap between the two
		default:
			all = append(all, u.ends(to, on, part)...)
		}
	}
	return all
}

// climb finds the unit of a level around where a share ended.
func (u *Units) climb(e end, level, on string, add func(string, int)) {
	at := u.all[e.unit]
	if !e.known {
		wider := at.Parent
		if on < at.From {
			wider = at.CameFrom
		}
		if wider == "" || at.Level == level {
			add("", e.share)
			return
		}
		u.climbFrom(wider, e.share, level, on, add)
		return
	}
	if at.Level == level {
		add(e.unit, e.share)
		return
	}
	u.climbFrom(at.Parent, e.share, level, on, add)
}

// climbFrom goes on upwards from a wider unit, which may itself have become another by that day.
func (u *Units) climbFrom(wider string, share int, level, on string, add func(string, int)) {
	if _, ok := u.all[wider]; !ok {
		add("", share)
		return
	}
	for _, e := range u.ends(wider, on, share) {
		u.climb(e, level, on, add)
	}
}

// apportion divides a whole by the shares of links, to the last ten-thousandth: what rounding leaves goes to the largest
// remainders, the first of equal ones.
func apportion(whole int, links []UnitLink) []int {
	sum := 0
	for _, l := range links {
		sum += l.Share
	}
	parts, rest, by := make([]int, len(links)), whole, make([]int, len(links))
	for i, l := range links {
		parts[i] = whole * l.Share / sum
		rest -= parts[i]
		by[i] = i
	}
	slices.SortStableFunc(by, func(a, b int) int { return whole*links[b].Share%sum - whole*links[a].Share%sum })
	for i := 0; i < rest; i++ {
		parts[by[i]]++
	}
	return parts
}

// Line is what somebody means who looks for a unit: the unit, all that lies in it or came from it, and of each what it became
// and what it was.
func (u *Units) Line(id string) []string {
	inside := []string{}
	for _, other := range u.order {
		around := u.walk(other, func(at string) []string { return []string{u.all[at].Parent, u.all[at].CameFrom} })
		if slices.Contains(around, id) {
			inside = append(inside, other)
		}
	}
	line := []string{}
	for _, one := range inside {
		later := u.walk(one, func(at string) (next []string) {
			for _, l := range u.into[at] {
				next = append(next, l.New)
			}
			return next
		})
		earlier := u.walk(one, func(at string) (next []string) {
			for _, l := range u.from[at] {
				next = append(next, l.Old)
			}
			return next
		})
		for _, other := range slices.Concat(later, earlier) {
			if !slices.Contains(line, other) {
				line = append(line, other)
			}
		}
	}
	return line
}
