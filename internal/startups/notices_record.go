package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/notice"
)

// expiring is when people hear that a recognition runs out, before the end of its last day.
var expiring = []time.Duration{-60 * day, -14 * day}

// runningOut tells the admins of a startup, and who looks after it, that a recognition of its ends soon.
func runningOut(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := endingBetween(tx, now.Add(-day), now.Add(61*day))
	if err != nil {
		return nil, err
	}
	var due []notice.Due
	keepers := holders{}
	for _, r := range all {
		readers := r.admins()
		if r.Cohort != "" {
			who, err := keepers.first(tx, access.Staff, r.Cohort, now)
			if err != nil {
				return nil, err
			}
			if who != "" {
				readers = append(readers, who)
			}
		}
		for _, step := range notice.Steps(endOf(r.ExpiresOn), now, expiring...) {
			for _, user := range readers {
				due = append(due, step.On(notice.Due{
					Dedup: "cert:" + r.ID + ":" + r.ExpiresOn + ":" + user, User: user, Mail: true,
					Args: map[string]string{"startup": r.Name, "title": r.Title, "due": r.ExpiresOn}, Link: "/app/startups/" + r.Startup + "?tab=papers",
				}))
			}
		}
	}
	return due, nil
}

// justChecked tells the admins of a startup what staff found of what it claims.
func justChecked(move string) func(core.App, time.Time) ([]notice.Due, error) {
	return func(tx core.App, now time.Time) ([]notice.Due, error) {
		all, err := checkedSince(tx, move, now.Add(-recent))
		var due []notice.Due
		for _, r := range all {
			for _, user := range r.admins() {
				due = append(due, notice.Due{
					Dedup: "checked:" + r.ID + ":" + itoa(r.Seq) + ":" + user, User: user, Mail: true,
					Args: map[string]string{"startup": r.Name, "title": r.Title}, Link: "/app/startups/" + r.Startup + "?tab=papers",
					Why: move + " in entry " + itoa(r.Seq),
				})
			}
		}
		return due, err
	}
}

// accountTouched tells the admins of a startup, but for the one who did it, that the place to which its money goes has changed.
// Whoever took over an account must not do so unseen.
func accountTouched(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := accountsTouched(tx, now.Add(-recent))
	var due []notice.Due
	for _, t := range all {
		due = append(due, notice.Due{
			Dedup: "account:" + itoa(t.Seq) + ":" + t.User, User: t.User, Mail: true, Args: map[string]string{"startup": t.Name},
			Link: "/app/startups/" + t.Startup + "?tab=private", Why: "entry " + itoa(t.Seq),
		})
	}
	return due, err
}
