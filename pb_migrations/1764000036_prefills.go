package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What of an application came from the record of the startup that applies, and about which properties of that record its
// people have said what becomes of them now that they are in.
func init() {
	m.Register(func(app core.App) error {
		applications, err := found(app, "applications")
		if err != nil {
			return err
		}
		applications.Fields.Add(data("prefilled", 60), data("compared", 4))
		if err := app.Save(applications); err != nil {
			return err
		}
		// Whoever is in already has written their record since: they are asked about nothing of then.
		return exec(app, `UPDATE applications SET compared = '["headcount","sector"]' WHERE status = 'enrolled'`)
	}, nil)
}
