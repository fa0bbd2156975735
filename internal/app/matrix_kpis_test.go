package app_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

const kpiBody = `{"key":"patents","label_vi":"Bằng sáng chế","unit":"count","direction":"higher","agg":"last","sensitivity":"staff"}`

// ofKPI is a scene at a figure that nobody was asked for.
func ofKPI(t testing.TB, house core.App) scene {
	s := wholeHouse(kpiBody)(t, house)
	k, err := startups.DefineKPI(house, housetest.Acting(t, house, access.Manager, access.House), startups.KPIFields{
		Key: "patents", LabelVI: "Bằng", Unit: "count", Direction: "higher", Agg: "last", Sensitivity: "staff",
	}, housetest.Noon)
	housetest.Refused(t, err, "")
	s.path = map[string]string{"id": k.Id}
	return s
}

// ofTemplate is a scene at a template that nobody was asked with.
func ofTemplate(t testing.TB, house core.App) scene {
	s := wholeHouse(`{"title_vi":"Mẫu ngắn","kind":"month","kpis":["kpijobs00000000"],"due_day":12,"grace_days":3}`)(t, house)
	of, err := startups.CopyTemplate(house, housetest.Acting(t, house, access.Manager, access.House), "templatemonth00", housetest.Noon)
	housetest.Refused(t, err, "")
	s.path = map[string]string{"id": of.Id}
	return s
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /api/vuon/kpis":                        wholeHouse(""),
	"POST /api/vuon/kpis":                       wholeHouse(kpiBody),
	"PATCH /api/vuon/kpis/{id}":                 ofKPI,
	"POST /api/vuon/kpis/{id}/follow":           ofKPI,
	"GET /api/vuon/report-templates":            wholeHouse(""),
	"POST /api/vuon/report-templates":           ofTemplate,
	"PATCH /api/vuon/report-templates/{id}":     ofTemplate,
	"POST /api/vuon/report-templates/{id}/copy": ofTemplate,
	"POST /api/vuon/report-templates/{id}/use":  ofTemplate,
})
