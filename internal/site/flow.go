package site

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Describe changes what the centre says of itself, from the revision that the editor has read. Managers of the whole
// house only. edit is handed the words as they stand.
// Errors: access.sign_in, access.needs_manager, record.stale.
func Describe(app core.App, by access.Actor, rev int, edit func(*Description) error, now time.Time) (*Centre, error) {
	if err := access.MayGovern(by); err != nil {
		return nil, err
	}
	centre, err := TheCentre(app)
	if err != nil {
		return nil, err
	}
	return record.Change(app, Centres, centre.Id, func(tx core.App, c *Centre) error {
		said := c.Description()
		if err := edit(&said); err != nil {
			return err
		}
		c.describe(said)
		record.At(c, rev)
		if err := tx.Save(c); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, "centre", c.Id, "describe")
	})
}
