package housetest

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/intake"
	"vuon/internal/startups"
)

// Mapped stores an intake that asks what the record of a startup knows: name, sector, headcount and website.
func Mapped(t testing.TB, app core.App, now time.Time) *intake.Intake {
	t.Helper()
	return IntakeWithFiles(t, app, now, 0,
		intake.Question{Key: "name", Type: "text", LabelVI: "Tên", MapsTo: "name"},
		intake.Question{Key: "sector", Type: "choice", LabelVI: "Ngành", MapsTo: "sector", Options: []intake.Option{
			{Value: "manufacturing", LabelVI: "Sản xuất"}, {Value: "gom", LabelVI: "Gốm"},
		}},
		intake.Question{Key: "people", Type: "number", LabelVI: "Người", MapsTo: "headcount"},
		intake.Question{Key: "site", Type: "text", LabelVI: "Trang", MapsTo: "website"},
	)
}

// Joined lets the founder of a startup of three people apply to such an intake with these answers, and accept a place in it.
func Joined(t testing.TB, app core.App, given intake.Answers, now time.Time) (*intake.Application, *startups.Startup, *core.Record, *intake.Intake) {
	t.Helper()
	call := Mapped(t, app, now)
	s, founder := Active(t, app, Places(t, app, 1), "Gốm Lái", now)
	by, title := Actor(t, app, founder, now), "Soi men"
	a, err := intake.Begin(app, by, call.Id, s.Id, now)
	Refused(t, err, "")
	_, err = intake.Save(app, by, a.Id, intake.Words{Title: &title, Answers: given}, 0, now)
	Refused(t, err, "")
	_, err = intake.Submit(app, by, a.Id, 0, now)
	Refused(t, err, "")
	after := Deciding(t, app, call, now)
	Decided(t, app, call, a, intake.Admitted, after)
	Released(t, app, call, after)
	_, err = intake.Accept(app, by, OfferTo(t, app, a.Id).Id, "", after)
	Refused(t, err, "")
	a, err = intake.Applications.Find(app, a.Id)
	Refused(t, err, "")
	return a, s, founder, call
}
