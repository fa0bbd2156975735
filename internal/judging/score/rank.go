package score

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
)

// Sheet is what counts of one score sheet.
type Sheet struct {
	Total  Total
	Scores Scores
	Yes    bool // the judge recommends it
}

// Entry is one thing that was judged, by the sheets that count.
type Entry struct {
	ID     string
	Code   string // the public code, by which a lot is drawn
	Sheets []Sheet
}

// Place is where an entry stands. Equal entries share a rank, and the next rank leaves as many out: 1, 2, 2, 4.
type Place struct {
	ID   string
	Rank int
	Mean Mean
	By   string // the step of the chain that set it apart from the one before; "" for the mean itself
}

// The steps by which a tie can be broken, in the order in which a round declares them.
const (
	ByCriteria = "criteria" // the mean of the heaviest criterion, then of the next
	ByMedian   = "median"
	ByYes      = "yes"  // the share of judges who recommend it
	ByLot      = "lot:" // followed by a public seed: the order of SHA-256(seed, code)
)

// Rank orders entries by their means, and ties by the chain. Entries that stay equal share a rank; where entries of one
// rank are listed is decided by their ids, which says nothing. An unknown step is refused.
func Rank(rubric Rubric, entries []Entry, chain []string) ([]Place, error) {
	steps, err := stepsOf(rubric, chain)
	if err != nil {
		return nil, err
	}
	order := slices.Clone(entries)
	slices.SortFunc(order, func(a, b Entry) int {
		if n, _ := compare(steps, a, b); n != 0 {
			return n
		}
		return strings.Compare(a.ID, b.ID)
	})
	places := make([]Place, len(order))
	for i, e := range order {
		places[i] = Place{ID: e.ID, Rank: i + 1, Mean: e.mean()}
		if i == 0 {
			continue
		}
		n, by := compare(steps, order[i-1], e)
		places[i].By = by
		if n == 0 {
			places[i].Rank = places[i-1].Rank
		}
	}
	return places, nil
}

func (e Entry) totals() []Total {
	all := make([]Total, len(e.Sheets))
	for i, s := range e.Sheets {
		all[i] = s.Total
	}
	return all
}

func (e Entry) mean() Mean { return MeanOf(e.totals()...) }

func (e Entry) criterion(key string) Mean {
	m := Mean{N: len(e.Sheets)}
	for _, s := range e.Sheets {
		m.Sum += Total(s.Scores[key])
	}
	return m
}

func (e Entry) recommended() Mean {
	m := Mean{N: len(e.Sheets)}
	for _, s := range e.Sheets {
		if s.Yes {
			m.Sum++
		}
	}
	return m
}

// step compares two entries; negative puts a first.
type step struct {
	name    string
	compare func(a, b Entry) int
}

func stepsOf(rubric Rubric, chain []string) ([]step, error) {
	steps := []step{{"", higher(Entry.mean)}}
	for _, name := range chain {
		switch {
		case name == ByCriteria:
			for _, c := range heaviestFirst(rubric) {
				steps = append(steps, step{name, higher(func(e Entry) Mean { return e.criterion(c.Key) })})
			}
		case name == ByMedian:
			steps = append(steps, step{name, higher(func(e Entry) Mean { return median(e.totals()) })})
		case name == ByYes:
			steps = append(steps, step{name, higher(Entry.recommended)})
		case strings.HasPrefix(name, ByLot) && len(name) > len(ByLot):
			steps = append(steps, step{ByLot, lot(strings.TrimPrefix(name, ByLot))})
		default:
			return nil, fmt.Errorf("no tie can be broken by %q", name)
		}
	}
	return steps, nil
}

func compare(steps []step, a, b Entry) (int, string) {
	for _, s := range steps {
		if n := s.compare(a, b); n != 0 {
			return n, s.name
		}
	}
	return 0, ""
}

func higher(of func(Entry) Mean) func(a, b Entry) int {
	return func(a, b Entry) int { return of(b).Compare(of(a)) }
}

func heaviestFirst(r Rubric) Rubric {
	sorted := slices.Clone(r)
	slices.SortStableFunc(sorted, func(a, b Criterion) int { return b.Weight - a.Weight })
	return sorted
}

func lot(seed string) func(a, b Entry) int {
	drawn := func(e Entry) []byte {
		sum := sha256.Sum256([]byte(seed + "\x00" + e.Code))
		return sum[:]
	}
	return func(a, b Entry) int { return bytes.Compare(drawn(a), drawn(b)) }
}
