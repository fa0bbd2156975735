package allot_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"vuon/internal/judging/allot"
)

// dealt is a small problem by chance, often one that cannot be served.
func dealt(seed uint64) allot.Problem {
	dice := rand.New(rand.NewPCG(seed, 11))
	p := allot.Problem{Seed: fmt.Sprint(seed)}
	for e := range 1 + dice.IntN(4) {
		p.Subjects = append(p.Subjects, allot.Subject{ID: fmt.Sprint("e", e), Needs: dice.IntN(4)})
	}
	for j := range 1 + dice.IntN(4) {
		p.Judges = append(p.Judges, allot.Judge{ID: fmt.Sprint("j", j), Capacity: dice.IntN(5)})
	}
	for _, s := range p.Subjects {
		for _, j := range p.Judges {
			switch dice.IntN(8) {
			case 0, 1:
				p.Forbidden = append(p.Forbidden, allot.Pair{Subject: s.ID, Judge: j.ID})
			case 2:
				p.Pinned = append(p.Pinned, allot.Pair{Subject: s.ID, Judge: j.ID})
			}
		}
	}
	return p
}

func legal(t *testing.T, p allot.Problem, plan allot.Plan) {
	t.Helper()
	loads, has := map[string]int{}, map[string]int{}
	for _, pair := range p.Pinned {
		loads[pair.Judge]++
		has[pair.Subject]++
	}
	pinned := map[string]int{}
	for judge, n := range loads {
		pinned[judge] = n
	}
	seen := map[allot.Pair]bool{}
	for _, pair := range plan.Pairs {
		if seen[pair] || slices.Contains(p.Forbidden, pair) || slices.Contains(p.Pinned, pair) {
			t.Fatalf("%v is proposed: it is forbidden, pinned, or proposed twice", pair)
		}
		seen[pair] = true
		loads[pair.Judge]++
		has[pair.Subject]++
	}
	for _, j := range p.Judges {
		if loads[j.ID] > max(j.Capacity, pinned[j.ID]) {
			t.Fatalf("%s is given %d, and takes %d", j.ID, loads[j.ID], j.Capacity)
		}
		if plan.Loads[j.ID] != loads[j.ID] {
			t.Fatalf("the load of %s is told as %d and is %d", j.ID, plan.Loads[j.ID], loads[j.ID])
		}
	}
	for _, s := range p.Subjects {
		before := 0
		for _, pair := range p.Pinned {
			if pair.Subject == s.ID {
				before++
			}
		}
		if has[s.ID] > max(s.Needs, before) {
			t.Fatalf("%s has %d judges, and needs %d", s.ID, has[s.ID], s.Needs)
		}
	}
}

func wanted(p allot.Problem) (n int) {
	for _, s := range p.Subjects {
		left := s.Needs
		for _, pair := range p.Pinned {
			if pair.Subject == s.ID {
				left--
			}
		}
		n += max(left, 0)
	}
	return n
}

func squares(loads map[string]int) (n int) {
	for _, load := range loads {
		n += load * load
	}
	return n
}

// everything tries all sets of pairs: the most sheets that can be had, and the smallest sum of squared loads with them.
func everything(p allot.Problem) (most, evenest int) {
	load, room, left := map[string]int{}, map[string]int{}, map[string]int{}
	for _, j := range p.Judges {
		room[j.ID] = j.Capacity
	}
	for _, s := range p.Subjects {
		left[s.ID] = s.Needs
	}
	for _, pair := range p.Pinned {
		load[pair.Judge]++
		room[pair.Judge] = max(room[pair.Judge]-1, 0)
		left[pair.Subject] = max(left[pair.Subject]-1, 0)
	}
	var free []allot.Pair
	for _, s := range p.Subjects {
		for _, j := range p.Judges {
			if pair := (allot.Pair{Subject: s.ID, Judge: j.ID}); !slices.Contains(p.Forbidden, pair) && !slices.Contains(p.Pinned, pair) {
				free = append(free, pair)
			}
		}
	}
	most = -1
	var try func(i, n int)
	try = func(i, n int) {
		if i == len(free) {
			if even := squares(load); n > most || n == most && even < evenest {
				most, evenest = n, even
			}
			return
		}
		if n+len(free)-i < most {
			return
		}
		if e, j := free[i].Subject, free[i].Judge; left[e] > 0 && room[j] > 0 {
			left[e]--
			room[j]--
			load[j]++
			try(i+1, n+1)
			left[e]++
			room[j]++
			load[j]--
		}
		try(i+1, n)
	}
	try(0, 0)
	return most, evenest
}

func FuzzPropose(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) {
		p := dealt(seed)
		plan, err := allot.Propose(p)
		if err != nil {
			t.Fatal(err)
		}
		legal(t, p, plan)
		if most, _ := everything(p); len(plan.Pairs) != most {
			t.Fatalf("%d sheets are proposed and %d can be had", len(plan.Pairs), most)
		}
	})
}
