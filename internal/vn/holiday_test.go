package vn_test

import (
	"slices"
	"testing"
	"time"

	"vuon/internal/vn"
)

func day(t *testing.T, text string) vn.Day {
	t.Helper()
	d, err := vn.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheLawsHolidaysAreProposed(t *testing.T) {
	t.Parallel()
	for year, want := range map[int][]string{
		2026: { // 26 April is a Sunday
			"2026-01-01", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20",
			"2026-04-26", "2026-04-27", "2026-04-30", "2026-05-01", "2026-09-01", "2026-09-02",
		},
		2027: { // Tết from Friday to Tuesday: its Saturday and Sunday are made up for after it; 1 May is a Saturday
			"2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11",
			"2027-04-16", "2027-04-30", "2027-05-01", "2027-05-03", "2027-09-02", "2027-09-03",
		},
		2023: { // 1 January a Sunday, Tết on a Sunday, 29 April to 1 May in one with the Hung Kings on a Saturday
			"2023-01-01", "2023-01-02", "2023-01-21", "2023-01-22", "2023-01-23", "2023-01-24", "2023-01-25", "2023-01-26", "2023-01-27",
			"2023-04-29", "2023-04-30", "2023-05-01", "2023-05-02", "2023-05-03", "2023-09-01", "2023-09-02", "2023-09-04",
		},
	} {
		var got []string
		for _, h := range vn.Proposal(year, vn.OfficeWeek) {
			got = append(got, h.Day.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d: %v, want %v", year, got, want)
		}
	}
}

// The neighbour of 2 September as the Prime Minister chose it each year since the law is in force.
func TestTheNeighbourOfTheNationalDayMakesTheLongerBreak(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]string{2021: "2021-09-03", 2022: "2022-09-01", 2023: "2023-09-01", 2024: "2024-09-03", 2025: "2025-09-01", 2026: "2026-09-01"} {
		for _, h := range vn.Proposal(year, vn.OfficeWeek) {
			if h.Name == vn.NationalNeighbour && !h.InLieu && h.Day.String() != want {
				t.Errorf("%d: %s, want %s", year, h.Day, want)
			}
		}
	}
}

func TestTwoHolidaysOnOneDayAreOne(t *testing.T) {
	t.Parallel()
	all := vn.Proposal(1947, vn.OfficeWeek)
	if at := slices.IndexFunc(all, func(h vn.Holiday) bool { return h.Day.String() == "1947-04-30" }); at < 0 || all[at].Name != "hung_kings_reunification" {
		t.Errorf("30 April 1947 is not the Hung Kings' and the reunification's: %+v", all)
	}
}

func TestEveryYearHasItsElevenDays(t *testing.T) {
	t.Parallel()
	for year := vn.FirstYear; year <= vn.LastYear; year++ {
		named, seen, last := 0, map[vn.Day]bool{}, vn.Day(0)
		for _, h := range vn.Proposal(year, vn.OfficeWeek) {
			if h.Day <= last || seen[h.Day] || h.Day.Year() != year || h.Kind != vn.Statutory {
				t.Errorf("%d: %+v after %s", year, h, last)
			}
			if h.InLieu && !vn.OfficeWeek.Works(h.Day.Weekday()) {
				t.Errorf("%d: %+v makes up for nothing", year, h)
			}
			last, seen[h.Day] = h.Day, true
			if !h.InLieu {
				named++
			}
		}
		if named != 11 && year != 1947 {
			t.Errorf("%d has %d holidays", year, named)
		}
	}
}

func TestWorkingDaysAreCountedByTheCalendar(t *testing.T) {
	t.Parallel()
	proposed := vn.NewCalendar(vn.OfficeWeek, nil)
	confirmed := vn.NewCalendar(vn.OfficeWeek, []vn.Holiday{
		{Day: day(t, "2026-02-16"), Kind: vn.Statutory},
		{Day: day(t, "2026-02-17"), Kind: vn.Statutory},
		{Day: day(t, "2026-02-18"), Kind: vn.SwapOff},
		{Day: day(t, "2026-02-28"), Kind: vn.Makeup},
	})
	for _, c := range []struct {
		calendar vn.Calendar
		from     string
		n        int
		want     string
	}{
		{proposed, "2026-02-13", 1, "2026-02-23"}, // Friday before Tết → Monday after
		{vn.Calendar{}, "2026-02-13", 1, "2026-02-23"},
		{confirmed, "2026-02-13", 1, "2026-02-19"}, // exactly the confirmed days
		{confirmed, "2026-02-27", 1, "2026-02-28"}, // a Saturday that is worked
		{confirmed, "2026-12-31", 1, "2027-01-04"}, // the next year is still proposed
		{proposed, "2026-02-23", -1, "2026-02-13"},
		{proposed, "2026-02-17", 0, "2026-02-17"},
		{vn.NewCalendar(vn.Week{}, nil), "2026-03-06", 1, "2026-03-09"},
	} {
		if got := c.calendar.AddWorkdays(day(t, c.from), c.n); got.String() != c.want {
			t.Errorf("%s and %d working days is %s, want %s", c.from, c.n, got, c.want)
		}
	}
	if h, off := confirmed.Holiday(day(t, "2026-02-28")); off {
		t.Errorf("a make-up day is a holiday: %+v", h)
	}
	if _, off := confirmed.Holiday(day(t, "2026-09-02")); off || !confirmed.Confirmed(2026) || confirmed.Confirmed(2027) {
		t.Error("a confirmed year knows a day that nobody confirmed")
	}
	for d := day(t, "2026-01-01"); d.Year() == 2026; d++ {
		for n := range 12 {
			if got := confirmed.WorkdaysBetween(d, confirmed.AddWorkdays(d, n)); got != n {
				t.Fatalf("%d working days after %s are %d", n, d, got)
			}
		}
		if d.Weekday() == time.Sunday && confirmed.Workday(d) {
			t.Errorf("%s is worked", d)
		}
	}
	if got := proposed.WorkdaysBetween(day(t, "2026-02-23"), day(t, "2026-02-13")); got != -1 {
		t.Errorf("back over Tết are %d working days", got)
	}
}
