package app_test

import (
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// garden is a cohort with one startup whose baseline is open. "manager" holds the cohort.
func garden(t testing.TB, house core.App) (scene, *startups.Startup, *startups.Request) {
	t.Helper()
	cohort := housetest.Places(t, house, 3)
	s, founder := housetest.Enrolled(t, house, cohort, "Vườn Thử", housetest.Noon)
	q := housetest.Report(t, house, s.Id, "baseline")
	return scene{path: map[string]string{"id": q.Id}, owner: founder, over: access.Scope{Type: access.Cohort, ID: cohort}}, s, q
}

// openReport is a scene at a report that is being filled in.
func openReport(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s, _, _ := garden(t, house)
		s.body = body
		return s
	}
}

// fullReport is a scene at a report with an answer to every question.
func fullReport(t testing.TB, house core.App) scene {
	s, _, q := garden(t, house)
	_, err := startups.Fill(house, housetest.Actor(t, house, s.owner, housetest.Noon), q.Id, housetest.Answers(5), nil, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	s.body = "{}"
	return s
}

// handedIn is a scene at a report that waits for staff.
func handedIn(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s, startup, _ := garden(t, house)
		housetest.Reported(t, house, s.owner, startup.Id, "baseline", 5, housetest.Noon)
		s.body = body
		return s
	}
}

// accepted is a scene at a report that was taken for good.
func accepted(t testing.TB, house core.App) scene {
	s := handedIn(`{"reason":"theo sổ","readings":[{"kpi":"jobs","state":"value","value":4}]}`)(t, house)
	_, err := startups.Accept(house, housetest.StaffOf(t, house, s.over.ID), s.path["id"], housetest.Noon)
	housetest.Refused(t, err, "")
	return s
}

// monthly is a scene at the report on a month.
func monthly(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := handedIn(body)(t, house)
		opened := time.Date(2027, time.January, 1, 1, 0, 0, 0, time.UTC)
		housetest.Refused(t, startups.OpenReports(house, opened), "")
		n := enrolmentOf(t, house, s)
		s.path = map[string]string{"id": housetest.Report(t, house, n.StartupID(), "2026-12").Id}
		return s
	}
}

// byLink is a scene at a report's secret link.
func byLink(set func(testing.TB, core.App) scene) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := set(t, house)
		token, err := startups.MakeLink(house, access.Job("test"), s.path["id"], time.Now())
		housetest.Refused(t, err, "")
		s.path = map[string]string{"token": token}
		return s
	}
}

// linkMade is a scene at a report to which a secret link leads.
func linkMade(t testing.TB, house core.App) scene {
	s := openReport("{}")(t, house)
	_, err := startups.MakeLink(house, access.Job("test"), s.path["id"], time.Now())
	housetest.Refused(t, err, "")
	return s
}

func enrolmentOf(t testing.TB, house core.App, s scene) *startups.Enrolment {
	t.Helper()
	n, err := startups.Enrolments.First(house, dbx.HashExp{"cohort": s.over.ID})
	housetest.Refused(t, err, "")
	return n
}

// enrolled is a scene at an active enrolment, after some moves of it by a manager.
func enrolled(moves ...func(core.App, access.Actor, string, string, time.Time) (*startups.Enrolment, error)) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := handedIn(`{"reason":"cần nghỉ"}`)(t, house)
		s.path = map[string]string{"id": enrolmentOf(t, house, s).Id}
		for _, move := range moves {
			_, err := move(house, housetest.Acting(t, house, access.Manager, s.over), s.path["id"], "", housetest.Noon)
			housetest.Refused(t, err, "")
		}
		return s
	}
}

// alerted is a scene at an alert of a missing report.
func alerted(t testing.TB, house core.App) scene {
	s, startup, _ := garden(t, house)
	housetest.Refused(t, startups.RaiseAlerts(house, housetest.Noon.AddDate(0, 0, 20)), "")
	a, err := startups.Alerts.First(house, dbx.HashExp{"startup": startup.Id})
	housetest.Refused(t, err, "")
	s.path, s.body = map[string]string{"id": a.Id}, `{"resolution":"đã gọi"}`
	return s
}

// alertedTo is a scene at an alert that somebody else is to look after.
func alertedTo(t testing.TB, house core.App) scene {
	s := alerted(t, house)
	s.body = `{"owner":"` + housetest.StaffOf(t, house, s.over.ID).ID + `"}`
	return s
}

// alertClosed is a scene at an alert that was resolved.
func alertClosed(t testing.TB, house core.App) scene {
	s := alerted(t, house)
	_, err := startups.Resolve(house, housetest.StaffOf(t, house, s.over.ID), s.path["id"], startups.AlertWord{Resolution: "đã gọi"}, housetest.Noon)
	housetest.Refused(t, err, "")
	s.body = `{"verdict":"yes"}`
	return s
}

// ofStartup is a scene at a startup, not at its report.
func ofStartup(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := handedIn(body)(t, house)
		s.path = map[string]string{"id": enrolmentOf(t, house, s).StartupID(), "verb": "rest", "kpi": "jobs", "of": "jobs"}
		return s
	}
}

// onShow is a scene at the page of a startup that everybody may read.
func onShow(t testing.TB, house core.App) scene {
	s, startup, _ := garden(t, house)
	housetest.Show(t, house, startup)
	s.path = map[string]string{"slug": startup.Slug()}
	return s
}

// ofMember is a scene at a second person's place in a startup.
func ofMember(t testing.TB, house core.App) scene {
	s := ofStartup("{}")(t, house)
	m, err := startups.Join(house, housetest.Actor(t, house, s.owner, housetest.Noon), s.path["id"],
		startups.Newcomer{User: housetest.User(t, house).Id, Role: startups.Insider}, housetest.Noon)
	housetest.Refused(t, err, "")
	s.path = map[string]string{"id": m.Id}
	return s
}

// newMember is a scene at a startup that somebody is to join.
func newMember(t testing.TB, house core.App) scene {
	return ofStartup(`{"email":"`+housetest.User(t, house).Email()+`","role":"member"}`)(t, house)
}

// wholeHouse is a scene of work over everything.
func wholeHouse(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := ofStartup(body)(t, house)
		s.over = access.House
		return s
	}
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /startups":                              onShow,
	"GET /en/startups":                           onShow,
	"GET /startups/{slug}":                       onShow,
	"GET /en/startups/{slug}":                    onShow,
	"GET /api/vuon/clusters":                     plain(nil),
	"GET /api/vuon/startups":                     ofStartup(""),
	"GET /api/vuon/startups/{id}":                ofStartup(""),
	"GET /api/vuon/startups/{id}/readings":       ofStartup(""),
	"PATCH /api/vuon/startups/{id}":              ofStartup(`{"area":"Lái Thiêu"}`),
	"PATCH /api/vuon/startups/{id}/private":      ofStartup(`{"phone":"0274"}`),
	"POST /api/vuon/startups/{id}/{verb}":        ofStartup("{}"),
	"POST /api/vuon/startups/{id}/logo":          ofStartup(""),
	"POST /api/vuon/startups/{id}/members":       newMember,
	"POST /api/vuon/members/{id}/hand-over":      ofMember,
	"POST /api/vuon/members/{id}/leave":          ofMember,
	"PATCH /api/vuon/members/{id}":               ofMember,
	"POST /api/vuon/imports/startups":            wholeHouse(`{"file":"bmFtZQpBCg=="}`),
	"POST /api/vuon/imports/readings":            wholeHouse(`{"file":"c3RhcnR1cCxwZXJpb2Qsa3BpLHZhbHVlCg=="}`),
	"GET /api/vuon/exports/startups":             ofStartup(""),
	"GET /api/vuon/exports/readings":             ofStartup(""),
	"GET /api/vuon/enrolments":                   ofStartup(""),
	"GET /api/vuon/figures":                      ofStartup(""),
	"GET /api/vuon/figures/{kpi}/rows":           ofStartup(""),
	"GET /api/vuon/figures/{kpi}/months":         ofStartup(""),
	"GET /api/vuon/portfolio":                    ofStartup(""),
	"GET /api/vuon/portfolio-units":              ofStartup(""),
	"GET /api/vuon/portfolio-units/rows":         ofStartup(""),
	"GET /api/vuon/portfolio/{of}/rows":          ofStartup(""),
	"GET /api/vuon/alerts":                       alerted,
	"GET /api/vuon/reports":                      openReport(""),
	"GET /api/vuon/reports/{id}":                 openReport(""),
	"PATCH /api/vuon/reports/{id}":               openReport(`{"readings":[{"kpi":"jobs","state":"na"}]}`),
	"POST /api/vuon/reports/{id}/submit":         fullReport,
	"POST /api/vuon/reports/{id}/return":         handedIn(`{"reason":"thiếu số"}`),
	"POST /api/vuon/reports/{id}/accept":         handedIn("{}"),
	"POST /api/vuon/reports/{id}/waive":          monthly(`{"reason":"nghỉ Tết"}`),
	"POST /api/vuon/reports/{id}/revise":         accepted,
	"POST /api/vuon/reports/{id}/link":           openReport("{}"),
	"POST /api/vuon/reports/{id}/link/revoke":    linkMade,
	"GET /api/vuon/report-links/{token}":         byLink(openReport("")),
	"PATCH /api/vuon/report-links/{token}":       byLink(openReport(`{"readings":[{"kpi":"jobs","state":"na"}]}`)),
	"POST /api/vuon/report-links/{token}/submit": byLink(fullReport),
	"POST /api/vuon/enrolments/{id}/pause":       enrolled(),
	"POST /api/vuon/enrolments/{id}/resume":      enrolled(startups.Pause),
	"POST /api/vuon/enrolments/{id}/graduate":    enrolled(),
	"POST /api/vuon/enrolments/{id}/withdraw":    enrolled(),
	"POST /api/vuon/enrolments/{id}/terminate":   enrolled(),
	"POST /api/vuon/alerts/{id}/ack":             alerted,
	"POST /api/vuon/alerts/{id}/resolve":         alerted,
	"POST /api/vuon/alerts/{id}/mute":            alerted,
	"POST /api/vuon/alerts/{id}/owner":           alertedTo,
	"POST /api/vuon/alerts/{id}/share":           alerted,
	"POST /api/vuon/alerts/{id}/judge":           alertClosed,
	"GET /api/vuon/alerts/precision":             alerted,
	"GET /api/vuon/alerts/{id}":                  alerted,
	"GET /api/vuon/alerts/{id}/keepers":          alerted,
	"GET /api/vuon/startups/{id}/alerts":         ofStartup(""),
})
