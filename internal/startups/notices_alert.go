package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/notice"
)

// raised tells the owner of an alert that it waits. A red one is heard by itself, an amber one in the mail of the day; one
// that has become red is heard once more.
func raised(severity string) func(core.App, time.Time) ([]notice.Due, error) {
	return func(tx core.App, _ time.Time) ([]notice.Due, error) {
		open, err := openAlerts(tx, severity)
		var due []notice.Due
		for _, a := range open {
			if a.Owner != "" {
				due = append(due, notice.Due{
					Dedup: "alert:" + a.ID + ":" + a.Severity, User: a.Owner, Args: map[string]string{"startup": a.Name},
					Link: alertPath(a.ID), Mail: true, Why: a.Severity + " since " + a.Since,
				})
			}
		}
		return due, err
	}
}

// alertPath is where an alert stands.
func alertPath(id string) string { return "/app/alerts/" + id }

// patience is how many working days an alert may wait for somebody to take it up.
const patience = 5

// unattended tells whoever manages a cohort, once, that nobody has taken an alert up for five working days.
func unattended(tx core.App, now time.Time) ([]notice.Due, error) {
	open, err := openAlerts(tx, Amber, Red)
	if err != nil || len(open) == 0 {
		return nil, err
	}
	calendar, err := asked(tx).calendar(tx)
	if err != nil {
		return nil, err
	}
	var due []notice.Due
	managers := holders{}
	for _, a := range open {
		at, known := answerBy(calendar, a.Since)
		if !known || at.After(now.Add(notice.Ahead)) {
			continue
		}
		who, err := managers.first(tx, access.Manager, a.Cohort, now)
		if err != nil {
			return nil, err
		}
		if who != "" {
			due = append(due, notice.Due{
				Dedup: "alert-esc:" + a.ID, User: who, Args: map[string]string{"startup": a.Name, "n": itoa(patience)},
				Link: alertPath(a.ID), Mail: true, At: at, Why: itoa(patience) + " working days since " + a.Since,
			})
		}
	}
	return due, nil
}

// askedOnceMore asks whoever owned an alert, a month after it was closed, whether it was right: by then they know more.
func askedOnceMore(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := secondThoughts(tx, now)
	due := make([]notice.Due, 0, len(all))
	for _, a := range all {
		due = append(due, notice.Due{
			Dedup: "alert-asked:" + a.ID, User: a.Owner, Args: map[string]string{"startup": a.Name}, Link: alertPath(a.ID), Mail: true,
			Why: "closed at " + a.Closed,
		})
	}
	return due, err
}

// holders remembers who looks after which cohort: many startups are in the same.
type holders map[string]string

// first is who holds a role over a cohort, the nearest first; "" is nobody.
func (h holders) first(tx core.App, role access.Role, cohort string, now time.Time) (string, error) {
	who, known := h[cohort]
	if known {
		return who, nil
	}
	path, err := asked(tx).Path(tx, cohort)
	if err != nil && fault.Code(err) != "record.not_found" { // over a cohort that is gone there is still the house
		return "", err
	}
	all, err := access.Holders(tx, role, now, path...)
	if err == nil && len(all) > 0 {
		who = all[0]
	}
	h[cohort] = who
	return who, err
}
