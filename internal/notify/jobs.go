package notify

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/chore"
)

// Jobs are what the room does by itself, keyed as a crontab writes a line. Times are those of Ho Chi Minh City.
func Jobs() map[string]func(app core.App, slot time.Time) error {
	return map[string]func(core.App, time.Time) error{
		"* * * * * deliver":    Deliver,
		"* * * * * call_hooks": CallHooks,
		"35 3 * * * forget_calls": func(app core.App, slot time.Time) error {
			run := chore.Of(app, "forget_calls")
			n, err := forgetCalls(app, slot.Add(-callsKept))
			run.Did(n)
			return err
		},
	}
}
