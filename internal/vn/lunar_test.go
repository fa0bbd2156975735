package vn_test

import (
	"testing"
	"time"

	"vuon/internal/vn"
)

// Known days. Where China, at UTC+8, kept another day, it stands beside.
func TestTetIsWhereItIsKnownToBe(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]string{
		1968: "1968-01-29", // China: 30 January
		1969: "1969-02-16", // China: 17 February
		1970: "1970-02-06", 1975: "1975-02-11", 1976: "1976-01-31", 1980: "1980-02-16", 1984: "1984-02-02",
		1985: "1985-01-21", // China: 20 February
		1986: "1986-02-09", 1990: "1990-01-27", 1995: "1995-01-31", 1999: "1999-02-16", 2000: "2000-02-05", 2003: "2003-02-01",
		2007: "2007-02-17", // China: 18 February
		2008: "2008-02-07", 2015: "2015-02-19", 2020: "2020-01-25", 2021: "2021-02-12", 2022: "2022-02-01", 2023: "2023-01-22",
		2024: "2024-02-10", 2025: "2025-01-29", 2026: "2026-02-17",
		2027: "2027-02-06", 2028: "2028-01-26", 2029: "2029-02-13",
		2030: "2030-02-02", // China: 3 February
		2053: "2053-02-18", // China: 19 February
	} {
		if got := vn.Tet(year).String(); got != want {
			t.Errorf("Tết %d is %s, want %s", year, got, want)
		}
	}
	for year, want := range map[int]string{
		2018: "2018-04-25", 2019: "2019-04-14", 2020: "2020-04-02", 2021: "2021-04-21", 2022: "2022-04-10", 2023: "2023-04-29",
		2024: "2024-04-18", 2025: "2025-04-07", 2026: "2026-04-26", 2027: "2027-04-16", 2028: "2028-04-04",
		1985: "1985-04-29", // after a leap second month
		1966: "1966-03-31", // the third month, not the leap one after it
	} {
		if got := vn.HungKings(year).String(); got != want {
			t.Errorf("the Hung Kings of %d are remembered on %s, want %s", year, got, want)
		}
	}
}

func TestLeapMonthsAreKnown(t *testing.T) {
	t.Parallel()
	for year, month := range map[int]int{1984: 0, 1985: 2, 1987: 7, 2001: 4, 2004: 2, 2006: 7, 2012: 4, 2014: 9, 2017: 6, 2020: 4, 2023: 2, 2025: 6, 2028: 5, 2031: 3, 2033: 11} {
		leap := 0
		for m := 1; m <= 12; m++ {
			if _, there := (vn.LunarDate{Year: year, Month: m, Day: 1, Leap: true}).Solar(); there {
				leap = m
			}
		}
		if leap != month {
			t.Errorf("the leap month of %d is %d, want %d", year, leap, month)
		}
	}
}

// Month by month through three centuries: they follow each other as the rule has it, and every date leads back.
func TestTheLunarCalendarKeepsItsRule(t *testing.T) {
	t.Parallel()
	months, leaps := 0, 0
	d, end := vn.Tet(vn.FirstYear), vn.On(vn.LastYear, time.December, 31)
	for d <= end {
		is := vn.LunarOf(d)
		length := vn.Day(29)
		if vn.LunarOf(d+29).Day == 30 {
			length = 30
		}
		next := vn.LunarOf(d + length)
		if is.Day != 1 || next.Day != 1 {
			t.Fatalf("%s is %+v, and %d days later is %+v", d, is, length, next)
		}
		for _, day := range []vn.Day{0, 1, 14, 28, length - 1} {
			l := vn.LunarDate{Year: is.Year, Month: is.Month, Day: int(day) + 1, Leap: is.Leap}
			if back, there := l.Solar(); vn.LunarOf(d+day) != l || back != d+day || !there {
				t.Errorf("%s is %+v, and %+v is %s", d+day, vn.LunarOf(d+day), l, back)
			}
		}
		months++
		if is.Leap {
			leaps++
		}
		follows := next.Year == is.Year && next.Month == is.Month+1 && !next.Leap
		again := next.Year == is.Year && next.Month == is.Month && next.Leap && !is.Leap
		turn := next == vn.LunarDate{Year: is.Year + 1, Month: 1, Day: 1} && is.Month == 12
		if d += length; turn {
			if _, month, day := d.Date(); month == time.January && day < 20 || month == time.February && day > 21 || month > time.February {
				t.Errorf("Tết %d is %s", next.Year, d)
			}
			if d != vn.Tet(next.Year) || months != 12+leaps || leaps > 1 {
				t.Errorf("before %s, Tết %s: %d months, %d of them leap months", d, vn.Tet(next.Year), months, leaps)
			}
			months, leaps = 0, 0
		}
		if !follows && !again && !turn {
			t.Fatalf("%+v follows %+v", next, is)
		}
	}
}

func TestThereIsNoSuchLunarDate(t *testing.T) {
	t.Parallel()
	for _, l := range []vn.LunarDate{
		{2026, 0, 1, false},
		{2026, 13, 1, false},
		{2026, 1, 0, false},
		{2026, 1, 31, false},
		{2026, 12, 30, false},
		{2026, 6, 1, true},
		{2025, 5, 1, true},
		{2025, 6, 30, true},
	} {
		if d, there := l.Solar(); there {
			t.Errorf("%+v is %s", l, d)
		}
	}
}
