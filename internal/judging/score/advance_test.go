package score_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"vuon/internal/judging/score"
)

var two = score.Rubric{
	{Key: "need", LabelVI: "Cần", Weight: 6000, Min: 0, Max: 500, Step: 100},
	{Key: "team", LabelVI: "Đội", Weight: 4000, Min: 0, Max: 500, Step: 100},
}

// entry is one with sheets of points for need and team.
func entry(id string, sheets ...[2]int) score.Entry {
	e := score.Entry{ID: id, Code: id}
	for _, s := range sheets {
		given := score.Scores{"need": score.Hundredths(100 * s[0]), "team": score.Hundredths(100 * s[1])}
		e.Sheets = append(e.Sheets, score.Sheet{Total: two.Total(given), Scores: given})
	}
	return e
}

func TestARuleIsGatesAndANumber(t *testing.T) {
	t.Parallel()
	three, none := score.Hundredths(300), score.Hundredths(0)
	entries := []score.Entry{
		entry("a", [2]int{5, 5}, [2]int{4, 4}), // 4.5
		entry("b", [2]int{3, 3}, [2]int{3, 3}), // exactly 3
		entry("c", [2]int{5, 0}, [2]int{5, 0}), // 3, and nothing for the team
		entry("d", [2]int{5, 5}),               // 5 by one judge
		entry("e", [2]int{3, 3}, [2]int{3, 2}), // 2.8
		entry("f"),
	}
	got, err := score.Advance(two, entries, nil, score.Rule{Mean: &three, Above: &none, Sheets: 2})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"a": "true [{passed }]", "b": "true [{passed }]", "c": "false [{criterion team}]", "d": "false [{sheets }]", "e": "false [{mean }]",
		"f": "false [{sheets } {mean } {criterion need} {criterion team}]",
	}
	for _, v := range got {
		if said := fmt.Sprintf("%v %v", v.Advances, v.Why); said != want[v.ID] {
			t.Errorf("%s: %s, want %s", v.ID, said, want[v.ID])
		}
	}
}

func TestWhereTheLineFallsAmongEquals(t *testing.T) {
	t.Parallel()
	entries := []score.Entry{ // b, c and d have equal means; c has more for the heavier criterion
		entry("a", [2]int{5, 5}), entry("b", [2]int{2, 5}), entry("c", [2]int{4, 2}), entry("d", [2]int{2, 5}), entry("e", [2]int{1, 1}),
	}
	for name, c := range map[string]struct {
		rule  score.Rule
		chain []string
		want  []string
	}{
		"all":                        {score.Rule{Top: 2, Ties: score.TiesAll}, []string{score.ByCriteria}, []string{"a", "b", "c", "d"}},
		"none":                       {score.Rule{Top: 2, Ties: score.TiesNone}, []string{score.ByCriteria}, []string{"a"}},
		"the chain tells":            {score.Rule{Top: 2, Ties: score.TiesChain}, []string{score.ByCriteria}, []string{"a", "c"}},
		"the chain does not tell":    {score.Rule{Top: 3}, []string{score.ByCriteria}, []string{"a", "c"}},
		"the line is between others": {score.Rule{Top: 4, Ties: score.TiesNone}, nil, []string{"a", "b", "c", "d"}},
		"room for all":               {score.Rule{Top: 9, Ties: score.TiesNone}, nil, []string{"a", "b", "c", "d", "e"}},
	} {
		got, err := score.Advance(two, entries, c.chain, c.rule)
		if err != nil {
			t.Fatal(err)
		}
		var on []string
		for _, v := range got {
			if v.Advances {
				on = append(on, v.ID)
			}
		}
		slices.Sort(on)
		if !slices.Equal(on, c.want) {
			t.Errorf("%s: %v go on, want %v", name, on, c.want)
		}
	}
}

// Thirds are never rounded: three judges of 10/3 do not pass 3.34, and do pass what they are.
func TestAMeanIsComparedExactly(t *testing.T) {
	t.Parallel()
	e := []score.Entry{entry("a", [2]int{3, 3}, [2]int{3, 3}, [2]int{4, 4})}
	for at, want := range map[score.Hundredths]bool{333: true, 334: false} {
		got, err := score.Advance(two, e, nil, score.Rule{Mean: &at})
		if err != nil || got[0].Advances != want {
			t.Errorf("at %s: %v (%v)", at, got[0].Advances, err)
		}
	}
}

func TestARuleThatSaysNothingIsRefused(t *testing.T) {
	t.Parallel()
	less := score.Hundredths(-1)
	for _, r := range []score.Rule{{}, {Top: -1}, {Mean: &less}, {Top: 1, Ties: "coin"}} {
		if r.Check() == nil {
			t.Errorf("%+v is accepted", r)
		}
	}
}

// The order in which entries come says nothing, and raising a score never keeps its entry from going on.
func TestARuleIsFair(t *testing.T) {
	t.Parallel()
	for n := range 300 {
		dice := rand.New(rand.NewPCG(uint64(n), 3))
		var entries []score.Entry
		for i := range 2 + dice.IntN(6) {
			var sheets [][2]int
			for range dice.IntN(4) {
				sheets = append(sheets, [2]int{dice.IntN(6), dice.IntN(5)})
			}
			entries = append(entries, entry(fmt.Sprint(i), sheets...))
		}
		mean := score.Hundredths(dice.IntN(400))
		rule := score.Rule{Top: 1 + dice.IntN(4), Mean: &mean, Ties: []string{score.TiesAll, score.TiesNone}[dice.IntN(2)]}
		first, err := score.Advance(two, entries, nil, rule)
		if err != nil {
			t.Fatal(err)
		}
		mixed := slices.Clone(entries)
		dice.Shuffle(len(mixed), func(a, b int) { mixed[a], mixed[b] = mixed[b], mixed[a] })
		if again, _ := score.Advance(two, mixed, nil, rule); !reflect.DeepEqual(first, again) {
			t.Fatalf("mixed, %v and not %v", again, first)
		}
		i := dice.IntN(len(entries))
		if len(entries[i].Sheets) == 0 || rule.Ties == score.TiesNone {
			continue // who rises into a tie that goes nowhere falls with it: that rule says so
		}
		on := func(all []score.Verdict) bool {
			return all[slices.IndexFunc(all, func(v score.Verdict) bool { return v.ID == fmt.Sprint(i) })].Advances
		}
		was := on(first)
		better := entries[i].Sheets[0].Scores["team"] + 100
		entries[i].Sheets[0].Scores["team"] = better
		entries[i].Sheets[0].Total = two.Total(entries[i].Sheets[0].Scores)
		if risen, _ := score.Advance(two, entries, nil, rule); was && !on(risen) {
			t.Fatalf("%d went on, and not with more points", i)
		}
	}
}
