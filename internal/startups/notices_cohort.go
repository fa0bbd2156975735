package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/notice"
)

// cohortTitle is what a cohort is called. Error: record.not_found.
func cohortTitle(app core.App, id string) (locale.Pair, error) {
	all, err := asked(app).Cohorts(app)
	for _, c := range all {
		if c.ID == id {
			return c.Title, nil
		}
	}
	if err == nil {
		err = fault.NotFound("record.not_found")
	}
	return locale.Pair{}, err
}

// told is a notice about a workshop to one of its people, with the time for their calendar.
func (g gathering) told(dedup string) notice.Due {
	return notice.Due{
		Dedup: dedup + ":" + g.Workshop + ":" + itoa(g.Sequence) + ":" + g.User, User: g.User, Mail: true,
		Args: map[string]string{"title_vi": g.TitleVI, "title_en": g.TitleEN, "at": g.Starts.Time().UTC().Format(time.RFC3339)},
		Link: "/app/startups/" + g.Startup + "?tab=cohort", Until: g.Starts.Time(), Why: "a workshop was planned, changed or called off",
		When: notice.When{
			UID: "workshop." + g.Workshop, Starts: g.Starts.Time(), Ends: g.Ends.Time(), Sequence: g.Sequence, Over: g.Status == string(WorkshopCancelled),
		},
	}
}

// workshopsTold tells the people of a cohort that a workshop to come was moved so, in one line for the last change.
func workshopsTold(dedup string, off bool, moves ...string) func(core.App, time.Time) ([]notice.Due, error) {
	return func(tx core.App, now time.Time) ([]notice.Due, error) {
		all, err := gatheringsMoved(tx, now.Add(-recent), now, moves...)
		var due []notice.Due
		for _, g := range all {
			if (g.Status == string(WorkshopCancelled)) == off {
				due = append(due, g.told(dedup))
			}
		}
		return due, err
	}
}

// workshopSoon tells them the day before.
func workshopSoon(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := gatheringsComing(tx, now, now.Add(notice.Ahead+2*day))
	var due []notice.Due
	for _, g := range all {
		for _, step := range notice.Steps(g.Starts.Time(), now, -day) {
			due = append(due, step.On(g.told("workshop-soon")))
		}
	}
	return due, err
}

// justAnnounced tells the people of a cohort that there is something to read. What it says stands here and in no mail: whoever
// writes an announcement may name people in it.
func justAnnounced(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := unreadSince(tx, now.Add(-week))
	due := make([]notice.Due, 0, len(all))
	for _, u := range all {
		due = append(due, notice.Due{
			Dedup: "announcement:" + u.ID + ":" + u.User, User: u.User, Mail: true,
			Args: map[string]string{"title_vi": u.TitleVI, "title_en": u.TitleEN}, Link: "/app/startups/" + u.Startup + "?tab=cohort",
			At: u.SentAt.Time(), Until: u.SentAt.Time().Add(week), Why: "an announcement was sent to the cohort",
		})
	}
	return due, err
}
