package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What judges and staff say to one another about a subject. Nothing said is changed; it may be taken back, and is marked so.
func init() {
	m.Register(func(app core.App) error {
		users, err := found(app, "users")
		if err != nil {
			return err
		}
		rounds, err := found(app, "rounds")
		if err != nil {
			return err
		}
		comments := core.NewBaseCollection("panel_comments")
		comments.Fields.Add(
			one("round", rounds), choice("subject_type", "application", "entry"), words("subject", 15), one("author", users),
			words("body", 4000), moment("at"), instant("withdrawn_at"),
		)
		comments.AddIndex("panel_comments_subject", false, "subject_type, subject, round, at", "")
		if err := app.Save(comments); err != nil {
			return err
		}
		return exec(app,
			`CREATE TRIGGER panel_comments_never_change BEFORE UPDATE ON panel_comments
			 WHEN NEW.round != OLD.round OR NEW.subject_type != OLD.subject_type OR NEW.subject != OLD.subject OR NEW.author != OLD.author
				OR NEW.body != OLD.body OR NEW.at != OLD.at OR OLD.withdrawn_at != ''
			 BEGIN SELECT RAISE(ABORT, 'panel_comments are append-only'); END`,
			`CREATE TRIGGER panel_comments_never_go BEFORE DELETE ON panel_comments
			 BEGIN SELECT RAISE(ABORT, 'panel_comments are append-only'); END`,
		)
	}, nil)
}
