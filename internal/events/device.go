package events

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/record"
)

// Devices are the phones that look at tickets. Whoever holds one needs no account.
var Devices = record.Of[Device]("devices")

// Device is one of them.
type Device struct{ core.BaseRecordProxy }

// EventID is at whose door it stands. It knows of no other event.
func (d *Device) EventID() string { return d.GetString("event") }

// GateID is the gate at which it stands, or empty.
func (d *Device) GateID() string { return d.GetString("gate") }

// Name is what staff call it.
func (d *Device) Name() string { return d.GetString("name") }

// EnrolUntil is until when its code lets it in; zero is not.
func (d *Device) EnrolUntil() time.Time { return d.GetDateTime("enrol_until").Time() }

// EnrolledAt is when a phone took its code; zero is not yet.
func (d *Device) EnrolledAt() time.Time { return d.GetDateTime("enrolled_at").Time() }

// SeenAt is when it was last heard of.
func (d *Device) SeenAt() time.Time { return d.GetDateTime("last_seen_at").Time() }

// SyncedAt is when it last had nothing left to tell.
func (d *Device) SyncedAt() time.Time { return d.GetDateTime("synced_at").Time() }

// Waiting is how many scans it had not told of when it was last heard of.
func (d *Device) Waiting() int { return d.GetInt("waiting") }

// RevokedAt is when it was sent away; zero is not.
func (d *Device) RevokedAt() time.Time { return d.GetDateTime("revoked_at").Time() }

// Revoked says whether it was sent away.
func (d *Device) Revoked() bool { return !d.RevokedAt().IsZero() }

// WipedAt is when it said that it has forgotten everything; zero is not.
func (d *Device) WipedAt() time.Time { return d.GetDateTime("wiped_at").Time() }

// Actor is the device, where it acts.
func (d *Device) Actor() access.Actor { return access.Actor{ID: "device:" + d.Id} }

// DeviceTerms are what staff say of a device; what is nil stays as it is.
type DeviceTerms struct {
	Name *string `json:"name"`
	Gate *string `json:"gate"`
	Rev  int     `json:"rev"`
}

func (d *Device) write(t DeviceTerms) {
	record.At(d, t.Rev)
	if t.Name != nil {
		d.Set("name", strings.Join(strings.Fields(*t.Name), " "))
	}
	if t.Gate != nil {
		d.Set("gate", *t.Gate)
	}
}

// invite lets whoever holds the code become this device, once.
func (d *Device) invite(hash string, until time.Time) {
	d.Set("enrol_hash", hash)
	d.Set("enrol_until", until)
}

// enrol makes the phone that holds the token this device; a phone that was it before is it no more.
func (d *Device) enrol(hash string, now time.Time) {
	d.Set("token_hash", hash)
	d.Set("enrol_hash", "")
	d.Set("enrol_until", "")
	d.Set("enrolled_at", now)
	d.Set("last_seen_at", now)
	d.Set("synced_at", now)
	d.Set("waiting", 0)
	d.Set("wiped_at", "")
}

func (d *Device) revoke(now time.Time) {
	d.Set("revoked_at", now)
	d.Set("enrol_hash", "")
	d.Set("enrol_until", "")
}

func (d *Device) wiped(now time.Time) {
	d.Set("wiped_at", now)
	d.Set("token_hash", "")
}

// added describes a device that is not yet stored.
func added(app core.App, event, by string, t DeviceTerms) (*Device, error) {
	d, err := Devices.New(app)
	if err != nil {
		return nil, err
	}
	d.Set("event", event)
	d.Set("made_by", by)
	d.write(t)
	return d, nil
}
