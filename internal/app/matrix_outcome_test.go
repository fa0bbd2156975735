package app_test

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// turnedDown is a scene at an application that was rejected, of a released intake; its applicant may appeal for ten days.
func turnedDown(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		then, days, staff := time.Now().Add(-2*time.Hour), 10, housetest.StaffActing(t, house)
		i := housetest.DraftIntake(t, house, then, 2, 2)
		_, err := intake.Edit(house, staff, i.Id, intake.Terms{AppealDays: &days}, 0, then)
		housetest.Refused(t, err, "")
		i, err = intake.Publish(house, staff, i.Id, then)
		housetest.Refused(t, err, "")
		a, owner := housetest.Submitted(t, house, i, then)
		after := housetest.Deciding(t, house, i, then)
		housetest.Decided(t, house, i, a, intake.Rejected, after)
		housetest.Released(t, house, i, after)
		return paperScene(i, a, owner, body)
	}
}

// amending is a scene at an amendment that somebody has proposed.
func amending(t testing.TB, house core.App) scene {
	s := turnedDown(`{"reason":"không cần nữa"}`)(t, house)
	m, err := intake.Amend(house, housetest.Acting(t, house, access.Manager, s.over), s.path["id"],
		intake.Change{Outcome: intake.Admitted, Reason: "cộng nhầm"}, time.Now())
	housetest.Refused(t, err, "")
	s.path["id"] = m.Id
	return s
}

// appealing is a scene at an appeal; its panel is the judge of the page and somebody else.
func appealing(body string, steps ...string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := turnedDown(body)(t, house)
		now, staff := time.Now(), housetest.StaffActing(t, house)
		p, err := intake.Plead(house, housetest.Actor(t, house, s.owner, now), s.path["id"], "Hội đồng đọc nhầm", now)
		housetest.Refused(t, err, "")
		s.path["id"] = p.Id
		s.judge = housetest.Holder(t, house, access.Judge, s.over)
		other := housetest.Acting(t, house, access.Judge, s.over)
		for _, step := range steps {
			switch step {
			case "admit":
				_, err = intake.AdmitAppeal(house, staff, p.Id, now)
			case "hear":
				_, err = intake.Hear(house, staff, p.Id, []string{s.judge.Id, other.ID}, now)
			case "find":
				_, err = intake.Find(house, other, p.Id, intake.Finding{Finding: intake.Dismiss, Answer: "Đã đọc đúng"}, now)
			}
			housetest.Refused(t, err, "")
		}
		if body == "panel" {
			s.body = `{"panel":["` + s.judge.Id + `","` + other.ID + `"]}`
		}
		return s
	}
}

// reordered is a scene at an intake that is being decided, where one waits.
func reordered(t testing.TB, house core.App) scene {
	s := decidedPaper("", intake.Waitlisted)(t, house)
	s.body = `{"order":["` + s.path["id"] + `"]}`
	s.path["id"], s.owner = s.over.ID, nil
	return s
}

func decidedMany(t testing.TB, house core.App) scene {
	s := decidedPaper("", "")(t, house)
	s.body = `{"verdicts":[{"application":"` + s.path["id"] + `","outcome":"waitlisted","rationale":"sát ngưỡng"}]}`
	s.path["id"], s.owner = s.over.ID, nil
	return s
}

func feedbackText(t testing.TB, house core.App) scene {
	title, body := "Chưa gặp khách", "Bạn gặp thêm khách hàng rồi quay lại nhé."
	f, err := intake.AddText(house, housetest.StaffActing(t, house), intake.TextTerms{Title: &title, Body: &body}, time.Now())
	housetest.Refused(t, err, "")
	return scene{path: map[string]string{"id": f.Id}, over: access.House, body: `{"body":"Bạn hỏi mười khách hàng nhé."}`}
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/intakes/{id}/outcomes":     releasing,
	"POST /api/vuon/intakes/{id}/decide":      decidedMany,
	"POST /api/vuon/intakes/{id}/waitlist":    reordered,
	"POST /api/vuon/intakes/{id}/enlarge":     openCall(`{"capacity":9,"reason":"thêm phòng"}`),
	"POST /api/vuon/offers/{id}/postpone":     offered(`{"day":"` + time.Now().AddDate(0, 1, 0).Format(time.DateOnly) + `","reason":"nằm viện"}`),
	"POST /api/vuon/applications/{id}/amend":  turnedDown(`{"outcome":"admitted","reason":"cộng nhầm"}`),
	"POST /api/vuon/applications/{id}/appeal": turnedDown(`{"words":"Hội đồng đọc nhầm"}`),
	"POST /api/vuon/amendments/{id}/confirm":  amending,
	"POST /api/vuon/amendments/{id}/refuse":   amending,
	"POST /api/vuon/amendments/{id}/withdraw": amending,
	"GET /api/vuon/appeals":                   appealing("", "admit", "hear"),
	"GET /api/vuon/appeals/{id}":              appealing("", "admit", "hear"),
	"POST /api/vuon/appeals/{id}/admit":       appealing(""),
	"POST /api/vuon/appeals/{id}/dismiss":     appealing(`{"answer":"Quá hạn"}`),
	"POST /api/vuon/appeals/{id}/hear":        appealing("panel", "admit"),
	"POST /api/vuon/appeals/{id}/find":        appealing(`{"finding":"reject","answer":"Đã đọc đúng"}`, "admit", "hear"),
	"POST /api/vuon/appeals/{id}/settle":      appealing("", "admit", "hear", "find"),
	"GET /api/vuon/feedback-texts":            bare(""),
	"POST /api/vuon/feedback-texts":           bare(`{"title":"Chưa gặp khách","body":"Bạn gặp thêm khách hàng nhé."}`),
	"PATCH /api/vuon/feedback-texts/{id}":     feedbackText,
})
