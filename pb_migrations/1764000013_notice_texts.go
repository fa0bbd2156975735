package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What managers have people told in words of their own.
func init() {
	m.Register(func(app core.App) error {
		texts := core.NewBaseCollection("notice_texts")
		texts.Fields.Add(words("kind", 60), choice("lang", "vi", "en"), text("subject", 160), words("body", 4000), text("button", 60), rev())
		dates(texts)
		texts.AddIndex("notice_texts_one", true, "kind, lang", "")
		return app.Save(texts)
	}, nil)
}
