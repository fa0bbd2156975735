package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What a letter is about and what became of it, how people want to be told, and where mails do not arrive.
func init() {
	m.Register(func(app core.App) error {
		outbox, err := found(app, "outbox")
		if err != nil {
			return err
		}
		outbox.Fields.Add(
			instant("event"), instant("useful_until"), option("gather", "daily", "weekly"), text("digest", 15), text("batch", 40),
			data("calendar", 10), text("provider_id", 80), instant("delivered_at"), text("why", 300), text("again", 15),
		)
		outbox.Fields.Add(choice("status", "queued", "sending", "sent", "failed", "suppressed", "stale", "folded", "lost", "bounced", "complained"))
		outbox.AddIndex("outbox_person", false, "user, class, sent_at", "user != ''")
		outbox.AddIndex("outbox_batch", false, "batch", "batch != ''")
		outbox.AddIndex("outbox_digest", false, "digest", "digest != ''")
		outbox.AddIndex("outbox_provider", false, "provider_id", "provider_id != ''")
		if err := app.Save(outbox); err != nil {
			return err
		}

		users, err := found(app, "users")
		if err != nil {
			return err
		}
		prefs := core.NewBaseCollection("notice_prefs")
		prefs.Fields.Add(one("user", users), words("kind", 60), choice("mode", "now", "daily", "weekly", "off"))
		dates(prefs)
		prefs.AddIndex("notice_prefs_one", true, "user, kind", "")

		suppressions := core.NewBaseCollection("suppressions")
		suppressions.Fields.Add(words("address", 254), choice("reason", "bounced", "complained", "asked"), text("detail", 300), text("letter", 15), moment("at"))
		suppressions.AddIndex("suppressions_address", true, "address", "")
		for _, c := range []*core.Collection{prefs, suppressions} {
			if err := app.Save(c); err != nil {
				return err
			}
		}
		return nil
	}, nil)
}
