package watch_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"vuon/internal/startups/watch"
)

// course reads what was told: "revenue 08=100 09=70 10=na 11=?" of months of 2026. A month that is not named, and one with a
// question mark, was not told.
func course(t *testing.T, lines ...string) *watch.Course {
	t.Helper()
	c := &watch.Course{}
	for _, line := range lines {
		words := strings.Fields(line)
		for _, w := range words[1:] {
			month, value, _ := strings.Cut(w, "=")
			switch month = "2026-" + month; value {
			case "na":
				c.Never(words[0], month)
			case "?":
			default:
				n, err := strconv.ParseInt(value, 10, 64)
				if err != nil {
					t.Fatal(err)
				}
				c.Tell(words[0], month, n)
			}
		}
	}
	return c
}

// wrote writes a sign: its colour, its threshold, its facts.
func wrote(s watch.Sign, ok bool) string {
	if !ok {
		return ""
	}
	colour := "amber"
	if s.Red {
		colour = "red"
	}
	said := []string{colour}
	if s.Fell > 0 {
		said = append(said, fmt.Sprintf("-%d%%x%d", s.Fell, s.Times))
	}
	if s.Under > 0 {
		said = append(said, fmt.Sprintf("<%d spent %d in %d", s.Under, s.Spent, s.Over))
	}
	for _, f := range s.Facts {
		said = append(said, fmt.Sprintf("%s %s=%d", f.KPI, f.Period[5:], f.Value))
	}
	return strings.Join(said, " ")
}

func TestWhatEachRuleSees(t *testing.T) {
	t.Parallel()
	most := strconv.FormatInt(1<<53-1, 10)
	for rule, cases := range map[string]map[string][2]string{
		watch.RevenueFell: {
			"as it was":                {"revenue 10=100 11=100", ""},
			"by half exactly":          {"revenue 10=100 11=50", "amber -50%x1 revenue 10=100 revenue 11=50"},
			"a đồng short of half":     {"revenue 10=100 11=51", ""},
			"half of an odd number":    {"revenue 10=101 11=51", ""},
			"three tenths once":        {"revenue 10=100 11=70", ""},
			"three tenths twice":       {"revenue 09=1000 10=700 11=490", "amber -30%x2 revenue 09=1000 revenue 10=700 revenue 11=490"},
			"the second a đồng short":  {"revenue 09=1000 10=700 11=491", ""},
			"the first a đồng short":   {"revenue 09=1000 10=701 11=490", ""},
			"twice, the second half":   {"revenue 09=1000 10=700 11=350", "red -30%x2 revenue 09=1000 revenue 10=700 revenue 11=350"},
			"to nothing":               {"revenue 10=100 11=0", "amber -50%x1 revenue 10=100 revenue 11=0"},
			"to a loss":                {"revenue 10=100 11=-5", "amber -50%x1 revenue 10=100 revenue 11=-5"},
			"from nothing to nothing":  {"revenue 10=0 11=0", ""},
			"from a loss":              {"revenue 10=-10 11=-50", ""},
			"not told is not zero":     {"revenue 10=100 11=?", ""},
			"not theirs is not zero":   {"revenue 10=100 11=na", ""},
			"the month before skipped": {"revenue 09=100 11=10", ""},
			"not theirs before":        {"revenue 09=100 10=na 11=10", ""},
			"the first of all":         {"revenue 11=10", ""},
			"as far as counting goes":  {"revenue 10=" + most + " 11=1", "amber -50%x1 revenue 10=" + most + " revenue 11=1"},
			"the other way as far":     {"revenue 10=1 11=-" + most, "amber -50%x1 revenue 10=1 revenue 11=-" + most},
		},
		watch.JobsFell: {
			"a quarter exactly":           {"jobs 10=8 11=6", "amber -25%x1 jobs 10=8 jobs 11=6"},
			"less than a quarter":         {"jobs 10=9 11=7", ""},
			"one of two":                  {"jobs 10=2 11=1", "amber -25%x1 jobs 10=2 jobs 11=1"},
			"more people":                 {"jobs 10=4 11=5", ""},
			"a month skipped":             {"jobs 09=8 11=6", "amber -25%x1 jobs 09=8 jobs 11=6"},
			"three months back":           {"jobs 08=8 11=6", "amber -25%x1 jobs 08=8 jobs 11=6"},
			"too far back":                {"jobs 07=8 11=6", ""},
			"the last that was told":      {"jobs 09=8 10=6 11=6", ""},
			"a month that is not theirs":  {"jobs 09=8 10=na 11=6", "amber -25%x1 jobs 09=8 jobs 11=6"},
			"not told is not nobody":      {"jobs 10=8 11=?", ""},
			"from nobody":                 {"jobs 10=0 11=0", ""},
			"to nobody":                   {"jobs 10=3 11=0", "amber -25%x1 jobs 10=3 jobs 11=0"},
			"over the turn of the months": {"jobs 10=4 11=3", "amber -25%x1 jobs 10=4 jobs 11=3"},
		},
		watch.ZeroAfter: {
			"customers gone":                {"customers 10=7 11=0", "amber customers 10=7 customers 11=0"},
			"still none":                    {"customers 10=0 11=0", ""},
			"none, as far back as it goes":  {"customers 08=7 10=0 11=0", ""},
			"not told":                      {"customers 10=7 11=?", ""},
			"not theirs":                    {"customers 10=7 11=na", ""},
			"after a month skipped":         {"customers 09=7 11=0", "amber customers 09=7 customers 11=0"},
			"one":                           {"customers 10=7 11=1", ""},
			"a loss is no zero":             {"revenue 10=7 11=-1", ""},
			"after a loss":                  {"revenue 10=-7 11=0", ""},
			"no funding is usual":           {"funding 10=7 11=0", ""},
			"two figures are one question":  {"revenue 10=9 11=0\ncash 10=5 11=0", "amber revenue 10=9 revenue 11=0 cash 10=5 cash 11=0"},
			"one of two figures was untold": {"revenue 10=9 11=?\ncash 10=5 11=0", "amber cash 10=5 cash 11=0"},
		},
		watch.RunwayShort: {
			"six months exactly":             {"cash 10=700 11=600\nfunding 11=0", ""},
			"a đồng less than six":           {"cash 10=700 11=599\nfunding 11=0", "amber <6 spent 101 in 1 cash 10=700 cash 11=599"},
			"three months exactly":           {"cash 10=400 11=300\nfunding 11=0", "amber <6 spent 100 in 1 cash 10=400 cash 11=300"},
			"a đồng less than three":         {"cash 10=400 11=299\nfunding 11=0", "red <3 spent 101 in 1 cash 10=400 cash 11=299"},
			"nothing spent":                  {"cash 10=5 11=5\nfunding 11=0", ""},
			"more than before":               {"cash 10=5 11=6\nfunding 11=0", ""},
			"nothing left":                   {"cash 10=5 11=0\nfunding 11=0", "red <3 spent 5 in 1 cash 10=5 cash 11=0"},
			"nothing left and nothing spent": {"cash 10=0 11=0\nfunding 11=0", ""},
			"three months together":          {"cash 08=1000 09=900 10=100 11=850\nfunding 09=0 10=0 11=0", ""},
			"three months, a slow leak":      {"cash 08=100 11=60\nfunding 09=0 10=0 11=0", "amber <6 spent 40 in 3 cash 08=100 cash 11=60"},
			"funding hides what was spent":   {"cash 10=400 11=400\nfunding 11=200", "red <3 spent 200 in 1 cash 10=400 funding 11=200 cash 11=400"},
			"funding not told":               {"cash 10=400 11=299\nfunding 11=?", ""},
			"funding is not theirs":          {"cash 10=400 11=299\nfunding 11=na", "red <3 spent 101 in 1 cash 10=400 cash 11=299"},
			"funding once not told":          {"cash 08=900 10=400 11=299\nfunding 09=0 10=? 11=0", "red <3 spent 101 in 1 cash 10=400 cash 11=299"},
			"cash not told is not none":      {"cash 10=400 11=?\nfunding 11=0", ""},
			"the month before skipped":       {"cash 09=400 11=200\nfunding 10=0 11=0", "red <3 spent 200 in 2 cash 09=400 cash 11=200"},
			"two months, three exactly":      {"cash 09=500 11=300\nfunding 10=0 11=0", "amber <6 spent 200 in 2 cash 09=500 cash 11=300"},
			"too far back":                   {"cash 07=400 11=1\nfunding 08=0 09=0 10=0 11=0", ""},
			"as far as counting goes":        {"cash 08=" + most + " 11=-" + most + "\nfunding 09=" + most + " 10=" + most + " 11=" + most, "red <3 spent " + strconv.FormatInt(5*(1<<53-1), 10) + " in 3 cash 08=" + most + " funding 09=" + most + " funding 10=" + most + " funding 11=" + most + " cash 11=-" + most},
		},
		watch.Contradict: {
			"cash rose":                   {"cash 10=5 11=6\nfunding 11=3", ""},
			"cash stayed":                 {"cash 10=5 11=5\nfunding 11=3", "amber cash 10=5 funding 11=3 cash 11=5"},
			"cash fell":                   {"cash 10=5 11=4\nfunding 11=3", "amber cash 10=5 funding 11=3 cash 11=4"},
			"no funding":                  {"cash 10=5 11=4\nfunding 11=0", ""},
			"funding not told":            {"cash 10=5 11=4", ""},
			"funding given back":          {"cash 10=5 11=4\nfunding 11=-3", ""},
			"cash not told":               {"cash 10=5\nfunding 11=3", ""},
			"cash not told before":        {"cash 11=4\nfunding 11=3", ""},
			"the month before skipped":    {"cash 09=5 11=4\nfunding 11=3", ""},
			"a round on record":           {"cash 10=5 11=4\nrounds 11=9", "amber cash 10=5 rounds 11=9 cash 11=4"},
			"a round, funding not theirs": {"cash 10=5 11=5\nrounds 11=9\nfunding 11=na", "amber cash 10=5 rounds 11=9 cash 11=5"},
			"a round and cash rose":       {"cash 10=5 11=6\nrounds 11=9\nfunding 11=0", ""},
			"the greater of the two":      {"cash 10=5 11=4\nrounds 11=2\nfunding 11=3", "amber cash 10=5 funding 11=3 cash 11=4"},
			"a round of another month":    {"cash 10=5 11=4\nrounds 10=9", ""},
			"funding of an older month":   {"cash 09=5 10=4 11=4\nfunding 10=3", ""},
		},
	} {
		for name, c := range cases {
			t.Run(rule+"/"+name, func(t *testing.T) {
				t.Parallel()
				if got := wrote(watch.See(rule, course(t, strings.Split(c[0], "\n")...), "2026-11")); got != c[1] {
					t.Errorf("%s\n  sees %q\n  want %q", c[0], got, c[1])
				}
			})
		}
	}
}

func TestEveryRuleIsLookedAtAndAYearTurns(t *testing.T) {
	t.Parallel()
	c := &watch.Course{}
	for kpi, values := range map[string][2]int64{watch.Revenue: {9, 0}, watch.Jobs: {9, 0}, watch.Cash: {9, 0}, watch.Funding: {0, 1}} {
		c.Tell(kpi, "2025-12", values[0])
		c.Tell(kpi, "2026-01", values[1])
	}
	for _, rule := range watch.Rules() {
		if _, ok := watch.See(rule, c, "2026-01"); !ok {
			t.Errorf("%s sees nothing from December to January", rule)
		}
	}
	if _, ok := watch.See("no_such_rule", c, "2026-01"); ok {
		t.Error("a rule that does not exist sees something")
	}
	for _, no := range []string{"", "baseline", "2026", "2026-Q1", "2026-13"} {
		if got := watch.Before(no); got != "" {
			t.Errorf("before %q is %q", no, got)
		}
	}
	if got := []string{c.Latest("", "2025-10", "2026-03"), c.Latest(watch.Customers, "2025-10", "2026-03"), c.Latest("", "2025-10", "2025-12"), c.Latest("", "2026-02", "2026-03")}; !slices.Equal(got, []string{"2026-01", "", "2025-12", ""}) {
		t.Errorf("the latest months: %q", got)
	}
}

// A figure that is corrected is looked at anew: what rests on the old one is gone.
func TestARevisedFigureIsLookedAtAnew(t *testing.T) {
	t.Parallel()
	c := course(t, "revenue 10=100 11=10")
	if _, ok := watch.See(watch.RevenueFell, c, "2026-11"); !ok {
		t.Fatal("a fall to a tenth is not seen")
	}
	c.Tell(watch.Revenue, "2026-11", 100)
	if s, ok := watch.See(watch.RevenueFell, c, "2026-11"); ok {
		t.Errorf("after the correction there is still %+v", s)
	}
}

// Whatever was told: no rule panics, and none says anything that was not told.
func FuzzSigns(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 250, 0, 7, 9, 11, 200, 30, 5, 0, 0, 3, 99})
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, told := &watch.Course{}, map[watch.Fact]bool{}
		seen := map[string]bool{}
		for i := 0; i+2 < len(raw); i += 3 {
			fact := watch.Fact{KPI: watch.KPIs()[int(raw[i])%5], Period: watch.Back("2026-11", int(raw[i+1])%5), Value: (int64(raw[i+2]) - 128) << (raw[i] % 47)}
			if seen[fact.KPI+fact.Period] {
				continue
			}
			seen[fact.KPI+fact.Period], told[fact] = true, true
			c.Tell(fact.KPI, fact.Period, fact.Value)
		}
		for _, rule := range watch.Rules() {
			s, ok := watch.See(rule, c, "2026-11")
			if !ok {
				continue
			}
			for _, fact := range s.Facts {
				if !told[fact] {
					t.Errorf("%s rests on %+v, of %v", rule, fact, slices.Collect(maps.Keys(told)))
				}
			}
		}
	})
}
