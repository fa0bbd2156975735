package events

import (
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/web"
)

// headerDevice carries the token of a phone at the door. It is no header that PocketBase reads.
const headerDevice = "Vuon-Device"

// guestsShown is how many guests a door finds by a name.
const guestsShown = 12

// atDevice serves a phone that stands at a door. Errors: device.unknown.
func atDevice(do func(e *core.RequestEvent, d *Device, now time.Time) (any, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		d, err := DeviceOf(e.App, e.Request.Header.Get(headerDevice))
		if err != nil {
			return err
		}
		answer, err := do(e, d, access.Now(e))
		if err != nil {
			return err
		}
		return e.JSON(http.StatusOK, answer)
	}
}

// enrolDevice lets the phone in that sends a code, once. Anybody who has it.
func enrolDevice(e *core.RequestEvent) error {
	said := struct {
		Code string `json:"code"`
	}{}
	if err := web.Body(e, &said); err != nil {
		return err
	}
	d, token, err := EnrolDevice(e.App, said.Code, access.Now(e))
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"id": d.Id, "name": d.Name(), "token": token})
}

// stateOfDoor answers with everything that is small: ?since= names the instant of the answer before, ?left= how many looks the phone
// has still to tell.
func stateOfDoor(e *core.RequestEvent, d *Device, now time.Time) (any, error) {
	query := e.Request.URL.Query()
	since, err := time.Parse(time.RFC3339Nano, query.Get("since"))
	if err != nil {
		since = time.Time{}
	}
	state, err := StateFor(e.Request.Context(), e.App, d, since, now)
	if err != nil {
		return nil, err
	}
	left, err := strconv.Atoi(query.Get("left"))
	if err != nil || left < 0 {
		left = d.Waiting()
	}
	return state, heardOf(e.App, d.Id, left, now)
}

// shelvesOfDoor answers with the tickets of some shelves: ?shelves=0,5,31.
func shelvesOfDoor(e *core.RequestEvent, d *Device, now time.Time) (any, error) {
	var wanted []int
	for part := range strings.SplitSeq(e.Request.URL.Query().Get("shelves"), ",") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil, fault.Field("shelves", "device.shelf")
		}
		wanted = append(wanted, n)
	}
	laid, err := ShelvesFor(e.Request.Context(), e.App, d, wanted, now)
	return map[string]any{"shelves": laid}, err
}

// searchDoor finds guests by a part of a name, without marks: ?q= &list=. Two letters are the least.
func searchDoor(e *core.RequestEvent, d *Device, now time.Time) (any, error) {
	v, err := Events.Find(e.App, d.EventID())
	if err != nil {
		return nil, err
	}
	if err := d.Serves(v, now); err != nil {
		return nil, err
	}
	query := e.Request.URL.Query()
	q := strings.TrimSpace(query.Get("q"))
	if utf8.RuneCountInString(q) < 2 {
		return web.ListOf([]guest{}, ""), nil
	}
	day := ""
	if l, err := CheckinLists.Find(e.App, query.Get("list")); err == nil && l.PerDay() {
		day = locale.Day(now)
	}
	rows, err := guestsNamed(e.Request.Context(), e.App, v.Id, query.Get("list"), day, q, guestsShown)
	return web.ListOf(rows, ""), err
}

// takeScans takes what a phone tells. One that was sent away is heard for a day more, and what it tells waits for staff.
func takeScans(e *core.RequestEvent, d *Device, now time.Time) (any, error) {
	said := struct {
		Scans []Look `json:"scans"`
		Left  int    `json:"left"`
	}{}
	if err := web.Body(e, &said); err != nil {
		return nil, err
	}
	v, err := Events.Find(e.App, d.EventID())
	switch {
	case err != nil:
		return nil, err
	case d.Revoked() && now.After(d.RevokedAt().Add(doorLasts)):
		return nil, fault.Unsigned("device.revoked")
	case now.After(v.EndsAt().Add(lateTales)):
		return nil, fault.Gone("device.over")
	}
	answers, err := TakeLooks(e.App, d, said.Scans, max(0, said.Left), now)
	return map[string]any{"scans": answers, "now": now}, err
}

func leaveDoor(e *core.RequestEvent, d *Device, now time.Time) (any, error) {
	return map[string]bool{"left": true}, LeaveDoor(e.App, d, now)
}
