package startups_test

import (
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/startups"
)

// asStands are the fields of a figure as they stand.
func asStands(t *testing.T, k *startups.KPI) startups.KPIFields {
	t.Helper()
	names, err := k.Mapping()
	housetest.Refused(t, err, "")
	return startups.KPIFields{
		Key: k.Key(), LabelVI: k.Label().VI, LabelEN: k.Label().EN, HelpVI: k.Help().VI, HelpEN: k.Help().EN, Unit: k.Unit(),
		Direction: k.Direction(), Agg: "last", Sensitivity: string(k.Sensitivity()), Map: names,
	}
}

// Once somebody was asked for a figure it keeps its key and its meaning, whoever writes; its names may change. Another meaning is
// another version: what was answered stays with the old one, and the next report asks for the new one, once.
func TestAFigureInUseKeepsItsMeaning(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort, now := housetest.Places(t, house, 2), day(2027, time.January, 11)
	staff := housetest.Acting(t, house, access.Staff, access.House)
	s, founder := housetest.Active(t, house, cohort, "Một Đội", now)
	jobs, err := startups.KPIs.First(house, dbx.HashExp{"key": "jobs"})
	housetest.Refused(t, err, "")
	for code, change := range map[string]func(*startups.KPIFields){
		"kpi.in_use":      func(f *startups.KPIFields) { f.Unit = "percent" },
		"kpi.key_stays":   func(f *startups.KPIFields) { f.Key = "people" },
		"kpi.key_taken":   func(f *startups.KPIFields) { f.Key = "cash" },
		"kpi.percent_sum": func(f *startups.KPIFields) { f.Unit, f.Agg = "percent", "sum" },
		"kpi.key":         func(f *startups.KPIFields) { f.Key = "Người làm" },
		"kpi.label":       func(f *startups.KPIFields) { f.LabelVI = " " },
		"kpi.map":         func(f *startups.KPIFields) { f.Map = map[string]string{"iso": "x"} },
	} {
		f := asStands(t, jobs)
		change(&f)
		_, err := startups.AmendKPI(house, staff, jobs.Id, f, now)
		housetest.Refused(t, err, code)
	}
	f := asStands(t, jobs)
	f.HelpVI = "Làm từ 20 giờ một tuần."
	_, err = startups.AmendKPI(house, staff, jobs.Id, f, now)
	housetest.Refused(t, err, "kpi.in_use")
	if _, err := house.NonconcurrentDB().NewQuery("UPDATE kpis SET agg = 'sum' WHERE key = 'jobs'").Execute(); err == nil {
		t.Error("plain SQL changes what a figure means")
	}
	_, err = startups.AmendKPI(house, housetest.StaffOf(t, house, cohort), jobs.Id, asStands(t, jobs), now)
	housetest.Refused(t, err, "access.needs_staff")
	named := asStands(t, jobs)
	named.LabelVI, named.Map = "Người làm chính", map[string]string{"ubi": "Jobs sustained", "icf": ""}
	jobs, err = startups.AmendKPI(house, staff, jobs.Id, named, now)
	housetest.Refused(t, err, "")
	if names, _ := jobs.Mapping(); jobs.Label().VI != "Người làm chính" || names["ubi"] != "Jobs sustained" || len(names) != 1 {
		t.Errorf("it is %v, %v", jobs.Label(), names)
	}

	// Another version under the same key.
	f.Map = named.Map
	next, err := startups.ReviseKPI(house, staff, jobs.Id, f, now)
	housetest.Refused(t, err, "")
	old, err := startups.KPIs.Find(house, jobs.Id)
	housetest.Refused(t, err, "")
	if next.Key() != "jobs" || next.Version() != 2 || next.Replaces() != old.Id || old.Key() != "jobs_v1" || !old.Retired() {
		t.Errorf("%s (%d) follows %s", next.Key(), next.Version(), old.Key())
	}
	_, err = startups.ReviseKPI(house, staff, old.Id, f, now)
	housetest.Refused(t, err, "kpi.retired")
	february := time.Date(2027, time.February, 1, 8, 0, 0, 0, locale.Zone)
	housetest.Refused(t, startups.OpenReports(house, february), "")
	q := housetest.Reported(t, house, founder, s.Id, "2027-01", 5, february)
	for period, kpi := range map[string]string{"baseline": old.Id, "2027-01": next.Id} {
		n, err := house.CountRecords("kpi_readings", dbx.HashExp{"startup": s.Id, "period_key": period, "kpi": kpi})
		if err != nil || n != 1 {
			t.Errorf("%s holds %d answers to its version (%v)", period, n, err)
		}
	}
	sheet, err := startups.Sheet(house, staff, q.Id)
	housetest.Refused(t, err, "")
	for _, r := range sheet.Previous {
		if r.KPI == next.Id {
			t.Error("the new version is compared with answers to the old one")
		}
	}
	housetest.Well(t, house)
}

// A template stays as it was asked with. A copy of it can be changed and put to use; the month is asked for once, by whichever
// was in use.
func TestATemplateStaysAndItsCopyFollows(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort, now := housetest.Places(t, house, 2), day(2027, time.January, 11)
	staff := housetest.Acting(t, house, access.Staff, access.House)
	s, _ := housetest.Active(t, house, cohort, "Một Đội", now)
	february := time.Date(2027, time.February, 1, 8, 0, 0, 0, locale.Zone)
	housetest.Refused(t, startups.OpenReports(house, february), "")
	month := housetest.Report(t, house, s.Id, "2027-01").TemplateID()
	terms := startups.TemplateFields{TitleVI: "Ba câu", Kind: "month", KPIs: []string{"kpirevenue00000", "kpicash00000000"}, DueDay: 10, GraceDays: 5}
	_, err := startups.AmendTemplate(house, staff, month, terms, now)
	housetest.Refused(t, err, "report.template_used")
	_, err = startups.CopyTemplate(house, housetest.StaffOf(t, house, cohort), month, now)
	housetest.Refused(t, err, "access.needs_staff")
	copied, err := startups.CopyTemplate(house, staff, month, now)
	housetest.Refused(t, err, "")
	for code, change := range map[string]func(*startups.TemplateFields){
		"report.template_empty": func(f *startups.TemplateFields) { f.KPIs = nil },
		"report.template_days":  func(f *startups.TemplateFields) { f.DueDay = 31 },
	} {
		f := terms
		change(&f)
		_, err = startups.AmendTemplate(house, staff, copied.Id, f, now)
		housetest.Refused(t, err, code)
	}
	_, err = startups.AmendTemplate(house, staff, copied.Id, terms, now)
	housetest.Refused(t, err, "")
	_, err = startups.UseTemplate(house, staff, copied.Id, now)
	housetest.Refused(t, err, "")
	housetest.Refused(t, startups.OpenReports(house, february), "")
	march := time.Date(2027, time.March, 1, 8, 0, 0, 0, locale.Zone)
	housetest.Refused(t, startups.OpenReports(house, march), "")
	n, err := house.CountRecords("report_requests", dbx.HashExp{"startup": s.Id, "period_key": "2027-01"})
	housetest.Refused(t, err, "")
	if q := housetest.Report(t, house, s.Id, "2027-02"); n != 1 || q.TemplateID() != copied.Id || q.DueOn() != "2027-03-10" {
		t.Errorf("January is asked for %d times, February by %s until %s", n, q.TemplateID(), q.DueOn())
	}
	housetest.Well(t, house)
}

// A report is asked for ahead and opens on the first, unless its startup is at work no more.
func TestReportsAreAskedForAhead(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort, now := housetest.Places(t, house, 3), day(2027, time.January, 11)
	staff := housetest.StaffOf(t, house, cohort)
	s, founder := housetest.Active(t, house, cohort, "Một Đội", now)
	resting, _ := housetest.Active(t, house, cohort, "Đội Nghỉ", now)
	ahead := time.Date(2027, time.January, 25, 8, 0, 0, 0, locale.Zone)
	housetest.Refused(t, startups.ScheduleReports(house, ahead), "")
	housetest.Refused(t, startups.ScheduleReports(house, ahead), "")
	q := housetest.Report(t, house, s.Id, "2027-01")
	if q.Status() != startups.RequestScheduled || q.DueOn() != "2027-02-20" {
		t.Errorf("ahead the report is %s, due on %s", q.Status(), q.DueOn())
	}
	_, err := startups.Fill(house, housetest.Actor(t, house, founder, ahead), q.Id, housetest.Answers(1), nil, 0, ahead)
	housetest.Refused(t, err, "report.closed")
	if f := figure(t, house, staff, "2027-01", "revenue"); f.Asked != 0 {
		t.Errorf("what is not open yet counts as asked: %+v", f)
	}
	n, err := startups.Enrolments.First(house, dbx.HashExp{"startup": resting.Id})
	housetest.Refused(t, err, "")
	_, err = startups.Pause(house, staff, n.Id, "nghỉ", ahead)
	housetest.Refused(t, err, "")
	late := day(2027, time.January, 28)
	newcomer, _ := housetest.Active(t, house, cohort, "Đội Mới", late)
	housetest.Refused(t, startups.OpenReports(house, time.Date(2027, time.February, 1, 8, 0, 0, 0, locale.Zone)), "")
	for id, want := range map[string]string{s.Id: "open", newcomer.Id: "open", resting.Id: "waived"} {
		if got := housetest.Report(t, house, id, "2027-01").Status(); string(got) != want {
			t.Errorf("%s is %s, not %s", id, got, want)
		}
	}
	housetest.Well(t, house)
}
