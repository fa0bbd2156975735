package demo

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// Plant fills an empty house. The same seed makes the same garden; its dates lie before and after now.
func Plant(house core.App, now time.Time) error {
	return house.RunInTransaction(func(tx core.App) error {
		g := newGarden(tx, now)
		return g.people()
	})
}
