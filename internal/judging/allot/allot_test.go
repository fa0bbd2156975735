package allot_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"vuon/internal/judging/allot"
)

func TestAProposalIsWholeAndEven(t *testing.T) {
	t.Parallel()
	p := allot.Problem{Seed: "seed"}
	for e := range 12 {
		p.Subjects = append(p.Subjects, allot.Subject{ID: fmt.Sprint("e", e), Needs: 2})
	}
	for j := range 4 {
		p.Judges = append(p.Judges, allot.Judge{ID: fmt.Sprint("j", j), Capacity: 8})
	}
	plan, err := allot.Propose(p)
	if err != nil || !plan.Full() || len(plan.Pairs) != 24 {
		t.Fatalf("%v, %v", plan, err)
	}
	for judge, n := range plan.Loads {
		if n != 6 {
			t.Errorf("%s is given %d, want 6", judge, n)
		}
	}
}

func TestWhoStandsInTheWayIsNamed(t *testing.T) {
	t.Parallel()
	p := allot.Problem{Judges: []allot.Judge{{ID: "j1", Capacity: 2}, {ID: "j2", Capacity: 2}, {ID: "j3", Capacity: 9}}}
	for _, e := range []string{"e1", "e2", "e3"} { // j3 knows these three, and nobody else has room for them all
		p.Subjects = append(p.Subjects, allot.Subject{ID: e, Needs: 2})
		p.Forbidden = append(p.Forbidden, allot.Pair{Subject: e, Judge: "j3"})
	}
	plan, err := allot.Propose(p)
	if err != nil {
		t.Fatal(err)
	}
	want := []allot.Shortage{{Subjects: []string{"e1", "e2", "e3"}, Judges: []string{"j1", "j2"}, Need: 6, Can: 4}}
	if !reflect.DeepEqual(plan.Shortages, want) {
		t.Errorf("%+v, want %+v", plan.Shortages, want)
	}
	if len(plan.Pairs) != 4 {
		t.Errorf("%d pairs are proposed, of four that can be had", len(plan.Pairs))
	}

	plan, err = allot.Propose(allot.Problem{
		Subjects: []allot.Subject{{ID: "e", Needs: 3}}, Judges: []allot.Judge{{ID: "j1", Capacity: 9}, {ID: "j2", Capacity: 9}},
	})
	want = []allot.Shortage{{Subjects: []string{"e"}, Judges: []string{"j1", "j2"}, Need: 3, Can: 2}}
	if err != nil || !reflect.DeepEqual(plan.Shortages, want) { // room for eighteen sheets, and two people all the same
		t.Errorf("%+v (%v), want %+v", plan.Shortages, err, want)
	}
}

func TestWhatIsThereStaysAndIsNotAskedTwice(t *testing.T) {
	t.Parallel()
	for n := range 200 {
		p := dealt(uint64(n))
		first, err := allot.Propose(p)
		if err != nil {
			t.Fatal(err)
		}
		p.Pinned = append(p.Pinned, first.Pairs...)
		again, err := allot.Propose(p)
		if err != nil || len(again.Pairs) != 0 {
			t.Fatalf("asked again, %v are proposed on top (%v)", again.Pairs, err)
		}
		if !reflect.DeepEqual(first.Loads, again.Loads) {
			t.Errorf("the loads were %v and are %v", first.Loads, again.Loads)
		}
	}
}

func TestAContradictionIsRefused(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]allot.Problem{
		"a subject twice": {Subjects: []allot.Subject{{ID: "e"}, {ID: "e"}}},
		"a judge twice":   {Judges: []allot.Judge{{ID: "j"}, {ID: "j"}}},
		"less than none":  {Judges: []allot.Judge{{ID: "j", Capacity: -1}}},
		"a wish of -1":    {Subjects: []allot.Subject{{ID: "e", Needs: -1}}},
		"a strange pin":   {Pinned: []allot.Pair{{Subject: "e", Judge: "j"}}},
		"a pin twice": {
			Subjects: []allot.Subject{{ID: "e"}}, Pinned: []allot.Pair{{Subject: "e", Judge: "j"}, {Subject: "e", Judge: "j"}},
		},
	} {
		if _, err := allot.Propose(p); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

// What is proposed is legal, as much as an independent search through everything finds, and as even as it can be.
func TestAgainstEverythingThatIsPossible(t *testing.T) {
	t.Parallel()
	for n := range 1500 {
		p := dealt(uint64(n))
		plan, err := allot.Propose(p)
		if err != nil {
			t.Fatal(err)
		}
		legal(t, p, plan)
		most, evenest := everything(p)
		if got := len(plan.Pairs); got != most {
			t.Fatalf("%+v\nproposes %d sheets and %d can be had", p, got, most)
		}
		if got := squares(plan.Loads); got != evenest {
			t.Fatalf("%+v\nloads %v come to %d, the evenest to %d", p, plan.Loads, got, evenest)
		}
		if plan.Full() != (most == wanted(p)) {
			t.Fatalf("%+v\nfull is %v with %d of %d", p, plan.Full(), most, wanted(p))
		}
		for _, s := range plan.Shortages { // a certificate proves what it says
			if s.Need <= s.Can {
				t.Fatalf("%+v\nneed %d, can %d: no shortage", p, s.Need, s.Can)
			}
		}
	}
}

// The order in which subjects, judges and pairs are named says nothing, nor do the names, if lots are drawn by the same.
func TestNamesAndOrderSayNothing(t *testing.T) {
	t.Parallel()
	for n := range 300 {
		p := dealt(uint64(n))
		plan, err := allot.Propose(p)
		if err != nil {
			t.Fatal(err)
		}
		dice := rand.New(rand.NewPCG(uint64(n), 7))
		q := allot.Problem{
			Subjects: slices.Clone(p.Subjects), Judges: slices.Clone(p.Judges), Forbidden: slices.Clone(p.Forbidden), Pinned: slices.Clone(p.Pinned), Seed: p.Seed,
		}
		dice.Shuffle(len(q.Subjects), func(a, b int) { q.Subjects[a], q.Subjects[b] = q.Subjects[b], q.Subjects[a] })
		dice.Shuffle(len(q.Judges), func(a, b int) { q.Judges[a], q.Judges[b] = q.Judges[b], q.Judges[a] })
		dice.Shuffle(len(q.Forbidden), func(a, b int) { q.Forbidden[a], q.Forbidden[b] = q.Forbidden[b], q.Forbidden[a] })
		called := map[string]string{}
		for i := range q.Subjects {
			called[q.Subjects[i].ID] = fmt.Sprint("x", dice.IntN(1000), "-", i)
			q.Subjects[i].Tie, q.Subjects[i].ID = q.Subjects[i].ID, called[q.Subjects[i].ID]
		}
		for i := range q.Judges {
			called[q.Judges[i].ID] = fmt.Sprint("y", dice.IntN(1000), "-", i)
			q.Judges[i].Tie, q.Judges[i].ID = q.Judges[i].ID, called[q.Judges[i].ID]
		}
		renamed := func(pairs []allot.Pair) (all []allot.Pair) {
			for _, x := range pairs {
				all = append(all, allot.Pair{Subject: called[x.Subject], Judge: called[x.Judge]})
			}
			slices.SortFunc(all, func(a, b allot.Pair) int {
				return slices.Compare([]string{a.Subject, a.Judge}, []string{b.Subject, b.Judge})
			})
			return all
		}
		q.Forbidden, q.Pinned = renamed(q.Forbidden), renamed(q.Pinned)
		other, err := allot.Propose(q)
		if err != nil {
			t.Fatal(err)
		}
		if want := renamed(plan.Pairs); !slices.Equal(want, other.Pairs) {
			t.Fatalf("renamed, %v is proposed and not %v", other.Pairs, want)
		}
	}
}

func BenchmarkPropose(b *testing.B) {
	p := allot.Problem{Seed: "s"}
	dice := rand.New(rand.NewPCG(1, 2))
	for e := range 2000 {
		p.Subjects = append(p.Subjects, allot.Subject{ID: fmt.Sprint("e", e), Needs: 3})
	}
	for j := range 200 {
		p.Judges = append(p.Judges, allot.Judge{ID: fmt.Sprint("j", j), Capacity: 30})
		for e := range 2000 {
			if dice.IntN(100) < 3 {
				p.Forbidden = append(p.Forbidden, allot.Pair{Subject: fmt.Sprint("e", e), Judge: fmt.Sprint("j", j)})
			}
		}
	}
	for b.Loop() {
		if plan, err := allot.Propose(p); err != nil || !plan.Full() {
			b.Fatal(len(plan.Pairs), err)
		}
	}
}
