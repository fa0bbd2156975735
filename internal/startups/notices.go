package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/notice"
)

// Notices are what the room has people told.
func Notices() []notice.Rule { return nil }

// Duties are what the actor can do today in this room.
func Duties(_ core.App, _ access.Actor, _ time.Time) ([]notice.Duty, error) { return nil, nil }
