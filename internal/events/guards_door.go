package events

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/record"
)

// bindDoor puts the laws of the door in place.
func bindDoor(app core.App) {
	for _, g := range []record.Guard{
		{ID: "events.list", Collection: CheckinLists.Collection, Law: listLaw},
		{ID: "events.gate", Collection: Gates.Collection, Law: gateLaw},
		{ID: "events.device", Collection: Devices.Collection, Law: deviceLaw},
	} {
		g.Bind(app)
	}
	record.Revised(app, CheckinLists.Collection, Gates.Collection, Devices.Collection)
}

// listLaw keeps a list at its event, and what it counted as it counted it. Errors: checkin_list.rooted, checkin_list.name,
// checkin_list.entries, checkin_list.times, checkin_list.types, checkin_list.counted.
func listLaw(e *core.RecordEvent, was *core.Record) error {
	l := CheckinLists.From(e.Record)
	switch {
	case was != nil && l.EventID() != CheckinLists.From(was).EventID():
		return fault.Conflict("checkin_list.rooted")
	case l.Name() == "":
		return fault.Field("name", "checkin_list.name")
	case l.MaxEntries() < 0 || l.MaxEntries() > 1000:
		return fault.Field("max_entries", "checkin_list.entries")
	case !l.OpensAt().IsZero() && !l.ClosesAt().IsZero() && !l.ClosesAt().After(l.OpensAt()):
		return fault.Field("closes_at", "checkin_list.times")
	}
	for _, id := range l.Types() {
		if y, err := Types.Find(e.App, id); err != nil || y.EventID() != l.EventID() {
			return fault.Field("types", "checkin_list.types")
		}
	}
	if was == nil || l.sameCount(CheckinLists.From(was)) {
		return nil
	}
	used, err := wasScanned(e.App, l.Id)
	if err == nil && used {
		err = fault.Field("max_entries", "checkin_list.counted")
	}
	return err
}

// gateLaw keeps a gate at its event, and no two of one name. Errors: gate.rooted, gate.name, gate.twice.
func gateLaw(e *core.RecordEvent, was *core.Record) error {
	g := Gates.From(e.Record)
	switch {
	case was != nil && g.EventID() != Gates.From(was).EventID():
		return fault.Conflict("gate.rooted")
	case g.Name() == "":
		return fault.Field("name", "gate.name")
	}
	twice, err := gateNamed(e.App, g)
	if err == nil && twice {
		err = fault.Field("name", "gate.twice")
	}
	return err
}

// deviceLaw keeps a phone at its event and at one of its gates. Errors: device.rooted, device.name, device.gate.
func deviceLaw(e *core.RecordEvent, was *core.Record) error {
	d := Devices.From(e.Record)
	switch {
	case was != nil && (d.EventID() != Devices.From(was).EventID() || Devices.From(was).Revoked() && !d.Revoked()):
		return fault.Conflict("device.rooted")
	case d.Name() == "":
		return fault.Field("name", "device.name")
	case d.GateID() == "":
		return nil
	}
	if g, err := Gates.Find(e.App, d.GateID()); err != nil || g.EventID() != d.EventID() {
		return fault.Field("gate", "device.gate")
	}
	return nil
}

// doorAudiences say who may know that something has changed at a door: whoever works for the event.
func doorAudiences() map[string]func(core.App, *core.Record) access.Audience {
	of := func(event func(*core.Record) string) func(core.App, *core.Record) access.Audience {
		return func(_ core.App, row *core.Record) access.Audience {
			return access.Audience{Roles: []access.Role{access.Staff, access.Manager}, Path: PathOf(event(row))}
		}
	}
	return map[string]func(core.App, *core.Record) access.Audience{
		CheckinLists.Collection: of(func(r *core.Record) string { return CheckinLists.From(r).EventID() }),
		Gates.Collection:        of(func(r *core.Record) string { return Gates.From(r).EventID() }),
		Devices.Collection:      of(func(r *core.Record) string { return Devices.From(r).EventID() }),
		Scans.Collection:        of(func(r *core.Record) string { return Scans.From(r).EventID() }),
	}
}
