package score_test

import (
	"encoding/json"
	"math/big"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vuon/internal/judging/score"
)

var rubric = score.Rubric{
	{Key: "a", LabelVI: "A", Weight: 5000, Min: 0, Max: 500, Step: 50},
	{Key: "b", LabelVI: "B", Weight: 3000, Min: 100, Max: 500, Step: 100},
	{Key: "c", LabelVI: "C", Weight: 2000, Min: 100, Max: 1000, Step: 25},
}

func TestPointsAreReadStrictly(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"4": "4", "4,5": "4.5", "4.5": "4.5", "4,25": "4.25", "0": "0", "10": "10", "004": "4", "4.50": "4.5", "4.05": "4.05",
		"": "!", " 4": "!", "4 ": "!", "-1": "!", "+1": "!", "1e2": "!", "4,": "!", ",5": "!", "4.555": "!", "1.000,5": "!", "1,000.5": "!",
		"٤": "!", "4.5.5": "!", "0x4": "!", "99999999999999999999": "!", "NaN": "!",
	} {
		got := "!"
		if n, err := score.Parse(text); err == nil {
			got = n.String()
		}
		if got != want {
			t.Errorf("Parse(%q) = %s, want %s", text, got, want)
		}
	}
}

func TestPointsGoThroughJSON(t *testing.T) {
	t.Parallel()
	var s score.Scores
	if err := json.Unmarshal([]byte(`{"a":4,"b":"4,5","c":4.25}`), &s); err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(s)
	if err != nil || string(raw) != `{"a":4,"b":4.5,"c":4.25}` {
		t.Errorf("%s, %v", raw, err)
	}
	for _, bad := range []string{`{"a":4.255}`, `{"a":1e1}`, `{"a":-1}`, `{"a":null}`, `{"a":true}`, `{"a":"vier"}`} {
		if err := json.Unmarshal([]byte(bad), &s); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
}

func TestARubricMustBeScorable(t *testing.T) {
	t.Parallel()
	if err := rubric.Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(score.Rubric){
		"weights short": func(r score.Rubric) { r[0].Weight-- },
		"no weight":     func(r score.Rubric) { r[0].Weight, r[1].Weight = 0, 8000 },
		"one key twice": func(r score.Rubric) { r[1].Key = "a" },
		"no key":        func(r score.Rubric) { r[1].Key = "" },
		"no label":      func(r score.Rubric) { r[1].LabelVI = "" },
		"upside down":   func(r score.Rubric) { r[1].Max = 50 },
		"no step":       func(r score.Rubric) { r[1].Step = 0 },
		"step too wide": func(r score.Rubric) { r[1].Step = 300 },
		"below nothing": func(r score.Rubric) { r[1].Min = -100 },
	} {
		r := slices.Clone(rubric)
		spoil(r)
		if r.Check() == nil {
			t.Errorf("%s: the rubric passes", name)
		}
	}
	if (score.Rubric{}).Check() == nil {
		t.Error("an empty rubric passes")
	}
}

func TestPointsOutsideTheScaleAreNamed(t *testing.T) {
	t.Parallel()
	got := rubric.Unfit(score.Scores{"a": 525, "b": 150, "c": 100, "d": 100})
	slices.Sort(got)
	if want := []string{"a", "b", "d"}; !slices.Equal(got, want) {
		t.Errorf("unfit %v, want %v", got, want)
	}
	if got := rubric.Unfit(score.Scores{"a": 0, "b": 500, "c": 125}); len(got) != 0 {
		t.Errorf("%v is on the scale", got)
	}
	if got := rubric.Missing(score.Scores{"b": 100}); !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("missing %v", got)
	}
}

func TestFiveEverywhereIsTheWhole(t *testing.T) {
	t.Parallel()
	if got := rubric.Total(score.Scores{"a": 500, "b": 500, "c": 500}); got != 5*100*10000 {
		t.Errorf("total %d", got)
	}
	if got := score.Total(4_125_000).Points().String(); got != "4.13" { // half a hundredth goes up
		t.Errorf("4.125 is shown as %s", got)
	}
}

// Means are compared as fractions are: never as floats.
func TestMeansCompareLikeFractions(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		a, b := mean(dice), mean(dice)
		want := big.NewRat(int64(a.Sum), int64(a.N)).Cmp(big.NewRat(int64(b.Sum), int64(b.N)))
		if got := a.Compare(b); sign(got) != want || sign(b.Compare(a)) != -want {
			t.Fatalf("%v against %v: %d, want %d", a, b, got, want)
		}
	}
	// 1/3 and 2/6 are one mean; as floats summed in another order they need not be.
	if score.MeanOf(1, 0, 0).Compare(score.MeanOf(1, 1, 0, 0, 0, 0)) != 0 {
		t.Error("a third is not two sixths")
	}
	none, nothing := score.Mean{}, score.MeanOf()
	if none.Compare(score.MeanOf(0)) >= 0 || none.Compare(nothing) != 0 {
		t.Error("no sheet must stand behind a sheet of nothing")
	}
}

// mean is small, so that many of them lie less than one apart.
func mean(dice *rand.Rand) score.Mean {
	return score.Mean{Sum: score.Total(dice.Int64N(40)), N: 1 + dice.IntN(9)}
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

func TestSpreadAndMeanOfNothing(t *testing.T) {
	t.Parallel()
	if score.Spread() != 0 || score.Spread(7) != 0 || score.Spread(3, 9, 5) != 6 {
		t.Error("the spread is the highest less the lowest")
	}
	raw, err := json.Marshal(score.Mean{})
	if err != nil || string(raw) != "null" {
		t.Errorf("no mean is %s", raw)
	}
}

// sheets makes sheets with these points on a, and 3 on b and c.
func sheets(points ...score.Hundredths) []score.Sheet {
	var all []score.Sheet
	for _, n := range points {
		s := score.Scores{"a": n, "b": 300, "c": 300}
		all = append(all, score.Sheet{Total: rubric.Total(s), Scores: s})
	}
	return all
}

func ranks(t *testing.T, entries []score.Entry, chain ...string) map[string]int {
	t.Helper()
	places, err := score.Rank(rubric, entries, chain)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]int{}
	for _, p := range places {
		by[p.ID] = p.Rank
	}
	return by
}

func TestEqualEntriesShareARank(t *testing.T) {
	t.Parallel()
	got := ranks(t, []score.Entry{
		{ID: "w", Sheets: sheets(100, 300)}, {ID: "x", Sheets: sheets(200, 200)}, {ID: "y", Sheets: sheets(500)}, {ID: "z", Sheets: sheets(100)}, {ID: "none"},
	})
	if want := map[string]int{"y": 1, "w": 2, "x": 2, "z": 4, "none": 5}; !equal(got, want) {
		t.Errorf("ranks %v, want %v", got, want)
	}
}

func equal(a, b map[string]int) bool {
	for k := range b {
		if a[k] != b[k] {
			return false
		}
	}
	return len(a) == len(b)
}

// Ties go down the declared chain, in its order and no other: Sweden before France in 1991, because twelves were counted
// before countries.
func TestTheChainIsFollowedInItsOrder(t *testing.T) {
	t.Parallel()
	same := score.Total(3_000_000)
	entry := func(id string, yes bool, a, b score.Hundredths) score.Entry {
		return score.Entry{ID: id, Code: id, Sheets: []score.Sheet{{Total: same, Scores: score.Scores{"a": a, "b": b}, Yes: yes}}}
	}
	x, y := entry("x", true, 200, 400), entry("y", false, 400, 100)
	for _, c := range []struct {
		chain []string
		first string
	}{
		{[]string{score.ByCriteria, score.ByYes}, "y"},
		{[]string{score.ByYes, score.ByCriteria}, "x"},
		{[]string{score.ByMedian, score.ByYes}, "x"}, // medians are equal too
	} {
		if got := ranks(t, []score.Entry{x, y}, c.chain...); got[c.first] != 1 || got[map[string]string{"x": "y", "y": "x"}[c.first]] != 2 {
			t.Errorf("by %v: %v", c.chain, got)
		}
	}
	if got := ranks(t, []score.Entry{x, y}); got["x"] != 1 || got["y"] != 1 {
		t.Errorf("without a chain they stay equal: %v", got)
	}
	median := []score.Entry{
		{ID: "even", Sheets: []score.Sheet{{Total: 10}, {Total: 20}, {Total: 30}}}, {ID: "odd", Sheets: []score.Sheet{{Total: 0}, {Total: 25}, {Total: 35}}},
	}
	if got := ranks(t, median, score.ByMedian); got["odd"] != 1 {
		t.Errorf("by the median: %v", got)
	}
	if _, err := score.Rank(rubric, nil, []string{"beauty"}); err == nil {
		t.Error("ties are broken by beauty")
	}
	if _, err := score.Rank(rubric, nil, []string{score.ByLot}); err == nil {
		t.Error("a lot without a seed is drawn")
	}
}

func TestALotIsDrawnByItsSeedAlone(t *testing.T) {
	t.Parallel()
	var entries []score.Entry
	for i := range 8 {
		entries = append(entries, score.Entry{ID: strconv.Itoa(i), Code: "E-" + strconv.Itoa(i), Sheets: sheets(300)})
	}
	one, again, other := ranks(t, entries, score.ByLot+"seed"), ranks(t, entries, score.ByLot+"seed"), ranks(t, entries, score.ByLot+"another")
	if !equal(one, again) || equal(one, other) {
		t.Error("the same seed must draw the same lot, another seed another")
	}
	for _, rank := range one {
		if rank < 1 || rank > 8 {
			t.Errorf("rank %d", rank)
		}
	}
}

// random makes a contest by dice.
func random(dice *rand.Rand) []score.Entry {
	var entries []score.Entry
	for i := range 2 + dice.IntN(7) {
		e := score.Entry{ID: "e" + strconv.Itoa(i), Code: "E-" + strconv.Itoa(i)}
		for range dice.IntN(4) {
			s := score.Scores{"a": score.Hundredths(50 * dice.IntN(11)), "b": score.Hundredths(100 * (1 + dice.IntN(5))), "c": score.Hundredths(100 + 25*dice.IntN(37))}
			e.Sheets = append(e.Sheets, score.Sheet{Total: rubric.Total(s), Scores: s, Yes: dice.IntN(2) == 0})
		}
		entries = append(entries, e)
	}
	return entries
}

var chain = []string{score.ByCriteria, score.ByMedian, score.ByYes}

// Neither the order in which entries and sheets come nor what entries are called changes who stands where.
func TestTheRankingHangsOnTheSheetsAlone(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		entries := random(dice)
		want := ranks(t, entries, chain...)
		mixed := slices.Clone(entries)
		dice.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		for i := range mixed {
			mixed[i].Sheets = slices.Clone(mixed[i].Sheets)
			slices.Reverse(mixed[i].Sheets)
			mixed[i].ID = strings.Repeat("z", 9-i) + mixed[i].ID
		}
		for id, rank := range ranks(t, mixed, chain...) {
			if was := want[strings.TrimLeft(id, "z")]; was != rank {
				t.Fatalf("%s stands at %d, and at %d in another order", id, was, rank)
			}
		}
	}
}

// To raise one score never lowers its entry.
func TestAHigherScoreNeverLowersItsEntry(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		entries := random(dice)
		at := dice.IntN(len(entries))
		if len(entries[at].Sheets) == 0 {
			continue
		}
		before := ranks(t, entries, chain...)[entries[at].ID]
		raised := entries[at].Sheets[0]
		if raised.Scores["a"] == 500 {
			continue
		}
		raised.Scores = score.Scores{"a": raised.Scores["a"] + 50, "b": raised.Scores["b"], "c": raised.Scores["c"]}
		raised.Total = rubric.Total(raised.Scores)
		entries[at].Sheets[0] = raised
		if after := ranks(t, entries, chain...)[entries[at].ID]; after > before {
			t.Fatalf("from %d to %d by a higher score", before, after)
		}
	}
}

// An entry that leaves does not turn the order of two others.
func TestWhoLeavesTurnsNobodyAround(t *testing.T) {
	t.Parallel()
	dice := rand.New(rand.NewPCG(7, 8))
	for range 500 {
		entries := random(dice)
		before := ranks(t, entries, chain...)
		after := ranks(t, entries[1:], chain...)
		for _, a := range entries[1:] {
			for _, b := range entries[1:] {
				if (before[a.ID] < before[b.ID]) != (after[a.ID] < after[b.ID]) {
					t.Fatalf("%s and %s have changed places", a.ID, b.ID)
				}
			}
		}
	}
}
