package intake

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// keep stores what was just handed in.
func keep(tx core.App, a *Application, now time.Time) error {
	i, err := Intakes.Find(tx, a.IntakeID())
	if err != nil {
		return err
	}
	s, err := newSnapshot(tx, a, i.FormVersionID(), now)
	if err != nil {
		return err
	}
	if err := tx.Save(s); err != nil {
		return fmt.Errorf("keep what was handed in as %s: %w", a.Id, err)
	}
	return nil
}

// changedSince says whether the working copy differs from what was last handed in.
func changedSince(tx core.App, a *Application) (bool, error) {
	last, err := latestSnapshot(tx, a.Id)
	if err != nil || last == nil {
		return true, err
	}
	now, err := newSnapshot(tx, a, last.FormVersionID(), last.At())
	return err == nil && now.SHA256() != last.SHA256(), err
}
