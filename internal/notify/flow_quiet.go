package notify

import (
	"time"

	"vuon/internal/locale"
	"vuon/internal/notice"
)

// Reminders are for the day: from half past seven to nine in the evening, and not on Sundays or on the public holidays
// whose date the sun decides.
const (
	morning = 7*time.Hour + 30*time.Minute
	evening = 21 * time.Hour
)

// holidays by month and day.
var holidays = map[string]bool{"01-01": true, "04-30": true, "05-01": true, "09-02": true}

// hour returns when a letter of a class may go that is ready at an instant: then, or on the next morning that is no
// holiday. What was asked for, or is owed, goes at any hour.
func hour(class notice.Class, at time.Time) time.Time {
	if class == notice.Transactional {
		return at
	}
	local := at.In(locale.Zone)
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, locale.Zone)
	switch gone := local.Sub(midnight); {
	case rests(midnight) || gone >= evening:
		midnight = midnight.AddDate(0, 0, 1)
	case gone >= morning:
		return at
	}
	for rests(midnight) {
		midnight = midnight.AddDate(0, 0, 1)
	}
	return midnight.Add(morning)
}

func rests(day time.Time) bool { return day.Weekday() == time.Sunday || holidays[day.Format("01-02")] }
