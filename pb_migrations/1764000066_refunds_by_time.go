package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The list of all refunds is read by the time at which they were asked for, whatever became of them.
func init() {
	m.Register(func(app core.App) error {
		refunds, err := found(app, "refunds")
		if err != nil {
			return err
		}
		refunds.AddIndex("refunds_by_time", false, "asked_at, id", "")
		return app.Save(refunds)
	}, nil)
}
