package judging

import (
	"cmp"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/judging/score"
)

// weigh reckons what the sheets over a subject come to, and where its judges lie apart.
func (e *Standing) weigh(rubric score.Rubric, sheets []*Sheet) error {
	var totals []score.Total
	least, most := map[string]score.Hundredths{}, map[string]score.Hundredths{}
	for i, s := range sheets {
		j, err := s.Judgement()
		if err != nil {
			return err
		}
		totals = append(totals, s.Total())
		for key, n := range j.Scores {
			if low, seen := least[key]; !seen || n < low {
				least[key] = n
			}
			most[key] = max(most[key], n)
		}
		e.Done = i + 1
		switch j.Recommendation {
		case Yes:
			e.Yes++
		case Maybe:
			e.Maybe++
		case No:
			e.No++
		case Undecided:
		}
	}
	e.Mean, e.Spread, e.Split = score.MeanOf(totals...), score.Spread(totals...).Points(), e.Yes > 0 && e.No > 0
	for _, c := range rubric {
		if gap := most[c.Key] - least[c.Key]; len(sheets) > 1 && gap > 0 {
			e.Gaps = append(e.Gaps, Gap{c.Key, gap})
		}
	}
	slices.SortStableFunc(e.Gaps, func(a, b Gap) int { return cmp.Compare(b.Gap, a.Gap) })
	return nil
}

// judge adds what the rule says and, once somebody has confirmed it, what became of each. Places are told from the moment on
// at which nobody writes any more: before, the order would tell judges' work while it is done.
func (p *Plan) judge(app core.App, r *Round, m *business, at map[string]*Standing) error {
	if !in(r.Status(), RoundClosed, RoundComputed, RoundAdvanced) || len(m.hidden) > 0 {
		return nil // a gap in the places would tell somebody where their own stands
	}
	all, seal, err := verdicts(app, r)
	if err != nil {
		return err
	}
	if r.Status() == RoundComputed {
		p.Seal = seal
	}
	for _, v := range all {
		if e := at[v.ID]; e != nil {
			advances := v.Advances
			e.Place, e.Advances, e.Why = v.Rank, &advances, v.Why
		}
	}
	results, err := resultsOf(app, r.Id)
	if err != nil {
		return err
	}
	for _, x := range results {
		e := at[x.Subject()]
		if e == nil {
			continue
		}
		why, err := x.Why()
		if err != nil {
			return err
		}
		advances := x.Proposed() == Advanced
		e.Place, e.Advances, e.Why, e.Outcome, e.Because = x.Place(), &advances, why, x.Outcome(), x.Because()
	}
	return nil
}
