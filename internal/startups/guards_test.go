package startups_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
	"vuon/internal/startups"
	"vuon/internal/vn"
)

func one(t *testing.T, house core.App) (*startups.Startup, *core.Record, access.Actor) {
	t.Helper()
	s, founder := housetest.Enrolled(t, house, housetest.Places(t, house, 1), "Một Đội", housetest.Noon)
	return s, founder, housetest.Actor(t, house, founder, housetest.Noon)
}

func TestAStartupKeepsItsAddress(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, _, _ := one(t, house)
	s.ProxyRecord().Load(map[string]any{"slug": "cho-khac"})
	housetest.Refused(t, house.Save(s), "startup.address_stays")
}

func TestTwoStartupsOfOneNameHaveTwoAddresses(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 3)
	a, _ := housetest.Enrolled(t, house, cohort, "Đèn   Lồng", housetest.Noon)
	b, _ := housetest.Enrolled(t, house, cohort, "den long!", housetest.Noon)
	c, _ := housetest.Enrolled(t, house, cohort, "日本", housetest.Noon)
	if a.Slug() != "den-long" || b.Slug() != "den-long-2" || c.Slug() != "startup" || a.Name() != "Đèn Lồng" {
		t.Errorf("%s, %s, %s, %q", a.Slug(), b.Slug(), c.Slug(), a.Name())
	}
}

func TestAStartupHasOnePrimaryPersonAndAnAdmin(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, _, _ := one(t, house)
	m, err := startups.Members.First(house, dbx.HashExp{"startup": s.Id})
	housetest.Refused(t, err, "")
	for field, code := range map[string]string{"is_primary": "member.needs_primary", "is_admin": "member.needs_admin"} {
		m, err := startups.Members.Find(house, m.Id)
		housetest.Refused(t, err, "")
		m.ProxyRecord().Load(map[string]any{field: false})
		housetest.Refused(t, house.Save(m), code)
	}
	m.ProxyRecord().Load(map[string]any{"left_on": "2026-12-01"})
	housetest.Refused(t, house.Save(m), "member.needs_primary")

	second, err := startups.Members.New(house)
	housetest.Refused(t, err, "")
	second.ProxyRecord().Load(map[string]any{"startup": s.Id, "user": housetest.User(t, house).Id, "role": "member", "is_primary": true})
	if err := house.Save(second); err == nil {
		t.Error("there are two primary persons")
	}
	second.ProxyRecord().Load(map[string]any{"is_primary": false})
	housetest.Refused(t, house.Save(second), "")
	second.ProxyRecord().Load(map[string]any{"user": housetest.User(t, house).Id})
	housetest.Refused(t, house.Save(second), "member.rooted")
}

func TestAPrimaryPersonHandsOver(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, _, founder := one(t, house)
	next := housetest.User(t, house)
	m, err := startups.Join(house, founder, s.Id, startups.Newcomer{User: next.Id, Role: startups.Insider}, housetest.Noon)
	housetest.Refused(t, err, "")
	housetest.Refused(t, startups.HandOver(house, founder, m.Id, housetest.Noon), "")
	m, err = startups.Members.Find(house, m.Id)
	housetest.Refused(t, err, "")
	if !m.Primary() || !m.Admin() {
		t.Error("the next one is not primary and admin")
	}
	old, err := startups.Members.First(house, dbx.HashExp{"user": founder.ID})
	housetest.Refused(t, err, "")
	housetest.Refused(t, startups.Leave(house, founder, old.Id, "", housetest.Noon), "")
	_, err = startups.Read(house, founder, s.Id)
	housetest.Refused(t, err, "record.not_found")
	housetest.Well(t, house)
}

func TestATaxCodeIsChecked(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, _, by := one(t, house)
	for code, want := range map[string]string{"0100109107": "startup.tax_code", "123": "startup.tax_code", "0100109106": "", "0100109106-001": "", "": ""} {
		_, err := startups.EditPrivate(house, by, s.Id, startups.PrivateFields{TaxCode: &code}, housetest.Noon)
		housetest.Refused(t, err, want)
	}
}

func TestAnAnswerIsWhatItSays(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, _, by := one(t, house)
	q := housetest.Report(t, house, s.Id, "baseline")
	v := func(f float64) *float64 { return &f }
	for name, c := range map[string]struct {
		answer startups.Answer
		code   string
	}{
		"an unknown figure":    {startups.Answer{KPI: "moon", State: startups.Given, Value: v(1)}, "reading.unknown_kpi"},
		"no kind of answer":    {startups.Answer{KPI: "jobs", Value: v(1)}, "reading.unknown_state"},
		"a value without any":  {startups.Answer{KPI: "jobs", State: startups.Given}, "reading.no_value"},
		"a part of a person":   {startups.Answer{KPI: "jobs", State: startups.Given, Value: v(1.5)}, "reading.whole"},
		"fewer than none":      {startups.Answer{KPI: "jobs", State: startups.Given, Value: v(-1)}, "reading.negative"},
		"beyond counting":      {startups.Answer{KPI: "revenue", State: startups.Given, Value: v(1 << 53)}, "reading.too_large"},
		"the last that counts": {startups.Answer{KPI: "revenue", State: startups.Given, Value: v(1<<53 - 1)}, ""},
		"a loss":               {startups.Answer{KPI: "revenue", State: startups.Given, Value: v(-5)}, ""},
		"no such evidence":     {startups.Answer{KPI: "jobs", State: startups.NotOurs, Grade: "sworn"}, "reading.unknown_grade"},
		"their own judge":      {startups.Answer{KPI: "jobs", State: startups.Given, Value: v(3), Grade: "verified"}, "reading.staff_verify"},
	} {
		_, err := startups.Fill(house, by, q.Id, []startups.Answer{c.answer}, nil, 0, housetest.Noon)
		if got := codeOf(err); got != c.code {
			t.Errorf("%s is refused with %q, want %q", name, got, c.code)
		}
	}

	// An answer can be taken back, and is then nobody's.
	_, err := startups.Fill(house, by, q.Id, []startups.Answer{{KPI: "revenue"}}, nil, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = startups.Readings.First(house, dbx.HashExp{"request": q.Id, "kpi": "kpirevenue00000"})
	housetest.Refused(t, err, "record.not_found")

	// Not reported is not zero, and a value that came with another state is dropped.
	_, err = startups.Fill(house, by, q.Id, []startups.Answer{{KPI: "jobs", State: startups.NotReported, Value: v(9)}}, nil, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	sheet, err := startups.Sheet(house, by, q.Id)
	housetest.Refused(t, err, "")
	for _, r := range sheet.Readings {
		if r.State == startups.NotReported && r.Value != nil {
			t.Errorf("not reported reads as %d", *r.Value)
		}
	}

	// Whoever writes past the verbs meets the same law.
	r, err := startups.Readings.First(house, dbx.HashExp{"state": "not_reported"})
	housetest.Refused(t, err, "")
	r.ProxyRecord().Load(map[string]any{"value": 4})
	housetest.Refused(t, house.Save(r), "reading.value_without_state")
	r.ProxyRecord().Load(map[string]any{"value": 0, "period_key": "2026-11"})
	housetest.Refused(t, house.Save(r), "reading.rooted")
}

func TestAHandedInReportIsClosedToEveryWriter(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, founder, by := one(t, house)
	q := housetest.Reported(t, house, founder, s.Id, "baseline", 3, housetest.Noon)
	r, err := startups.Readings.First(house, dbx.HashExp{"request": q.Id})
	housetest.Refused(t, err, "")
	r.ProxyRecord().Load(map[string]any{"comment": "khác"})
	housetest.Refused(t, house.Save(r), "report.closed")
	q.ProxyRecord().Load(map[string]any{"submitted_by": "somebody"})
	housetest.Refused(t, house.Save(q), "report.rooted")
	q, err = startups.Requests.Find(house, q.Id)
	housetest.Refused(t, err, "")
	q.ProxyRecord().Load(map[string]any{"due_on": "2030-01-01"})
	housetest.Refused(t, house.Save(q), "report.rooted")
	q, err = startups.Requests.Find(house, q.Id)
	housetest.Refused(t, err, "")
	q.ProxyRecord().Load(map[string]any{"status": "accepted"})
	housetest.Refused(t, house.Save(q), "lifecycle.verb_only")

	// Returned, it opens again, and says why.
	staff := housetest.Acting(t, house, access.Staff, access.House)
	_, err = startups.Return(house, staff, q.Id, " ", housetest.Noon)
	housetest.Refused(t, err, "report.no_reason")
	_, err = startups.Return(house, staff, q.Id, "Thiếu số tiền mặt", housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = startups.Fill(house, by, q.Id, housetest.Answers(4), nil, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	again, err := startups.Submit(house, by, q.Id, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	if again.ReturnedBecause() != "" {
		t.Error("a mended report still says what was wrong")
	}
}

func TestStaffDoNotJudgeTheReportsOfTheirOwnStartup(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, founder, _ := one(t, house)
	q := housetest.Reported(t, house, founder, s.Id, "baseline", 3, housetest.Noon)
	g, err := access.NewGrant(house, founder.Id, access.Staff, access.House, time.Time{}, "", "test")
	housetest.Refused(t, err, "")
	housetest.Save(t, house, g)
	_, err = startups.Accept(house, housetest.Actor(t, house, founder, housetest.Noon), q.Id, housetest.Noon)
	housetest.Refused(t, err, "report.own")
}

func TestTwoPhonesDoNotOverwriteEachOther(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, _, by := one(t, house)
	sheet, err := startups.Sheet(house, by, housetest.Report(t, house, s.Id, "baseline").Id)
	housetest.Refused(t, err, "")
	first, err := startups.Fill(house, by, sheet.Request.ID, housetest.Answers(1)[:1], nil, sheet.Request.Rev, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = startups.Fill(house, by, sheet.Request.ID, housetest.Answers(2)[:1], nil, sheet.Request.Rev, housetest.Noon)
	housetest.Refused(t, err, "record.stale")
	_, err = startups.Fill(house, by, sheet.Request.ID, housetest.Answers(2)[:1], nil, first.GetInt("rev"), housetest.Noon)
	housetest.Refused(t, err, "")
}

func TestATemplateInUseAsksWhatItAsked(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	one(t, house)
	template, err := startups.Templates.First(house, dbx.HashExp{"code": "baseline"})
	housetest.Refused(t, err, "")
	template.ProxyRecord().Load(map[string]any{"kpis": []string{"kpijobs00000000"}})
	housetest.Refused(t, house.Save(template), "report.template_used")
}

func TestASecondCohortBeginsWithABaselineOfItsOwn(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, founder := housetest.Active(t, house, housetest.Places(t, house, 1), "Một Đội", housetest.Noon)
	next, again := housetest.Places(t, house, 1), startups.Admission{Title: "Một Đội", Applicant: founder.Id, Startup: s.Id}
	again.Cohort = next
	id, err := startups.Enrol(house, housetest.Actor(t, house, founder, housetest.Noon), again, housetest.Noon)
	housetest.Refused(t, err, "")
	if id != s.Id {
		t.Error("a second startup was made")
	}
	housetest.Reported(t, house, founder, s.Id, "2026-11", 5, housetest.Noon)
	_, err = startups.Enrol(house, housetest.Actor(t, house, founder, housetest.Noon), again, housetest.Noon)
	housetest.Refused(t, err, "enrolment.twice")
	again.Applicant = housetest.User(t, house).Id
	_, err = startups.Enrol(house, access.Actor{ID: again.Applicant}, again, housetest.Noon)
	housetest.Refused(t, err, "record.not_found")
	housetest.Well(t, house)
}

func TestAnEnrolmentEndsAndNobodyIsChasedAnyMore(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 1)
	s, founder := housetest.Enrolled(t, house, cohort, "Một Đội", housetest.Noon)
	n, err := startups.Enrolments.First(house, dbx.HashExp{"startup": s.Id})
	housetest.Refused(t, err, "")
	n.ProxyRecord().Load(map[string]any{"joined_on": "2026-01-01"})
	housetest.Refused(t, house.Save(n), "enrolment.rooted")

	late := housetest.Noon.AddDate(0, 0, 20)
	housetest.Refused(t, startups.RaiseAlerts(house, late), "")
	a, err := startups.Alerts.First(house, dbx.HashExp{"startup": s.Id})
	housetest.Refused(t, err, "")
	manager := housetest.Acting(t, house, access.Manager, access.Scope{Type: access.Cohort, ID: cohort})
	_, err = startups.Withdraw(house, manager, n.Id, "", late)
	housetest.Refused(t, err, "enrolment.not_founder")
	_, err = startups.Terminate(house, manager, n.Id, " ", late)
	housetest.Refused(t, err, "enrolment.no_reason")
	by := housetest.Actor(t, house, founder, late)
	left, err := startups.Withdraw(house, by, n.Id, "đổi hướng", late)
	housetest.Refused(t, err, "")
	if left.LeftOn() != "2026-12-13" || left.ExitReason() != "đổi hướng" {
		t.Errorf("left on %s because %q", left.LeftOn(), left.ExitReason())
	}
	housetest.Refused(t, startups.RaiseAlerts(house, late.AddDate(0, 0, 1)), "")
	a, err = startups.Alerts.Find(house, a.Id)
	housetest.Refused(t, err, "")
	if a.Status() != startups.AlertResolved {
		t.Errorf("who has left is still chased: the alert is %s", a.Status())
	}
	housetest.Enrolled(t, house, cohort, "Đội Sau", late) // the place is free again
	housetest.Well(t, house)
}

func TestOnLeaveNobodyIsAskedAndTheLaterIsNotAskedForBefore(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 2)
	resting, _ := housetest.Active(t, house, cohort, "Nghỉ", housetest.Noon)
	n, err := startups.Enrolments.First(house, dbx.HashExp{"startup": resting.Id})
	housetest.Refused(t, err, "")
	_, err = startups.Pause(house, housetest.StaffOf(t, house, cohort), n.Id, "sinh em bé", housetest.Noon)
	housetest.Refused(t, err, "")
	housetest.Active(t, house, cohort, "Mới", housetest.Noon.AddDate(0, 0, 8)) // began on the first of December, before the job ran
	housetest.Refused(t, startups.OpenReports(house, housetest.Noon.AddDate(0, 0, 8)), "")
	asked, err := house.CountRecords("report_requests", dbx.HashExp{"period_key": "2026-11"})
	housetest.Refused(t, err, "")
	if asked != 0 {
		t.Errorf("%d startups are asked for a month in which they were not there", asked)
	}
}

// What the public reads of a startup is what was written, and a day that has come.
func TestACardHoldsNoSignsNobodySeesAndNoDayAhead(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, u := housetest.Enrolled(t, house, housetest.Places(t, house, 3), "Vườn Thử", housetest.Noon)
	founder := housetest.Actor(t, house, u, housetest.Noon)
	today, tomorrow := vn.DayOf(housetest.Noon).String(), vn.DayOf(housetest.Noon.AddDate(0, 0, 1)).String()
	for said, want := range map[*startups.Card]string{
		{Name: new("Gốm\u202eLái")}:    "startup.name_unseen",
		{Name: new("Gốm\x00Lái")}:      "startup.name_unseen",
		{Name: new("Gốm Lái 2")}:       "",
		{FoundedOn: new(tomorrow)}:     "startup.founded_later",
		{FoundedOn: new(today)}:        "",
		{FoundedOn: new("2025-02-30")}: "startup.founded",
	} {
		_, err := startups.Edit(house, founder, s.Id, *said, housetest.Noon)
		housetest.Refused(t, err, want)
	}
}

// The journal keeps who changed which fields of a card, and not what stands in them.
func TestAnEditOfACardIsNoted(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s, u := housetest.Enrolled(t, house, housetest.Places(t, house, 3), "Vườn Thử", housetest.Noon)
	founder, area, phone := housetest.Actor(t, house, u, housetest.Noon), "Lái Thiêu", "0274 1022"
	for range 2 { // the second time nothing changes
		_, err := startups.Edit(house, founder, s.Id, startups.Card{Area: &area}, housetest.Noon)
		housetest.Refused(t, err, "")
		_, err = startups.EditPrivate(house, founder, s.Id, startups.PrivateFields{Phone: &phone}, housetest.Noon)
		housetest.Refused(t, err, "")
	}
	latest, err := lifecycle.Latest(house, 0, 2)
	housetest.Refused(t, err, "")
	for i, want := range []string{"startup_private.edit map[fields:[phone]]", "startups.edit map[fields:[area]]"} {
		var detail map[string]any
		housetest.Refused(t, latest[i].Detail(&detail), "")
		if got := latest[i].Notice() + " " + fmt.Sprint(detail); got != want || latest[i].Actor() != u.Id {
			t.Errorf("the journal says %q of %s, want %q", got, latest[i].Actor(), want)
		}
	}
}

// A clock that tells more than the database keeps is no reason to refuse: rows are made, opened and handed in within one
// transaction, twice in one instant.
func TestAClockMayTellMoreThanMilliseconds(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon.Add(123456*time.Nanosecond)
	s, u := housetest.Enrolled(t, house, housetest.Places(t, house, 1), "Nước sạch", now)
	_, err := startups.Enrol(house, housetest.Actor(t, house, u, now),
		startups.Admission{Applicant: u.Id, Startup: s.Id, Cohort: housetest.Places(t, house, 1)}, now)
	housetest.Refused(t, err, "")
	housetest.Reported(t, house, u, s.Id, "baseline", 1e6, now.Add(time.Nanosecond))
	housetest.Well(t, house)
}
