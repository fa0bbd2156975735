package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What an intake asks of those who apply, and forms that are put away. What was published stays, for plain SQL too.
func init() {
	m.Register(func(app core.App) error {
		intakes, err := found(app, "intakes")
		if err != nil {
			return err
		}
		intakes.Fields.Add(data("rules", 60))
		if err := app.Save(intakes); err != nil {
			return err
		}
		forms, err := found(app, "forms")
		if err != nil {
			return err
		}
		forms.Fields.Add(instant("archived_at"))
		if err := app.Save(forms); err != nil {
			return err
		}
		return exec(app,
			`CREATE TRIGGER form_versions_frozen BEFORE UPDATE ON form_versions
			 WHEN OLD.status != 'draft' AND (OLD.form != NEW.form OR OLD.number != NEW.number OR json(OLD.schema) IS NOT json(NEW.schema))
			 BEGIN SELECT RAISE(ABORT, 'a published form never changes'); END`,
			`CREATE TRIGGER intakes_rules_frozen BEFORE UPDATE ON intakes
			 WHEN OLD.status != 'draft' AND (OLD.form_version != NEW.form_version OR OLD.rules IS NOT NEW.rules)
			 BEGIN SELECT RAISE(ABORT, 'the rules of a published intake never change'); END`,
		)
	}, nil)
}
