package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What people are told: in the house, and by mail.
func init() {
	m.Register(func(app core.App) error {
		users, err := found(app, "users")
		if err != nil {
			return err
		}
		inbox := core.NewBaseCollection("inbox_items")
		inbox.Fields.Add(one("user", users), words("kind", 60), data("args", 10), text("link", 300), moment("at"), instant("read_at"), words("dedup_key", 200))
		inbox.AddIndex("inbox_items_dedup", true, "dedup_key", "")
		inbox.AddIndex("inbox_items_user", false, "user, read_at, at", "")

		outbox := core.NewBaseCollection("outbox")
		outbox.Fields.Add(
			words("dedup_key", 200), words("kind", 60), choice("class", "T", "R", "D"), text("user", 15), text("address", 254),
			option("locale", "vi", "en"), data("args", 10), text("link", 300), text("secret_kind", 40), text("secret_id", 15),
			instant("not_before"), whole("attempts"), instant("next_at"), instant("sent_at"), text("error", 1000),
			choice("status", "queued", "sending", "sent", "failed", "suppressed", "stale"), rev(),
		)
		dates(outbox)
		outbox.AddIndex("outbox_dedup", true, "dedup_key", "")
		outbox.AddIndex("outbox_due", false, "status, next_at", "")
		outbox.AddIndex("outbox_list", false, "created, id", "")
		for _, c := range []*core.Collection{inbox, outbox} {
			if err := app.Save(c); err != nil {
				return err
			}
		}
		return nil
	}, nil)
}
