// Package allot proposes who judges what. It is pure: no clock, no database, no chance but the seed, so that the same
// problem has the same answer whoever asks, in whatever order its parts are named.
//
// Every subject wants so many judges, every judge takes so many subjects, some pairs are forbidden and some are there
// already. A proposal forbids nothing that is forbidden, asks nobody beyond what they take, serves as much as can be served,
// and among all such proposals spreads the work as evenly as can be: each unit of work goes along the way of exchanges that
// ends at the judge with the least to do. What cannot be served is explained by the subjects and judges that stand in each
// other's way.
package allot

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"slices"
)

// Problem is what is to be allotted.
type Problem struct {
	Subjects  []Subject
	Judges    []Judge
	Forbidden []Pair // who stands too near, has declined, or must not judge for another reason
	Pinned    []Pair // who judges already; a pinned pair stays whatever it costs
	Seed      string // by which ties are drawn
}

// Subject wants Needs judges in all, those who judge it already among them.
type Subject struct {
	ID    string
	Needs int
	Tie   string // what its lot is drawn by; the id where it is empty
}

// Judge takes Capacity subjects in all, those that they judge already among them.
type Judge struct {
	ID       string
	Capacity int
	Tie      string
}

// Pair is one judge of one subject.
type Pair struct{ Subject, Judge string }

// Plan is what is proposed beside the pinned pairs.
type Plan struct {
	Pairs     []Pair         // by subject, then by judge
	Loads     map[string]int // by judge, with the pinned
	Shortages []Shortage     // what cannot be had; none when everybody has their judges
}

// Full says whether every subject has the judges it needs.
func (p Plan) Full() bool { return len(p.Shortages) == 0 }

// Shortage says that some subjects can be judged by nobody but some judges, who can give less than is needed.
type Shortage struct {
	Subjects []string
	Judges   []string
	Need     int // sheets that these subjects still need
	Can      int // sheets that these judges can still give them
}

// Propose answers a problem. It refuses one that contradicts itself: an id twice, a pin of somebody unknown, less than none.
func Propose(p Problem) (Plan, error) {
	t, err := laid(p)
	if err != nil {
		return Plan{}, err
	}
	for e := range t.subjects {
		for range t.wants[e] {
			if !t.serve(e) {
				break // what cannot be had now cannot be had later: others only take more
			}
		}
	}
	return t.plan(), nil
}

// table is a problem by numbers. Subjects and judges lie in the order of their lots.
type table struct {
	subjects, judges []string
	wants            []int    // sheets that a subject still needs beside its pinned
	room             []int    // sheets that a judge can take beside their pinned
	load             []int    // sheets that a judge has, pinned ones included
	given            []int    // of those, the proposed
	may              [][]bool // by subject and judge: neither forbidden nor pinned
	holds            [][]bool // by subject and judge: proposed
}

func laid(p Problem) (*table, error) {
	subjects, judges := slices.Clone(p.Subjects), slices.Clone(p.Judges)
	lots := func(tie, id string) []byte {
		h := hmac.New(sha256.New, []byte(p.Seed))
		h.Write([]byte(cmp.Or(tie, id)))
		return h.Sum(nil)
	}
	slices.SortFunc(subjects, func(a, b Subject) int { return bytes.Compare(lots(a.Tie, a.ID), lots(b.Tie, b.ID)) })
	slices.SortFunc(judges, func(a, b Judge) int { return bytes.Compare(lots(a.Tie, a.ID), lots(b.Tie, b.ID)) })

	t := &table{}
	es, js := map[string]int{}, map[string]int{}
	for i, s := range subjects {
		if _, twice := es[s.ID]; twice || s.Needs < 0 {
			return nil, fmt.Errorf("subject %q stands twice or needs less than none", s.ID)
		}
		es[s.ID] = i
		t.subjects, t.wants = append(t.subjects, s.ID), append(t.wants, s.Needs)
	}
	for i, j := range judges {
		if _, twice := js[j.ID]; twice || j.Capacity < 0 {
			return nil, fmt.Errorf("judge %q stands twice or takes less than none", j.ID)
		}
		js[j.ID] = i
		t.judges, t.room = append(t.judges, j.ID), append(t.room, j.Capacity)
	}
	t.load, t.given = make([]int, len(judges)), make([]int, len(judges))
	for range subjects {
		t.may, t.holds = append(t.may, make([]bool, len(judges))), append(t.holds, make([]bool, len(judges)))
	}
	for e := range t.may {
		for j := range t.may[e] {
			t.may[e][j] = true
		}
	}
	for _, pair := range p.Forbidden { // of somebody who is not asked now, it forbids nothing
		if e, ok := es[pair.Subject]; ok {
			if j, ok := js[pair.Judge]; ok {
				t.may[e][j] = false
			}
		}
	}
	return t, t.pin(p.Pinned, es, js)
}

func (t *table) pin(pairs []Pair, es, js map[string]int) error {
	seen := map[Pair]bool{}
	for _, pair := range pairs {
		e, known := es[pair.Subject]
		j, called := js[pair.Judge]
		if seen[pair] || !known && !called {
			return fmt.Errorf("%v is pinned twice, or nobody knows it", pair)
		}
		seen[pair] = true
		if called { // a judge's work counts, of whatever subject
			t.load[j]++
			t.room[j] = max(t.room[j]-1, 0)
		}
		if known {
			t.wants[e] = max(t.wants[e]-1, 0)
		}
		if known && called {
			t.may[e][j] = false
		}
	}
	return nil
}

func (t *table) plan() Plan {
	p := Plan{Loads: map[string]int{}, Shortages: t.shortages()}
	for j, judge := range t.judges {
		p.Loads[judge] = t.load[j]
		for e, subject := range t.subjects {
			if t.holds[e][j] {
				p.Pairs = append(p.Pairs, Pair{subject, judge})
			}
		}
	}
	slices.SortFunc(p.Pairs, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Judge, b.Judge))
	})
	return p
}
