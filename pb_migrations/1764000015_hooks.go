package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Who outside the house is told by a call of what happens in it, and the calls.
func init() {
	m.Register(func(app core.App) error {
		hooks := core.NewBaseCollection("hooks")
		hooks.Fields.Add(
			words("url", 500), words("title", 120), data("topics", 20), secret("secret", 120), secret("old_secret", 120), instant("old_until"),
			choice("status", "active", "paused", "disabled"), whole("failures"), instant("failing_since"), instant("last_ok_at"),
			whole("cursor"), text("added_by", 15), rev(),
		)
		dates(hooks)
		if err := app.Save(hooks); err != nil {
			return err
		}
		calls := core.NewBaseCollection("hook_calls")
		calls.Fields.Add(
			one("hook", hooks), whole("seq"), words("topic", 80), words("body", 4000), moment("at"),
			whole("attempts"), instant("next_at"), text("claim", 15), whole("answer"), text("error", 30), instant("done_at"), instant("failed_at"),
		)
		calls.AddIndex("hook_calls_once", true, "hook, seq", "")
		calls.AddIndex("hook_calls_due", false, "hook, next_at", "next_at != ''")
		calls.AddIndex("hook_calls_old", false, "at", "")
		return app.Save(calls)
	}, nil)
}
