package app_test

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// ofCohort is a scene at the cohort of a startup.
func ofCohort(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := handedIn(body)(t, house)
		s.path = map[string]string{"id": s.over.ID}
		return s
	}
}

// ofMilestone is a scene at a milestone that is due in a week, after some moves of it.
func ofMilestone(body string, moves ...string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := ofStartup(body)(t, house)
		now := time.Now()
		title, due := "Bản mẫu", now.AddDate(0, 0, 7).Format(time.DateOnly)
		founder := housetest.Actor(t, house, s.owner, now)
		m, err := startups.PlanMilestone(house, founder, s.path["id"], startups.MilestoneFields{Title: &title, DueOn: &due}, now)
		housetest.Refused(t, err, "")
		for _, move := range moves {
			switch move {
			case "begin":
				_, err = startups.BeginMilestone(house, founder, m.Id, now)
			case "submit":
				_, err = startups.SubmitMilestone(house, founder, m.Id, startups.Evidence{Link: "https://example.vn"}, now)
			case "miss":
				err = startups.MilestoneLife.Fire(house, m, "miss", access.Job("test"), now)
			}
			housetest.Refused(t, err, "")
		}
		s.path["id"] = m.Id
		return s
	}
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/startups/{id}/life":        ofStartup(""),
	"GET /api/vuon/cohorts/{id}/graduation":   ofCohort(""),
	"PATCH /api/vuon/cohorts/{id}/graduation": ofCohort(`{"rules":[{"rule":"months_in","need":12}]}`),

	"GET /api/vuon/milestones":                ofMilestone(""),
	"GET /api/vuon/startups/{id}/milestones":  ofStartup(""),
	"POST /api/vuon/startups/{id}/milestones": ofStartup(`{"title":"Bản mẫu","due_on":"2099-01-31"}`),
	"PATCH /api/vuon/milestones/{id}":         ofMilestone(`{"title":"Khác"}`),
	"POST /api/vuon/milestones/{id}/begin":    ofMilestone("{}"),
	"POST /api/vuon/milestones/{id}/submit":   ofMilestone(`{"link":"https://example.vn"}`, "begin"),
	"POST /api/vuon/milestones/{id}/return":   ofMilestone(`{"reason":"thiếu"}`, "begin", "submit"),
	"POST /api/vuon/milestones/{id}/verify":   ofMilestone("{}", "begin", "submit"),
	"POST /api/vuon/milestones/{id}/drop":     ofMilestone(`{"reason":"thôi"}`),
	"POST /api/vuon/milestones/{id}/reopen":   ofMilestone(`{"due_on":"2099-01-31"}`, "miss"),
})
