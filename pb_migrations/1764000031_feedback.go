package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What staff say to applicants again and again.
func init() {
	m.Register(func(app core.App) error {
		texts := core.NewBaseCollection("feedback_texts")
		texts.Fields.Add(
			words("title", 120), option("outcome", "admitted", "rejected", "waitlisted"), words("body", 4000), flag("retired"), rev(),
		)
		dates(texts)
		texts.AddIndex("feedback_texts_title", true, "title", "")
		return app.Save(texts)
	}, nil)
}
