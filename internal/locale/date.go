package locale

import (
	"fmt"
	"time"
)

// Zone is the time of Ho Chi Minh City, in which every date is shown. Vietnam keeps UTC+7 all year, so that no table of
// time zones is needed beside the binary.
var Zone = time.FixedZone("ICT", 7*60*60)

var weekdays = [7]string{"Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"}

// LongDate writes a day in full: "Thứ Năm, 10 tháng 12, 2026" or "Thursday, 10 December 2026".
func LongDate(lang Lang, t time.Time) string {
	t = t.In(Zone)
	if lang == English {
		return t.Format("Monday, 2 January 2006")
	}
	return fmt.Sprintf("%s, %d tháng %d, %d", weekdays[t.Weekday()], t.Day(), t.Month(), t.Year())
}

// Date writes a day within a sentence: "10 tháng 12, 2026" or "10 December 2026".
func Date(lang Lang, t time.Time) string {
	t = t.In(Zone)
	if lang == English {
		return t.Format("2 January 2006")
	}
	return fmt.Sprintf("%d tháng %d, %d", t.Day(), t.Month(), t.Year())
}

// ShortDate writes a day for a column: 10/12/2026, the day first in both languages.
func ShortDate(t time.Time) string { return t.In(Zone).Format("02/01/2006") }

// Clock writes a time of the day, of 24 hours: 08:05.
func Clock(t time.Time) string { return t.In(Zone).Format("15:04") }

// Moment writes a day and its time for a column: 10/12/2026 08:05.
func Moment(t time.Time) string { return t.In(Zone).Format("02/01/2006 15:04") }

// Month writes a month for a date box: "Thg 12" or "Dec".
func Month(lang Lang, t time.Time) string {
	t = t.In(Zone)
	if lang == English {
		return t.Format("Jan")
	}
	return fmt.Sprintf("Thg %d", t.Month())
}

// MonthYear writes a month in full: "Tháng 12, 2026" or "December 2026".
func MonthYear(lang Lang, t time.Time) string {
	t = t.In(Zone)
	if lang == English {
		return t.Format("January 2006")
	}
	return fmt.Sprintf("Tháng %d, %d", t.Month(), t.Year())
}

// Span writes from when to when: the day once where both ends lie on it.
//
//	Thứ Năm, 10 tháng 12, 2026 · 08:00–16:00
//	10/12/2026 08:00 – 12/12/2026 17:00
func Span(lang Lang, from, to time.Time) string {
	switch {
	case to.IsZero():
		return LongDate(lang, from) + " · " + Clock(from)
	case ShortDate(from) == ShortDate(to):
		return LongDate(lang, from) + " · " + Clock(from) + "–" + Clock(to)
	}
	return Moment(from) + " – " + Moment(to)
}

// Day returns the local day of t as YYYY-MM-DD, the form in which local dates are stored.
func Day(t time.Time) string { return t.In(Zone).Format(time.DateOnly) }
