package startups_test

import (
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/startups"
)

// day is a local morning, at nine.
func day(year int, month time.Month, n int) time.Time {
	return time.Date(year, month, n, 9, 0, 0, 0, locale.Zone)
}

// figure is one KPI of a period as somebody sees it.
func figure(t *testing.T, house core.App, by access.Actor, period, key string) startups.Figure {
	t.Helper()
	all, err := startups.Figures(house, by, period, "")
	housetest.Refused(t, err, "")
	for _, f := range all {
		if f.Key == key {
			return f
		}
	}
	t.Fatalf("there is no figure %s", key)
	return startups.Figure{}
}

func alerts(t *testing.T, house core.App, startup string) map[string]*startups.Alert {
	t.Helper()
	rows, err := startups.Alerts.All(house, dbx.HashExp{"startup": startup})
	housetest.Refused(t, err, "")
	by := map[string]*startups.Alert{}
	for _, a := range rows {
		by[a.Rule()+" "+a.Period()] = a
	}
	return by
}

// Staff can read this test: it is a year of two startups in the garden.
func TestAYearInTheGarden(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 2)
	staff := housetest.StaffOf(t, house, cohort)

	// In January two teams accept their offers. There is no place for a third.
	january := day(2027, time.January, 11)
	lamp, lampFounder := housetest.Enrolled(t, house, cohort, "Đèn Lồng Số", january)
	mill, millFounder := housetest.Enrolled(t, house, cohort, "Cối Xay Gió", january)
	late := housetest.User(t, house)
	_, err := startups.Enrol(house, housetest.Actor(t, house, late, january), startups.Admission{
		Title: "Đến Muộn", Applicant: late.Id, Cohort: cohort, Sector: "services",
	}, january)
	housetest.Refused(t, err, "cohort.full")

	// A startup begins as a card of its own, with its founder in charge, and is asked where it stands on its first day.
	if lamp.Slug() != "den-long-so" || lamp.Visibility() != startups.Private {
		t.Errorf("the card is %s, %s", lamp.Slug(), lamp.Visibility())
	}
	baseline := housetest.Report(t, house, lamp.Id, "baseline")
	if baseline.Status() != startups.RequestOpen || baseline.DueOn() != "2027-01-25" {
		t.Errorf("the baseline is %s, due on %s", baseline.Status(), baseline.DueOn())
	}

	// A report with an open question is not taken; with every question answered it is, and the time in the cohort begins.
	founder := housetest.Actor(t, house, lampFounder, january)
	_, err = startups.Fill(house, founder, baseline.Id, housetest.Answers(12_000_000)[:4], nil, 0, january)
	housetest.Refused(t, err, "")
	_, err = startups.Submit(house, founder, baseline.Id, 0, january)
	housetest.Refused(t, err, "report.incomplete")
	housetest.Reported(t, house, lampFounder, lamp.Id, "baseline", 12_000_000, january)
	housetest.Reported(t, house, millFounder, mill.Id, "baseline", 0, january)
	n, err := startups.Enrolments.First(house, dbx.HashExp{"startup": lamp.Id})
	housetest.Refused(t, err, "")
	if n.Status() != startups.EnrolmentActive || n.JoinedOn() != "2027-01-11" {
		t.Errorf("the enrolment is %s since %s", n.Status(), n.JoinedOn())
	}

	// On the first of February both are asked for January, once, by the twentieth.
	february := time.Date(2027, time.February, 1, 8, 0, 0, 0, locale.Zone)
	housetest.Refused(t, startups.OpenReports(house, february), "")
	housetest.Refused(t, startups.OpenReports(house, february), "")
	report := housetest.Report(t, house, lamp.Id, "2027-01")
	if report.Status() != startups.RequestOpen || report.DueOn() != "2027-02-20" {
		t.Errorf("the report is %s, due on %s", report.Status(), report.DueOn())
	}

	// One reports a true zero. The figure is zero of one report out of two, and says so.
	housetest.Reported(t, house, lampFounder, lamp.Id, "2027-01", 0, day(2027, time.February, 18))
	f := figure(t, house, staff, "2027-01", "revenue")
	if f.Total == nil || *f.Total != 0 || f.Reported != 1 || f.Asked != 2 || f.ByState["missing"] != 1 || f.Grade["self"] != 1 {
		t.Errorf("the figure is %+v", f)
	}

	// The other is silent. Two days after the due day somebody should ask; after the grace the report is missing.
	housetest.Refused(t, startups.RaiseAlerts(house, day(2027, time.February, 21)), "")
	if got := alerts(t, house, mill.Id); len(got) != 0 {
		t.Errorf("one day late there are already alerts: %v", got)
	}
	housetest.Refused(t, startups.RaiseAlerts(house, day(2027, time.February, 22)), "")
	first := alerts(t, house, mill.Id)["report_missing 2027-01"]
	if first == nil || first.Severity() != startups.Amber || first.Owner() != staff.ID {
		t.Fatalf("two days late there is %+v", first)
	}
	_, err = startups.Ack(house, staff, first.Id, day(2027, time.February, 23))
	housetest.Refused(t, err, "")
	housetest.Refused(t, startups.MissReports(house, day(2027, time.February, 27)), "")
	if got := housetest.Report(t, house, mill.Id, "2027-01").Status(); got != startups.RequestOpen {
		t.Errorf("on its last day of grace the report is %s", got)
	}
	housetest.Refused(t, startups.MissReports(house, day(2027, time.February, 28)), "")
	housetest.Refused(t, startups.RaiseAlerts(house, day(2027, time.February, 28)), "")
	if got := housetest.Report(t, house, mill.Id, "2027-01").Status(); got != startups.RequestMissed {
		t.Errorf("after its grace the report is %s", got)
	}
	first = alerts(t, house, mill.Id)["report_missing 2027-01"]
	if first.Severity() != startups.Red || first.Status() != startups.AlertAcked {
		t.Errorf("the alert is %s and %s", first.Severity(), first.Status())
	}

	// When February is missing too, that is twice in a row.
	housetest.Refused(t, startups.OpenReports(house, time.Date(2027, time.March, 1, 8, 0, 0, 0, locale.Zone)), "")
	housetest.Reported(t, house, lampFounder, lamp.Id, "2027-02", 3_500_000, day(2027, time.March, 5))
	april := day(2027, time.April, 1)
	housetest.Refused(t, startups.MissReports(house, april), "")
	housetest.Refused(t, startups.RaiseAlerts(house, april), "")
	if twice := alerts(t, house, mill.Id)["reports_missing_twice 2027-02"]; twice == nil || twice.Severity() != startups.Red {
		t.Errorf("missing twice, there is %+v", twice)
	}

	// The silent one hands in late. What is no longer so resolves by itself; the report remembers that it was late.
	q := housetest.Reported(t, house, millFounder, mill.Id, "2027-02", 9_000_000, april)
	if !q.Late() {
		t.Error("the report is not late")
	}
	housetest.Refused(t, startups.RaiseAlerts(house, day(2027, time.April, 2)), "")
	left := alerts(t, house, mill.Id)
	if got := left["reports_missing_twice 2027-02"].Status(); got != startups.AlertResolved {
		t.Errorf("no longer missing twice, the alert is %s", got)
	}
	if got := left["report_missing 2027-01"].Status(); got != startups.AlertAcked {
		t.Errorf("January is still missing, and the alert is %s", got)
	}

	// Staff accept, and what is accepted changes only by a correction that keeps what stood there.
	_, err = startups.Accept(house, staff, q.Id, april)
	housetest.Refused(t, err, "")
	_, err = startups.Fill(house, housetest.Actor(t, house, millFounder, april), q.Id, housetest.Answers(1), nil, 0, april)
	housetest.Refused(t, err, "report.closed")
	ten := 10_000_000.0
	_, err = startups.Revise(house, staff, q.Id, []startups.Answer{{KPI: "revenue", State: startups.Given, Value: &ten, Grade: "documented"}}, nil, "theo hóa đơn", april)
	housetest.Refused(t, err, "")
	if f := figure(t, house, staff, "2027-02", "revenue"); *f.Total != 13_500_000 || f.Grade["documented"] != 1 {
		t.Errorf("the figure is %d, %v", *f.Total, f.Grade)
	}
	kept, err := startups.Revisions.All(house, dbx.HashExp{"request": q.Id})
	housetest.Refused(t, err, "")
	if len(kept) != 1 || kept[0].Reason() != "theo hóa đơn" {
		t.Errorf("kept are %v", kept)
	}

	// The quarter adds revenue up, and takes of people the last count of each.
	if f := figure(t, house, staff, "2027-Q1", "revenue"); *f.Total != 13_500_000 || f.Reported != 3 || f.Asked != 4 {
		t.Errorf("the quarter is %+v", f)
	}
	if f := figure(t, house, staff, "2027-Q1", "jobs"); *f.Total != 2 {
		t.Errorf("people of the quarter are %d", *f.Total)
	}
	housetest.Well(t, house)
}
