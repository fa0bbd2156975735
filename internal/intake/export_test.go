package intake

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

// MineAll is Mine without a search.
func MineAll(app core.App, by access.Actor, now time.Time) ([]MineLine, error) {
	return Mine(app, by, listAsk{}, now)
}

// AppealsAll is AppealsFor without a search.
func AppealsAll(app core.App, by access.Actor) ([]AppealLine, error) {
	rows, _, err := AppealsFor(app, by, listAsk{Ask: web.Ask{Limit: 50}})
	return rows, err
}
