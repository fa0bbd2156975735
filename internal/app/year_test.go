package app_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"vuon/internal/app"
	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/notify"
	"vuon/internal/site"
	"vuon/internal/vn"
)

// wanted is a notice that somebody must hear, as this page works it out by itself.
type wanted struct {
	key   string
	at    time.Time // nine in the morning, or so many hours before
	event time.Time // zero: after it
	until time.Time
	gone  time.Time // when there was nothing to remind of any more; zero: never
}

// offsets by the end of a dedup key.
var offsets = map[string][]string{"report": {"-5d", "-1d", "+2d", "+7d"}, "draft": {"-7d", "-3d", "-1d", "-6h"}}

// around works out the reminders around an end.
func around(t *testing.T, prefix, suffix, kind string, end, from, to time.Time) (all []wanted) {
	t.Helper()
	at := func(name string) time.Time {
		var n int
		var unit string
		if _, err := fmt.Sscanf(name, "%d%1s", &n, &unit); err != nil {
			t.Fatal(err)
		}
		if unit == "h" {
			return end.Add(time.Duration(n) * time.Hour)
		}
		day := vn.DayOf(end.Add(-time.Second)) + vn.Day(n)
		return day.Starts().Add(9 * time.Hour)
	}
	for i, name := range offsets[kind] {
		w := wanted{key: prefix + ":" + name + suffix, at: at(name), until: at(name).AddDate(0, 0, 7)}
		if i+1 < len(offsets[kind]) {
			w.until = at(offsets[kind][i+1])
		}
		if strings.HasPrefix(name, "-") {
			w.event = end
			if i+1 == len(offsets[kind]) || w.until.After(end) {
				w.until = end
			}
		}
		if w.at.After(from) && w.at.Before(to) {
			all = append(all, w)
		}
	}
	return all
}

// quiet says, minute by minute, whether nobody may be reminded.
func quiet(calendar vn.Calendar, at time.Time) bool {
	local := at.In(locale.Zone)
	minute := local.Hour()*60 + local.Minute()
	_, holiday := calendar.Holiday(vn.DayOf(at))
	return minute < 7*60+30 || minute >= 21*60 || local.Weekday() == time.Sunday || holiday
}

// heard walks the minutes from when a notice wants to be heard to one at which it may; if the event comes first, it walks
// back.
func (w wanted) heard(calendar vn.Calendar) time.Time {
	for at := w.at; w.event.IsZero() || at.Before(w.event); at = at.Add(time.Minute) {
		if !quiet(calendar, at) {
			return at
		}
	}
	at := w.event.Add(-time.Nanosecond).Truncate(time.Minute)
	for quiet(calendar, at) {
		at = at.Add(-time.Minute)
	}
	return at
}

// ticks are the instants of a day at which the processes wake.
func (w *world) ticks(day vn.Day) (all []time.Time) {
	for _, clock := range []time.Duration{10, 450, 480, 510, 540, 720, 1080, 1259, 1380} {
		all = append(all, day.Starts().Add(clock*time.Minute))
	}
	for range 2 {
		all = append(all, day.Starts().Add(time.Duration(w.dice.IntN(24*60))*time.Minute))
	}
	slices.SortFunc(all, time.Time.Compare)
	return slices.Compact(all)
}

// A year, or the weeks around Tết, of restarts, crashes, two schedulers and a carrier with bad days: everybody hears every
// reminder once, nobody at night, on a Sunday or on a holiday, and none is late.
func TestAYearOfNotices(t *testing.T) {
	t.Parallel()
	from, days := vn.On(2027, time.January, 14), 46
	if os.Getenv("VUON_WHOLE") != "" {
		from, days = vn.On(2027, time.January, 1), 365
	}
	w := simulate(t, 7, from.Starts().Add(-24*time.Hour))
	calendar, err := site.CalendarOf(w.anybody())
	if err != nil {
		t.Fatal(err)
	}
	lives := w.people(from, days)
	last := time.Time{} // when a process last did all that was due
	gaps := []gap{}
	for day := range vn.Day(days) {
		for _, at := range w.ticks(from + day) {
			lives.live(at)
			if !w.tick(at) {
				continue
			}
			if at.Sub(last) > 0 && !last.IsZero() {
				gaps = append(gaps, gap{last, at})
			}
			last = at
		}
	}
	w.mail.kind = true
	for range 30 { // what was on its way comes to its end
		w.tick(w.now.Add(4 * time.Hour))
	}
	house := w.anybody()
	heard := w.inbox()
	missing := 0
	all := lives.wanted()
	for _, want := range all {
		at := want.heard(calendar)
		got, told := heard[want.key]
		due := firstAfter(gaps, at)
		for !due.IsZero() && quiet(calendar, due) {
			due = firstAfter(gaps, due.Add(time.Nanosecond))
		}
		switch {
		case due.IsZero() || at.After(last): // beyond the simulation
		case !want.gone.IsZero() && !due.Before(want.gone): // done in time, before anybody had to be reminded
		case !due.Before(want.until):
			if told && !got.Before(want.until) {
				t.Errorf("%s was told at %s, of no use since %s", want.key, got, want.until)
			}
			missing++
		case !told:
			t.Errorf("%s was never told; it was due at %s", want.key, at)
		case got.Before(at) || got.After(due):
			t.Errorf("%s was told at %s, want %s to %s", want.key, got, at, due)
		}
	}
	if len(all) < 40 || missing*4 > len(all) {
		t.Errorf("of %d notices %d could not be told in time: this year shows too little", len(all), missing)
	}
	w.onceEach(calendar)
	housetest.Well(t, house)
}

// gap lies between two instants at which all that was due was done.
type gap struct{ from, to time.Time }

// firstAfter is the first instant, at or after another, at which all that was due was done.
func firstAfter(gaps []gap, at time.Time) time.Time {
	for _, g := range gaps {
		if !g.to.Before(at) {
			return g.to
		}
	}
	return time.Time{}
}

// inbox is when each notice was told.
func (w *world) inbox() map[string]time.Time {
	w.t.Helper()
	var rows []struct {
		Key string `db:"dedup_key"`
		At  string `db:"at"`
	}
	if err := w.anybody().DB().NewQuery("SELECT dedup_key, at FROM inbox_items").All(&rows); err != nil {
		w.t.Fatal(err)
	}
	heard := map[string]time.Time{}
	for _, r := range rows {
		at, err := time.Parse("2006-01-02 15:04:05.000Z", r.At)
		if err != nil {
			w.t.Fatal(err)
		}
		heard[r.Key] = at
	}
	return heard
}

// onceEach holds every letter against what the carrier took.
func (w *world) onceEach(calendar vn.Calendar) {
	w.t.Helper()
	letters, err := notify.Outbox.All(w.anybody())
	if err != nil {
		w.t.Fatal(err)
	}
	byState := map[string]int{}
	for _, l := range letters {
		got := w.mail.got[l.Id]
		byState[string(l.Status())]++
		switch l.Status() {
		case notify.LetterSent:
			if len(got) != 1 {
				w.t.Errorf("letter %s %s was taken %d times", l.Kind(), l.Id, len(got))
			}
		case notify.LetterQueued, notify.LetterSending:
			w.t.Errorf("letter %s %s is still %s", l.Kind(), l.Id, l.Status())
		case notify.LetterLost:
			if len(got) > 1 {
				w.t.Errorf("lost letter %s was taken %d times", l.Id, len(got))
			}
		default:
			if len(got) != 0 {
				w.t.Errorf("letter %s %s is %s, and was taken", l.Kind(), l.Id, l.Status())
			}
		}
		for _, at := range got {
			if l.Class() != "T" && quiet(calendar, at) {
				w.t.Errorf("letter %s went at %s", l.Kind(), at.In(locale.Zone))
			}
		}
	}
	w.t.Logf("letters: %v", byState)
	if byState["sent"] < 40 {
		w.t.Errorf("only %d letters went: this year shows too little", byState["sent"])
	}
}

// Without the ledgers – the claim of a letter among them – two processes send the same mails.
func TestRaceWithoutTheLedgersNoticesAreDoubled(t *testing.T) {
	t.Parallel()
	from := vn.On(2027, time.February, 26)
	w := simulate(t, 3, from.Starts().Add(-24*time.Hour))
	w.mail.kind = true
	lives := w.people(from, 10)
	for _, c := range w.crews {
		for _, id := range []string{"lifecycle.outbox", "record.revised.outbox"} {
			c.house.OnRecordUpdateExecute(notify.Outbox.Collection).Unbind(id)
		}
	}
	for day := range vn.Day(60) { // which of them is quick enough is chance; most years show it in the first days
		for _, at := range w.ticks(from + day) {
			lives.live(at)
			w.now = at
			if err := notify.Queue(w.crews[0].house, at); err != nil {
				t.Fatal(err)
			}
			housetest.Race(4, func(i int) error { return notify.Deliver(w.crews[i%2].house, at) })
			if _, err := app.RunJobs(w.crews[0].house, at); err != nil {
				t.Fatal(err)
			}
		}
		for _, got := range w.mail.got {
			if len(got) > 1 {
				return
			}
		}
	}
	t.Error("without the ledgers nothing was doubled: the year shows nothing")
}
