package app

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// ownJobs are the roof's own.
func ownJobs() map[string]func(core.App, time.Time) error {
	return map[string]func(core.App, time.Time) error{
		"23 * * * * anchor_journal": dropAnchor,
		"40 3 * * * forget_answers": func(app core.App, slot time.Time) error { return forgetAnswers(app, slot.Add(-keptFor)) },
	}
}
