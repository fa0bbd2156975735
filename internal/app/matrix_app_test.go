package app_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// anywhere is a route whose answer depends on who asks, and on nothing that stands in the house.
func anywhere(testing.TB, core.App) scene { return scene{over: access.House} }

// oneJob is a job that does nothing in an empty house.
func oneJob(testing.TB, core.App) scene {
	return scene{over: access.House, path: map[string]string{"name": "forget_answers"}}
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/today":   anywhere,
	"GET /api/vuon/journal": anywhere,
	"GET /api/vuon/jobs":    anywhere,

	"GET /api/vuon/jobs/{name}/runs": oneJob,
	"POST /api/vuon/jobs/{name}/run": oneJob,
})
