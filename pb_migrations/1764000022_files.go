package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The files of applications, the tickets of those that were on their way when a deadline came, and the grace of a deadline.
// A file's bytes lie in the storage, under the name in file: it is no field of PocketBase's, which would serve it by itself.
func init() {
	m.Register(func(app core.App) error {
		applications, err := found(app, "applications")
		if err != nil {
			return err
		}
		kept := core.NewBaseCollection("application_files")
		kept.Fields.Add(
			one("application", applications), words("question", 40), words("name", 200),
			choice("kind", "pdf", "png", "jpeg", "webp", "docx", "xlsx", "pptx"), whole("size"), words("sha256", 64), words("file", 80),
			text("uploaded_by", 80), moment("at"), instant("removed_at"), text("removed_by", 80),
		)
		kept.AddIndex("application_files_of", false, "application, question", "")
		kept.AddIndex("application_files_file", true, "file", "")

		tickets := core.NewBaseCollection("upload_tickets")
		tickets.Fields.Add(
			one("application", applications), words("question", 40), words("name", 200), whole("size"),
			text("by", 80), moment("at"), moment("until"),
		)
		tickets.AddIndex("upload_tickets_one", true, "application", "")

		for _, c := range []*core.Collection{kept, tickets} {
			if err := app.Save(c); err != nil {
				return err
			}
		}
		for name, field := range map[string]core.Field{
			"intakes": whole("grace_min"), "application_snapshots": data("files", 50), "extensions": instant("at"),
		} {
			c, err := found(app, name)
			if err != nil {
				return err
			}
			c.Fields.Add(field)
			if err := app.Save(c); err != nil {
				return err
			}
		}
		if err := appendOnly(app, "upload_tickets"); err != nil {
			return err
		}
		return exec(app,
			`CREATE TRIGGER application_files_never_change BEFORE UPDATE ON application_files
			 WHEN OLD.removed_at != '' OR NEW.removed_at = '' OR OLD.application != NEW.application OR OLD.question != NEW.question
				OR OLD.name != NEW.name OR OLD.kind != NEW.kind OR OLD.size != NEW.size OR OLD.sha256 != NEW.sha256
				OR OLD.file != NEW.file OR OLD.uploaded_by != NEW.uploaded_by OR OLD.at != NEW.at
			 BEGIN SELECT RAISE(ABORT, 'a file stays what it was'); END`,
			`CREATE TRIGGER application_files_handed_in BEFORE DELETE ON application_files
			 WHEN EXISTS (SELECT 1 FROM application_snapshots s, json_each(coalesce(nullif(s.files, ''), '[]')) f
				WHERE s.application = OLD.application AND f.value->>'id' = OLD.id)
			 BEGIN SELECT RAISE(ABORT, 'a file that was handed in stays'); END`,
		)
	}, nil)
}
