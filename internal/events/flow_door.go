package events

import (
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// mayKeepDoor permits staff and managers over an event to furnish its door. To everybody else it does not exist.
// Errors: access.sign_in, record.not_found.
func mayKeepDoor(app core.App, by access.Actor, event string) error {
	if err := access.MayWorkOn(by, PathOf(event)...); err != nil {
		return err
	}
	_, err := Events.Find(app, event)
	return err
}

// atDoor lets staff over its event write a row of the door, and tells the journal.
func atDoor[P interface {
	core.RecordProxy
	EventID() string
}](app core.App, by access.Actor, kind record.Kind[P], id, verb string, now time.Time, do func(core.App, P) error,
) (P, error) {
	if err := access.MaySignedIn(by); err != nil {
		return *new(P), err
	}
	return record.Change(app, kind, id, func(tx core.App, row P) error {
		if err := mayKeepDoor(tx, by, row.EventID()); err != nil {
			return err
		}
		if err := do(tx, row); err != nil {
			return err
		}
		changed := record.Changed(row)
		if err := tx.Save(row.ProxyRecord()); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, kind.Collection, row.ProxyRecord().Id, verb, lifecycle.With(map[string]any{"fields": changed}))
	})
}

// furnish stores a new row of the door, and tells the journal.
func furnish(tx core.App, by access.Actor, collection string, row core.RecordProxy, now time.Time) error {
	if err := tx.Save(row.ProxyRecord()); err != nil {
		return err
	}
	return lifecycle.Note(tx, by, now, collection, row.ProxyRecord().Id, "add")
}

// MakeList opens a list at the door of an event: entry once for every ticket, where nothing else is said. Staff over the event.
// Errors: access.sign_in, record.not_found, and those of the guard.
func MakeList(app core.App, by access.Actor, event string, t ListTerms, now time.Time) (l *CheckinList, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if err := mayKeepDoor(tx, by, event); err != nil {
			return err
		}
		if l, err = opened(tx, event, t); err != nil {
			return err
		}
		return furnish(tx, by, CheckinLists.Collection, l, now)
	})
	if err != nil {
		return nil, err
	}
	return l, nil
}

// ChangeList changes what a list lets in. Staff over its event. Errors: as MakeList, and record.stale.
func ChangeList(app core.App, by access.Actor, id string, t ListTerms, now time.Time) (*CheckinList, error) {
	return atDoor(app, by, CheckinLists, id, "change", now, func(_ core.App, l *CheckinList) error {
		l.write(t)
		return nil
	})
}

// DropList takes a list away at which nobody was scanned. Staff over its event. Errors: access.sign_in, record.not_found,
// checkin_list.used.
func DropList(app core.App, by access.Actor, id string, now time.Time) error {
	return app.RunInTransaction(func(tx core.App) error {
		if err := access.MaySignedIn(by); err != nil {
			return err
		}
		l, err := CheckinLists.Find(tx, id)
		if err != nil {
			return err
		}
		if err := mayKeepDoor(tx, by, l.EventID()); err != nil {
			return err
		}
		switch n, err := tx.CountRecords(Scans.Collection, dbx.HashExp{"list": id}); {
		case err != nil:
			return err
		case n > 0:
			return fault.Conflict("checkin_list.used")
		}
		if err := tx.Delete(l); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, CheckinLists.Collection, id, "drop")
	})
}

// MakeGate adds a gate to an event. Staff over the event. Errors: access.sign_in, record.not_found, gate.name, gate.twice.
func MakeGate(app core.App, by access.Actor, event, name string, now time.Time) (g *Gate, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if err := mayKeepDoor(tx, by, event); err != nil {
			return err
		}
		if g, err = built(tx, event, name); err != nil {
			return err
		}
		return furnish(tx, by, Gates.Collection, g, now)
	})
	if err != nil {
		return nil, err
	}
	return g, nil
}

// RenameGate calls a gate otherwise. Staff over its event. Errors: as MakeGate, and record.stale.
func RenameGate(app core.App, by access.Actor, id, name string, rev int, now time.Time) (*Gate, error) {
	return atDoor(app, by, Gates, id, "change", now, func(_ core.App, g *Gate) error {
		g.rename(name, rev)
		return nil
	})
}
