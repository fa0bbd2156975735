package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// How somebody wants to see a list again, and what was done to many cards of a board at once, so that it can be undone.
func init() {
	m.Register(func(app core.App) error {
		users, err := found(app, "users")
		if err != nil {
			return err
		}
		views := core.NewBaseCollection("saved_views")
		views.Fields.Add(
			one("owner", users), words("page", 120), words("title", 80), text("query", 2000), flag("shared"), flag("standing"), rev(),
		)
		dates(views)
		views.AddIndex("saved_views_title", true, "owner, page, title", "")
		views.AddIndex("saved_views_standing", true, "owner, page", "standing = 1")
		views.AddIndex("saved_views_shared", false, "page", "shared = 1")
		if err := app.Save(views); err != nil {
			return err
		}
		acts := core.NewBaseCollection("bulk_acts")
		acts.Fields.Add(
			words("intake", 15), words("by", 15), words("act", 20), moment("at"), data("changes", 4096), instant("undone_at"), rev(),
		)
		acts.AddIndex("bulk_acts_old", false, "at", "")
		return app.Save(acts)
	}, nil)
}
