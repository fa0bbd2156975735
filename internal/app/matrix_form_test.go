package app_test

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/housetest"
	"vuon/internal/intake"
)

// writtenForm is a scene at a form whose last version is published.
func writtenForm(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		s := formVersion("publish")(t, house)
		v, err := intake.FormVersions.Find(house, s.path["id"])
		housetest.Refused(t, err, "")
		s.path["id"], s.body = v.FormID(), body
		return s
	}
}

func archivedForm(t testing.TB, house core.App) scene {
	s := writtenForm("")(t, house)
	_, err := intake.ArchiveForm(house, housetest.StaffActing(t, house), s.path["id"], time.Now())
	housetest.Refused(t, err, "")
	return s
}

// ruledPaper is a scene at an intake with one rule, and a draft whose writer asks for an exception by its code.
func ruledPaper(t testing.TB, house core.App) scene {
	staff := housetest.StaffActing(t, house)
	i := housetest.DraftIntakeBy(t, house, staff, time.Now(), 1, 1)
	rules := intake.Rules{{Key: "size", Question: "headcount", Op: "gte", Value: 5.0, Blocking: true, ReasonVI: "Cần năm người"}}
	_, err := intake.Edit(house, staff, i.Id, intake.Terms{Rules: &rules}, 0, time.Now())
	housetest.Refused(t, err, "")
	i, err = intake.Publish(house, staff, i.Id, time.Now())
	housetest.Refused(t, err, "")
	a, owner := housetest.Draft(t, house, i, time.Now())
	s := callScene(i, `{"application":"`+a.Code()+`","rule":"size","reason":"Đã gọi điện"}`)
	s.owner = owner
	return s
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/form-versions/{id}":   formVersion(),
	"PATCH /api/vuon/forms/{id}":         writtenForm(`{"title_vi":"Mẫu ngắn"}`),
	"POST /api/vuon/forms/{id}/archive":  writtenForm(""),
	"POST /api/vuon/forms/{id}/revive":   archivedForm,
	"POST /api/vuon/forms/{id}/versions": writtenForm(""),
	"GET /api/vuon/intakes/{id}/rules":   ruledPaper,
	"POST /api/vuon/intakes/{id}/waive":  ruledPaper,
})
