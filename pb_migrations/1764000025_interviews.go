package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// When those who apply are heard, by whom and where.
func init() {
	m.Register(func(app core.App) error {
		applications, err := found(app, "applications")
		if err != nil {
			return err
		}
		intakes, err := found(app, "intakes")
		if err != nil {
			return err
		}
		users, err := found(app, "users")
		if err != nil {
			return err
		}
		interviews := core.NewBaseCollection("interviews")
		interviews.Fields.Add(
			one("application", applications), one("intake", intakes), moment("starts_at"), instant("ends_at"), whole("minutes"),
			text("place", 300), text("link", 500), many("panel", users, 12), text("note", 2000), text("words", 1000), text("set_by", 15),
			whole("ics_seq"), choice("status", "set", "confirmed", "declined", "cancelled", "held"), rev(),
		)
		dates(interviews)
		interviews.AddIndex("interviews_application", false, "application, starts_at", "")
		interviews.AddIndex("interviews_intake", false, "intake, starts_at", "")
		interviews.AddIndex("interviews_span", false, "starts_at, ends_at", "")
		if err := app.Save(interviews); err != nil {
			return err
		}
		return exec(app, `CREATE TRIGGER interviews_moves BEFORE UPDATE OF status ON interviews
			WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN (
				'set>confirmed', 'set>declined', 'confirmed>declined', 'confirmed>set', 'declined>set',
				'set>cancelled', 'confirmed>cancelled', 'declined>cancelled', 'set>held', 'confirmed>held')
			BEGIN SELECT RAISE(ABORT, 'no such move'); END`)
	}, nil)
}
