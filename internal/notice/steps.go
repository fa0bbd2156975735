package notice

import (
	"fmt"
	"time"

	"vuon/internal/locale"
)

// morning is when a reminder that is counted in days wants to be heard.
const morning = 9 * time.Hour

// lasting is how long the last reminder after an event is of use.
const lasting = 7 * 24 * time.Hour

const day = 24 * time.Hour

// Step is one of a row of reminders around an event.
type Step struct {
	Name  string // "-7d", "-6h", "+2d": the end of a dedup key
	At    time.Time
	Event time.Time // zero after the event: nothing is missed any more
	Until time.Time // when the next step takes over
	Why   string
}

// Steps are the reminders around an event that somebody may have to hear at now or within Ahead, in the order of time.
// Offsets rise; one of whole days means nine in the morning so many days before (or after) the event's day, any other is
// exact. The day of an event at midnight is the day that ends with it. A step is of use until the next one: a person hears
// one reminder, not the three that were missed.
func Steps(event, now time.Time, offsets ...time.Duration) []Step {
	var steps []Step
	for i, offset := range offsets {
		s := Step{Name: name(offset), At: moment(event, offset), Why: why(event, offset)}
		if s.Until = s.At.Add(lasting); i+1 < len(offsets) {
			s.Until = moment(event, offsets[i+1])
		}
		if offset <= 0 && s.At.Before(event) {
			s.Event = event
			if s.Until.After(event) || i+1 == len(offsets) {
				s.Until = event
			}
		}
		if s.Until.After(now) && !s.At.After(now.Add(Ahead)) {
			steps = append(steps, s)
		}
	}
	return steps
}

// On makes d the notice of one step: its key ends with the step's name.
func (s Step) On(d Due) Due {
	d.Dedup += ":" + s.Name
	d.At, d.Event, d.Until, d.Why = s.At, s.Event, s.Until, s.Why
	return d
}

func moment(event time.Time, offset time.Duration) time.Time {
	if offset%day != 0 {
		return event.Add(offset)
	}
	year, month, date := event.Add(-time.Nanosecond).In(locale.Zone).Date()
	return time.Date(year, month, date+int(offset/day), 0, 0, 0, 0, locale.Zone).Add(morning)
}

func name(offset time.Duration) string {
	if offset%day == 0 {
		return fmt.Sprintf("%+dd", offset/day)
	}
	return fmt.Sprintf("%+dh", offset/time.Hour)
}

func why(event time.Time, offset time.Duration) string {
	return name(offset) + " of " + event.In(locale.Zone).Format(time.RFC3339)
}
