package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What the portfolio of thousands of startups looks up for each: whether a report was handed in and in which enrolment, and in
// which cohort that is.
func init() {
	m.Register(func(app core.App) error {
		for _, index := range []struct{ collection, name, columns string }{
			{"report_requests", "report_requests_lookup", "id, status, template, enrolment"},
			{"enrolments", "enrolments_lookup", "id, cohort"},
		} {
			c, err := found(app, index.collection)
			if err != nil {
				return err
			}
			c.AddIndex(index.name, false, index.columns, "")
			if err := app.Save(c); err != nil {
				return err
			}
		}
		return nil
	}, nil)
}
