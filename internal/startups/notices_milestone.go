package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/notice"
)

// beforeMilestone and afterMilestone are when who looks after a milestone hears of it: a week before its last day, on it, and
// three days later.
var (
	beforeMilestone = []time.Duration{-7 * day, 0}
	afterMilestone  = []time.Duration{3 * day}
)

// milestoneReminder tells who looks after a milestone that it is due, or was.
func milestoneReminder(offsets []time.Duration) func(core.App, time.Time) ([]notice.Due, error) {
	return func(tx core.App, now time.Time) ([]notice.Due, error) {
		all, err := milestonesDue(tx, now.Add(-12*day), now.Add(9*day))
		if err != nil {
			return nil, err
		}
		var due []notice.Due
		for _, m := range all {
			for _, step := range notice.Steps(endOf(m.DueOn), now, offsets...) {
				for _, user := range m.people() {
					d := step.On(m.told("ms:"+m.ID+":"+m.DueOn, user))
					d.Dedup += ":" + user
					due = append(due, d)
				}
			}
		}
		return due, nil
	}
}

// milestoneJudged tells who looks after a milestone what staff found.
func milestoneJudged(move string) func(core.App, time.Time) ([]notice.Due, error) {
	return func(tx core.App, now time.Time) ([]notice.Due, error) {
		all, err := milestonesMoved(tx, move, now.Add(-recent))
		var due []notice.Due
		for _, m := range all {
			for _, user := range m.people() {
				d := m.told("ms-told:"+m.ID+":"+itoa(m.Seq)+":"+user, user)
				d.Why = move + " in entry " + itoa(m.Seq)
				due = append(due, d)
			}
		}
		return due, err
	}
}

func (d dueMilestone) told(dedup, user string) notice.Due {
	last := endOf(d.DueOn).Add(-time.Minute)
	return notice.Due{
		Dedup: dedup, User: user, Mail: true, Link: "/app/startups/" + d.Startup + "?tab=milestones",
		Args: map[string]string{"startup": d.Name, "title": d.Title, "due": d.DueOn},
		When: notice.When{UID: "milestone." + d.ID, Starts: last, Ends: last},
	}
}
