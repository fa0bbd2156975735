package startups

import (
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/locale"
	"vuon/internal/notice"
)

// lifeMoved tells a startup's people, but for the one who did it, of a step of its time in a cohort.
func lifeMoved(verb string) func(core.App, time.Time) ([]notice.Due, error) {
	return func(tx core.App, now time.Time) ([]notice.Due, error) {
		all, err := movedSince(tx, "enrolment."+verb, now.Add(-recent))
		if err != nil || len(all) == 0 {
			return nil, err
		}
		titles, err := cohortTitles(tx)
		due := make([]notice.Due, 0, len(all))
		for _, m := range all {
			due = append(due, m.told(titles, m.User))
		}
		return due, err
	}
}

// leftByThemselves tells who looks after a cohort that a startup has left it by itself.
func leftByThemselves(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := withdrawnSince(tx, now.Add(-recent))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	titles, err := cohortTitles(tx)
	if err != nil {
		return nil, err
	}
	var due []notice.Due
	staff := holders{}
	for _, m := range all {
		who, err := staff.first(tx, access.Staff, m.Cohort, now)
		if err != nil {
			return nil, err
		}
		if who != "" && who != m.Actor {
			due = append(due, m.told(titles, who))
		}
	}
	return due, nil
}

func (m lifeMove) told(titles map[string]locale.Pair, user string) notice.Due {
	title := titles[m.Cohort]
	return notice.Due{
		Dedup: "life:" + itoa(m.Seq) + ":" + user, User: user, Mail: true, Link: "/app/startups/" + m.Startup + "?tab=life", Why: "entry " + itoa(m.Seq),
		Args: map[string]string{"startup": m.Name, "title_vi": title.VI, "title_en": title.EN},
	}
}

// cohortTitles are the titles of all cohorts by id; in English as in Vietnamese where there is none.
func cohortTitles(app core.App) (map[string]locale.Pair, error) {
	all, err := asked(app).Cohorts(app)
	titles := make(map[string]locale.Pair, len(all))
	for c := range slices.Values(all) {
		if c.Title.EN == "" {
			c.Title.EN = c.Title.VI
		}
		titles[c.ID] = c.Title
	}
	return titles, err
}
