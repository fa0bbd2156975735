package events

import (
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
)

// monthView is a month beside the list: its days, and which of them something happens on.
type monthView struct {
	Title         string
	Before, After string // addresses of the months around it
	Days          []dayView
}

// dayView is one square of a month. One without a number stands before the first.
type dayView struct {
	Number int
	Title  string
	Path   string // "" where nothing happens
	N      int
	Today  bool
}

// calendarOf is the month that begins at first, Mondays first as in both languages.
func calendarOf(e *core.RequestEvent, first, now time.Time, lang locale.Lang) (monthView, error) {
	after := first.AddDate(0, 1, 0)
	m := monthView{
		Title: locale.MonthYear(lang, first), Before: monthPath(first.AddDate(0, -1, 0)), After: monthPath(after),
	}
	starts, err := startsBetween(e.Request.Context(), e.App, first, after)
	if err != nil {
		return m, err
	}
	on := map[string]int{}
	for _, at := range starts {
		on[locale.Day(at.Time())]++
	}
	m.Days = make([]dayView, (int(first.Weekday())+6)%7, 42)
	for at := first; at.Before(after); at = at.AddDate(0, 0, 1) {
		day := locale.Day(at)
		d := dayView{Number: at.Day(), Title: strconv.Itoa(at.Day()), N: on[day], Today: day == locale.Day(now)}
		if d.N > 0 {
			d.Title, d.Path = locale.Date(lang, at), monthPath(first)+"#d-"+day
		}
		m.Days = append(m.Days, d)
	}
	return m, nil
}

func monthPath(first time.Time) string { return "/events?month=" + first.Format("2006-01") }
