package allot

import (
	"fmt"
	"slices"
	"strings"
)

// serve gives a subject one judge more, along the way of exchanges that ends at the judge with the least to do, and says
// whether there is one. An exchange takes a proposed pair from a judge and gives its subject to another.
func (t *table) serve(e int) bool {
	w := t.reach(e, t.least())
	if w.end < 0 {
		return false
	}
	t.load[w.end]++
	t.given[w.end]++
	for j := w.end; ; {
		t.holds[w.by[j]][j] = true
		from := w.from[j]
		if from < 0 {
			return true
		}
		t.holds[w.by[j]][from] = false
		j = from
	}
}

// least is the smallest load of a judge with room: no way can end at a smaller one.
func (t *table) least() int {
	least := -1
	for j, n := range t.load {
		if t.given[j] < t.room[j] && (least < 0 || n < least) {
			least = n
		}
	}
	return least
}

// ways are the judges that a subject can reach, and how.
type ways struct {
	from  []int // the judge from whom the exchange comes; -1 when it is the subject's own; -2 when it is not reached
	by    []int // the subject that this judge takes
	order []int // judges in the order in which they were reached
	end   int   // the judge with room and the least load, or -1
}

// reach looks for judges breadth first, so that as few people as can be are asked for something else than before. It stops
// at the first judge with room whose load is enough, the smallest that can be hoped for.
func (t *table) reach(e, enough int) ways {
	w := ways{from: make([]int, len(t.judges)), by: make([]int, len(t.judges)), end: -1}
	for j := range w.from {
		w.from[j] = -2
	}
	if t.look(&w, e, -1, enough) {
		return w
	}
	for i := 0; i < len(w.order); i++ {
		j := w.order[i]
		for held := range t.subjects {
			if t.holds[held][j] && t.look(&w, held, j, enough) {
				return w
			}
		}
	}
	return w
}

// look notes the judges who can take a subject, which judge from gives up (-1: nobody has it yet).
func (t *table) look(w *ways, subject, from, enough int) (found bool) {
	for j, may := range t.may[subject] {
		if !may || t.holds[subject][j] || w.from[j] != -2 {
			continue
		}
		w.from[j], w.by[j] = from, subject
		w.order = append(w.order, j)
		if t.given[j] < t.room[j] && (w.end < 0 || t.load[j] < t.load[w.end]) {
			w.end = j
			found = found || t.load[j] == enough
		}
	}
	return found
}

// shortages explain what is still wanted: for each subject, everything that stands in the way of one judge more.
func (t *table) shortages() []Shortage {
	var all []Shortage
	told := map[string]bool{}
	for e := range t.subjects {
		if t.has(e) >= t.wants[e] {
			continue
		}
		s := t.shortage(e)
		key := strings.Join(s.Subjects, ",") + fmt.Sprint(s.Need, s.Can)
		if !told[key] {
			told[key] = true
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b Shortage) int { return slices.Compare(a.Subjects, b.Subjects) })
	return all
}

func (t *table) has(e int) (n int) {
	for _, held := range t.holds[e] {
		if held {
			n++
		}
	}
	return n
}

// shortage is the cut behind an unserved subject: itself and the subjects of every judge that it reaches. Whoever may judge
// one of them can give no more sheets than they have room for, nor more than there are subjects for them.
func (t *table) shortage(e int) Shortage {
	w := t.reach(e, -1)
	inside := make([]bool, len(t.subjects))
	inside[e] = true
	for _, j := range w.order {
		for held := range t.subjects {
			inside[held] = inside[held] || t.holds[held][j]
		}
	}
	var s Shortage
	for held, in := range inside {
		if in {
			s.Subjects = append(s.Subjects, t.subjects[held])
			s.Need += t.wants[held]
		}
	}
	for j, judge := range t.judges {
		fit := 0
		for held, in := range inside {
			if in && t.may[held][j] {
				fit++
			}
		}
		if fit > 0 {
			s.Judges = append(s.Judges, judge)
			s.Can += min(fit, t.room[j])
		}
	}
	slices.Sort(s.Subjects)
	slices.Sort(s.Judges)
	return s
}
