package startups_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// graduated lets a new startup of a cohort graduate at an instant.
func graduated(t *testing.T, house core.App, cohort, name string, at time.Time) (*startups.Startup, *core.Record) {
	t.Helper()
	s, founder := housetest.Active(t, house, cohort, name, at.AddDate(-1, 0, 0))
	n, err := startups.Enrolments.First(house, dbx.HashExp{"startup": s.Id})
	housetest.Refused(t, err, "")
	_, err = startups.Graduate(house, housetest.Acting(t, house, access.Manager, access.House), n.Id, "", at)
	housetest.Refused(t, err, "")
	return s, founder
}

// Twenty graduates of two years ago: eight have said nothing for a year. The rate is of the other twelve, and its bounds take
// the eight for dead and for alive.
func TestSurvivalSaysWhatIsKnownAndHowFarItMayBeOff(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort, now := housetest.Places(t, house, 20), day(2029, time.March, 1)
	manager := housetest.Acting(t, house, access.Manager, access.House)
	for i := range 20 {
		s, _ := graduated(t, house, cohort, fmt.Sprintf("Đội %d", i), day(2027, time.February, 1))
		switch {
		case i < 3:
			_, err := startups.Move(house, manager, s.Id, "close", now)
			housetest.Refused(t, err, "")
		case i < 5:
			_, err := startups.Move(house, manager, s.Id, "acquire", now)
			housetest.Refused(t, err, "")
		case i < 12: // heard of last autumn
			if _, err := house.NonconcurrentDB().NewQuery(`UPDATE report_requests SET submitted_at = '2028-10-01 00:00:00.000Z' WHERE startup = {:id}`).
				Bind(dbx.Params{"id": s.Id}).Execute(); err != nil {
				t.Fatal(err)
			}
		}
	}
	p, err := startups.Whole(house, manager, "2029-02", cohort, now)
	housetest.Refused(t, err, "")
	all := p.Survival[0]
	if all.Graduates != 20 || all.Alive != 9 || all.Ended != 3 || all.Unknown != 8 {
		t.Fatalf("of twenty are alive %d, ended %d, unknown %d", all.Alive, all.Ended, all.Unknown)
	}
	if *all.Rate != 7500 || *all.Low != 4500 || *all.High != 8500 {
		t.Errorf("nine of twelve read as %d, between %d and %d", *all.Rate, *all.Low, *all.High)
	}
	if len(p.Survival) != 2 || p.Survival[1].Years != 2 || p.Survival[1].Graduates != 20 {
		t.Errorf("by years: %+v", p.Survival)
	}
	rows, err := startups.PortfolioRows(house, manager, "survival", "2029-02", cohort, now)
	housetest.Refused(t, err, "")
	fates := map[string]int{}
	for _, r := range rows {
		fates[r.Fate]++
	}
	if fates["alive"] != 9 || fates["ended"] != 3 || fates["unknown"] != 8 {
		t.Errorf("the rows say %v", fates)
	}
}

// Jobs are what there is now less what there was at first, of those who told both; nobody's ten people are ten new jobs.
func TestJobsAreCountedAgainstTheBaseline(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 5)
	jobs := func(n float64) []startups.Answer {
		some := housetest.Answers(100)
		some[1].Value = &n
		return some
	}
	report := func(founder *core.Record, s *startups.Startup, period string, said []startups.Answer, at time.Time) {
		t.Helper()
		by, q := housetest.Actor(t, house, founder, at), housetest.Report(t, house, s.Id, period)
		_, err := startups.Fill(house, by, q.Id, said, nil, 0, at)
		housetest.Refused(t, err, "")
		_, err = startups.Submit(house, by, q.Id, 0, at)
		housetest.Refused(t, err, "")
	}
	at, december := housetest.Noon, time.Date(2026, time.December, 1, 1, 0, 0, 0, time.UTC)
	grew, a := housetest.Enrolled(t, house, cohort, "Lớn Lên", at)
	shrank, b := housetest.Enrolled(t, house, cohort, "Nhỏ Lại", at)
	silent, c := housetest.Enrolled(t, house, cohort, "Im Lặng", at)
	report(a, grew, "baseline", jobs(9), at)
	report(b, shrank, "baseline", jobs(6), at)
	report(c, silent, "baseline", jobs(50), at)
	housetest.Refused(t, startups.OpenReports(house, december), "")
	report(a, grew, "2026-11", jobs(14), december)
	report(b, shrank, "2026-11", jobs(4), december)

	staff := housetest.StaffOf(t, house, cohort)
	for _, period := range []string{"2026-11", "2026-Q4", "2026"} {
		p, err := startups.Whole(house, staff, period, "", december)
		housetest.Refused(t, err, "")
		if g := p.Jobs; g.Startups != 2 || *g.Now != 18 || *g.Base != 15 || *g.Change != 3 {
			t.Errorf("%s: %+v", period, g)
		}
	}
	rows, err := startups.PortfolioRows(house, staff, "jobs", "2026-11", "", december)
	housetest.Refused(t, err, "")
	if len(rows) != 2 || *rows[0].Change+*rows[1].Change != 3 {
		t.Errorf("the rows are %+v", rows)
	}
	p, err := startups.Whole(house, staff, "2026-10", "", december)
	housetest.Refused(t, err, "")
	if p.Jobs.Change != nil {
		t.Errorf("nobody reported on October, and jobs read as %+v", p.Jobs)
	}
}

// Capital is what rounds on record say that came from others by the end of a period: neither the founders' own money nor what was
// corrected, and an amount that nobody tells is no zero. It opens down to its rounds.
func TestCapitalIsWhatRoundsOnRecordSay(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	one, two, now := housetest.Places(t, house, 5), housetest.Places(t, house, 5), day(2027, time.March, 1)
	a, founder := housetest.Active(t, house, one, "Gọi Vốn", housetest.Noon)
	b, _ := housetest.Active(t, house, two, "=Công Thức", housetest.Noon)
	_, err := startups.Enrol(house, housetest.Actor(t, house, founder, now), startups.Admission{
		Title: "Gọi Vốn", Applicant: founder.Id, Cohort: two, Sector: "services", Startup: a.Id,
	}, now)
	housetest.Refused(t, err, "")
	staff := housetest.Acting(t, house, access.Staff, access.House)
	write := func(s *startups.Startup, kind, closed string, amount int64) *startups.Funding {
		t.Helper()
		said := startups.FundingFields{Kind: kind, ClosedOn: closed}
		if amount > 0 {
			said.Amount = &amount
		}
		f, err := startups.WriteFunding(house, staff, s.Id, said, now)
		housetest.Refused(t, err, "")
		return f
	}
	write(a, "seed", "2027-01-31", 500)
	write(a, "own", "2027-01-15", 9000)
	write(a, "grant", "2027-02-28", 0)
	wrong, right := write(b, "loan", "2027-02-01", 70), int64(7)
	_, err = startups.CorrectFunding(house, staff, wrong.Id, startups.FundingFields{Kind: "loan", ClosedOn: "2027-02-01", Amount: &right, Reason: "Thừa số không"}, now)
	housetest.Refused(t, err, "")
	for _, c := range []struct {
		period, cohort                   string
		total                            int64
		startups, rounds, refused, lines int
	}{
		{"2027-02", "", 507, 2, 2, 1, 3},
		{"2027-01", "", 500, 1, 1, 0, 1},
		{"2027", "", 507, 2, 2, 1, 3},
		{"2026-12", "", -1, 0, 0, 0, 0},
		{"2027-02", one, 500, 1, 1, 1, 2},
		{"2027-02", two, 507, 2, 2, 1, 3},
	} {
		p, err := startups.Whole(house, staff, c.period, c.cohort, now)
		housetest.Refused(t, err, "")
		total := int64(-1)
		if p.Capital.Total != nil {
			total = *p.Capital.Total
		}
		if got := p.Capital; total != c.total || got.Startups != c.startups || got.Rounds != c.rounds || got.Refused != c.refused {
			t.Errorf("%s %s: %d of %+v", c.period, c.cohort, total, got)
		}
		rows, err := startups.PortfolioRows(house, staff, "capital", c.period, c.cohort, now)
		housetest.Refused(t, err, "")
		var sum int64
		for _, r := range rows {
			if r.Now != nil {
				sum += *r.Now
			}
		}
		if len(rows) != c.lines || sum != max(0, c.total) {
			t.Errorf("%s %s opens to %d rows of %d", c.period, c.cohort, len(rows), sum)
		}
	}
}

// A figure opens to its rows page by page, searched without marks, and whole for a spreadsheet, in which no name is a formula.
func TestTheRowsOfAPortfolioComeByPages(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	cohort := housetest.Places(t, house, 9)
	for _, name := range []string{"Ấp Trứng", "=1+1", "Bến Nước", "Chợ Đêm", "Đồng Lúa"} {
		graduated(t, house, cohort, name, day(2027, time.January, 15))
	}
	staff, server := housetest.Holder(t, house, access.Staff, access.House), housetest.Server(t, house)
	for _, of := range []string{"portfolio/enrolled", "portfolio/active", "portfolio/graduated", "portfolio/survival", "figures/revenue"} {
		path := "/api/vuon/" + of + "/rows?period=baseline&limit=2"
		var names []string
		for next := ""; ; {
			var page struct {
				Rows []struct{ Startup startups.Named }
				Next string
			}
			if err := json.Unmarshal(housetest.Ask(t, server, staff, http.MethodGet, path+"&after="+next, "").Body.Bytes(), &page); err != nil {
				t.Fatal(err)
			}
			for _, r := range page.Rows {
				names = append(names, r.Startup.Name)
			}
			if next = page.Next; next == "" || len(names) > 9 {
				break
			}
		}
		if len(names) != 5 || len(slices.Compact(slices.Sorted(slices.Values(names)))) != 5 {
			t.Errorf("%s comes as %q", of, names)
		}
		found := housetest.Ask(t, server, staff, http.MethodGet, path+"&q=dong", "").Body.String()
		if !strings.Contains(found, "Đồng Lúa") || strings.Contains(found, "Chợ Đêm") {
			t.Errorf("%s searched: %s", of, found)
		}
		if table := housetest.Ask(t, server, staff, http.MethodGet, path+"&format=csv", "").Body.String(); strings.Count(table, "\n") < 6 || !strings.Contains(table, "'=1+1") {
			t.Errorf("%s as a table: %s", of, table)
		}
	}
}

// The steps of a funnel count those who went on, and an official reads none that shows a few.
func TestAnOfficialReadsAPortfolioOfManyAlone(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	big, small, at := housetest.Places(t, house, 20), housetest.Places(t, house, 20), day(2027, time.February, 1)
	for i := range 6 {
		graduated(t, house, big, fmt.Sprintf("Lớn %d", i), at)
	}
	for i := range 2 {
		graduated(t, house, small, fmt.Sprintf("Nhỏ %d", i), at)
	}
	for i := range 6 {
		housetest.Active(t, house, big, fmt.Sprintf("Đang học %d", i), at)
	}
	official, now := housetest.Acting(t, house, access.Official, access.House), day(2027, time.March, 1)
	look := func(cohort string) *startups.Portfolio {
		p, err := startups.Whole(house, official, "2027-02", cohort, now)
		housetest.Refused(t, err, "")
		return p
	}
	step := func(p *startups.Portfolio, key string) startups.Step {
		for _, s := range p.Funnel {
			if s.Key == key {
				return s
			}
		}
		return startups.Step{}
	}
	if s := step(look(""), "graduated"); s.N != 8 || s.Suppressed {
		t.Errorf("eight graduates read as %+v", s)
	}
	if r := look("").Survival[0]; r.Graduates != 8 || r.Suppressed {
		t.Errorf("their survival reads as %+v", r)
	}
	for name, cohort := range map[string]string{"the small cohort": small, "the big one, from which the small one could be reckoned": big} {
		p := look(cohort)
		if s := step(p, "graduated"); !s.Suppressed || s.N != 0 {
			t.Errorf("%s shows its graduates: %+v", name, s)
		}
		for _, r := range p.Survival {
			if !r.Suppressed || r.Graduates != 0 || r.Rate != nil {
				t.Errorf("%s shows what became of them: %+v", name, r)
			}
		}
	}
	_, err := startups.PortfolioRows(house, official, "survival", "2027-02", "", now)
	housetest.Refused(t, err, "access.needs_staff")
	_, err = startups.Calls(house, official, "")
	housetest.Refused(t, err, "access.needs_staff")
}
