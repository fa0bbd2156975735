package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A report asks questions in words beside its figures: at most ten, kept with the template, and their answers with the report.
func init() {
	m.Register(func(app core.App) error {
		templates, err := found(app, "report_templates")
		if err != nil {
			return err
		}
		templates.Fields.Add(data("questions", 64))
		if err := app.Save(templates); err != nil {
			return err
		}
		requests, err := found(app, "report_requests")
		if err != nil {
			return err
		}
		requests.Fields.Add(data("answers", 128))
		return app.Save(requests)
	}, nil)
}
