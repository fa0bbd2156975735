package events

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events/qr"
	"vuon/internal/record"
	"vuon/internal/web"
)

// doorRoutes are those over the door: staff's, and the phones' own.
func doorRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/events/{id}/door":           showDoor,
		"POST /api/vuon/events/{id}/checkin-lists": doorVerb(makeList),
		"PATCH /api/vuon/checkin-lists/{id}":       doorVerb(changeList),
		"DELETE /api/vuon/checkin-lists/{id}":      doorVerb(dropList),
		"POST /api/vuon/events/{id}/gates":         doorVerb(makeGate),
		"PATCH /api/vuon/gates/{id}":               doorVerb(renameGate),
		"POST /api/vuon/events/{id}/devices":       doorVerb(addDevice),
		"PATCH /api/vuon/devices/{id}":             doorVerb(changeDevice),
		"POST /api/vuon/devices/{id}/invite":       doorVerb(inviteDevice),
		"POST /api/vuon/devices/{id}/revoke":       doorVerb(revokeDevice),
		"GET /api/vuon/events/{id}/scans":          listScans,
		"POST /api/vuon/scans/{id}/settle":         doorVerb(settleScan),
		"POST /api/vuon/events/{id}/retire-keys":   doorVerb(retireKeys),

		"POST /api/vuon/door/enrol":  enrolDevice,
		"GET /api/vuon/door":         atDevice(stateOfDoor),
		"GET /api/vuon/door/tickets": atDevice(shelvesOfDoor),
		"GET /api/vuon/door/search":  atDevice(searchDoor),
		"POST /api/vuon/door/scans":  atDevice(takeScans),
		"POST /api/vuon/door/leave":  atDevice(leaveDoor),

		"GET /checkin":                 toCheckin,
		"GET /checkin/{$}":             showCheckin,
		"GET /checkin/sw.js":           showWorker,
		"GET /checkin/app.webmanifest": showManifest,
	}
}

// isSecretDoor says whether the answer to a path carries what lets a phone in.
func isSecretDoor(path string) bool {
	return strings.HasPrefix(path, "/api/vuon/events/") && strings.HasSuffix(path, "/devices") ||
		strings.HasPrefix(path, "/api/vuon/devices/") && strings.HasSuffix(path, "/invite") || strings.HasPrefix(path, "/api/vuon/door/")
}

// doorSaid is what staff send about the door; a verb reads what it needs.
type doorSaid struct {
	ListTerms
	Gate       *string `json:"gate"`
	Reason     string  `json:"reason"`
	Resolution string  `json:"resolution"`
	Note       string  `json:"note"`
}

func (s doorSaid) device() DeviceTerms { return DeviceTerms{Name: s.Name, Gate: s.Gate, Rev: s.Rev} }

func (s doorSaid) called() string {
	if s.Name == nil {
		return ""
	}
	return *s.Name
}

// doorVerb answers with what a verb of staff makes of the row in the path.
func doorVerb(do func(app core.App, by access.Actor, id string, said doorSaid, now time.Time) (any, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		by, now, err := access.Of(e)
		if err != nil {
			return err
		}
		said := doorSaid{}
		if err := web.Body(e, &said); err != nil {
			return err
		}
		answer, err := do(e.App, by, e.Request.PathValue("id"), said, now)
		if err != nil {
			return err
		}
		return e.JSON(http.StatusOK, answer)
	}
}

// kept names a row that was written, and its revision.
func kept[P core.RecordProxy](row P, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return map[string]any{"id": row.ProxyRecord().Id, "rev": record.Rev(row)}, nil
}

func makeList(app core.App, by access.Actor, id string, said doorSaid, now time.Time) (any, error) {
	return kept(MakeList(app, by, id, said.ListTerms, now))
}

func changeList(app core.App, by access.Actor, id string, said doorSaid, now time.Time) (any, error) {
	return kept(ChangeList(app, by, id, said.ListTerms, now))
}

func dropList(app core.App, by access.Actor, id string, _ doorSaid, now time.Time) (any, error) {
	return map[string]bool{"dropped": true}, DropList(app, by, id, now)
}

func makeGate(app core.App, by access.Actor, id string, said doorSaid, now time.Time) (any, error) {
	return kept(MakeGate(app, by, id, said.called(), now))
}

func renameGate(app core.App, by access.Actor, id string, said doorSaid, now time.Time) (any, error) {
	return kept(RenameGate(app, by, id, said.called(), said.Rev, now))
}

func addDevice(app core.App, by access.Actor, id string, said doorSaid, now time.Time) (any, error) {
	d, code, err := AddDevice(app, by, id, said.device(), now)
	return invited(app, d, code, err)
}

func inviteDevice(app core.App, by access.Actor, id string, _ doorSaid, now time.Time) (any, error) {
	d, code, err := InviteDevice(app, by, id, now)
	return invited(app, d, code, err)
}

// invited answers with the code of a phone, and the address at which it comes in, also as a drawing for its camera; behind the # of
// an address nobody on the way reads it.
func invited(app core.App, d *Device, code string, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	link := web.Origin(app) + checkinPath + "#" + code
	square, err := qr.Of(link)
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"id": d.Id, "rev": record.Rev(d), "code": code, "until": d.EnrolUntil(), "link": link, "box": square.ViewBox(qrMargin), "path": square.Path(),
	}, nil
}

func changeDevice(app core.App, by access.Actor, id string, said doorSaid, now time.Time) (any, error) {
	return kept(ChangeDevice(app, by, id, said.device(), now))
}

func revokeDevice(app core.App, by access.Actor, id string, _ doorSaid, now time.Time) (any, error) {
	return kept(RevokeDevice(app, by, id, now))
}

func settleScan(app core.App, by access.Actor, id string, said doorSaid, now time.Time) (any, error) {
	s, err := SettleScan(app, by, id, said.Resolution, said.Note, now)
	if err != nil {
		return nil, err
	}
	return map[string]any{"id": s.Id, "resolution": s.Resolution()}, nil
}

func retireKeys(app core.App, by access.Actor, id string, said doorSaid, now time.Time) (any, error) {
	return map[string]bool{"retired": true}, RetireKeys(app, by, id, said.Reason, now)
}

func showDoor(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	panel, err := DoorOf(e.Request.Context(), e.App, by, e.Request.PathValue("id"), now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, panel)
}

// listScans answers staff with the scans at an event, the newest first: ?which=all|conflict|open &list= &q= &after= &limit=
// &format=csv.
func listScans(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	event, ask, query := e.Request.PathValue("id"), web.Asked(e), e.Request.URL.Query()
	if err := mayKeepDoor(e.App, by, event); err != nil {
		return err
	}
	rows, err := scansIn(e.Request.Context(), e.App, event, query.Get("which"), query.Get("list"), ask)
	if err != nil {
		return err
	}
	if ask.CSV {
		table := make([][]string, 0, len(rows))
		for _, r := range rows {
			table = append(table, []string{
				r.ScannedAt.String(), r.ReceivedAt.String(), r.List, r.Gate, r.Device, r.Kind, r.Code, r.Name, r.Result, r.Finding,
				strconv.FormatBool(r.Offline), strconv.FormatBool(r.Forced), strconv.FormatBool(r.Conflict), r.Resolution, r.Note,
			})
		}
		return web.CSV(e, "scans.csv", []string{
			"scanned_at", "received_at", "list", "gate", "device", "kind", "ticket", "name", "result", "finding", "offline", "forced", "conflict",
			"resolution", "note",
		}, table)
	}
	rows, next := web.Cut(rows, ask.Limit, func(r scanRow) string { return web.Cursor(r.ScannedAt.String(), r.ID) })
	return e.JSON(http.StatusOK, web.ListOf(rows, next))
}
