package site

import (
	"regexp"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"vuon/internal/fault"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// bindUnits puts the laws of administrative units in place.
func bindUnits(app core.App) {
	record.Guard{ID: "site.unit", Collection: AdminUnits.Collection, Law: lawOfUnits}.Bind(app)
	record.Guard{ID: "site.unit_link", Collection: UnitLinks.Collection, Law: lawOfUnitLinks}.Bind(app)
	app.OnRecordDeleteExecute(AdminUnits.Collection).Bind(&hook.Handler[*core.RecordEvent]{
		Id: "site.unit_stays", Priority: 9999, // against every writer: what rests on a unit would rest on nothing
		Func: func(e *core.RecordEvent) error {
			if err := unused(e.App, e.Record.Id); err != nil {
				return err
			}
			return e.Next()
		},
	})
	app.OnRecordDeleteExecute(UnitLinks.Collection).Bind(&hook.Handler[*core.RecordEvent]{
		Id: "site.unit_link_stays", Priority: 9999, // against every writer but the verbs: the rest would not be the whole
		Func: func(e *core.RecordEvent) error {
			if e.Context.Value(succeeding{}) == nil {
				return fault.Conflict("unit.verb_only")
			}
			return e.Next()
		},
	})
	record.Revised(app, AdminUnits.Collection, UnitLinks.Collection)
}

var unitCodes = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]{0,19}$`)

// lawOfUnits keeps units that mean something. Errors: unit.code, unit.level, unit.kind, unit.name, unit.day, unit.inverted,
// unit.parent, unit.came_from, unit.overlap, unit.linked, record.rooted.
func lawOfUnits(e *core.RecordEvent, was *core.Record) error {
	u := AdminUnits.From(e.Record).Plain()
	kinds, known := unitKinds[u.Level]
	switch {
	case was != nil && AdminUnits.From(was).Plain().Level != u.Level:
		return fault.Conflict("record.rooted")
	case !unitCodes.MatchString(u.Code):
		return fault.Field("code", "unit.code")
	case !known:
		return fault.Field("level", "unit.level")
	case !slices.Contains(kinds, u.Kind):
		return fault.Field("kind", "unit.kind")
	case u.Name == "":
		return fault.Field("name", "unit.name")
	}
	for field, day := range map[string]string{"valid_from": u.From, "valid_to": u.To} {
		if _, err := vn.ParseDay(day); day != "" && err != nil {
			return fault.Field(field, "unit.day")
		}
	}
	if u.To != "" && u.To < u.From {
		return fault.Field("valid_to", "unit.inverted")
	}
	if err := around(e.App, u); err != nil {
		return err
	}
	namesakes, err := AdminUnits.All(e.App, dbx.NewExp("code = {:code} COLLATE NOCASE AND id != {:id}", dbx.Params{"code": u.Code, "id": u.ID}))
	if err != nil {
		return err
	}
	for _, other := range namesakes {
		if o := other.Plain(); (o.To == "" || u.From <= o.To) && (u.To == "" || o.From <= u.To) {
			return fault.Field("code", "unit.overlap", "name", o.Name)
		}
	}
	links, err := linksOf(e.App, u.ID)
	if err != nil {
		return err
	}
	for _, row := range links {
		if l := row.Plain(); l.Old == u.ID && !meets(u.To, l.On) || l.New == u.ID && u.From != l.On {
			return fault.Conflict("unit.linked")
		}
	}
	AdminUnits.From(e.Record).refreshKeys()
	return nil
}

// around refuses a wider unit that is none, or that had ended when the unit began; and an earlier one that had not.
func around(app core.App, u vn.Unit) error {
	wider := func(id string) (vn.Unit, bool, error) {
		row, err := AdminUnits.Find(app, id)
		if fault.Code(err) == "record.not_found" {
			return vn.Unit{}, false, nil
		}
		if err != nil {
			return vn.Unit{}, false, err
		}
		p := row.Plain()
		return p, slices.Index(vn.UnitLevels, p.Level) < slices.Index(vn.UnitLevels, u.Level), nil
	}
	if u.Parent != "" {
		p, fits, err := wider(u.Parent)
		switch {
		case err != nil:
			return err
		case !fits, p.To != "" && p.To < u.From, u.To != "" && u.To < p.From:
			return fault.Field("parent", "unit.parent")
		}
	}
	if u.CameFrom != "" {
		p, fits, err := wider(u.CameFrom)
		switch {
		case err != nil:
			return err
		case !fits, p.To == "", p.To >= u.From:
			return fault.Field("came_from", "unit.came_from")
		}
	}
	return nil
}

// lawOfUnitLinks lets a link lead from a unit that has ended to one of its level that began the day after, by a verb alone.
// Errors: unit.verb_only, unit.shares, unit.level_link, unit.order.
func lawOfUnitLinks(e *core.RecordEvent, _ *core.Record) error {
	l := UnitLinks.From(e.Record).Plain()
	if e.Context.Value(succeeding{}) == nil {
		return fault.Conflict("unit.verb_only")
	}
	if l.Share <= 0 || l.Share > vn.WholeShare {
		return fault.Field("parts", "unit.shares")
	}
	old, err := AdminUnits.Find(e.App, l.Old)
	if err != nil {
		return err
	}
	if !meets(old.Plain().To, l.On) {
		return fault.Field("parts", "unit.order")
	}
	if l.New == "" {
		return nil
	}
	next, err := AdminUnits.Find(e.App, l.New)
	switch {
	case err != nil:
		return err
	case next.Plain().Level != old.Plain().Level:
		return fault.Field("parts", "unit.level_link")
	case next.Plain().From != l.On:
		return fault.Field("parts", "unit.order")
	}
	return nil
}

// meets says whether a unit that stood for the last time on a day ends where new boundaries begin.
func meets(last, on string) bool {
	before, err := dayBefore(on)
	return err == nil && last == before
}

// unused refuses to take away a unit that something rests on. Error: unit.in_use.
func unused(app core.App, id string) error {
	n, err := restingOn(app, id)
	if err != nil {
		return err
	}
	for _, count := range asked(app).Declared {
		more, err := count(app, id)
		if err != nil {
			return err
		}
		n += more
	}
	if n > 0 {
		return fault.Conflict("unit.in_use")
	}
	return nil
}
