package site

import (
	"slices"
	"time"

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
	record.Revised(app, Centres.Collection, Holidays.Collection)
}

// lawOfHolidays keeps days that mean something: a day of the calendar, a name, a weekend where it is worked all the same
// and a working day where it is swapped. A confirmed day stays where it is.
// Errors: holiday.day, holiday.kind, holiday.name, holiday.makeup, holiday.swap, record.rooted.
func lawOfHolidays(e *core.RecordEvent, was *core.Record) error {
	h := Holidays.From(e.Record)
	if was != nil && (Holidays.From(was).Day() != h.Day() || Holidays.From(was).ConfirmedBy() != h.ConfirmedBy()) {
		return fault.Conflict("record.rooted")
	}
	d, err := vn.ParseDay(h.Day())
	if err != nil || d.Year() < vn.FirstYear || d.Year() > vn.LastYear {
		return fault.Field("day", "holiday.day")
	}
	weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
	switch kind := h.Kind(); {
	case !slices.Contains(vn.Kinds, kind):
		return fault.Field("kind", "holiday.kind")
	case h.Name().VI == "":
		return fault.Field("name_vi", "holiday.name")
	case kind == vn.Makeup && !weekend:
		return fault.Field("kind", "holiday.makeup")
	case kind == vn.SwapOff && weekend:
		return fault.Field("kind", "holiday.swap")
	}
	return nil
}
