package app_test

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/site"
)

// keptView is a view of a member of staff, the owner.
func keptView(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := scene{path: map[string]string{}, owner: housetest.Holder(t, house, access.Staff, access.House), over: access.House, body: body}
		title := "Của tôi"
		v, err := site.Keep(house, housetest.Actor(t, house, s.owner, time.Now()), "/startups", site.Terms{Title: &title})
		housetest.Refused(t, err, "")
		s.path["id"] = v.Id
		return s
	}
}

// doneAtOnce is an act on the cards of an intake by a member of staff, the owner.
func doneAtOnce(t testing.TB, house core.App) scene {
	s := openCall("")(t, house)
	s.owner = housetest.Holder(t, house, access.Staff, access.House)
	every := ""
	done, err := intake.Many(house, housetest.Actor(t, house, s.owner, time.Now()), s.path["id"],
		intake.Bulk{Act: "move", Filter: &every, To: intake.ScreeningInterview}, time.Now())
	housetest.Refused(t, err, "")
	s.path["id"] = done.Batch
	return s
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/intakes/{id}/board/{column}": boardColumn,
	"GET /api/vuon/intakes/{id}/staff":          openCall(""),
	"GET /api/vuon/intakes/{id}/chase":          openCall(""),
	"POST /api/vuon/intakes/{id}/nudge":         openCall(`{"kind":"draft","ids":["none"]}`),
	"POST /api/vuon/intakes/{id}/bulk":          openCall(`{"act":"move","filter":"","to":"interview"}`),
	"POST /api/vuon/bulk/{id}/undo":             doneAtOnce,
	"GET /api/vuon/views":                       func(testing.TB, core.App) scene { return scene{path: map[string]string{}, over: access.House} },
	"POST /api/vuon/views": func(testing.TB, core.App) scene {
		return scene{over: access.House, body: `{"page":"/startups","title":"Mới"}`}
	},
	"PATCH /api/vuon/views/{id}":  keptView(`{"title":"Mới"}`),
	"DELETE /api/vuon/views/{id}": keptView(""),
})
