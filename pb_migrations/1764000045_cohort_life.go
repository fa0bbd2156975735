package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What a cohort does together: its workshops with who came, and what the centre tells it.
func init() {
	m.Register(func(app core.App) error {
		startups, err := found(app, "startups")
		if err != nil {
			return err
		}
		users, err := found(app, "users")
		if err != nil {
			return err
		}
		workshops := core.NewBaseCollection("workshops")
		workshops.Fields.Add(
			words("cohort", 15), words("title_vi", 200), text("title_en", 200), text("note_vi", 2000), text("note_en", 2000), text("search_key", 600),
			moment("starts_at"), instant("ends_at"), whole("minutes"), text("place", 300), text("link", 500), whole("capacity"),
			text("set_by", 80), text("reason", 1000), whole("ics_seq"), choice("status", "set", "held", "cancelled"), rev(),
		)
		dates(workshops)
		workshops.AddIndex("workshops_cohort", false, "cohort, starts_at, id", "")
		workshops.AddIndex("workshops_coming", false, "status, starts_at", "")
		if err := app.Save(workshops); err != nil {
			return err
		}

		attendances := core.NewBaseCollection("attendances")
		attendances.Fields.Add(
			one("workshop", workshops), one("startup", startups), flag("answered"), whole("coming"), text("answered_by", 80),
			option("mark", "present", "late", "excused", "absent"), whole("came"), text("marked_by", 80), instant("marked_at"), rev(),
		)
		dates(attendances)
		attendances.AddIndex("attendances_once", true, "workshop, startup", "")
		attendances.AddIndex("attendances_startup", false, "startup", "")

		announcements := core.NewBaseCollection("announcements")
		announcements.Fields.Add(
			words("cohort", 15), words("title_vi", 200), text("title_en", 200), words("body_vi", 8000), text("body_en", 8000), text("search_key", 600),
			text("written_by", 80), instant("sent_at"), text("sent_by", 80), choice("status", "draft", "sent", "dropped"), rev(),
		)
		dates(announcements)
		announcements.AddIndex("announcements_cohort", false, "cohort, status, sent_at", "")
		announcements.AddIndex("announcements_sent", false, "sent_at", "status = 'sent'")
		for _, c := range []*core.Collection{attendances, announcements} {
			if err := app.Save(c); err != nil {
				return err
			}
		}

		reads := core.NewBaseCollection("announcement_reads")
		reads.Fields.Add(one("announcement", announcements), one("user", users), moment("at"))
		reads.AddIndex("announcement_reads_once", true, "announcement, user", "")
		if err := app.Save(reads); err != nil {
			return err
		}
		if err := appendOnly(app, "announcement_reads"); err != nil {
			return err
		}
		return exec(app,
			`CREATE TRIGGER workshops_moves BEFORE UPDATE OF status ON workshops
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN ('set>held', 'set>cancelled', 'held>set')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
			`CREATE TRIGGER announcements_moves BEFORE UPDATE OF status ON announcements
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN ('draft>sent', 'draft>dropped')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
			`CREATE TRIGGER announcements_stay BEFORE UPDATE ON announcements WHEN OLD.status != 'draft' AND (
				OLD.cohort != NEW.cohort OR OLD.title_vi != NEW.title_vi OR OLD.title_en != NEW.title_en OR OLD.body_vi != NEW.body_vi
				OR OLD.body_en != NEW.body_en OR OLD.sent_at != NEW.sent_at OR OLD.sent_by != NEW.sent_by)
			 BEGIN SELECT RAISE(ABORT, 'what was told stays as it was told'); END`,
		)
	}, nil)
}
