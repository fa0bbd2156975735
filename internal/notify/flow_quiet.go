package notify

import (
	"time"

	"vuon/internal/locale"
	"vuon/internal/notice"
)

// Reminders are for the day: from half past seven to nine in the evening, and not on Sundays or public holidays.
const (
	morning = 7*time.Hour + 30*time.Minute
	evening = 21 * time.Hour
	gathers = 8*time.Hour + 30*time.Minute // when the mail of the day is made
)

// hours says when people may be reminded: on which days not.
type hours struct{ rests func(day time.Time) bool }

// open says whether reminders may go out at an instant.
func (h hours) open(at time.Time) bool {
	day, gone := dayOf(at)
	return gone >= morning && gone < evening && !h.shut(day)
}

// next is at, or the next morning that is open.
func (h hours) next(at time.Time) time.Time {
	if h.open(at) {
		return at
	}
	day, gone := dayOf(at)
	if gone >= morning {
		day = day.AddDate(0, 0, 1)
	}
	for h.shut(day) {
		day = day.AddDate(0, 0, 1)
	}
	return day.Add(morning)
}

// last is the last open minute before an event.
func (h hours) last(event time.Time) time.Time {
	at := event.Add(-time.Nanosecond).Truncate(time.Minute)
	if h.open(at) {
		return at
	}
	day, gone := dayOf(at)
	if gone < morning {
		day = day.AddDate(0, 0, -1)
	}
	for h.shut(day) {
		day = day.AddDate(0, 0, -1)
	}
	return day.Add(evening - time.Minute)
}

// worth is until when a reminder without an end is of use that was due at an instant. Days that are shut do not count: what
// a carrier could not take on the last evening before Tết is still news after it.
func (h hours) worth(due time.Time) time.Time {
	until := due.Add(useful)
	for day, _ := dayOf(due); day.Before(until); day = day.AddDate(0, 0, 1) {
		if h.shut(day) {
			until = until.Add(24 * time.Hour)
		}
	}
	return until
}

// goes is when a notice of a class goes out that wants to be heard at an instant: then. A reminder waits for the next open
// minute; where that would come too late for its event, it goes in the last open minute before it.
func (h hours) goes(class notice.Class, at, event time.Time) time.Time {
	if class == notice.Transactional {
		return at
	}
	next := h.next(at)
	if !event.IsZero() && !next.Before(event) {
		return h.last(event)
	}
	return next
}

// gathered is when the mail of a day or a week goes out that a notice from an instant on is part of.
func (h hours) gathered(mode Mode, at time.Time) time.Time {
	day, gone := dayOf(at)
	if gone > gathers {
		day = day.AddDate(0, 0, 1)
	}
	if mode == Weekly {
		for day.Weekday() != time.Monday {
			day = day.AddDate(0, 0, 1)
		}
	}
	for h.shut(day) {
		day = day.AddDate(0, 0, 1)
	}
	return day.Add(gathers)
}

func (h hours) shut(day time.Time) bool { return day.Weekday() == time.Sunday || h.rests(day) }

// dayOf is the local midnight before an instant, and what has gone since.
func dayOf(at time.Time) (midnight time.Time, gone time.Duration) {
	year, month, day := at.In(locale.Zone).Date()
	midnight = time.Date(year, month, day, 0, 0, 0, 0, locale.Zone)
	return midnight, at.Sub(midnight)
}
