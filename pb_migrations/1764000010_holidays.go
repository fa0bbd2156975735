package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The special days of the years that managers have confirmed: a year without a row is what the law proposes.
func init() {
	m.Register(func(app core.App) error {
		holidays := core.NewBaseCollection("holidays")
		holidays.Fields.Add(
			&core.TextField{Name: "day", Required: true, Pattern: `^\d{4}-\d{2}-\d{2}$`},
			choice("kind", "statutory", "swap_off", "makeup_workday", "local"),
			words("name_vi", 120), text("name_en", 120), words("source", 200), text("confirmed_by", 40), rev(),
		)
		dates(holidays)
		holidays.AddIndex("holidays_day", true, "day", "")
		return app.Save(holidays)
	}, nil)
}
