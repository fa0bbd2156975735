package app_test

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// unfiledPaper is a draft to which somebody sends a file.
func unfiledPaper(t testing.TB, house core.App) scene {
	i := housetest.IntakeWithFiles(t, house, time.Now(), 0, housetest.Plans())
	a, owner := housetest.Beginner(t, house, i, time.Now())
	return paperScene(i, a, owner, string(housetest.Page("kế hoạch")))
}

// hurriedPaper is a draft ten minutes before its deadline.
func hurriedPaper(t testing.TB, house core.App) scene {
	then := time.Now().Add(-50 * time.Minute)
	i := housetest.IntakeWithFiles(t, house, then, 0, housetest.Plans())
	a, owner := housetest.Beginner(t, house, i, then)
	return paperScene(i, a, owner, `{"question":"plan","name":"kế hoạch.pdf","size":20000000}`)
}

// filed is an application that was handed in with a file at an instant.
func filed(t testing.TB, house core.App, now time.Time) (*intake.Intake, *intake.Application, *core.Record, *intake.File) {
	days := 10
	i := housetest.IntakeAsking(t, house, housetest.StaffActing(t, house), now, 1, "", "Có tệp", intake.Schema{housetest.Plans()}, intake.Terms{AppealDays: &days})
	a, owner := housetest.Beginner(t, house, i, now)
	f := housetest.Sent(t, house, a, owner, "kế hoạch", now)
	a, err := intake.Submit(house, housetest.Actor(t, house, owner, now), a.Id, 0, now)
	housetest.Refused(t, err, "")
	return i, a, owner, f
}

func filedPaper(t testing.TB, house core.App) scene {
	i, a, owner, f := filed(t, house, time.Now())
	s := paperScene(i, a, owner, "")
	s.path["file"] = f.Id
	return s
}

// filedChair is a judge's seat before an application with a file.
func filedChair(t testing.TB, house core.App) scene {
	then := time.Now().Add(-2 * time.Hour)
	i, a, owner, f := filed(t, house, then)
	after := housetest.Closed(t, house, i, then)
	asked, judge := housetest.Asked(t, house, i, a, after)
	housetest.Judging(t, house, i, after)
	s := paperScene(i, a, owner, "")
	s.path["id"], s.path["file"], s.judge = asked.Id, f.Id, judge
	return s
}

// filedAppeal is an appeal against being ruled out, of an application with a file; the judge of the page hears it.
func filedAppeal(t testing.TB, house core.App) scene {
	then, staff := time.Now(), housetest.StaffActing(t, house)
	i, a, owner, f := filed(t, house, then)
	_, err := intake.RuleOut(house, housetest.StaffActing(t, house), a.Id, "ngoài địa bàn", then)
	housetest.Refused(t, err, "")
	p, err := intake.Plead(house, housetest.Actor(t, house, owner, then), a.Id, "Chúng tôi ở Bến Cát", then)
	housetest.Refused(t, err, "")
	_, err = intake.AdmitAppeal(house, staff, p.Id, then)
	housetest.Refused(t, err, "")
	s := paperScene(i, a, owner, "")
	s.path["id"], s.path["file"], s.judge = p.Id, f.Id, housetest.Holder(t, house, access.Judge, s.over)
	_, err = intake.Hear(house, staff, p.Id, []string{s.judge.Id, staff.ID}, then)
	housetest.Refused(t, err, "")
	return s
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/applications/{id}/files":           filedPaper,
	"POST /api/vuon/applications/{id}/files":          unfiledPaper,
	"POST /api/vuon/applications/{id}/files/ticket":   hurriedPaper,
	"GET /api/vuon/applications/{id}/files/{file}":    filedPaper,
	"DELETE /api/vuon/applications/{id}/files/{file}": filedPaper,
	"GET /api/vuon/assignments/{id}/files/{file}":     filedChair,
	"GET /api/vuon/appeals/{id}/files/{file}":         filedAppeal,
})
