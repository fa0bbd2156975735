package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
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

// startScene is a scene at the page of a code that nobody was mailed.
func startScene(t testing.TB, house core.App) scene {
	s := announcedCall(t, house)
	s.path["ticket"] = "noticket0000000"
	return s
}

// linkedPaper is a scene with a link to a draft.
func linkedPaper(t testing.TB, house core.App) scene {
	s := draftPaper("")(t, house)
	path, err := intake.LinkFor(house, s.path["id"], time.Now())
	housetest.Refused(t, err, "")
	s.body = `{"token":"` + strings.TrimPrefix(path, "/app/resume#") + `"}`
	return s
}

// meeting is a scene at an interview in two days.
func meeting(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := submittedPaper(body)(t, house)
		a, err := intake.Applications.Find(house, s.path["id"])
		housetest.Refused(t, err, "")
		v, _ := housetest.Interview(t, house, a, 48*time.Hour, time.Now())
		s.path["id"] = v.Id
		return s
	}
}

// differingPaper is a scene at an application whose startup says something else of itself than was handed in. It is its
// founder's.
func differingPaper(t testing.TB, house core.App) scene {
	a, _, owner, i := housetest.Joined(t, house, intake.Answers{"people": 9.0}, time.Now().Add(-2*time.Hour).Truncate(time.Second))
	s := callScene(i, `{"property":"headcount","take":true}`)
	s.path["id"], s.owner = a.Id, owner
	return s
}

// settingMeetings is a scene at an intake, with a judge and an application to be heard.
func settingMeetings(t testing.TB, house core.App) scene {
	s := submittedPaper("")(t, house)
	judge := housetest.Holder(t, house, access.Judge, access.House)
	s.body = `{"slots":[{"application":"` + s.path["id"] + `","starts_at":"2030-01-01T02:00:00Z"}],"minutes":20,"place":"Phòng 1","panel":["` + judge.Id + `"]}`
	s.path["id"], s.owner = s.over.ID, nil
	return s
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/intakes/{id}/interviews":           openCall(""),
	"POST /api/vuon/intakes/{id}/interviews":          settingMeetings,
	"POST /api/vuon/intakes/{id}/interviews/plan":     openCall(`{"applications":["a"],"from":"2030-01-01T02:00:00Z","minutes":20}`),
	"PATCH /api/vuon/interviews/{id}":                 meeting(`{"starts_at":"2030-01-01T02:00:00Z"}`),
	"POST /api/vuon/interviews/{id}/cancel":           meeting(`{"reason":"hội đồng bận"}`),
	"POST /api/vuon/interviews/{id}/hold":             meeting(""),
	"POST /api/vuon/interviews/{id}/confirm":          meeting(""),
	"POST /api/vuon/interviews/{id}/decline":          meeting(`{"words":"đi công tác"}`),
	"GET /intakes/{slug}/apply":                       announcedCall,
	"GET /en/intakes/{slug}/apply":                    announcedCall,
	"POST /intakes/{slug}/apply":                      announcedCall,
	"POST /en/intakes/{slug}/apply":                   announcedCall,
	"GET /intakes/{slug}/apply/{ticket}":              startScene,
	"GET /en/intakes/{slug}/apply/{ticket}":           startScene,
	"POST /intakes/{slug}/apply/{ticket}":             startScene,
	"POST /en/intakes/{slug}/apply/{ticket}":          startScene,
	"POST /api/vuon/resume":                           linkedPaper,
	"POST /api/vuon/resume/look":                      linkedPaper,
	"POST /api/vuon/resume/again":                     linkedPaper,
	"POST /api/vuon/applications/{id}/link":           draftPaper(""),
	"POST /api/vuon/applications/{id}/discard":        draftPaper(""),
	"POST /api/vuon/applications/{id}/record":         differingPaper,
	"GET /api/vuon/applications/{id}/receipt":         submittedPaper(""),
	"POST /api/vuon/applications/{id}/members":        draftPaper(`{"email":"ban.dong.hanh@example.org","full_name":"Bạn","role":"member","locale":"vi"}`),
	"GET /api/vuon/application-members/{id}":          placeScene("", false),
	"POST /api/vuon/application-members/{id}/accept":  placeScene(`{"consent":true}`, false),
	"POST /api/vuon/application-members/{id}/decline": placeScene("", false),
	"POST /api/vuon/application-members/{id}/remove":  placeScene("", true),
})
