package notify

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// Jobs are what the room does by itself, keyed as a crontab writes a line. Times are those of Ho Chi Minh City.
func Jobs() map[string]func(app core.App, slot time.Time) error {
	return map[string]func(core.App, time.Time) error{"* * * * * deliver": Deliver}
}
