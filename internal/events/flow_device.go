package events

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

const (
	enrolLasts = 30 * time.Minute // how long the code of a phone holds
	enrolSize  = 12               // letters of it: nobody guesses one of 31¹² within half an hour
	doorLasts  = 24 * time.Hour   // after its event a phone forgets everything
	lateTales  = 30 * 24 * time.Hour
)

// doorLetters are those that nobody takes for one another.
const doorLetters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

// AddDevice prepares a phone for the door of an event, and draws the code with which it comes in: once, within half an hour. Staff
// over the event. Errors: access.sign_in, record.not_found, device.name, device.gate.
func AddDevice(app core.App, by access.Actor, event string, t DeviceTerms, now time.Time) (d *Device, code string, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if err := mayKeepDoor(tx, by, event); err != nil {
			return err
		}
		if d, err = added(tx, event, by.ID, t); err != nil {
			return err
		}
		if code, err = enrolCode(asked(app).Random); err != nil {
			return err
		}
		d.invite(hashOf(code), now.Add(enrolLasts))
		return furnish(tx, by, Devices.Collection, d, now)
	})
	if err != nil {
		return nil, "", err
	}
	return d, code, nil
}

// InviteDevice draws another code for a phone: the first was not used in time, or another phone takes its place. Staff over its event.
// Errors: access.sign_in, record.not_found, device.revoked.
func InviteDevice(app core.App, by access.Actor, id string, now time.Time) (d *Device, code string, err error) {
	d, err = atDoor(app, by, Devices, id, "invite", now, func(_ core.App, d *Device) error {
		if d.Revoked() {
			return fault.Conflict("device.revoked")
		}
		if code, err = enrolCode(asked(app).Random); err != nil {
			return err
		}
		d.invite(hashOf(code), now.Add(enrolLasts))
		return nil
	})
	if err != nil {
		return nil, "", err
	}
	return d, code, nil
}

// ChangeDevice names a phone, or sets it at another gate. Staff over its event. Errors: as AddDevice, and record.stale.
func ChangeDevice(app core.App, by access.Actor, id string, t DeviceTerms, now time.Time) (*Device, error) {
	return atDoor(app, by, Devices, id, "change", now, func(_ core.App, d *Device) error {
		d.write(t)
		return nil
	})
}

// RevokeDevice sends a phone away that was lost: it learns nothing more, and what it still tells waits for staff. Staff over its
// event. Errors: access.sign_in, record.not_found, device.revoked.
func RevokeDevice(app core.App, by access.Actor, id string, now time.Time) (*Device, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	return record.Change(app, Devices, id, func(tx core.App, d *Device) error {
		if err := mayKeepDoor(tx, by, d.EventID()); err != nil {
			return err
		}
		if d.Revoked() {
			return fault.Conflict("device.revoked")
		}
		d.revoke(now)
		if err := tx.Save(d); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Devices.Collection, d.Id, "revoke")
	})
}

// EnrolDevice makes the phone that holds a code the device it was drawn for, and gives it its token. The code holds once. Anybody
// who has the code. Error: device.code.
func EnrolDevice(app core.App, code string, now time.Time) (d *Device, token string, err error) {
	code = strings.ToUpper(strings.Join(strings.FieldsFunc(code, func(r rune) bool { return r == ' ' || r == '-' }), ""))
	if len(code) != enrolSize {
		return nil, "", fault.Field("code", "device.code")
	}
	err = app.RunInTransaction(func(tx core.App) error {
		d, err = Devices.First(tx, dbx.HashExp{"enrol_hash": hashOf(code)})
		switch {
		case fault.Code(err) == "record.not_found":
			return fault.Field("code", "device.code")
		case err != nil:
			return err
		case d.Revoked() || !now.Before(d.EnrolUntil()):
			return fault.Field("code", "device.code")
		}
		raw := make([]byte, 32)
		if _, err := io.ReadFull(asked(app).Random, raw); err != nil {
			return fmt.Errorf("draw a token: %w", err)
		}
		token = base64.RawURLEncoding.EncodeToString(raw)
		d.enrol(hashOf(token), now)
		if err := tx.Save(d); err != nil {
			return err
		}
		return lifecycle.Note(tx, d.Actor(), now, Devices.Collection, d.Id, "enrol")
	})
	if err != nil {
		return nil, "", err
	}
	return d, token, nil
}

// DeviceOf is the phone that holds a token, revoked or not. Error: device.unknown.
func DeviceOf(app core.App, token string) (*Device, error) {
	if token == "" {
		return nil, fault.Unsigned("device.unknown")
	}
	d, err := Devices.First(app, dbx.HashExp{"token_hash": hashOf(token)})
	if fault.Code(err) == "record.not_found" {
		return nil, fault.Unsigned("device.unknown")
	}
	return d, err
}

// Serves says whether a phone may learn of its event at now: not once it was sent away, and not a day after the event.
// Errors: device.revoked, device.over.
func (d *Device) Serves(v *Event, now time.Time) error {
	switch {
	case d.Revoked():
		return fault.Unsigned("device.revoked")
	case !now.Before(v.EndsAt().Add(doorLasts)):
		return fault.Gone("device.over")
	}
	return nil
}

// LeaveDoor notes that a phone has forgotten everything. Its token holds no more.
func LeaveDoor(app core.App, d *Device, now time.Time) error {
	return app.RunInTransaction(func(tx core.App) error {
		d, err := Devices.Find(tx, d.Id)
		if err != nil {
			return err
		}
		d.wiped(now)
		if err := tx.Save(d); err != nil {
			return err
		}
		return lifecycle.Note(tx, d.Actor(), now, Devices.Collection, d.Id, "wipe")
	})
}

func enrolCode(random io.Reader) (string, error) {
	code, one := make([]byte, 0, enrolSize), make([]byte, 1)
	for len(code) < enrolSize {
		if _, err := io.ReadFull(random, one); err != nil {
			return "", fmt.Errorf("draw a code: %w", err)
		}
		if most := 256 / len(doorLetters) * len(doorLetters); int(one[0]) < most { // each letter as likely as another
			code = append(code, doorLetters[int(one[0])%len(doorLetters)])
		}
	}
	return string(code), nil
}

func hashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}
