package people

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/chore"
)

// keptAfter is how long codes and counts stay after they are of no use.
const keptAfter = 24 * time.Hour

// Jobs are what the room does by itself, keyed as a crontab writes a line. Times are those of Ho Chi Minh City.
func Jobs() map[string]func(app core.App, slot time.Time) error {
	return map[string]func(core.App, time.Time) error{
		"20 3 * * * forget_codes": func(app core.App, slot time.Time) error {
			run := chore.Of(app, "forget_codes")
			n, err := sweep(app, slot.Add(-keptAfter))
			run.Did(n)
			return err
		},
	}
}
