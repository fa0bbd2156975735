package app_test

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/judging"
)

// The routes of these rooms look at the clock, so that their scenes stand around the instant of the test.

// callScene is a scene at an intake: "manager" holds it.
func callScene(i *intake.Intake, body string) scene {
	return scene{path: map[string]string{"id": i.Id}, over: access.Scope{Type: access.Intake, ID: i.Id}, body: body}
}

// paperScene is a scene at an application.
func paperScene(i *intake.Intake, a *intake.Application, owner *core.Record, body string) scene {
	s := callScene(i, body)
	s.path["id"], s.owner = a.Id, owner
	return s
}

func draftCall(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		return callScene(housetest.DraftIntake(t, house, time.Now(), 1, 1), body)
	}
}

func openCall(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		i := housetest.OpenIntake(t, house, time.Now(), 1)
		_, owner := housetest.Submitted(t, house, i, time.Now())
		s := callScene(i, body)
		s.owner = owner
		return s
	}
}

// boardColumn is the first column of the board of an open intake.
func boardColumn(t testing.TB, house core.App) scene {
	s := openCall("")(t, house)
	s.path["column"] = "new"
	return s
}

// announcedCall is an intake that stands on public pages.
func announcedCall(t testing.TB, house core.App) scene {
	i := housetest.OpenIntake(t, house, time.Now(), 1)
	s := callScene(i, "")
	s.path["slug"] = i.Slug()
	return s
}

// endedCall is an intake whose time was over an hour ago, with one application under review.
func endedCall(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		then := time.Now().Add(-2 * time.Hour)
		i := housetest.OpenIntake(t, house, then, 1)
		housetest.Submitted(t, house, i, then)
		housetest.Closed(t, house, i, then)
		return callScene(i, body)
	}
}

func draftPaper(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		i := housetest.OpenIntake(t, house, time.Now(), 1)
		a, owner := housetest.Draft(t, house, i, time.Now())
		return paperScene(i, a, owner, body)
	}
}

func submittedPaper(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		i := housetest.OpenIntake(t, house, time.Now(), 1)
		a, owner := housetest.Submitted(t, house, i, time.Now())
		return paperScene(i, a, owner, body)
	}
}

func askedPaper(t testing.TB, house core.App) scene {
	s := submittedPaper("")(t, house)
	_, err := intake.Ask(house, housetest.StaffActing(t, house), s.path["id"], "Đội có mấy người?", time.Now().Add(time.Hour), time.Now())
	housetest.Refused(t, err, "")
	return s
}

func ruledOutPaper(t testing.TB, house core.App) scene {
	s := submittedPaper("")(t, house)
	_, err := intake.RuleOut(house, housetest.StaffActing(t, house), s.path["id"], "Ngoài địa bàn", time.Now())
	housetest.Refused(t, err, "")
	return s
}

// decidedPaper is an application under review in an intake that is being decided; with an outcome it is decided too.
func decidedPaper(body string, o intake.Outcome) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		then := time.Now().Add(-2 * time.Hour)
		i := housetest.OpenIntake(t, house, then, 1)
		a, owner := housetest.Submitted(t, house, i, then)
		after := housetest.Deciding(t, house, i, then)
		if o != "" {
			housetest.Decided(t, house, i, a, o, after)
		}
		return paperScene(i, a, owner, body)
	}
}

// releasing is a scene at the intake of a decided application.
func releasing(t testing.TB, house core.App) scene {
	s := decidedPaper("", intake.Rejected)(t, house)
	s.path["id"], s.owner = s.over.ID, nil
	return s
}

func releasedCall(t testing.TB, house core.App) scene {
	s := releasing(t, house)
	i, err := intake.Intakes.Find(house, s.over.ID)
	housetest.Refused(t, err, "")
	housetest.Released(t, house, i, time.Now())
	return s
}

func waitlistedPaper(t testing.TB, house core.App) scene {
	s := decidedPaper("", intake.Waitlisted)(t, house)
	i, err := intake.Intakes.Find(house, s.over.ID)
	housetest.Refused(t, err, "")
	housetest.Released(t, house, i, time.Now())
	return s
}

func offered(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		o, owner, i := housetest.Offered(t, house, time.Now().Add(-2*time.Hour))
		s := callScene(i, body)
		s.path["id"], s.owner = o.Id, owner
		return s
	}
}

func card(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := submittedPaper(body)(t, house)
		cards, err := intake.Screenings.All(house)
		housetest.Refused(t, err, "")
		s.path["id"] = cards[0].Id
		return s
	}
}

// chair is a scene at an assignment in an open round, with the judge who holds it.
func chair(body string, do func(testing.TB, core.App, *judging.Assignment, *core.Record)) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		then := time.Now().Add(-2 * time.Hour)
		i := housetest.OpenIntake(t, house, then, 1)
		a, owner := housetest.Submitted(t, house, i, then)
		after := housetest.Closed(t, house, i, then)
		asked, judge := housetest.Asked(t, house, i, a, after)
		housetest.Judging(t, house, i, after)
		if do != nil {
			do(t, house, asked, judge)
		}
		s := paperScene(i, a, owner, body)
		s.path["id"], s.judge = asked.Id, judge
		return s
	}
}

func written(t testing.TB, house core.App, asked *judging.Assignment, judge *core.Record) {
	yes, now := judging.Yes, time.Now()
	_, err := judging.Save(house, housetest.Actor(t, house, judge, now), asked.Id,
		judging.Edit{Scores: housetest.Points(400), Recommendation: &yes}, 0, now)
	housetest.Refused(t, err, "")
}

// openRound and closedRound are scenes at an intake whose judges write, or have written.
func openRound(t testing.TB, house core.App) scene {
	s := chair("", nil)(t, house)
	s.path["id"], s.owner = s.over.ID, nil
	return s
}

func closedRound(t testing.TB, house core.App) scene {
	s := openRound(t, house)
	_, err := intake.CloseRound(house, housetest.StaffActing(t, house), s.over.ID, time.Now())
	housetest.Refused(t, err, "")
	s.body = `{"reason":"một phiếu chấm nhầm"}`
	return s
}

// objection is a scene at a conflict that a judge declared.
func objection(confirmed bool, body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := chair(body, func(t testing.TB, house core.App, asked *judging.Assignment, judge *core.Record) {
			_, err := judging.Recuse(house, housetest.Actor(t, house, judge, time.Now()), asked.Id, "Tôi từng góp vốn", time.Now())
			housetest.Refused(t, err, "")
		})(t, house)
		all, err := judging.Conflicts.All(house)
		housetest.Refused(t, err, "")
		s.path["id"] = all[0].Id
		if confirmed {
			_, err := judging.Confirm(house, housetest.StaffActing(t, house), all[0].Id, time.Now())
			housetest.Refused(t, err, "")
		}
		return s
	}
}

func programme(verbs ...string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		i := housetest.DraftIntake(t, house, time.Now(), 1, 1)
		for _, verb := range verbs {
			_, err := intake.MoveProgramme(house, housetest.Acting(t, house, access.Manager, access.House), i.ProgrammeID(), verb, time.Now())
			housetest.Refused(t, err, "")
		}
		return scene{
			path: map[string]string{"id": i.ProgrammeID()}, over: access.Scope{Type: access.Programme, ID: i.ProgrammeID()},
			body: `{"title_vi":"Ươm tạo sâu"}`,
		}
	}
}

func cohort(verbs ...string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		i := housetest.DraftIntake(t, house, time.Now(), 1, 1)
		for _, verb := range verbs {
			_, err := intake.MoveCohort(house, housetest.Acting(t, house, access.Manager, access.House), i.CohortID(), verb, time.Now())
			housetest.Refused(t, err, "")
		}
		return scene{
			path: map[string]string{"id": i.CohortID()}, over: access.Scope{Type: access.Cohort, ID: i.CohortID()},
			body: `{"title_vi":"Khóa 7","capacity":12}`,
		}
	}
}

const oneQuestion = `{"code":"short","title_vi":"Ngắn","schema":[{"key":"why","type":"text","label_vi":"Vì sao?"}]}`

func formVersion(verbs ...string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		by := housetest.StaffActing(t, house)
		v, err := intake.NewForms(house, by, "short", "Ngắn", "", intake.Schema{{Key: "why", Type: "text", LabelVI: "Vì sao?"}}, time.Now())
		housetest.Refused(t, err, "")
		for _, verb := range verbs {
			_, err := intake.MoveForm(house, by, v.Id, verb, time.Now())
			housetest.Refused(t, err, "")
		}
		return scene{path: map[string]string{"id": v.Id}, over: access.House, body: oneQuestion}
	}
}

func bare(body string) func(testing.TB, core.App) scene {
	return func(testing.TB, core.App) scene { return scene{over: access.House, body: body} }
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /intakes":               announcedCall,
	"GET /en/intakes":            announcedCall,
	"GET /intakes/{slug}":        announcedCall,
	"GET /en/intakes/{slug}":     announcedCall,
	"GET /api/vuon/intakes":      openCall(""),
	"GET /api/vuon/intakes/{id}": draftCall(""),
	"POST /api/vuon/intakes": func(t testing.TB, house core.App) scene {
		i := housetest.DraftIntake(t, house, time.Now(), 1, 1)
		return scene{over: access.Scope{Type: access.Programme, ID: i.ProgrammeID()}, body: `{"programme":"` + i.ProgrammeID() + `","cohort":"` + i.CohortID() +
			`","form_version":"` + housetest.FirstForm + `","title_vi":"Đợt mới","opens_at":"2027-01-01T00:00:00Z","closes_at":"2027-02-01T00:00:00Z","capacity":3,"offer_days":7}`}
	},
	"PATCH /api/vuon/intakes/{id}":               editedCall,
	"POST /api/vuon/intakes/{id}/publish":        draftCall(""),
	"POST /api/vuon/intakes/{id}/extend":         openCall(`{"closes_at":"2030-01-01T00:00:00Z","reason":"bão"}`),
	"POST /api/vuon/intakes/{id}/cancel":         openCall(`{"reason":"dời sang năm sau"}`),
	"POST /api/vuon/intakes/{id}/begin-deciding": endedCall(""),
	"POST /api/vuon/intakes/{id}/release":        releasing,
	"POST /api/vuon/intakes/{id}/close-waitlist": releasedCall,
	"POST /api/vuon/intakes/{id}/archive":        releasedCall,
	"GET /api/vuon/intakes/{id}/board":           openCall(""),
	"GET /api/vuon/intakes/{id}/board/{column}":  boardColumn,
	"GET /api/vuon/intakes/{id}/applications":    openCall(""),
	"GET /api/vuon/intakes/{id}/judges":          openCall(""),
	"POST /api/vuon/intakes/{id}/assign":         openCall(`{"applications":[],"judges":[]}`),
	"POST /api/vuon/intakes/{id}/round/open":     endedCall(""),
	"POST /api/vuon/intakes/{id}/round/close":    openRound,
	"POST /api/vuon/intakes/{id}/round/reopen":   closedRound,
	"PATCH /api/vuon/screenings/{id}":            card(`{"rank":1}`),
	"POST /api/vuon/screenings/{id}/move":        card(`{"to":"shortlisted"}`),
	"GET /api/vuon/applications":                 submittedPaper(""),
	"POST /api/vuon/applications":                begunCall,
	"GET /api/vuon/applications/{id}":            submittedPaper(""),
	"PATCH /api/vuon/applications/{id}":          draftPaper(`{"title":"Vườn rau","answers":{"team":"ba người"}}`),
	"POST /api/vuon/applications/{id}/submit":    draftPaper(""),
	"POST /api/vuon/applications/{id}/answer":    askedPaper,
	"POST /api/vuon/applications/{id}/withdraw":  submittedPaper(""),
	"POST /api/vuon/applications/{id}/ask":       submittedPaper(`{"question":"Đội có mấy người?","answer_by":"2030-01-01T00:00:00Z"}`),
	"POST /api/vuon/applications/{id}/rule-out":  submittedPaper(`{"reason":"ngoài địa bàn"}`),
	"POST /api/vuon/applications/{id}/restore":   ruledOutPaper,
	"POST /api/vuon/applications/{id}/decide":    decidedPaper(`{"outcome":"admitted","rationale":"đội mạnh"}`, ""),
	"POST /api/vuon/applications/{id}/promote":   waitlistedPaper,
	"POST /api/vuon/applications/{id}/conflict":  reportedPaper,
	"POST /api/vuon/offers/{id}/accept":          offered(""),
	"POST /api/vuon/offers/{id}/decline":         offered(""),
	"POST /api/vuon/offers/{id}/revoke":          offered(`{"reason":"hồ sơ không đúng sự thật"}`),
	"GET /api/vuon/programmes":                   programme(),
	"POST /api/vuon/programmes":                  bare(`{"code":"UT","title_vi":"Ươm tạo","kind":"incubation"}`),
	"PATCH /api/vuon/programmes/{id}":            programme(),
	"POST /api/vuon/programmes/{id}/activate":    programme(),
	"POST /api/vuon/programmes/{id}/close":       programme("activate"),
	"POST /api/vuon/programmes/{id}/archive":     programme("activate", "close"),
	"GET /api/vuon/cohorts":                      cohort(),
	"POST /api/vuon/cohorts":                     plannedCohort,
	"PATCH /api/vuon/cohorts/{id}":               cohort(),
	"POST /api/vuon/cohorts/{id}/recruit":        cohort(),
	"POST /api/vuon/cohorts/{id}/start":          cohort("recruit"),
	"POST /api/vuon/cohorts/{id}/graduate":       cohort("recruit", "start"),
	"POST /api/vuon/cohorts/{id}/close":          cohort("recruit", "start", "graduate"),
	"GET /api/vuon/forms":                        bare(""),
	"POST /api/vuon/forms":                       bare(oneQuestion),
	"PATCH /api/vuon/form-versions/{id}":         formVersion(),
	"POST /api/vuon/form-versions/{id}/publish":  formVersion(),
	"POST /api/vuon/form-versions/{id}/retire":   formVersion("publish"),
	"GET /api/vuon/assignments":                  chair("", nil),
	"GET /api/vuon/assignments/{id}":             chair("", nil),
	"POST /api/vuon/assignments/{id}/accept":     chair("", nil),
	"POST /api/vuon/assignments/{id}/decline":    chair(`{"reason":"không kịp"}`, nil),
	"POST /api/vuon/assignments/{id}/recuse":     chair(`{"reason":"quen biết"}`, nil),
	"PATCH /api/vuon/assignments/{id}/sheet":     chair(`{"scores":{"problem":4,"team":"3"},"comment":"rõ"}`, nil),
	"POST /api/vuon/assignments/{id}/submit":     chair(`{"no_conflict":true}`, written),
	"POST /api/vuon/conflicts/{id}/confirm":      objection(false, ""),
	"POST /api/vuon/conflicts/{id}/dismiss":      objection(false, `{"reason":"đã lâu"}`),
	"POST /api/vuon/conflicts/{id}/pin":          objection(true, ""),
})

func editedCall(t testing.TB, house core.App) scene {
	return draftCall(`{"title_vi":"Đợt xuân"}`)(t, house)
}

func begunCall(t testing.TB, house core.App) scene {
	s := openCall("")(t, house)
	s.body = `{"intake":"` + s.over.ID + `"}`
	return s
}

func reportedPaper(t testing.TB, house core.App) scene {
	s := submittedPaper("")(t, house)
	s.body = `{"judge":"` + housetest.Holder(t, house, access.Judge, access.House).Id + `","reason":"cùng nhà"}`
	return s
}

func plannedCohort(t testing.TB, house core.App) scene {
	s := programme()(t, house)
	s.body = `{"programme":"` + s.path["id"] + `","code":"K9","title_vi":"Khóa 9","capacity":10}`
	return s
}
