package vn

import (
	"fmt"
	"time"
)

// Day is one calendar day in Viet Nam: its Julian day number. Days are counted, compared and subtracted as numbers.
type Day int

const (
	epoch    Day = 2440588 // 1 January 1970
	daySpan      = 24 * time.Hour
	zoneSpan     = 7 * time.Hour // Viet Nam is at UTC+7 and knows no summer time
)

// On is the day with a date. A day that the month does not have counts on into the next month.
func On(year int, month time.Month, day int) Day {
	return epoch + Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/int64(daySpan/time.Second))
}

// DayOf is the day in Viet Nam on which an instant lies.
func DayOf(at time.Time) Day {
	year, month, day := at.UTC().Add(zoneSpan).Date()
	return On(year, month, day)
}

// ParseDay reads YYYY-MM-DD.
func ParseDay(text string) (Day, error) {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("read the day %q: %w", text, err)
	}
	return On(at.Date()), nil
}

// Date is the day's year, month and day of the month.
func (d Day) Date() (int, time.Month, int) { return d.utc().Date() }

// Year is the year in which the day lies.
func (d Day) Year() int { return d.utc().Year() }

// Weekday is the day's place in the week.
func (d Day) Weekday() time.Weekday { return time.Weekday((d + 1) % 7) }

// Starts is the instant of the midnight, in Viet Nam, with which the day begins.
func (d Day) Starts() time.Time { return d.utc().Add(-zoneSpan) }

// String writes the day as it is stored: YYYY-MM-DD.
func (d Day) String() string { return d.utc().Format(time.DateOnly) }

// MarshalText writes the day as String does.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD.
func (d *Day) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDay(string(text))
	return err
}

func (d Day) utc() time.Time { return time.Unix(int64(d-epoch)*int64(daySpan/time.Second), 0).UTC() }
