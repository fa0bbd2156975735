package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What carriers tell of letters, what was in the way of one, and who lets an address be written to again.
func init() {
	m.Register(func(app core.App) error {
		outbox, err := found(app, "outbox")
		if err != nil {
			return err
		}
		outbox.Fields.Add(text("trouble", 40))
		outbox.AddIndex("outbox_status", false, "status, created, id", "")
		outbox.AddIndex("outbox_again", false, "again", "again != ''")
		suppressions, err := found(app, "suppressions")
		if err != nil {
			return err
		}
		suppressions.Fields.Add(instant("lifted_at"), text("lifted_by", 15), rev())
		suppressions.AddIndex("suppressions_at", false, "at, id", "")
		events := core.NewBaseCollection("mail_events")
		events.Fields.Add(
			words("event", 120), words("letter", 15), choice("kind", "delivered", "bounced", "complained"), text("detail", 300),
			text("suppression", 15), moment("at"), instant("applied_at"),
		)
		events.AddIndex("mail_events_event", true, "event", "")
		events.AddIndex("mail_events_letter", false, "letter, at", "")
		for _, c := range []*core.Collection{outbox, suppressions, events} {
			if err := app.Save(c); err != nil {
				return err
			}
		}
		return nil
	}, nil)
}
