package startups_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// prime is what sums are reckoned by: one so large that no two of a garden's meet by chance.
const prime = 1_000_000_007

// shown is a number that an official reads, as the sum that it is: how often each startup's each word is in it.
type shown struct {
	says string
	of   map[atom]int64
}

// atom is one thing that one startup said, or did.
type atom struct {
	startup int
	what    string
}

// given is a few startups whose numbers come out of numbers that are shown, by adding them up and taking them away from each
// other; nil when there are none. It looks at every one to four of the startups: the others' words are eliminated from the sums,
// and what is left over is theirs alone.
func given(all []shown, teams int) []int {
	var sets [][]int
	var grow func(set []int, from int)
	grow = func(set []int, from int) {
		for s := from; s < teams; s++ {
			some := append(slices.Clone(set), s)
			sets = append(sets, some)
			if len(some) < 4 {
				grow(some, s+1)
			}
		}
	}
	grow(nil, 0)
	for _, set := range sets {
		var mine, others []atom
		seen := map[atom]bool{}
		for _, one := range all {
			for _, a := range slices.SortedFunc(maps.Keys(one.of), func(a, b atom) int {
				return strings.Compare(fmt.Sprint(a.what, a.startup), fmt.Sprint(b.what, b.startup))
			}) {
				if seen[a] {
					continue
				}
				if seen[a] = true; slices.Contains(set, a.startup) {
					mine = append(mine, a)
				} else {
					others = append(others, a)
				}
			}
		}
		if len(mine) > 0 && leftOver(all, mine, others) {
			return set
		}
	}
	return nil
}

// leftOver says whether a sum of the shown numbers holds something of mine and nothing of the others.
func leftOver(all []shown, mine, others []atom) bool {
	rows := make([][]int64, len(all))
	for i, one := range all {
		rows[i] = make([]int64, len(others)+len(mine))
		for j, a := range slices.Concat(others, mine) {
			rows[i][j] = ((one.of[a] % prime) + prime) % prime
		}
	}
	top := 0
	for col := range others {
		at := slices.IndexFunc(rows[top:], func(r []int64) bool { return r[col] != 0 })
		if at < 0 {
			continue
		}
		rows[top], rows[top+at] = rows[top+at], rows[top]
		for i := top + 1; i < len(rows); i++ {
			if by := rows[i][col] * inverse(rows[top][col]) % prime; by != 0 {
				for j := col; j < len(rows[i]); j++ {
					rows[i][j] = ((rows[i][j]-by*rows[top][j])%prime + prime) % prime
				}
			}
		}
		if top++; top == len(rows) {
			return false
		}
	}
	return slices.ContainsFunc(rows[top:], func(r []int64) bool { return slices.ContainsFunc(r, func(v int64) bool { return v != 0 }) })
}

// inverse is 1/v, by Fermat.
func inverse(v int64) int64 {
	out, base := int64(1), v
	for n := int64(prime - 2); n > 0; n >>= 1 {
		if n&1 == 1 {
			out = out * base % prime
		}
		base = base * base % prime
	}
	return out
}

// town is a small house whose every number is known.
type town struct {
	*testing.T
	house   *tests.TestApp
	dice    *rand.Rand
	cohorts []string
	teams   []citizen
	now     time.Time
}

// citizen is a startup: where it is, in which months it reported, and when it raised money.
type citizen struct {
	id     string
	cohort []int // of the baseline and of the months, in order
	told   []bool
	level  int // 0 enrolled, 1 began, 2 graduated
	left   string
	raised []string
}

var months = []string{"baseline", "2026-10", "2026-11", "2026-12"}

func settled(t *testing.T, seed uint64) *town {
	t.Helper()
	w := &town{T: t, house: housetest.App(t), dice: rand.New(rand.NewPCG(seed, 11)), now: time.Date(2027, time.January, 9, 9, 0, 0, 0, time.UTC)}
	w.sql("UPDATE kpis SET agg = 'avg', sensitivity = 'public_aggregate' WHERE key = 'customers'", nil) // before anybody is asked
	for range 2 + w.dice.IntN(2) {
		w.cohorts = append(w.cohorts, housetest.Places(t, w.house, 40))
	}
	for i := range 11 + w.dice.IntN(4) {
		w.settle(i)
	}
	return w
}

func (w *town) settle(i int) {
	w.Helper()
	c := citizen{id: fmt.Sprintf("townstart%06d", i), level: w.dice.IntN(5), cohort: make([]int, len(months)), told: make([]bool, len(months))}
	first := min(w.dice.IntN(2*len(w.cohorts)), len(w.cohorts)-1)
	moved := len(months)
	if w.dice.IntN(6) == 0 {
		moved = 1 + w.dice.IntN(len(months)-1)
	}
	for m := range months {
		if c.cohort[m] = first; m >= moved {
			c.cohort[m] = (first + 1) % len(w.cohorts)
		}
		c.told[m] = w.dice.IntN(7) > 0
	}
	c.level = map[int]int{0: 0, 1: 2, 2: 2}[c.level]
	if c.level == 0 && w.dice.IntN(3) > 0 {
		c.level = 1
	}
	if c.level == 2 {
		c.left = []string{"2026-06-01", "2025-06-01", "2025-07-01"}[w.dice.IntN(3)]
	}
	w.sql(`INSERT INTO startups (id, slug, name, search_key, sort_key, visibility, clusters, status, rev) VALUES ({:id}, {:id}, {:id}, {:id}, {:id}, 'public', '[]', 'active', 1)`, dbx.Params{"id": c.id})
	for n, cohort := range slices.Compact(slices.Clone(c.cohort)) {
		status, left, joined := []string{"invited", "active", "graduated"}[c.level], c.left, "2025-01-01"
		if n > 0 {
			status, left = "active", ""
		}
		if status == "invited" {
			joined = ""
		}
		w.sql(`INSERT INTO enrolments (id, startup, cohort, joined_on, left_on, status, rev, created) VALUES ({:id}, {:startup}, {:cohort}, {:joined}, {:left}, {:status}, 1, {:at})`,
			dbx.Params{"id": fmt.Sprintf("townenro%d%06d", n, i), "startup": c.id, "cohort": w.cohorts[cohort], "joined": joined, "left": left, "status": status, "at": fmt.Sprintf("2026-01-0%d 00:00:00.000Z", n+1)})
	}
	for m, month := range months {
		enrolment, template, status := 0, "templatemonth00", "accepted"
		if c.cohort[m] != first {
			enrolment = 1
		}
		if m == 0 {
			template = "templatebase000"
		}
		if !c.told[m] {
			status = "missed"
		}
		q := fmt.Sprintf("townreq%02d%06d", m, i)
		w.sql(`INSERT INTO report_requests (id, startup, enrolment, template, period_key, opens_at, due_on, status, rev)
			VALUES ({:id}, {:startup}, {:enrolment}, {:template}, {:month}, '2026-01-01 00:00:00.000Z', '2026-01-20', {:status}, 1)`,
			dbx.Params{"id": q, "startup": c.id, "enrolment": fmt.Sprintf("townenro%d%06d", enrolment, i), "template": template, "month": month, "status": status})
		if c.told[m] {
			w.sql(`INSERT INTO kpi_readings (id, request, startup, kpi, period_key, state, value, source, grade, rev)
				SELECT substr(id, 1, 6) || {:n}, {:id}, {:startup}, id, {:month}, 'value', 7, 'self', 'self', 1 FROM kpis WHERE key IN ('revenue', 'jobs', 'customers')`,
				dbx.Params{"n": fmt.Sprintf("%03d%06d", m, i), "id": q, "startup": c.id, "month": month})
		}
	}
	for n := range w.dice.IntN(3) {
		day := []string{"2026-09-10", "2026-10-10", "2026-11-10", "2026-12-10"}[w.dice.IntN(4)]
		c.raised = append(c.raised, day[:7])
		w.sql(`INSERT INTO funding_rounds (id, startup, kind, state, amount_vnd, closed_on, at) VALUES ({:id}, {:startup}, 'seed', 'value', 5, {:day}, '2026-12-31 00:00:00.000Z')`,
			dbx.Params{"id": fmt.Sprintf("townroun%d%06d", n, i), "startup": c.id, "day": day})
	}
	w.teams = append(w.teams, c)
}

func (w *town) sql(statement string, params dbx.Params) {
	w.Helper()
	if _, err := w.house.NonconcurrentDB().NewQuery(statement).Bind(params).Execute(); err != nil {
		w.Fatalf("%.60s: %v", statement, err)
	}
}

// sum is a number made of what some startups said.
func (w *town) sum(says string, of func(i int, c citizen, add func(what string, n int64))) shown {
	s := shown{says, map[atom]int64{}}
	for i, c := range w.teams {
		of(i, c, func(what string, n int64) { s.of[atom{i, what}] += n })
	}
	return s
}

// reads lists every number that somebody reads who may see some of the cohorts, by kind.
func (w *town) reads(by access.Actor, around []int) map[string][]shown {
	w.Helper()
	all := map[string][]shown{}
	add := func(kind string, s shown) { all[kind] = append(all[kind], s) }
	for n := -1; n < len(around); n++ {
		among, cohort := around, ""
		if n >= 0 {
			among, cohort = around[n:n+1], w.cohorts[around[n]]
		}
		in := func(c citizen, m int) bool { return slices.Contains(among, c.cohort[m]) }
		for _, period := range []string{"baseline", "2026-10", "2026-11", "2026-12", "2026-Q4", "2026"} {
			p, err := startups.Whole(w.house, by, period, cohort, w.now)
			housetest.Refused(w, err, "")
			says := period + " of cohort " + fmt.Sprint(n)
			for _, f := range p.Figures {
				if f.Suppressed || f.Total == nil {
					continue
				}
				span := []int{slices.Index(months, period)}
				if span[0] < 0 {
					span = []int{1, 2, 3}
				}
				s := w.sum(f.Key+" "+says, func(_ int, c citizen, add func(string, int64)) {
					var last string
					for _, m := range span {
						if !c.told[m] || !in(c, m) || f.At != "" && f.At != months[m] {
							continue
						}
						if f.Agg != "last" { // an average tells its sum to whoever knows of how many it is
							add(months[m], 1)
						}
						last = months[m]
					}
					if f.Agg == "last" && last != "" {
						add(last, 1)
					}
				})
				if f.Reported != len(s.of) && f.Agg != "last" {
					w.Errorf("%s: %d reported, not %d", s.says, f.Reported, len(s.of))
				}
				add(f.Key, s)
			}
			if g := p.Jobs; !g.Suppressed && g.Change != nil && g.At != "" {
				m := slices.Index(months, g.At)
				both := func(c citizen) bool {
					return m > 0 && c.told[0] && c.told[m] && in(c, m) && c.cohort[0] == c.cohort[m]
				}
				for _, of := range []int{0, m} {
					add("jobs", w.sum(fmt.Sprintf("gain at %s %s", months[of], says), func(_ int, c citizen, add func(string, int64)) {
						if both(c) {
							add(months[of], 1)
						}
					}))
				}
			}
			if c := p.Capital; !c.Suppressed && c.Total != nil {
				add("capital", w.sum("capital until "+c.Until+says, func(_ int, x citizen, add func(string, int64)) {
					for _, month := range x.raised {
						if slices.Contains(among, x.cohort[0]) && month <= c.Until {
							add(month, 1)
						}
					}
				}))
			}
			if period != "2026" {
				continue
			}
			for level, s := range p.Funnel[2:] {
				if !s.Suppressed {
					add("funnel", w.counted(s.Key+says, s.N, w.enrolments(), func(c place) bool { return c.far >= level && slices.Contains(among, c.cohort) }))
				}
			}
			for _, r := range p.Survival {
				if !r.Suppressed {
					add("graduates", w.counted(fmt.Sprint("graduates ", r.Years, says), r.Graduates, w.graduates(), func(c place) bool {
						return (r.Years < 0 || r.Years == c.far) && slices.Contains(among, c.cohort)
					}))
				}
			}
		}
	}
	return all
}

// place is where people are counted together: a cohort, and how far they came, or the years since they graduated.
type place struct{ cohort, far int }

// enrolments counts them by how far they came. Who goes to another cohort begins there.
func (w *town) enrolments() map[place]int {
	all := map[place]int{}
	for _, c := range w.teams {
		for n, cohort := range slices.Compact(slices.Clone(c.cohort)) {
			all[place{cohort, []int{c.level, 1}[min(n, 1)]}]++
		}
	}
	return all
}

func (w *town) graduates() map[place]int {
	all := map[place]int{}
	for _, c := range w.teams {
		if c.level == 2 {
			all[place{c.cohort[0], map[string]int{"2026-06-01": 0, "2025-06-01": 1, "2025-07-01": 1}[c.left]}]++
		}
	}
	return all
}

// counted is a count that is shown, as the sum of places that it is. Where nobody is, nobody knows that.
func (w *town) counted(says string, n int, people map[place]int, in func(place) bool) shown {
	w.Helper()
	s := shown{says, map[atom]int64{}}
	for i, c := range w.places() {
		if in(c) {
			s.of[atom{i, ""}] = 1
			n -= people[c]
		}
	}
	if n != 0 {
		w.Errorf("%s: it is off by %d", says, n)
	}
	return s
}

// places are all there are.
func (w *town) places() (all []place) {
	for cohort := range w.cohorts {
		for far := range 3 {
			all = append(all, place{cohort, far})
		}
	}
	return all
}

// fewAt are places in which fewer than five are together, and of which the shown counts tell; nil when there are none.
func (w *town) fewAt(all []shown, people map[place]int) []place {
	places := w.places()
	rank := func(rows [][]int64) (n int) {
		for col := range places {
			at := slices.IndexFunc(rows[n:], func(r []int64) bool { return r[col] != 0 })
			if at < 0 {
				continue
			}
			rows[n], rows[n+at] = rows[n+at], rows[n]
			for i := n + 1; i < len(rows); i++ {
				by := rows[i][col] * inverse(rows[n][col]) % prime
				for j := col; j < len(places) && by != 0; j++ {
					rows[i][j] = ((rows[i][j]-by*rows[n][j])%prime + prime) % prime
				}
			}
			if n++; n == len(rows) {
				return n
			}
		}
		return n
	}
	rows := func(more ...[]int64) (rows [][]int64) {
		for _, one := range all {
			row := make([]int64, len(places))
			for a, n := range one.of {
				row[a.startup] = n
			}
			rows = append(rows, row)
		}
		return append(rows, more...)
	}
	told := rank(rows())
	for set := 1; set < 1<<len(places); set++ {
		var some []place
		n, row := 0, make([]int64, len(places))
		for i, c := range places {
			if set>>i&1 == 1 {
				some, row[i], n = append(some, c), 1, n+people[c]
			}
		}
		if n > 0 && n < 5 && rank(rows(row)) == told {
			return some
		}
	}
	return nil
}

// Whatever an official adds up and takes away of all that is shown of figures, of jobs, of capital, of the funnel and of graduates, of
// every cohort, month, quarter and year: what is left is never a number of fewer than five startups.
func TestNothingThatIsShownGivesAwayAFew(t *testing.T) {
	t.Parallel()
	seeds := 4
	if os.Getenv("VUON_WHOLE") != "" {
		seeds = 40
	}
	told := map[string]int{}
	for seed := range seeds {
		w := settled(t, uint64(seed))
		around, scopes := []int{}, []access.Scope{access.House}
		for i := range w.cohorts {
			around = append(around, i)
		}
		if len(w.cohorts) > 2 && seed%2 == 1 {
			around, scopes = []int{0, 1}, []access.Scope{{Type: access.Cohort, ID: w.cohorts[0]}, {Type: access.Cohort, ID: w.cohorts[1]}}
		}
		for kind, all := range w.reads(holding(t, w.house, scopes...), around) {
			told[kind] += len(all)
			if people := map[string]map[place]int{"funnel": w.enrolments(), "graduates": w.graduates()}[kind]; people != nil {
				if few := w.fewAt(all, people); few != nil {
					t.Errorf("seed %d: how many of the %s are at %v comes out of %v", seed, kind, few, all)
				}
				continue
			}
			if few := given(all, len(w.teams)); few != nil {
				var says []string
				for _, s := range all {
					says = append(says, fmt.Sprintf("%s: %v", s.says, s.of))
				}
				t.Errorf("seed %d: the %s of startups %v come out of\n%s", seed, kind, few, strings.Join(says, "\n"))
			}
		}
	}
	for _, kind := range []string{"revenue", "jobs", "customers", "capital", "funnel", "graduates"} {
		if told[kind] == 0 {
			t.Errorf("nothing is shown of %s: the test proves nothing", kind)
		}
	}
}

// The control: what staff read of the same house gives a few away.
func TestWhatStaffReadGivesAFewAway(t *testing.T) {
	t.Parallel()
	w := settled(t, 0)
	around := []int{}
	for i := range w.cohorts {
		around = append(around, i)
	}
	all := w.reads(housetest.Acting(t, w.house, access.Staff, access.House), around)
	for _, kind := range []string{"revenue", "jobs", "customers"} {
		if given(all[kind], len(w.teams)) == nil {
			t.Errorf("nobody's %s come out of all that staff read", kind)
		}
	}
	if w.fewAt(all["funnel"], w.enrolments()) == nil || w.fewAt(all["graduates"], w.graduates()) == nil {
		t.Error("staff read of nowhere that a few are there")
	}
}

// holding stores an official of some scopes.
func holding(t *testing.T, house core.App, scopes ...access.Scope) access.Actor {
	t.Helper()
	u := housetest.Holder(t, house, access.Official, scopes[0])
	for _, s := range scopes[1:] {
		g, err := access.NewGrant(house, u.Id, access.Official, s, time.Time{}, "", "test")
		housetest.Refused(t, err, "")
		housetest.Save(t, house, g)
	}
	return housetest.Actor(t, house, u, housetest.Noon)
}
