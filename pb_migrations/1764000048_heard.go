package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// By when a startup was last heard of, asked last and enrolled last: what a list of thousands asks of each.
func init() {
	m.Register(func(app core.App) error {
		requests, err := found(app, "report_requests")
		if err != nil {
			return err
		}
		requests.AddIndex("report_requests_heard", false, "startup, submitted_at", "")
		requests.AddIndex("report_requests_latest", false, "startup, opens_at, id", "")
		if err := app.Save(requests); err != nil {
			return err
		}
		enrolments, err := found(app, "enrolments")
		if err != nil {
			return err
		}
		enrolments.AddIndex("enrolments_latest", false, "startup, created, id", "")
		return app.Save(enrolments)
	}, nil)
}
