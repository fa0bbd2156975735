package startups

import (
	"strconv"
	"strings"
	"time"

	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/vn"
)

// monthKey is the period of the month in which t lies, in Ho Chi Minh City: "2026-11".
func monthKey(t time.Time) string { return t.In(locale.Zone).Format("2006-01") }

// monthBefore is the period of the month before the one in which t lies.
func monthBefore(t time.Time) string {
	here := t.In(locale.Zone)
	return monthKey(time.Date(here.Year(), here.Month()-1, 1, 0, 0, 0, 0, locale.Zone))
}

// before is the period of the same length that ends where key begins: 2026-11 after 2026-12, 2025 after 2026.
func before(key string) string {
	span, err := spanOf(key)
	if err != nil || key == periodBaseline {
		return ""
	}
	first, _ := time.Parse("2006-01", span.first)
	switch {
	case len(key) == len("2026"):
		return strconv.Itoa(first.Year() - 1)
	case strings.Contains(key, "Q"):
		earlier := first.AddDate(0, -3, 0)
		return earlier.Format("2006") + "-Q" + strconv.Itoa((int(earlier.Month())+2)/3)
	}
	return first.AddDate(0, -1, 0).Format("2006-01")
}

// lastDay is the last local day of a month's period.
func lastDay(month string) string {
	first, err := time.ParseInLocation("2006-01", month, locale.Zone)
	if err != nil {
		return ""
	}
	return locale.Day(first.AddDate(0, 1, -1))
}

// span is the months that a period covers, both ends included.
type span struct{ first, last string }

// spanOf reads the key of a month, a quarter or a year. Error: figure.period.
func spanOf(key string) (span, error) {
	year, rest, _ := strings.Cut(key, "-")
	_, err := time.Parse("2006", year)
	switch {
	case key == periodBaseline:
		return span{periodBaseline, periodBaseline}, nil
	case err != nil:
	case rest == "":
		return span{year + "-01", year + "-12"}, nil
	case len(rest) == 2 && rest[0] == 'Q' && rest[1] >= '1' && rest[1] <= '4':
		last := 3 * int(rest[1]-'0')
		return span{year + "-" + twoDigits(last-2), year + "-" + twoDigits(last)}, nil
	default:
		if _, err := time.Parse("2006-01", key); err == nil {
			return span{key, key}, nil
		}
	}
	return span{}, fault.Field("period", "figure.period")
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// daysBetween counts the local days from one to another; negative when to lies before from, 0 when either is no day.
func daysBetween(from, to string) int {
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, to)
	if errA != nil || errB != nil {
		return 0
	}
	return int(b.Sub(a).Hours() / 24)
}

// daysAfter is the local day so many days after another.
func daysAfter(day string, n int) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return at.AddDate(0, 0, n).Format(time.DateOnly)
}

// endOf is the instant at which a local day is over.
func endOf(day string) time.Time {
	at, err := time.ParseInLocation(time.DateOnly, day, locale.Zone)
	if err != nil {
		return time.Time{}
	}
	return at.AddDate(0, 0, 1)
}

// slugged makes the last part of an address of a name: small letters, digits and single dashes.
func slugged(name string) string {
	words := strings.FieldsFunc(vn.Fold(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	slug := strings.Join(words, "-")
	if slug == "" {
		return "startup"
	}
	return strings.Trim(slug[:min(len(slug), 60)], "-")
}

func itoa(n int) string { return strconv.Itoa(n) }

// anys is a list as the query builder takes it.
func anys[T any](list []T) []any {
	all := make([]any, len(list))
	for i, v := range list {
		all[i] = v
	}
	return all
}
