package startups_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// report lets a new startup of a cohort hand in November.
func november(t *testing.T, house core.App, cohort, name string, revenue float64) {
	t.Helper()
	s, founder := housetest.Active(t, house, cohort, name, housetest.Noon)
	housetest.Refused(t, startups.OpenReports(house, time.Date(2026, time.December, 1, 1, 0, 0, 0, time.UTC)), "")
	housetest.Reported(t, house, founder, s.Id, "2026-11", revenue, time.Date(2026, time.December, 3, 1, 0, 0, 0, time.UTC))
}

// An official sees what many did together and never one of them: not alone, and not by taking one sum from another.
func TestAnOfficialSeesManyAndNeverOne(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	big, small := housetest.Places(t, house, 10), housetest.Places(t, house, 10)
	for i := range 6 {
		november(t, house, big, fmt.Sprintf("Lớn %d", i), 100)
	}
	official := housetest.Acting(t, house, access.Official, access.House)
	look := func(cohort string) map[string]startups.Figure {
		all, err := startups.Figures(house, official, "2026-11", cohort)
		housetest.Refused(t, err, "")
		by := map[string]startups.Figure{}
		for _, f := range all {
			by[f.Key] = f
		}
		return by
	}
	if f := look("")["revenue"]; f.Total == nil || *f.Total != 600 || f.Suppressed {
		t.Errorf("six startups read as %+v", f)
	}
	if all := look(""); len(all) != 2 { // revenue and jobs; customers and funding are the staff's, cash is nobody's
		t.Errorf("an official sees %d figures", len(all))
	}
	november(t, house, small, "Nhỏ", 7)
	for name, cohort := range map[string]string{"the small cohort": small, "the big one, from which the small one could be reckoned": big} {
		if f := look(cohort)["revenue"]; f.Total != nil || !f.Suppressed || f.ByState != nil {
			t.Errorf("%s is shown: %+v", name, f)
		}
	}
	if f := look("")["revenue"]; f.Total == nil || *f.Total != 607 {
		t.Errorf("all together read as %+v", f)
	}
	_, err := startups.FigureRows(house, official, "revenue", "2026-11", "")
	housetest.Refused(t, err, "access.needs_staff")

	// Staff of one cohort see that one, to the last đồng, and no other.
	staff := housetest.StaffOf(t, house, small)
	if f := figure(t, house, staff, "2026-11", "revenue"); *f.Total != 7 || f.Asked != 1 {
		t.Errorf("staff of the small cohort see %+v", f)
	}
	_, err = startups.Figures(house, staff, "2026-11", big)
	housetest.Refused(t, err, "record.not_found")
	rows, err := startups.FigureRows(house, staff, "revenue", "2026-11", "")
	housetest.Refused(t, err, "")
	if len(rows) != 1 || rows[0].Startup.Name != "Nhỏ" {
		t.Errorf("behind the figure stand %+v", rows)
	}
}

// Three cohorts: a small one is what is left when the two large ones are taken from the whole, so one of them is kept back too.
func TestNoSmallCohortIsLeftWhenLargeOnesAreTakenFromTheWhole(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohorts := map[string]int{housetest.Places(t, house, 10): 5, housetest.Places(t, house, 10): 6, housetest.Places(t, house, 10): 1}
	for cohort, teams := range cohorts {
		for i := range teams {
			november(t, house, cohort, fmt.Sprintf("Đội %d của %s", i, cohort), 100)
		}
	}
	official := housetest.Acting(t, house, access.Official, access.House)
	revenue := func(cohort string) startups.Figure {
		all, err := startups.Figures(house, official, "2026-11", cohort)
		housetest.Refused(t, err, "")
		return all[slices.IndexFunc(all, func(f startups.Figure) bool { return f.Key == "revenue" })]
	}
	if f := revenue(""); f.Total == nil || *f.Total != 1200 {
		t.Errorf("all together read as %+v", f)
	}
	for cohort, teams := range cohorts {
		if f := revenue(cohort); f.Suppressed == (teams == 6) {
			t.Errorf("the cohort of %d reads as %+v", teams, f)
		}
	}
}

// Three of six report in December: what they sold is the quarter without November, so that the quarter is kept back too.
func TestNoSmallMonthIsLeftWhenTheOthersAreTakenFromTheQuarter(t *testing.T) {
	t.Parallel()
	for agg, november := range map[string]int64{"sum": 600, "avg": 100} { // an average, of so many, tells what they come to
		t.Run(agg, func(t *testing.T) {
			t.Parallel()
			quarterBesideItsMonths(t, agg, november)
		})
	}
}

func quarterBesideItsMonths(t *testing.T, agg string, november int64) {
	t.Helper()
	house := housetest.App(t)
	(&plot{T: t, house: house}).sql("UPDATE kpis SET agg = '" + agg + "' WHERE key = 'revenue'") // before anybody is asked
	cohort, december := housetest.Places(t, house, 10), []func(){}
	january := time.Date(2027, time.January, 1, 1, 0, 0, 0, time.UTC)
	for i := range 6 {
		s, founder := housetest.Active(t, house, cohort, fmt.Sprintf("Quý %d", i), housetest.Noon)
		housetest.Refused(t, startups.OpenReports(house, time.Date(2026, time.December, 1, 1, 0, 0, 0, time.UTC)), "")
		housetest.Reported(t, house, founder, s.Id, "2026-11", 100, time.Date(2026, time.December, 3, 1, 0, 0, 0, time.UTC))
		december = append(december, func() { housetest.Reported(t, house, founder, s.Id, "2026-12", 10, january) })
	}
	housetest.Refused(t, startups.OpenReports(house, january), "")
	official := housetest.Acting(t, house, access.Official, access.House)
	quarter := func() map[string]startups.Figure {
		all, err := startups.Figures(house, official, "2026-Q4", "")
		housetest.Refused(t, err, "")
		by := map[string]startups.Figure{}
		for _, f := range all {
			by[f.Key] = f
		}
		return by
	}
	if f := quarter()["revenue"]; f.Total == nil || *f.Total != november {
		t.Errorf("a quarter of one month reads as %+v", f)
	}
	for i, report := range december {
		report()
		f, jobs := quarter()["revenue"], quarter()["jobs"] // jobs do not add up: an official reads those of the last month
		if few := i+1 < 5; f.Suppressed != few || jobs.Suppressed != few || !few && (jobs.At != "2026-12" || jobs.Reported != i+1) {
			t.Errorf("with %d in December revenue is %+v, jobs %+v", i+1, f, jobs)
		}
	}
}

func TestAFigureOpensDownToItsReports(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 3)
	november(t, house, cohort, "Đã Nộp", 12)
	silent, _ := housetest.Active(t, house, cohort, "Im Lặng", housetest.Noon)
	housetest.Refused(t, startups.OpenReports(house, time.Date(2026, time.December, 1, 1, 0, 0, 0, time.UTC)), "")
	half, founder := housetest.Active(t, house, cohort, "Nửa Chừng", housetest.Noon)
	housetest.Refused(t, startups.OpenReports(house, time.Date(2026, time.December, 1, 1, 0, 0, 0, time.UTC)), "")
	_, err := startups.Fill(house, housetest.Actor(t, house, founder, housetest.Noon), housetest.Report(t, house, half.Id, "2026-11").Id, housetest.Answers(99), nil, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	staff := housetest.StaffOf(t, house, cohort)

	f := figure(t, house, staff, "2026-11", "revenue")
	rows, err := startups.FigureRows(house, staff, f.KPI, "2026-11", cohort)
	housetest.Refused(t, err, "")
	sum, reported, missing := int64(0), 0, 0
	for _, r := range rows {
		switch r.State {
		case "value":
			sum += *r.Value
			reported++
		case "missing":
			missing++
		}
	}
	if sum != *f.Total || reported != f.Reported || len(rows) != f.Asked || missing != f.ByState["missing"] || missing != 2 {
		t.Errorf("the figure is %+v, its rows %+v", f, rows)
	}
	if f.Previous == nil || f.Previous.Asked != 0 || f.Previous.Total != nil {
		t.Errorf("nobody was asked in October, and the figure compares itself with %+v", f.Previous)
	}
	_ = silent
	for _, period := range []string{"2026-13", "now", "2026-Q5", ""} {
		_, err := startups.Figures(house, staff, period, "")
		housetest.Refused(t, err, "figure.period")
	}
}

// A name that a spreadsheet would run arrives as text.
func TestATableIsSafeToOpen(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 1)
	november(t, house, cohort, `=HYPERLINK("https://evil.example";"Mở")`, 12)
	staff, server := housetest.Holder(t, house, access.Staff, access.House), housetest.Server(t, house)
	for _, path := range []string{"/api/vuon/startups", "/api/vuon/reports", "/api/vuon/figures/revenue/rows"} {
		got := housetest.Ask(t, server, staff, http.MethodGet, path+"?format=csv&period=2026-11", "")
		if got.Code != http.StatusOK || !strings.Contains(got.Header().Get("Content-Type"), "text/csv") {
			t.Fatalf("%s answers %d", path, got.Code)
		}
		if body := got.Body.String(); !strings.Contains(body, `'=HYPERLINK`) || strings.Contains(body, `,"=HYPERLINK`) || strings.Contains(body, ",=") {
			t.Errorf("%s: %s", path, body)
		}
	}
}

// Everybody reads the sum of all. An official of one programme, or of one cohort, who takes what is theirs from it must not be
// left with a few.
func TestNoSmallRestIsLeftWhenAProgrammeIsTakenFromWhatEverybodyReads(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	one, two, outside := housetest.Places(t, house, 10), housetest.Places(t, house, 10), housetest.Places(t, house, 10)
	for cohort, teams := range map[string]int{one: 6, two: 5, outside: 1} {
		for i := range teams {
			november(t, house, cohort, fmt.Sprintf("Đội %d của %s", i, cohort), 100)
		}
	}
	narrow := housetest.Acting(t, house, access.Official, access.Scope{Type: access.Cohort, ID: one})
	u := housetest.Holder(t, house, access.Official, access.Scope{Type: access.Cohort, ID: one})
	g, err := access.NewGrant(house, u.Id, access.Official, access.Scope{Type: access.Cohort, ID: two}, time.Time{}, "", "test")
	housetest.Refused(t, err, "")
	housetest.Save(t, house, g)
	wide := housetest.Actor(t, house, u, housetest.Noon)
	hidden := func(by access.Actor, cohort string) bool {
		all, err := startups.Figures(house, by, "2026-11", cohort)
		housetest.Refused(t, err, "")
		return all[slices.IndexFunc(all, func(f startups.Figure) bool { return f.Key == "revenue" })].Suppressed
	}
	says := func(when string, by access.Actor, cohort string, want bool) {
		t.Helper()
		if got := hidden(by, cohort); got != want {
			t.Errorf("%s: kept back %v, want %v", when, got, want)
		}
	}
	says("six, when six stand outside", narrow, "", false)
	says("eleven of twelve", wide, "", true)
	says("the five of them, who hide the one", wide, two, true)
	says("the six of them", wide, one, false)
	for i := range 4 {
		november(t, house, outside, fmt.Sprintf("Ngoài %d", i), 100)
	}
	says("eleven of sixteen", wide, "", false)
	says("the five of sixteen", wide, two, false)
}
