package site

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/record"
	"vuon/internal/vn"
)

const needsKey = "site.needs"

// Bind keeps what the room needs, puts its laws in place, and keeps two people from overwriting each other's edits.
func Bind(app core.App, needs Needs) {
	app.Store().Set(needsKey, needs)
	record.Guard{ID: "site.holiday", Collection: Holidays.Collection, Law: lawOfHolidays}.Bind(app)
	record.Guard{ID: "site.view", Collection: Views.Collection, Law: viewLaw}.Bind(app)
	bindUnits(app)
	record.Revised(app, Centres.Collection, Holidays.Collection, Views.Collection)
}

// lawOfHolidays keeps days that mean something, where they are. Errors: those of sound, record.rooted.
func lawOfHolidays(e *core.RecordEvent, was *core.Record) error {
	h := Holidays.From(e.Record)
	if was != nil && (Holidays.From(was).Day() != h.Day() || Holidays.From(was).ConfirmedBy() != h.ConfirmedBy()) {
		return fault.Conflict("record.rooted")
	}
	return sound(Entry{h.Day(), h.Kind(), h.Name().VI, h.Name().EN})
}

// sound refuses a day that means nothing: one that no calendar has, one without a name, a working day that is worked to make
// up for another, a weekend that is swapped. Errors: holiday.day, holiday.kind, holiday.name, holiday.makeup, holiday.swap.
func sound(said Entry) error {
	d, err := vn.ParseDay(said.Day)
	if err != nil || d.Year() < vn.FirstYear || d.Year() > vn.LastYear {
		return fault.Field("day", "holiday.day")
	}
	worked := vn.OfficeWeek.Works(d.Weekday())
	switch {
	case !slices.Contains(vn.Kinds, said.Kind):
		return fault.Field("kind", "holiday.kind")
	case said.NameVI == "":
		return fault.Field("name_vi", "holiday.name")
	case said.Kind == vn.Makeup && worked:
		return fault.Field("kind", "holiday.makeup")
	case said.Kind == vn.SwapOff && !worked:
		return fault.Field("kind", "holiday.swap")
	}
	return nil
}

// viewLaw keeps a view its owner's and its page's. Error: record.rooted.
func viewLaw(e *core.RecordEvent, was *core.Record) error {
	if was != nil && !Views.From(e.Record).sameRoots(Views.From(was)) {
		return fault.Conflict("record.rooted")
	}
	return nil
}
