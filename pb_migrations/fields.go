package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// The few kinds of field of which every collection is made. They are part of the frozen history: a later kind is a new
// function, not a change of one of these.

// text is a line or a page of at most max characters; it may be empty.
func text(name string, most int) core.Field { return &core.TextField{Name: name, Max: most} }

// words is text that must not be empty.
func words(name string, most int) core.Field {
	return &core.TextField{Name: name, Max: most, Required: true}
}

// secret is text that the record API never shows, to nobody.
func secret(name string, most int) core.Field {
	return &core.TextField{Name: name, Max: most, Hidden: true}
}

// day is a local calendar day, YYYY-MM-DD, or empty.
func day(name string) core.Field {
	return &core.TextField{Name: name, Pattern: `^(\d{4}-\d{2}-\d{2})?$`}
}

// period is period_key, the key of a reporting period: baseline, 2026-11, 2026-Q4 or 2026.
func period() core.Field {
	return &core.TextField{Name: "period_key", Required: true, Pattern: `^(baseline|\d{4}(-(\d{2}|Q[1-4]))?)$`}
}

// instant is a point in time, stored in UTC, or empty.
func instant(name string) core.Field { return &core.DateField{Name: name} }

// moment is an instant that must be given.
func moment(name string) core.Field { return &core.DateField{Name: name, Required: true} }

// whole is an integer of up to 2^53 − 1, in either direction; 0 when not given.
func whole(name string) core.Field {
	return &core.NumberField{Name: name, OnlyInt: true, Max: types.Pointer(9007199254740991.0), Min: types.Pointer(-9007199254740991.0)}
}

// flag is yes or no; no when not given.
func flag(name string) core.Field { return &core.BoolField{Name: name} }

// choice is exactly one of the values.
func choice(name string, values ...string) core.Field {
	return &core.SelectField{Name: name, Required: true, MaxSelect: 1, Values: values}
}

// option is one of the values, or none.
func option(name string, values ...string) core.Field {
	return &core.SelectField{Name: name, MaxSelect: 1, Values: values}
}

// data is JSON of at most kilo kilobytes.
func data(name string, kilo int64) core.Field {
	return &core.JSONField{Name: name, MaxSize: kilo << 10}
}

// one points at exactly one row of c.
func one(name string, c *core.Collection) core.Field {
	return &core.RelationField{Name: name, CollectionId: c.Id, MaxSelect: 1, Required: true}
}

// many points at any number of rows of c.
func many(name string, c *core.Collection, most int) core.Field {
	return &core.RelationField{Name: name, CollectionId: c.Id, MaxSelect: most}
}

// picture is one image of at most two megabytes; a protected one needs a token to be read.
func picture(name string, protected bool) core.Field {
	return &core.FileField{
		Name: name, MaxSelect: 1, MaxSize: 2 << 20, Protected: protected,
		MimeTypes: []string{"image/png", "image/jpeg", "image/webp"}, Thumbs: []string{"160x160", "640x0"},
	}
}

// rev counts the saves of a row, for those who edit it at the same time.
func rev() core.Field { return &core.NumberField{Name: "rev", OnlyInt: true} }

// dates tell an operator when a row was made and last saved. They decide nothing.
func dates(c *core.Collection) {
	c.Fields.Add(
		&core.AutodateField{Name: "created", OnCreate: true},
		&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
	)
}

// found looks up a collection that an earlier migration made.
func found(app core.App, name string) (*core.Collection, error) {
	return app.FindCollectionByNameOrId(name)
}

// exec runs statements that PocketBase's collections cannot express.
func exec(app core.App, statements ...string) error {
	for _, statement := range statements {
		if _, err := app.DB().NewQuery(statement).Execute(); err != nil {
			return err
		}
	}
	return nil
}

// appendOnly forbids to change or to delete the rows of a table, to everybody and to plain SQL too.
func appendOnly(app core.App, table string) error {
	return exec(app,
		"CREATE TRIGGER "+table+"_never_change BEFORE UPDATE ON "+table+
			" BEGIN SELECT RAISE(ABORT, '"+table+" are append-only'); END",
		"CREATE TRIGGER "+table+"_never_go BEFORE DELETE ON "+table+
			" BEGIN SELECT RAISE(ABORT, '"+table+" are append-only'); END",
	)
}
