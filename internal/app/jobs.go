package app

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/chore"
)

// ownJobs are the roof's own.
func ownJobs() map[string]func(core.App, time.Time) error {
	return map[string]func(core.App, time.Time) error{
		"23 * * * * anchor_journal": dropAnchor,
		"40 3 * * * forget_answers": func(app core.App, slot time.Time) error {
			run := chore.Of(app, "forget_answers")
			n, err := forgetAnswers(app, slot.Add(-keptFor))
			run.Did(n)
			return err
		},
		"50 3 * * * forget_runs": forgetRuns,
	}
}
