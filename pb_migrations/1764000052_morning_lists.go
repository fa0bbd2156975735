package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Along which the morning looks for alerts that rest until a day, and staff page through who is in which cohort.
func init() {
	m.Register(func(app core.App) error {
		for name, index := range map[string][3]string{
			"alerts":     {"alerts_resting", "muted_until", "muted_until != ''"},
			"enrolments": {"enrolments_list", "joined_on, id", ""},
		} {
			c, err := found(app, name)
			if err != nil {
				return err
			}
			c.AddIndex(index[0], false, index[1], index[2])
			if err := app.Save(c); err != nil {
				return err
			}
		}
		return nil
	}, nil)
}
