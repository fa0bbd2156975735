package app_test

import (
	"testing"
	"time"

	"github.com/pocketbase/dbx"
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

// alumnus is a scene at what a startup is asked a year after it graduated.
func alumnus(body string, link bool) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := ofStartup(body)(t, house)
		now := time.Now()
		n := enrolmentOf(t, house, s)
		_, err := startups.Graduate(house, housetest.Acting(t, house, access.Manager, access.House), n.Id, "", now.AddDate(-1, 0, 0))
		housetest.Refused(t, err, "")
		housetest.Refused(t, startups.AskAlumni(house, now), "")
		a, err := startups.AlumniReports.First(house, dbx.HashExp{"startup": n.StartupID()})
		housetest.Refused(t, err, "")
		s.path["id"] = a.Id
		if link {
			token, err := startups.MakeAlumniLink(house, access.Job("test"), a.Id, now)
			housetest.Refused(t, err, "")
			s.path = map[string]string{"token": token}
		}
		return s
	}
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/startups/{id}/life":        ofStartup(""),
	"GET /api/vuon/cohorts/{id}/graduation":   ofCohort(""),
	"PATCH /api/vuon/cohorts/{id}/graduation": ofCohort(`{"rules":[{"rule":"months_in","need":12}]}`),

	"GET /api/vuon/startups/{id}/alumni":         ofStartup(""),
	"POST /api/vuon/alumni/{id}/link":            alumnus("{}", false),
	"GET /api/vuon/alumni-links/{token}":         alumnus("", true),
	"POST /api/vuon/alumni-links/{token}/answer": alumnus(`{"fate":"active"}`, true),

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
