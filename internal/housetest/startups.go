package housetest

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/startups"
)

// Answers are whole answers to the five first figures, each with a value.
func Answers(revenue float64) []startups.Answer {
	var all []startups.Answer
	for i, key := range []string{"revenue", "jobs", "customers", "funding", "cash"} {
		value := float64(i)
		if i == 0 {
			value = revenue
		}
		all = append(all, startups.Answer{KPI: key, State: startups.Given, Value: &value})
	}
	return all
}

// Places stores a cohort with so many places, in a programme of its own, and returns its id.
func Places(t testing.TB, app core.App, places int) string {
	t.Helper()
	programme := row(t, app, "programmes", map[string]any{"code": core.GenerateDefaultRandomId(), "title_vi": "Ươm tạo", "title_en": "Incubation", "kind": "incubation"})
	return row(t, app, "cohorts", map[string]any{
		"code": core.GenerateDefaultRandomId(), "title_vi": "Khóa thử", "title_en": "Test cohort", "programme": programme.Id, "capacity": places,
	}).Id
}

// row stores a row of another room with these values.
func row(t testing.TB, app core.App, name string, values map[string]any) *core.Record {
	t.Helper()
	c, err := app.FindCachedCollectionByNameOrId(name)
	if err != nil {
		t.Fatal(err)
	}
	r := core.NewRecord(c)
	r.Load(values)
	if f := c.Fields.GetByName("status"); f != nil && r.GetString("status") == "" {
		r.Set("status", f.(*core.SelectField).Values[0])
	}
	Save(t, app, r)
	return r
}

// Enrolled takes a new startup into a cohort and returns it with its founder. Its baseline report is open.
func Enrolled(t testing.TB, app core.App, cohort, name string, now time.Time) (*startups.Startup, *core.Record) {
	t.Helper()
	founder := User(t, app)
	id, err := startups.Enrol(app, Actor(t, app, founder, now), startups.Admission{
		Title: name, Applicant: founder.Id, Cohort: cohort, Sector: "manufacturing", Headcount: 3,
	}, now)
	if err != nil {
		t.Fatalf("enrol %s: %v", name, err)
	}
	s, err := startups.Startups.Find(app, id)
	if err != nil {
		t.Fatal(err)
	}
	return s, founder
}

// Report is a startup's report on a period.
func Report(t testing.TB, app core.App, startup, period string) *startups.Request {
	t.Helper()
	q, err := startups.ReportOn(app, startup, period)
	if err != nil {
		t.Fatalf("the report of %s on %s: %v", startup, period, err)
	}
	return q
}

// Reported fills in a startup's report on a period and hands it in.
func Reported(t testing.TB, app core.App, founder *core.Record, startup, period string, revenue float64, now time.Time) *startups.Request {
	t.Helper()
	by, q := Actor(t, app, founder, now), Report(t, app, startup, period)
	if _, err := startups.Fill(app, by, q.Id, Answers(revenue), nil, 0, now); err != nil {
		t.Fatalf("fill in %s: %v", period, err)
	}
	q, err := startups.Submit(app, by, q.Id, 0, now)
	if err != nil {
		t.Fatalf("hand in %s: %v", period, err)
	}
	return q
}

// Active takes a new startup into a cohort and hands its baseline in.
func Active(t testing.TB, app core.App, cohort, name string, now time.Time) (*startups.Startup, *core.Record) {
	t.Helper()
	s, founder := Enrolled(t, app, cohort, name, now)
	Reported(t, app, founder, s.Id, "baseline", 1, now)
	return s, founder
}

// StaffOf stores somebody who works over a cohort and returns them as an actor at Noon.
func StaffOf(t testing.TB, app core.App, cohort string) access.Actor {
	t.Helper()
	return Acting(t, app, access.Staff, access.Scope{Type: access.Cohort, ID: cohort})
}

// Show lets everybody read a startup's card.
func Show(t testing.TB, app core.App, s *startups.Startup) {
	t.Helper()
	public, by := string(startups.Public), Acting(t, app, access.Staff, access.House)
	if _, err := startups.Edit(app, by, s.Id, startups.Card{Visibility: &public}, Noon); err != nil {
		t.Fatalf("show %s: %v", s.Name(), err)
	}
}
