package vn

import "time"

// LunarDate is a date of the Vietnamese lunar calendar.
//
// The rule is the one in force since 1968, applied to every year: new moons and the Sun's way by the formulas of Meeus,
// Astronomical Algorithms (chapters 10, 22, 25, 32 and 49), the days cut at UTC+7. A month begins on the day of the new moon; the month of
// the winter solstice is the eleventh; of thirteen months between two of them, the first without a major term is a leap
// month. China cuts its days at UTC+8, so that in some years the new year differs by a day, or even by a month. Before 1968 other
// zones were in civil use, and what people then kept may differ by a day from what is told here.
//
// It holds for 1900 to 2199. A new moon within minutes of midnight, far ahead, depends on how the Earth will turn.
type LunarDate struct {
	Year, Month, Day int
	Leap             bool // the second month of that number
}

// The years for which the lunar calendar is told.
const (
	FirstYear = 1900
	LastYear  = 2199
)

// Tet is the first day of a lunar year.
func Tet(year int) Day { return yearOf(year).first(1) }

// HungKings is the day on which the Hung Kings are remembered: the tenth of the third month, never of a leap month.
func HungKings(year int) Day { return yearOf(year).first(3) + 9 }

// LunarOf is the lunar date of a day.
func LunarOf(d Day) LunarDate {
	year := d.Year()
	y := yearOf(year)
	if y.first(1) > d {
		year--
		y = yearOf(year)
	}
	n := moonBy(d)
	month, leap := y.month(n)
	return LunarDate{year, month, int(d-newMoonDay(n)) + 1, leap}
}

// Solar is the day with a lunar date; false where there is none: no such month, no leap month of that number in that year,
// or no thirtieth in that month.
func (l LunarDate) Solar() (Day, bool) {
	if l.Month < 1 || l.Month > 12 || l.Day < 1 {
		return 0, false
	}
	y := yearOf(l.Year)
	n := y.moon(l.Month)
	if l.Leap {
		if n++; y.leap() != l.Month {
			return 0, false
		}
	}
	d := newMoonDay(n) + Day(l.Day-1)
	return d, d < newMoonDay(n+1)
}

// lunarYear is where the months of a lunar year stand among the new moons.
type lunarYear struct {
	eleventh int // the eleventh month before this year begins
	long     int // which moon after that is the leap month, 0 if none is before this year's own eleventh
	next     int // this year's own eleventh month
	after    int // which moon after this one is the leap month, 0 if none is before the next eleventh
}

func yearOf(year int) lunarYear {
	a, b, c := solsticeMoon(year-1), solsticeMoon(year), solsticeMoon(year+1)
	return lunarYear{eleventh: a, long: leapMoon(a, b), next: b, after: leapMoon(b, c)}
}

// solsticeMoon is the number of the new moon with which the month of a year's winter solstice begins.
func solsticeMoon(year int) int {
	d := On(year, time.December, 20)
	for sector(d+1) < 9 { // the solstice is at 270°
		d++
	}
	return moonBy(d)
}

// leapMoon is how many moons after a the leap month begins, 0 if the twelve months up to b need none.
func leapMoon(a, b int) int {
	if b-a == 12 {
		return 0
	}
	was := sector(newMoonDay(a + 1))
	for i := 1; i < b-a; i++ {
		is := sector(newMoonDay(a + i + 1))
		if is == was {
			return i
		}
		was = is
	}
	return 0
}

// moon is the number of the new moon with which a month begins that is no leap month.
func (y lunarYear) moon(month int) int {
	if month > 10 {
		n := y.next + month - 11
		if y.after == 1 && month == 12 {
			n++
		}
		return n
	}
	n := y.eleventh + month + 1
	if y.long > 0 && y.long <= month+1 {
		n++
	}
	return n
}

func (y lunarYear) first(month int) Day { return newMoonDay(y.moon(month)) }

// leap is the number of the leap month, 0 in a year without one.
func (y lunarYear) leap() int {
	switch {
	case y.long > 2:
		return y.long - 2
	case y.after == 1, y.after == 2:
		return y.after + 10
	}
	return 0
}

// month is the number of the month that begins with the n-th new moon, and whether it is the leap month.
func (y lunarYear) month(n int) (int, bool) {
	for month := 12; month > 1; month-- {
		if first := y.moon(month); n >= first {
			return month, n > first
		}
	}
	return 1, n > y.moon(1)
}
