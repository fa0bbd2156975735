package vn

import (
	"slices"
	"time"
)

// Kind says what is special about a day.
type Kind string

// The kinds of special days.
const (
	Statutory Kind = "statutory"      // a public holiday, or the day off in its stead
	SwapOff   Kind = "swap_off"       // a working day that is off, and worked on another day
	Makeup    Kind = "makeup_workday" // a weekly day off that is worked
	Local     Kind = "local"          // this centre's own day off
)

// Kinds are all of them.
var Kinds = []Kind{Statutory, SwapOff, Makeup, Local}

// The names of the public holidays: keys of words below "holiday.".
const (
	NewYear            = "new_year"
	TetEve             = "tet_eve"
	TetDay             = "tet_day"
	HungKingsDay       = "hung_kings"
	Reunification      = "reunification"
	Labour             = "labour"
	NationalDay        = "national"
	NationalNeighbour  = "national_beside"
	reunificationKings = "hung_kings_reunification"
	labourKings        = "hung_kings_labour"
)

// Holiday is a day that is not like the others of its week.
type Holiday struct {
	Day    Day
	Kind   Kind
	Name   string // key of its words below "holiday."; "" where VI and EN say it
	Number int    // of the days of Tết, from 1; 0 otherwise
	InLieu bool   // the working day that is off because Name fell on a weekly day off
	VI, EN string // its name as the centre has written it down
}

// Off says whether nobody works on it.
func (h Holiday) Off() bool { return h.Kind != Makeup }

// Proposal is what the Labour Code of 2019 gives everybody in a year, in order: article 112 names the days, and 111.3 the next
// working day for one that falls on a weekly day off. Where the law lets the Prime Minister choose each year, it proposes the
// last day of the old lunar year with the first four of the new one, and beside 2 September the neighbour that makes the
// longer break. Only what is published is sure; swapped days are in no law.
func Proposal(year int, week Week) []Holiday {
	all := statutory(year)
	before, after := On(year, time.September, 1), On(year, time.September, 3)
	first, second := withRest(all, before, week), withRest(all, after, week)
	national := On(year, time.September, 2)
	a, b := breakAround(first, national, week), breakAround(second, national, week)
	if a > b || a == b && (week.Works(before.Weekday()) || !week.Works(after.Weekday())) {
		return first
	}
	return second
}

// statutory are the days that article 112 names, but for the neighbour of 2 September.
func statutory(year int) []Holiday {
	tet := Tet(year)
	all := []Holiday{{Day: On(year, time.January, 1), Name: NewYear}, {Day: tet - 1, Name: TetEve}}
	for i := range 4 {
		all = append(all, Holiday{Day: tet + Day(i), Name: TetDay, Number: i + 1})
	}
	kings, reunification, labour := HungKings(year), On(year, time.April, 30), On(year, time.May, 1)
	fixed := []Holiday{{Day: kings, Name: HungKingsDay}, {Day: reunification, Name: Reunification}, {Day: labour, Name: Labour}}
	if kings == reunification { // two holidays on one day are one day off: the law gives no other for it
		fixed = []Holiday{{Day: reunification, Name: reunificationKings}, fixed[2]}
	}
	if kings == labour {
		fixed = []Holiday{fixed[1], {Day: labour, Name: labourKings}}
	}
	all = append(append(all, fixed...), Holiday{Day: On(year, time.September, 2), Name: NationalDay})
	for i := range all {
		all[i].Kind = Statutory
	}
	return all
}

// withRest adds the neighbour of 2 September, and the days off for what falls on weekly days off.
func withRest(named []Holiday, beside Day, week Week) []Holiday {
	all := append(slices.Clone(named), Holiday{Day: beside, Kind: Statutory, Name: NationalNeighbour})
	slices.SortFunc(all, byDay)
	taken := map[Day]bool{}
	for _, h := range all {
		taken[h.Day] = true
	}
	for _, h := range slices.Clone(all) {
		if week.Works(h.Day.Weekday()) {
			continue
		}
		lieu := h
		lieu.InLieu = true
		for taken[lieu.Day] || !week.Works(lieu.Day.Weekday()) {
			lieu.Day++
		}
		taken[lieu.Day] = true
		all = append(all, lieu)
	}
	slices.SortFunc(all, byDay)
	return all
}

// breakAround is how many days off lie in one row around a day.
func breakAround(all []Holiday, day Day, week Week) int {
	off := func(d Day) bool {
		return !week.Works(d.Weekday()) || slices.ContainsFunc(all, func(h Holiday) bool { return h.Day == d })
	}
	from, to := day, day
	for off(from - 1) {
		from--
	}
	for off(to + 1) {
		to++
	}
	return int(to-from) + 1
}

func byDay(a, b Holiday) int { return int(a.Day - b.Day) }
