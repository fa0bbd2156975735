package app_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
)

// ofCohort is a scene at the cohort of a startup.
func ofCohort(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := handedIn(body)(t, house)
		s.path = map[string]string{"id": s.over.ID}
		return s
	}
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/startups/{id}/life":        ofStartup(""),
	"GET /api/vuon/cohorts/{id}/graduation":   ofCohort(""),
	"PATCH /api/vuon/cohorts/{id}/graduation": ofCohort(`{"rules":[{"rule":"months_in","need":12}]}`),
})
