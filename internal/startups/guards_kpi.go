package startups

import (
	"regexp"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// Frameworks are those under whose names a KPI may be told to others.
var Frameworks = []string{"nbia", "ubi", "icf"}

// keyShape is what a key looks like: it stands in addresses and in the heads of tables.
var keyShape = regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`)

// versioning marks the saves by which a KPI hands its key to the version after it.
type versioning struct{}

// definition keeps what a figure means under those who were asked for it: it is followed by another version instead. Errors:
// kpi.key, kpi.percent_sum, kpi.map, kpi.in_use, kpi.key_stays.
func definition(e *core.RecordEvent, was *core.Record) error {
	k := KPIs.From(e.Record)
	names, err := k.Mapping()
	if err != nil {
		return err
	}
	for framework, name := range names {
		if !slices.Contains(Frameworks, framework) || len([]rune(name)) > 80 {
			return fault.Field("map", "kpi.map")
		}
	}
	switch {
	case !keyShape.MatchString(k.Key()):
		return fault.Field("key", "kpi.key")
	case k.Unit() == "percent" && k.Sums():
		return fault.Field("agg", "kpi.percent_sum")
	case was == nil || e.Context.Value(versioning{}) != nil:
		return nil
	}
	old := KPIs.From(was)
	if old.Key() == k.Key() && k.sameMeaning(old) {
		return nil
	}
	used, err := answeredTo(e.App, k.Id)
	switch {
	case err != nil:
		return err
	case used && !k.sameMeaning(old):
		return fault.Conflict("kpi.in_use")
	case used:
		return fault.Field("key", "kpi.key_stays")
	}
	return nil
}

// template keeps what a report asks for, and by when, once somebody was asked: a changed report is a new template. Errors:
// report.template_used, report.template_empty, report.template_days, report.template_retired, and those of askable.
func template(e *core.RecordEvent, was *core.Record) error {
	t := Templates.From(e.Record)
	if was != nil && t.sameTerms(Templates.From(was)) {
		return nil
	}
	if was != nil {
		used, err := e.App.CountRecords(Requests.Collection, dbx.HashExp{"template": t.Id})
		if err != nil {
			return err
		}
		if used > 0 {
			return fault.Conflict("report.template_used")
		}
	}
	most := 28
	if t.Baseline() {
		most = 90
	}
	switch {
	case len(t.KPIs()) == 0:
		return fault.Field("kpis", "report.template_empty")
	case t.DueDay() < 1 || t.DueDay() > most:
		return fault.Field("due_day", "report.template_days")
	case t.GraceDays() < 0 || t.GraceDays() > 60:
		return fault.Field("grace_days", "report.template_days")
	}
	asks, err := questions(e.App, t)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(asks, (*KPI).Retired) {
		return fault.Field("kpis", "report.template_retired")
	}
	return askable(t)
}
