package score

import (
	"errors"
	"fmt"
	"slices"
)

// Rule says who goes on from a round. Its parts that are zero ask for nothing.
type Rule struct {
	Top    int         `json:"top,omitempty"`    // so many, the best of those who pass the gates
	Mean   *Hundredths `json:"mean,omitempty"`   // the mean is at least so many points
	Above  *Hundredths `json:"above,omitempty"`  // the mean of every criterion is more than so many points
	Sheets int         `json:"sheets,omitempty"` // at least so many sheets count
	Ties   string      `json:"ties,omitempty"`   // what becomes of those who are equal where Top cuts
}

// What becomes of equal entries where the line falls.
const (
	TiesChain = "chain" // the round's chain tells them apart; who is still equal waits for a person
	TiesAll   = "all"   // all of them go on
	TiesNone  = "none"  // none of them does
)

// ErrTies says that there is no such way with ties.
var ErrTies = errors.New("no way with ties is called so")

// Check refuses a rule that lets everybody go on, one that contradicts itself, and with ErrTies an unknown way with ties.
func (r Rule) Check() error {
	switch {
	case r.Top < 0 || r.Sheets < 0 || r.Mean != nil && *r.Mean < 0 || r.Above != nil && *r.Above < 0:
		return errors.New("a rule with less than nothing")
	case r.Top == 0 && r.Mean == nil && r.Above == nil && r.Sheets == 0:
		return errors.New("a rule that asks for nothing")
	case !slices.Contains([]string{"", TiesChain, TiesAll, TiesNone}, r.Ties):
		return fmt.Errorf("%q: %w", r.Ties, ErrTies)
	}
	return nil
}

// The reasons of a verdict.
const (
	WhySheets    = "sheets"    // too few sheets count
	WhyMean      = "mean"      // the mean is too low
	WhyCriterion = "criterion" // a criterion is too low; Key says which
	WhyTop       = "top"       // among the best
	WhyPassed    = "passed"    // passes the gates, and no number is set
	WhyBeyond    = "beyond"    // passes the gates, and others are better
	WhyTied      = "tied"      // equal to others where the line falls
)

// Why is one reason.
type Why struct {
	Code string `json:"code"`
	Key  string `json:"key,omitempty"`
}

// Verdict is what a rule says of one entry.
type Verdict struct {
	Place
	Advances bool
	Why      []Why
}

// Advance applies a rule to the entries of a round: first its gates, then its number, in the order of Rank. It compares
// whole numbers only.
func Advance(rubric Rubric, entries []Entry, chain []string, rule Rule) ([]Verdict, error) {
	if err := rule.Check(); err != nil {
		return nil, err
	}
	places, err := Rank(rubric, entries, chain)
	if err != nil {
		return nil, err
	}
	by := map[string]Entry{}
	for _, e := range entries {
		by[e.ID] = e
	}
	verdicts := make([]Verdict, len(places))
	var passed []int
	for i, p := range places {
		verdicts[i] = Verdict{Place: p, Why: rule.failed(rubric, by[p.ID])}
		if len(verdicts[i].Why) == 0 {
			passed = append(passed, i)
		}
	}
	rule.cut(verdicts, passed)
	return verdicts, nil
}

// failed names the gates that an entry does not pass.
func (r Rule) failed(rubric Rubric, e Entry) (why []Why) {
	if len(e.Sheets) < r.Sheets {
		why = append(why, Why{Code: WhySheets})
	}
	if r.Mean != nil && (len(e.Sheets) == 0 || e.mean().Compare(Mean{Sum: Total(*r.Mean) * whole, N: 1}) < 0) {
		why = append(why, Why{Code: WhyMean})
	}
	if r.Above == nil {
		return why
	}
	for _, c := range rubric {
		if e.criterion(c.Key).Compare(Mean{Sum: Total(*r.Above), N: 1}) <= 0 {
			why = append(why, Why{Code: WhyCriterion, Key: c.Key})
		}
	}
	return why
}

// cut lets the best of those who passed go on. They lie in the order of their ranks.
func (r Rule) cut(verdicts []Verdict, passed []int) {
	for n, i := range passed {
		v := &verdicts[i]
		switch {
		case r.Top == 0:
			v.Advances, v.Why = true, []Why{{Code: WhyPassed}}
		case r.straddles(verdicts, passed, n):
			v.Advances, v.Why = r.Ties == TiesAll, []Why{{Code: WhyTied}}
		case n < r.Top:
			v.Advances, v.Why = true, []Why{{Code: WhyTop}}
		default:
			v.Why = []Why{{Code: WhyBeyond}}
		}
	}
}

// straddles says whether the n-th of those who passed is equal to others on both sides of the line.
func (r Rule) straddles(verdicts []Verdict, passed []int, n int) bool {
	if len(passed) <= r.Top || !r.equal(verdicts[passed[r.Top-1]], verdicts[passed[r.Top]]) {
		return false
	}
	return r.equal(verdicts[passed[n]], verdicts[passed[r.Top]])
}

// equal compares as the rule does: by the mean alone, or by the chain too.
func (r Rule) equal(a, b Verdict) bool {
	if r.Ties == TiesAll || r.Ties == TiesNone {
		return a.Mean.Compare(b.Mean) == 0
	}
	return a.Rank == b.Rank
}
