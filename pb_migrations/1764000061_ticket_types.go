package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// How many seats an event has, and what is sold of them at what price. A quota counts; no writer, not even plain SQL, brings it
// above its size, but where somebody has said that it may stand there.
func init() {
	m.Register(func(app core.App) error {
		events, err := found(app, "events")
		if err != nil {
			return err
		}
		quotas := core.NewBaseCollection("quotas")
		quotas.Fields.Add(
			one("event", events), words("name", 120), whole("size"), flag("unlimited"), whole("held"), whole("sold"), flag("overbook"), rev(),
		)
		dates(quotas)
		quotas.AddIndex("quotas_event", false, "event", "")
		if err := app.Save(quotas); err != nil {
			return err
		}
		types := core.NewBaseCollection("ticket_types")
		types.Fields.Add(
			one("event", events), words("name_vi", 120), text("name_en", 120), text("note_vi", 500), text("note_en", 500), whole("price_vnd"),
			many("quotas", quotas, 8), whole("min_per_order"), whole("max_per_order"), instant("sales_from"), instant("sales_to"),
			choice("visibility", "public", "code", "staff"), secret("unlock_code", 60), flag("needs_approval"),
			data("questions", 50), data("days", 4), whole("position"), instant("withdrawn_at"), rev(),
		)
		dates(types)
		types.AddIndex("ticket_types_event", false, "event, position, id", "")
		if err := app.Save(types); err != nil {
			return err
		}
		return exec(app,
			`CREATE TRIGGER quotas_begin_empty BEFORE INSERT ON quotas WHEN NEW.held != 0 OR NEW.sold != 0
			 BEGIN SELECT RAISE(ABORT, 'a quota begins empty'); END`,
			`CREATE TRIGGER quotas_never_oversell BEFORE UPDATE OF size, unlimited, held, sold, overbook ON quotas
			 WHEN NEW.held < 0 OR NEW.sold < 0 OR NEW.held + NEW.sold > NEW.size AND NOT NEW.unlimited AND NOT NEW.overbook
			 BEGIN SELECT RAISE(ABORT, 'a quota holds no more than its size'); END`,
			`CREATE TRIGGER quotas_never_go BEFORE DELETE ON quotas WHEN OLD.held != 0 OR OLD.sold != 0
			 BEGIN SELECT RAISE(ABORT, 'a quota that counts stays'); END`,
		)
	}, nil)
}
