package score

import (
	"encoding/json"
	"slices"
)

// Total is the worth of one sheet: weight in basis points times hundredths of a point, summed.
type Total int64

// Points rounds a total to hundredths of a point, for showing.
func (t Total) Points() Hundredths { return Hundredths(rounded(int64(t), whole)) }

// Mean is a sum and how many it is the sum of. Zero of none is no mean.
type Mean struct {
	Sum Total
	N   int
}

// MeanOf is the mean of totals.
func MeanOf(totals ...Total) Mean {
	m := Mean{N: len(totals)}
	for _, t := range totals {
		m.Sum += t
	}
	return m
}

// Compare is negative when m is less than other. Without any total a mean is less than every mean with one.
func (m Mean) Compare(other Mean) int {
	if m.N == 0 || other.N == 0 {
		return m.N - other.N
	}
	a, b := int64(m.Sum)*int64(other.N), int64(other.Sum)*int64(m.N)
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Points rounds the mean to hundredths of a point, for showing. It must not be compared.
func (m Mean) Points() Hundredths {
	if m.N == 0 {
		return 0
	}
	return Hundredths(rounded(int64(m.Sum), int64(m.N)*whole))
}

// MarshalJSON writes the mean as points, or null where there is none.
func (m Mean) MarshalJSON() ([]byte, error) {
	if m.N == 0 {
		return []byte("null"), nil
	}
	return json.Marshal(m.Points())
}

// Spread is how far the highest total lies above the lowest. Of fewer than two it is 0.
func Spread(totals ...Total) Total {
	if len(totals) < 2 {
		return 0
	}
	return slices.Max(totals) - slices.Min(totals)
}

// median is the mean of the one or two totals in the middle.
func median(totals []Total) Mean {
	sorted := slices.Sorted(slices.Values(totals))
	n := len(sorted)
	switch {
	case n == 0:
		return Mean{}
	case n%2 == 1:
		return MeanOf(sorted[n/2])
	}
	return MeanOf(sorted[n/2-1], sorted[n/2])
}

// rounded divides and rounds half up. Both are not negative.
func rounded(n, by int64) int64 { return (2*n + by) / (2 * by) }
