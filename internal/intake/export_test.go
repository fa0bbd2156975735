package intake

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// MineAll is Mine without a search.
func MineAll(app core.App, by access.Actor, now time.Time) ([]MineLine, error) {
	return Mine(app, by, listAsk{}, now)
}
