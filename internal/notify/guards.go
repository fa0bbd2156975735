package notify

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
)

// Needs are the facts that this room asks of others. The roof fills them in.
type Needs struct{}

const needsKey = "notify.needs"

// Tables are the lives of the room's rows.
func Tables() []lifecycle.Table { return nil }

// Bind puts the room's laws in place.
func Bind(app core.App, needs Needs) {
	app.Store().Set(needsKey, needs)
}

// Audiences say who may know that a row of the room has changed.
func Audiences() map[string]func(core.App, *core.Record) access.Audience { return nil }
