package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// Jobs are what this room does by the clock, by crontab line.
func Jobs() map[string]func(core.App, time.Time) error {
	return map[string]func(core.App, time.Time) error{"* * * * * expire_orders": Expire, "* * * * * call_off_orders": callOffOrders}
}
