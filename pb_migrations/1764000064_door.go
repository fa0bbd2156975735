package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The door of an event: at which gates who may come in with what, the phones that look at tickets, the keys with which tickets
// are signed, and every scan that was ever made.
func init() {
	m.Register(func(app core.App) error {
		events, err := found(app, "events")
		if err != nil {
			return err
		}
		types, err := found(app, "ticket_types")
		if err != nil {
			return err
		}
		tickets, err := found(app, "tickets")
		if err != nil {
			return err
		}
		anyone := func(name string, c *core.Collection) core.Field {
			return &core.RelationField{Name: name, CollectionId: c.Id, MaxSelect: 1}
		}

		lists := core.NewBaseCollection("checkin_lists")
		lists.Fields.Add(
			one("event", events), words("name", 120), many("types", types, 50), whole("max_entries"), flag("per_day"),
			instant("opens_at"), instant("closes_at"), rev(),
		)
		dates(lists)
		lists.AddIndex("checkin_lists_event", false, "event, name", "")

		gates := core.NewBaseCollection("gates")
		gates.Fields.Add(one("event", events), words("name", 80), rev())
		dates(gates)
		gates.AddIndex("gates_once", true, "event, name", "")

		keys := core.NewBaseCollection("event_keys")
		keys.Fields.Add(
			one("event", events), words("kid", 8), words("public", 60), secret("private", 400), secret("sealed_with", 40),
			moment("not_after"), instant("retired_at"),
		)
		dates(keys)
		keys.AddIndex("event_keys_kid", true, "kid", "")
		keys.AddIndex("event_keys_event", false, "event", "")
		for _, c := range []*core.Collection{lists, gates, keys} {
			if err := app.Save(c); err != nil {
				return err
			}
		}

		devices := core.NewBaseCollection("devices")
		devices.Fields.Add(
			one("event", events), anyone("gate", gates), words("name", 80), secret("token_hash", 64), secret("enrol_hash", 64),
			instant("enrol_until"), instant("enrolled_at"), instant("last_seen_at"), instant("synced_at"), whole("waiting"),
			instant("revoked_at"), instant("wiped_at"), text("made_by", 80), rev(),
		)
		dates(devices)
		devices.AddIndex("devices_event", false, "event, name, id", "")
		devices.AddIndex("devices_token", true, "token_hash", "token_hash != ''")
		devices.AddIndex("devices_enrol", true, "enrol_hash", "enrol_hash != ''")
		if err := app.Save(devices); err != nil {
			return err
		}

		results := []string{
			"ok", "already", "not_inside", "unpaid", "void", "suspended", "revoked", "expired", "forged", "other_event", "unknown", "unlisted",
			"wrong_type", "wrong_day", "closed", "quarantined",
		}
		scans := core.NewBaseCollection("scans")
		scans.Fields.Add(
			words("nonce", 40), one("event", events), one("list", lists), anyone("gate", gates), one("device", devices), anyone("ticket", tickets),
			day("day"), choice("kind", "entry", "exit"), moment("said_at"), moment("scanned_at"), moment("received_at"), whole("seq"),
			choice("result", results...), option("finding", results...), flag("offline"), flag("forced"), flag("conflict"),
			text("resolved_by", 80), instant("resolved_at"), option("resolution", "same_person", "let_in", "turned_away", "misuse"), text("note", 500),
		)
		scans.AddIndex("scans_nonce", true, "nonce", "")
		scans.AddIndex("scans_ticket", false, "ticket, list, day", "ticket != ''")
		scans.AddIndex("scans_event", false, "event, scanned_at, id", "")
		scans.AddIndex("scans_conflict", false, "event, scanned_at, id", "conflict = 1")

		presences := core.NewBaseCollection("presences")
		presences.Fields.Add(
			one("event", events), one("ticket", tickets), one("list", lists), day("day"), whole("entries"), flag("inside"),
			instant("first_at"), text("first_gate", 80), instant("changed_at"),
		)
		presences.AddIndex("presences_once", true, "ticket, list, day", "")
		presences.AddIndex("presences_changed", false, "event, changed_at", "")
		presences.AddIndex("presences_list", false, "list, day, inside", "")
		for _, c := range []*core.Collection{scans, presences} {
			if err := app.Save(c); err != nil {
				return err
			}
		}
		return exec(app,
			`CREATE TRIGGER scans_stay BEFORE UPDATE ON scans WHEN OLD.nonce != NEW.nonce OR OLD.event != NEW.event OR OLD.list != NEW.list
				OR OLD.gate != NEW.gate OR OLD.device != NEW.device OR OLD.ticket != NEW.ticket OR OLD.day != NEW.day OR OLD.kind != NEW.kind
				OR OLD.said_at != NEW.said_at OR OLD.scanned_at != NEW.scanned_at OR OLD.received_at != NEW.received_at OR OLD.seq != NEW.seq
				OR OLD.result != NEW.result OR OLD.offline != NEW.offline OR OLD.forced != NEW.forced
			 BEGIN SELECT RAISE(ABORT, 'what was scanned stays as it was scanned'); END`,
			`CREATE TRIGGER scans_never_go BEFORE DELETE ON scans BEGIN SELECT RAISE(ABORT, 'scans stay'); END`,
			`CREATE TRIGGER presences_never_go BEFORE DELETE ON presences BEGIN SELECT RAISE(ABORT, 'who came stays'); END`,
			`CREATE TRIGGER event_keys_stay BEFORE UPDATE ON event_keys WHEN OLD.event != NEW.event OR OLD.kid != NEW.kid OR OLD.public != NEW.public
				OR OLD.not_after != NEW.not_after OR OLD.retired_at != '' AND OLD.retired_at != NEW.retired_at
			 BEGIN SELECT RAISE(ABORT, 'a key stays what it was'); END`,
			`CREATE TRIGGER event_keys_never_go BEFORE DELETE ON event_keys BEGIN SELECT RAISE(ABORT, 'keys stay'); END`,
			`CREATE TRIGGER checkin_lists_never_go BEFORE DELETE ON checkin_lists WHEN EXISTS (SELECT 1 FROM scans WHERE list = OLD.id)
			 BEGIN SELECT RAISE(ABORT, 'a list that was used stays'); END`,
			`CREATE TRIGGER devices_never_go BEFORE DELETE ON devices BEGIN SELECT RAISE(ABORT, 'devices stay'); END`,
		)
	}, nil)
}
