package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/housetest"
)

// ofDoor is a scene at the door of an event; of names the row in the path.
func ofDoor(body string, of func(testing.TB, core.App, *housetest.Door, time.Time) string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		now := time.Now()
		d := housetest.AtTheDoor(t, house, 2, now)
		id := d.Event.Id
		if of != nil {
			id = of(t, house, d, now)
		}
		return scene{path: map[string]string{"id": id}, over: access.Scope{Type: access.Event, ID: d.Event.Id}, body: strings.ReplaceAll(body, "LIST", d.List.Id)}
	}
}

func theList(_ testing.TB, _ core.App, d *housetest.Door, _ time.Time) string { return d.List.Id }

func theGate(_ testing.TB, _ core.App, d *housetest.Door, _ time.Time) string { return d.Gates[0].Id }

func thePhone(t testing.TB, house core.App, d *housetest.Door, now time.Time) string {
	phone, _ := d.Phone(t, house, 0, now)
	return phone.Id
}

// theConflict is a scan by which somebody was let in against what the house knew.
func theConflict(t testing.TB, house core.App, d *housetest.Door, now time.Time) string {
	phone, _ := d.Phone(t, house, 0, now)
	for _, nonce := range []string{"one", "two"} {
		l := d.Shows(t, house, 0, nonce, now)
		l.Forced = true
		_, err := events.TakeLooks(house, phone, []events.Look{l}, 0, now)
		housetest.Refused(t, err, "")
	}
	s, err := house.FindFirstRecordByData("scans", "conflict", true)
	housetest.Refused(t, err, "")
	return s.Id
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/events/{id}/door":           ofDoor("", nil),
	"POST /api/vuon/events/{id}/checkin-lists": ofDoor(`{"name":"Hội thảo"}`, nil),
	"PATCH /api/vuon/checkin-lists/{id}":       ofDoor(`{"name":"Khác"}`, theList),
	"DELETE /api/vuon/checkin-lists/{id}":      ofDoor("", theList),
	"POST /api/vuon/events/{id}/gates":         ofDoor(`{"name":"Cổng C"}`, nil),
	"PATCH /api/vuon/gates/{id}":               ofDoor(`{"name":"Cổng chính"}`, theGate),
	"POST /api/vuon/events/{id}/devices":       ofDoor(`{"name":"Máy 9"}`, nil),
	"PATCH /api/vuon/devices/{id}":             ofDoor(`{"name":"Máy 8"}`, thePhone),
	"POST /api/vuon/devices/{id}/invite":       ofDoor("{}", thePhone),
	"POST /api/vuon/devices/{id}/revoke":       ofDoor("{}", thePhone),
	"GET /api/vuon/events/{id}/scans":          ofDoor("", nil),
	"POST /api/vuon/scans/{id}/settle":         ofDoor(`{"resolution":"same_person"}`, theConflict),
	"POST /api/vuon/events/{id}/retire-keys":   ofDoor(`{"reason":"lộ khóa"}`, nil),

	"POST /api/vuon/door/enrol":  ofDoor(`{"code":"222222222222"}`, nil),
	"GET /api/vuon/door":         ofDoor("", nil),
	"GET /api/vuon/door/tickets": ofDoor("", nil),
	"GET /api/vuon/door/search":  ofDoor("", nil),
	"POST /api/vuon/door/scans":  ofDoor(`{"scans":[]}`, nil),
	"POST /api/vuon/door/leave":  ofDoor("{}", nil),

	"GET /checkin":                 ofDoor("", nil),
	"GET /checkin/{$}":             checkinPage,
	"GET /checkin/sw.js":           ofDoor("", nil),
	"GET /checkin/app.webmanifest": ofDoor("", nil),
})

// checkinPage is the page of the phones, whose pattern ends in a sign that no address has.
func checkinPage(t testing.TB, house core.App) scene {
	s := ofDoor("", nil)(t, house)
	s.path["$"] = ""
	return s
}
