package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The centre itself: its name and how to reach it. One row, for no name of a centre stands in code.
func init() {
	m.Register(func(app core.App) error {
		centre := core.NewBaseCollection("centre")
		centre.Fields.Add(
			choice("singleton", "the"), words("name_vi", 200), text("name_en", 200), text("short", 40),
			text("area_vi", 120), text("area_en", 120), text("address_vi", 300), text("address_en", 300),
			&core.EmailField{Name: "email"}, text("phone", 40), &core.URLField{Name: "website"}, picture("logo", false),
			text("tagline_vi", 300), text("tagline_en", 300), secret("bank_account", 400), rev(),
		)
		dates(centre)
		centre.AddIndex("centre_one", true, "singleton", "")
		if err := app.Save(centre); err != nil {
			return err
		}
		return exec(app,
			`INSERT INTO centre (id, singleton, name_vi, name_en, short, rev) VALUES
			 ('thecentre000000', 'the', 'Trung tâm đổi mới sáng tạo', 'Innovation centre', 'Vườn', 1)`,
			`CREATE TRIGGER centre_stays BEFORE DELETE ON centre
			 BEGIN SELECT RAISE(ABORT, 'there is always a centre'); END`,
		)
	}, nil)
}
