package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What a cohort asks of a startup before it graduates, and on what each that graduated did: what was asked and found on that day,
// and the waiver of a manager where something was open.
func init() {
	m.Register(func(app core.App) error {
		asks := core.NewBaseCollection("graduation_rules")
		asks.Fields.Add(words("cohort", 15), data("rules", 4), rev())
		dates(asks)
		asks.AddIndex("graduation_rules_cohort", true, "cohort", "")
		if err := app.Save(asks); err != nil {
			return err
		}
		enrolments, err := found(app, "enrolments")
		if err != nil {
			return err
		}
		enrolments.Fields.Add(data("graduated_with", 4), text("waiver", 1000))
		return app.Save(enrolments)
	}, nil)
}
