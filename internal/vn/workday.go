package vn

import (
	"slices"
	"sync"
	"time"
)

// Week says on which days of a week people work.
type Week [7]bool

// OfficeWeek is Monday to Friday: how the law counts the working days of a deadline.
var OfficeWeek = Week{time.Monday: true, time.Tuesday: true, time.Wednesday: true, time.Thursday: true, time.Friday: true}

// Works says whether people work on a day of the week.
func (w Week) Works(day time.Weekday) bool { return w[day] }

// Calendar knows on which days people work. A year of which days were confirmed is exactly those days; any other is what
// Proposal says. It is a value, and safe for use by many at once.
type Calendar struct {
	week      Week
	confirmed map[int]map[Day]Holiday
	proposed  *proposed
}

// proposed keeps the years that were computed: a Calendar is asked about the same days again and again.
type proposed struct {
	sync.Mutex
	years map[int]map[Day]Holiday
}

// NewCalendar takes the confirmed days of any years. A week in which nobody works is taken for the office week.
func NewCalendar(week Week, confirmed []Holiday) Calendar {
	if week == (Week{}) {
		week = OfficeWeek
	}
	c := Calendar{week: week, confirmed: map[int]map[Day]Holiday{}, proposed: &proposed{years: map[int]map[Day]Holiday{}}}
	for _, h := range confirmed {
		year := h.Day.Year()
		if c.confirmed[year] == nil {
			c.confirmed[year] = map[Day]Holiday{}
		}
		c.confirmed[year][h.Day] = h
	}
	return c
}

// Confirmed says whether the days of a year are what somebody has confirmed.
func (c Calendar) Confirmed(year int) bool { return len(c.confirmed[year]) > 0 }

// Days are the special days of a year in their order.
func (c Calendar) Days(year int) []Holiday {
	var all []Holiday
	for _, h := range c.year(year) {
		all = append(all, h)
	}
	slices.SortFunc(all, byDay)
	return all
}

// Holiday is the holiday that falls on a day, and whether there is one. A make-up working day is none.
func (c Calendar) Holiday(d Day) (Holiday, bool) {
	h, there := c.year(d.Year())[d]
	return h, there && h.Off()
}

// Workday says whether people work on a day.
func (c Calendar) Workday(d Day) bool {
	if h, there := c.year(d.Year())[d]; there {
		return !h.Off()
	}
	return c.office().Works(d.Weekday())
}

// AddWorkdays is the n-th working day after d, or before it for a negative n; d itself for none, whatever it is.
func (c Calendar) AddWorkdays(d Day, n int) Day {
	step := Day(1)
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		if d += step; c.Workday(d) {
			n--
		}
	}
	return d
}

// WorkdaysBetween counts the working days after a up to and with b; below zero where b is before a.
func (c Calendar) WorkdaysBetween(a, b Day) int {
	if b < a {
		return -c.WorkdaysBetween(b, a)
	}
	n := 0
	for d := a + 1; d <= b; d++ {
		if c.Workday(d) {
			n++
		}
	}
	return n
}

func (c Calendar) office() Week {
	if c.week == (Week{}) {
		return OfficeWeek
	}
	return c.week
}

func (c Calendar) year(year int) map[Day]Holiday {
	if c.Confirmed(year) {
		return c.confirmed[year]
	}
	if c.proposed == nil { // the zero Calendar
		return byDays(Proposal(year, c.office()))
	}
	c.proposed.Lock()
	defer c.proposed.Unlock()
	days, there := c.proposed.years[year]
	if !there {
		days = byDays(Proposal(year, c.office()))
		c.proposed.years[year] = days
	}
	return days
}

func byDays(all []Holiday) map[Day]Holiday {
	days := make(map[Day]Holiday, len(all))
	for _, h := range all {
		days[h.Day] = h
	}
	return days
}
