package app_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/judging"
	"vuon/internal/judging/score"
)

// panel is an intake whose time was over an hour ago, with one application, a round and one judge on its panel.
type panel struct {
	house core.App
	call  *intake.Intake
	paper *intake.Application
	round *judging.Round
	judge *core.Record
	seat  *judging.Commitment
	staff access.Actor
	now   time.Time
}

// sat lets a round come so far: panel, proposed, offered, open, written, closed, computed.
func sat(t testing.TB, house core.App, far string) panel {
	then := time.Now().Truncate(time.Millisecond).Add(-2 * time.Hour)
	p := panel{house: house, staff: housetest.StaffActing(t, house), now: then.Add(time.Hour)}
	p.call = housetest.OpenIntake(t, house, then, 1)
	p.paper, _ = housetest.Submitted(t, house, p.call, then)
	housetest.Closed(t, house, p.call, then)
	one, grace, all := 1, 30, "after_own"
	mean := score.Hundredths(300)
	p.round = housetest.Round(t, house, p.call, judging.Terms{PerSubject: &one, GraceMin: &grace, OthersVisible: &all, Rule: &score.Rule{Mean: &mean}}, p.now)
	p.judge, p.seat = housetest.Seated(t, house, p.round, 3, p.now)
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"panel", func() error { return nil }},
		{"proposed", func() error { _, _, err := judging.Propose(house, p.staff, p.round.Id, false, p.now); return err }},
		{"offered", func() error { _, err := judging.OfferAll(house, p.staff, p.round.Id, p.now); return err }},
		{"open", func() error { _, err := judging.Open(house, p.staff, p.round.Id, time.Time{}, p.now); return err }},
		{"written", func() error {
			housetest.Judged(t, house, housetest.Seats(t, house, p.round)[0], p.judge, 400, p.now)
			return nil
		}},
		{"closed", func() error { _, err := judging.Close(house, p.staff, p.round.Id, p.now); return err }},
		{"computed", func() error { _, err := judging.Compute(house, p.staff, p.round.Id, p.now); return err }},
	} {
		housetest.Refused(t, step.do(), "")
		if step.name == far {
			break
		}
	}
	return p
}

// table is a scene at a round that has come so far.
func table(far, body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		p := sat(t, house, far)
		s := callScene(p.call, body)
		s.path["id"], s.path["subject"], s.judge = p.round.Id, p.paper.Id, p.judge
		return s
	}
}

// place is a scene at a judge's place on a panel, and bench one at their assignment.
func place(t testing.TB, house core.App) scene {
	p := sat(t, house, "panel")
	s := callScene(p.call, `{"n":5}`)
	s.path["id"], s.judge = p.seat.Id, p.judge
	return s
}

func bench(t testing.TB, house core.App) scene {
	p := sat(t, house, "written")
	s := callScene(p.call, `{"body":"Đội rất hiểu người dùng."}`)
	s.path["id"], s.judge = housetest.Seats(t, house, p.round)[0].Id, p.judge
	return s
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/intakes/{id}/rounds":  openCall(""),
	"POST /api/vuon/intakes/{id}/rounds": openCall(`{"title_vi":"Vòng hai","per_subject":3,"advance_rule":{"top":10}}`),
	"GET /api/vuon/rounds/{id}":          table("written", ""),
	"PATCH /api/vuon/rounds/{id}":        table("panel", `{"title_vi":"Vòng một","blind":true}`),
	"POST /api/vuon/rounds/{id}/begin":   table("panel", ""),
	"POST /api/vuon/rounds/{id}/open":    table("offered", ""),
	"POST /api/vuon/rounds/{id}/grace":   table("open", ""),
	"POST /api/vuon/rounds/{id}/close":   table("open", ""),
	"POST /api/vuon/rounds/{id}/compute": table("closed", ""),
	"POST /api/vuon/rounds/{id}/reopen":  table("computed", `{"reason":"một phiếu chấm nhầm"}`),
	"POST /api/vuon/rounds/{id}/propose": table("panel", ""),
	"POST /api/vuon/rounds/{id}/forget":  table("proposed", ""),
	"POST /api/vuon/rounds/{id}/offer":   table("proposed", ""),
	"POST /api/vuon/rounds/{id}/nudge":   table("open", ""),
	"POST /api/vuon/rounds/{id}/advance": func(t testing.TB, house core.App) scene {
		p := sat(t, house, "computed")
		s := callScene(p.call, fmt.Sprintf(`{"seal":%q}`, sealOf(t, p)))
		s.path["id"], s.judge = p.round.Id, p.judge
		return s
	},
	"POST /api/vuon/rounds/{id}/invite": func(t testing.TB, house core.App) scene {
		p := sat(t, house, "panel")
		s := callScene(p.call, fmt.Sprintf(`{"judge":%q,"n":8}`, housetest.Holder(t, house, access.Judge, access.House).Id))
		s.path["id"], s.judge = p.round.Id, p.judge
		return s
	},
	"POST /api/vuon/rounds/{id}/subjects/{subject}/reopen":   table("closed", `{"reason":"thiếu một trang","until":"2050-01-01T00:00:00Z"}`),
	"GET /api/vuon/rounds/{id}/subjects/{subject}/comments":  table("written", ""),
	"POST /api/vuon/rounds/{id}/subjects/{subject}/comments": table("written", `{"body":"Nhờ hội đồng xem thêm phần chi phí."}`),
	"GET /api/vuon/assignments/{id}/comments":                bench,
	"POST /api/vuon/assignments/{id}/comments":               bench,
	"POST /api/vuon/comments/{id}/withdraw": func(t testing.TB, house core.App) scene {
		p := sat(t, house, "written")
		c, err := judging.Say(house, housetest.Actor(t, house, p.judge, p.now), p.round.Id, p.paper.Id, "Tôi nghĩ khác.", p.now)
		housetest.Refused(t, err, "")
		s := callScene(p.call, "")
		s.path["id"], s.judge = c.Id, p.judge
		return s
	},
	"GET /api/vuon/commitments":               place,
	"POST /api/vuon/commitments/{id}/accept":  place,
	"POST /api/vuon/commitments/{id}/decline": place,
})

func sealOf(t testing.TB, p panel) string {
	t.Helper()
	plan, err := judging.Planned(p.house, p.staff, p.round.Id, p.now)
	housetest.Refused(t, err, "")
	return plan.Seal
}
