package app_test

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// ofClass is a scene at the cohort of a startup.
func ofClass(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := ofStartup(body)(t, house)
		s.path["id"] = s.over.ID
		return s
	}
}

// workshopAt is a scene at a workshop of a startup's cohort so long from now; STARTUP in the body is the startup.
func workshopAt(body func(startup string) string, from time.Duration, then func(testing.TB, core.App, *startups.Workshop, string)) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := ofStartup("")(t, house)
		startup, now := s.path["id"], time.Now()
		at := now.Add(from)
		w := housetest.Workshop(t, house, housetest.StaffOf(t, house, s.over.ID), s.over.ID, at, 20, at.Add(-time.Hour))
		s.path["id"], s.body = w.Id, body(startup)
		if then != nil {
			then(t, house, w, startup)
		}
		return s
	}
}

func saying(body string) func(string) string { return func(string) string { return body } }

// seen marks the startup as present.
func seen(t testing.TB, house core.App, w *startups.Workshop, startup string) {
	_, err := startups.MarkAttendance(house, housetest.StaffOf(t, house, w.CohortID()), w.Id, startups.Marking{Startup: startup, Mark: startups.MarkPresent}, w.StartsAt())
	housetest.Refused(t, err, "")
}

func heldWorkshop(t testing.TB, house core.App, w *startups.Workshop, startup string) {
	seen(t, house, w, startup)
	_, err := startups.HoldWorkshop(house, housetest.StaffOf(t, house, w.CohortID()), w.Id, "", 0, w.EndsAt())
	housetest.Refused(t, err, "")
}

// announced is a scene at an announcement, a draft or sent.
func announced(body string, sent bool) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := ofStartup(body)(t, house)
		by := housetest.StaffOf(t, house, s.over.ID)
		n := housetest.Announcement(t, house, by, s.over.ID, time.Now())
		if sent {
			_, err := startups.SendAnnouncement(house, by, n.Id, "", 0, time.Now())
			housetest.Refused(t, err, "")
		}
		s.path["id"] = n.Id
		return s
	}
}

// ofPulse is a scene at a pulse of a cohort with a startup of five people: a draft, open, or closed.
func ofPulse(body, stands string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := ofStartup(body)(t, house)
		by, now := housetest.StaffOf(t, house, s.over.ID), time.Now()
		for range 4 {
			_, err := startups.Join(house, housetest.Actor(t, house, s.owner, now), s.path["id"], startups.Newcomer{User: housetest.User(t, house).Id, Role: startups.Insider}, now)
			housetest.Refused(t, err, "")
		}
		p, err := startups.MakePulse(house, by, s.over.ID, housetest.PulseAsks(now), now)
		housetest.Refused(t, err, "")
		if stands != "draft" {
			_, err = startups.OpenPulse(house, by, p.Id, "", 0, now)
			housetest.Refused(t, err, "")
		}
		if stands == "closed" {
			_, err = startups.ClosePulse(house, by, p.Id, "", 0, now)
			housetest.Refused(t, err, "")
		}
		s.path["id"] = p.Id
		return s
	}
}

// givenTo is a scene at money for a startup that a manager has proposed, another confirmed, and that was handed over.
func givenTo(body, stands string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := ofStartup(body)(t, house)
		one, two, now := housetest.Acting(t, house, access.Manager, s.over), housetest.Acting(t, house, access.Manager, s.over), time.Now()
		g := housetest.Support(t, house, one, s.over.ID, s.path["id"], 50_000_000, now)
		if stands != "proposed" {
			_, err := startups.ConfirmSupport(house, two, g.Id, "", 0, now)
			housetest.Refused(t, err, "")
		}
		if stands == "handed" {
			_, err := startups.HandSupport(house, two, g.Id, "", 0, now)
			housetest.Refused(t, err, "")
		}
		s.path["id"] = g.Id
		return s
	}
}

// toGive is a scene at a cohort whose startup is to be given something.
func toGive(t testing.TB, house core.App) scene {
	s := ofStartup("")(t, house)
	s.body = `{"startup":"` + s.path["id"] + `","kind":"perk","title":"Máy cắt laser"}`
	s.path["id"] = s.over.ID
	return s
}

const onePulse = `{"title_vi":"Giữa khóa","closes_on":"2030-01-31","questions":[{"key":"worth","type":"scale","label_vi":"Đáng không?"}]}`

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/cohorts/{id}/pulses":    ofClass(""),
	"POST /api/vuon/cohorts/{id}/pulses":   ofClass(onePulse),
	"PATCH /api/vuon/pulses/{id}":          ofPulse(`{"closes_on":"2030-02-28"}`, "open"),
	"POST /api/vuon/pulses/{id}/open":      ofPulse("{}", "draft"),
	"POST /api/vuon/pulses/{id}/close":     ofPulse("{}", "open"),
	"GET /api/vuon/pulses/{id}/results":    ofPulse("", "closed"),
	"POST /api/vuon/pulses/{id}/answer":    ofPulse(`{"answers":{"worth":9}}`, "open"),
	"GET /api/vuon/startups/{id}/pulses":   ofStartup(""),
	"GET /api/vuon/cohorts/{id}/supports":  ofClass(""),
	"POST /api/vuon/cohorts/{id}/supports": toGive,
	"PATCH /api/vuon/supports/{id}":        givenTo(`{"note":"trả hai lần"}`, "proposed"),
	"POST /api/vuon/supports/{id}/confirm": givenTo("{}", "proposed"),
	"POST /api/vuon/supports/{id}/refuse":  givenTo(`{"reason":"hết tiền"}`, "proposed"),
	"POST /api/vuon/supports/{id}/hand":    givenTo("{}", "confirmed"),
	"POST /api/vuon/supports/{id}/receive": givenTo("{}", "handed"),
	"POST /api/vuon/supports/{id}/miss":    givenTo(`{"reason":"chưa thấy"}`, "handed"),
	"GET /api/vuon/startups/{id}/supports": ofStartup(""),
})

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/cohorts/{id}/summary":   ofClass(""),
	"GET /api/vuon/cohorts/{id}/workshops": ofClass(""),
	"POST /api/vuon/cohorts/{id}/workshops": func(t testing.TB, house core.App) scene {
		return ofClass(`{"title_vi":"Thuế","minutes":90,"place":"Phòng 2","starts_at":"`+time.Now().AddDate(0, 0, 9).UTC().Format(time.RFC3339)+`"}`)(t, house)
	},
	"GET /api/vuon/workshops/{id}":              workshopAt(saying(""), 24*time.Hour, nil),
	"PATCH /api/vuon/workshops/{id}":            workshopAt(saying(`{"capacity":7}`), 24*time.Hour, nil),
	"POST /api/vuon/workshops/{id}/cancel":      workshopAt(saying(`{"reason":"giảng viên ốm"}`), 24*time.Hour, nil),
	"POST /api/vuon/workshops/{id}/hold":        workshopAt(saying("{}"), -24*time.Hour, seen),
	"POST /api/vuon/workshops/{id}/reopen":      workshopAt(saying(`{"reason":"ghi nhầm"}`), -24*time.Hour, heldWorkshop),
	"GET /api/vuon/workshops/{id}/attendances":  workshopAt(saying(""), 24*time.Hour, nil),
	"POST /api/vuon/workshops/{id}/mark":        workshopAt(func(startup string) string { return `{"startup":"` + startup + `","mark":"present","came":2}` }, -24*time.Hour, nil),
	"POST /api/vuon/workshops/{id}/answer":      workshopAt(func(startup string) string { return `{"startup":"` + startup + `","coming":2}` }, 24*time.Hour, nil),
	"GET /api/vuon/startups/{id}/workshops":     ofStartup(""),
	"GET /api/vuon/cohorts/{id}/announcements":  ofClass(""),
	"POST /api/vuon/cohorts/{id}/announcements": ofClass(`{"title_vi":"Tin","body_vi":"Nội dung"}`),
	"PATCH /api/vuon/announcements/{id}":        announced(`{"title_vi":"Tin khác"}`, false),
	"POST /api/vuon/announcements/{id}/send":    announced("{}", false),
	"POST /api/vuon/announcements/{id}/drop":    announced("{}", false),
	"POST /api/vuon/announcements/{id}/read":    announced("", true),
	"GET /api/vuon/announcements/{id}/readers":  announced("", true),
	"GET /api/vuon/startups/{id}/announcements": ofStartup(""),
})
