package watch

import (
	"cmp"
	"slices"
	"time"
)

// MilestoneLate is the rule about what a startup set out to reach.
const MilestoneLate = "milestone_late"

// The days after which an overdue milestone is worth a question: more than two weeks, and red when it is more than a month.
const (
	lateAmber = 14
	lateRed   = 30
)

// Milestone is something that is still to be reached.
type Milestone struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	DueOn string `json:"due_on"` // the last local day on which it is in time
}

// Overdue is what of one month is late.
type Overdue struct {
	Period     string // the month in which they were due
	Red        bool
	Milestones []Milestone // the earliest first
}

// Late finds which milestones of one startup are more than two weeks late on a local day, month by month: what was due together
// is one question. What cannot be read as a day is not late.
func Late(all []Milestone, today string) []Overdue {
	now, err := time.Parse(time.DateOnly, today)
	if err != nil {
		return nil
	}
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b Milestone) int { return cmp.Or(cmp.Compare(a.DueOn, b.DueOn), cmp.Compare(a.ID, b.ID)) })
	var found []Overdue
	for _, m := range all {
		due, err := time.Parse(time.DateOnly, m.DueOn)
		days := int(now.Sub(due) / (24 * time.Hour))
		if err != nil || days <= lateAmber {
			continue
		}
		if n := len(found); n == 0 || found[n-1].Period != m.DueOn[:7] {
			found = append(found, Overdue{Period: m.DueOn[:7]})
		}
		last := &found[len(found)-1]
		last.Red = last.Red || days > lateRed
		last.Milestones = append(last.Milestones, m)
	}
	return found
}
