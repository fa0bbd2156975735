package app_test

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// placeScene is a scene at a place in a draft that somebody was asked to take: they own it.
func placeScene(body string, joined bool) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := draftPaper(body)(t, house)
		a, err := intake.Applications.Find(house, s.path["id"])
		housetest.Refused(t, err, "")
		m, who := housetest.AskedAlong(t, house, a, s.owner, time.Now())
		if joined {
			_, err := intake.Join(house, housetest.Actor(t, house, who, time.Now()), m.Id, true, time.Now())
			housetest.Refused(t, err, "")
		}
		s.path["id"], s.owner = m.Id, who
		return s
	}
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"POST /api/vuon/applications/{id}/discard":        draftPaper(""),
	"GET /api/vuon/applications/{id}/receipt":         submittedPaper(""),
	"POST /api/vuon/applications/{id}/members":        draftPaper(`{"email":"ban.dong.hanh@example.org","full_name":"Bạn","role":"member","locale":"vi"}`),
	"GET /api/vuon/application-members/{id}":          placeScene("", false),
	"POST /api/vuon/application-members/{id}/accept":  placeScene(`{"consent":true}`, false),
	"POST /api/vuon/application-members/{id}/decline": placeScene("", false),
	"POST /api/vuon/application-members/{id}/remove":  placeScene("", true),
})
