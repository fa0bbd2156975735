package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Exceptions from a rule, each for one application and with a reason. They are never changed.
func init() {
	m.Register(func(app core.App) error {
		applications, err := found(app, "applications")
		if err != nil {
			return err
		}
		waivers := core.NewBaseCollection("waivers")
		waivers.Fields.Add(one("application", applications), words("rule", 40), words("reason", 1000), text("by", 80), moment("at"))
		waivers.AddIndex("waivers_once", true, "application, rule", "")
		if err := app.Save(waivers); err != nil {
			return err
		}
		return appendOnly(app, "waivers")
	}, nil)
}
