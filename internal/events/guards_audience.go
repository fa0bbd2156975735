package events

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// Audiences say who may know that a row of the room has changed.
func Audiences() map[string]func(core.App, *core.Record) access.Audience { return doorAudiences() }
