package vn

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// ErrDate is a text that is no date, or one that no calendar has.
var ErrDate = errors.New("no date such as 31/12/2025 or 2025-12-31")

var (
	dayFirst  = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4})$`)
	yearFirst = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})$`)
)

// ParseDate reads a date as people write it in Viet Nam, the day first: 31/12/2025, 1/2/2025; or 2025-12-31. Nothing else is
// guessed. Error: ErrDate, also for a day that its month does not have.
func ParseDate(text string) (Day, error) {
	text = strings.TrimSpace(text)
	year, month, day := 0, 0, 0
	if m := dayFirst.FindStringSubmatch(text); m != nil {
		day, month, year = number(m[1]), number(m[2]), number(m[3])
	} else if m := yearFirst.FindStringSubmatch(text); m != nil {
		year, month, day = number(m[1]), number(m[2]), number(m[3])
	}
	d := On(year, time.Month(month), day)
	if y, m, dd := d.Date(); year == 0 || y != year || m != time.Month(month) || dd != day {
		return 0, ErrDate
	}
	return d, nil
}

// number reads digits; they are few enough.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
