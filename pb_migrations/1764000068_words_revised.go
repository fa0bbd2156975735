package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A correction keeps what an accepted report said in words, too. One that was made before that says nothing of them: they had not changed.
func init() {
	m.Register(func(app core.App) error {
		revisions, err := found(app, "report_revisions")
		if err != nil {
			return err
		}
		revisions.Fields.Add(data("answers", 128))
		return app.Save(revisions)
	}, nil)
}
