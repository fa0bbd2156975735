// Package score reckons with points. It is pure: no clock, no database, and no floating point, so that two sums that are
// equal are equal, whoever adds them up and in whatever order.
//
// A score is a whole number of hundredths of a point, a weight a whole number of basis points. A total is the sum of weight
// times score: five points everywhere are 5·100·10000. Means are compared by cross-multiplication and rounded only to be
// shown.
package score

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Hundredths are hundredths of a point: 4.5 points are 450.
type Hundredths int64

// perPoint is how many hundredths make a point.
const perPoint = 100

// most bounds what is read, so that no sum can overflow.
const most = 1_000_000 * perPoint

// ErrNotAScore says that a text is no number of points.
var ErrNotAScore = errors.New("not a number of points")

// Parse reads points as people write them, with a comma or a dot and at most two decimals: "4", "4,5", "4.25". Signs,
// spaces, exponents and thousands are refused: nobody means them here.
func Parse(text string) (Hundredths, error) {
	whole, part, pointed := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	if !digits(whole) || pointed && (!digits(part) || len(part) > 2) {
		return 0, fmt.Errorf("%w: %q", ErrNotAScore, text)
	}
	n, err := strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	if err != nil || n > most {
		return 0, fmt.Errorf("%w: %q", ErrNotAScore, text)
	}
	return Hundredths(n), nil
}

// String writes points with a dot and no more decimals than needed: "4", "4.5", "4.25".
func (h Hundredths) String() string { return decimal(int64(h)) }

// MarshalJSON writes points as a JSON number.
func (h Hundredths) MarshalJSON() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalJSON reads a JSON number, or a text as a person writes it.
func (h *Hundredths) UnmarshalJSON(raw []byte) error {
	text := string(raw)
	if unquoted, err := strconv.Unquote(text); err == nil {
		text = unquoted
	}
	n, err := Parse(text)
	if err == nil {
		*h = n
	}
	return err
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// decimal writes hundredths as a number of units.
func decimal(hundredths int64) string {
	sign := ""
	if hundredths < 0 {
		sign, hundredths = "-", -hundredths
	}
	text := fmt.Sprintf("%s%d.%02d", sign, hundredths/perPoint, hundredths%perPoint)
	return strings.TrimRight(strings.TrimRight(text, "0"), ".")
}
