package startups_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/startups"
)

// How many random years of a garden are lived, and how long each is: few in everyday tests, many with VUON_WHOLE=1.
func years() (seeds, steps int) {
	if os.Getenv("VUON_WHOLE") != "" {
		return 60, 400
	}
	return 1, 70
}

// Whatever is done with reports in whatever order: what is kept is what the reports come to, and what a figure says is what
// the rows say to which it opens.
func TestTheKeptTotalsAreWhatTheReportsComeTo(t *testing.T) {
	t.Parallel()
	seeds, steps := years()
	for seed := range seeds {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			if broken, trace := garden(t, uint64(seed), steps, ""); broken != "" {
				t.Errorf("seed %d: %s\nafter %s", seed, broken, strings.Join(trace, "\n      "))
			}
		})
	}
}

// The negative control: with any of the triggers gone that keep the totals, the audit tells of a difference before long.
func TestWithoutATriggerTheAuditTellsOfADifference(t *testing.T) {
	t.Parallel()
	all := []string{"asked", "moved", "gone", "answered", "revised", "taken_back"}
	if os.Getenv("VUON_WHOLE") == "" {
		all = []string{"moved"}
	}
	for _, name := range all {
		for _, half := range []string{"", "_before"} {
			if name == "asked" && half != "" {
				continue // of a report that is asked for again nothing is there before
			}
			t.Run(name+half, func(t *testing.T) {
				t.Parallel()
				missed(t, "kept_totals_"+name+half)
			})
		}
	}
}

// missed lives gardens without a trigger until the audit tells of it.
func missed(t *testing.T, trigger string) {
	t.Helper()
	for seed := range 80 { // of eight gardens in about two something is answered that a longer period had an answer for
		if broken, _ := garden(t, uint64(seed), 120, trigger); broken != "" {
			if !strings.Contains(broken, ", not ") {
				t.Errorf("seed %d found something else: %s", seed, broken)
			}
			return
		}
	}
	t.Error("nobody misses the trigger: the property proves nothing")
}

// The walk of the doctor over the reports finds whatever is not what they come to: a đồng too much, a row too many, one too few.
func TestTheDoctorReckonsEveryTotalAnew(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	p := &plot{T: t, house: house, now: housetest.Noon}
	november(t, house, housetest.Places(t, house, 3), "Đủ Đầy", 600)
	if broken := p.differences(); broken != "" {
		t.Fatalf("a house that is well differs: %s", broken)
	}
	for _, c := range []struct{ harm, mend, want string }{
		{
			"UPDATE kept_totals SET total = total + 7 WHERE period_key = '2026-11' AND cohort = '' AND kpi = (SELECT id FROM kpis WHERE key = 'revenue')",
			"UPDATE kept_totals SET total = total - 7 WHERE period_key = '2026-11' AND cohort = '' AND kpi = (SELECT id FROM kpis WHERE key = 'revenue')",
			"revenue 2026-11 house: total 607, not 600;",
		},
		{
			"INSERT INTO kept_totals (kpi, period_key, cohort, asked) SELECT id, '2019', '', 1 FROM kpis WHERE key = 'jobs'",
			"DELETE FROM kept_totals WHERE period_key = '2019'", "jobs 2019 house: asked 1, not 0;",
		},
		{
			"UPDATE kept_totals SET period_key = '1999-Q4' WHERE period_key = '2026-Q4' AND cohort != '' AND kpi = (SELECT id FROM kpis WHERE key = 'jobs')",
			"UPDATE kept_totals SET period_key = '2026-Q4' WHERE period_key = '1999-Q4'", "jobs 1999-Q4 ",
		},
	} {
		p.sql(c.harm)
		if broken := p.differences(); !strings.Contains(broken, c.want) {
			t.Errorf("after %s the doctor says %q", c.harm, broken)
		}
		p.sql(c.mend)
	}
	if broken := p.differences(); broken != "" {
		t.Errorf("mended, it differs: %s", broken)
	}
}

// plot is a garden under way.
type plot struct {
	*testing.T
	house    *tests.TestApp
	dice     *rand.Rand
	now      time.Time
	cohorts  []string
	founders map[string]*core.Record // of startups
	manager  access.Actor
	imports  int
}

// garden lives some random months and says what broke after which steps. without is a trigger that is taken away first.
func garden(t *testing.T, seed uint64, steps int, without string) (broken string, trace []string) {
	t.Helper()
	p := &plot{T: t, house: housetest.App(t), dice: rand.New(rand.NewPCG(seed, 7)), now: day(2026, time.November, 2), founders: map[string]*core.Record{}}
	p.cohorts = []string{housetest.Places(t, p.house, 9), housetest.Places(t, p.house, 9), housetest.Places(t, p.house, 9)}
	p.manager = housetest.Acting(t, p.house, access.Manager, access.House)
	p.sql("UPDATE kpis SET agg = 'avg' WHERE key = 'cash'") // before anybody is asked
	p.sql("UPDATE kpis SET agg = 'avg', unit = 'percent' WHERE key = 'customers'")
	if without != "" {
		p.sql("DROP TRIGGER " + without)
	}
	for i := range 4 {
		s, founder := housetest.Enrolled(t, p.house, p.cohorts[i%2], fmt.Sprintf("Đội %d", i), p.now)
		p.founders[s.Id] = founder
		housetest.Reported(t, p.house, founder, s.Id, "baseline", 10, p.now)
	}
	verbs := []func() string{p.month, p.month, p.fill, p.fill, p.submit, p.submit, p.submit, p.back, p.accept, p.revise, p.revise, p.waive, p.miss, p.end, p.twice, p.imported, p.forgotten}
	for n := range steps {
		step := verbs[p.dice.IntN(len(verbs))]()
		if trace = append(trace, step); step == "" || n%10 != 9 && n != steps-1 {
			continue
		}
		if broken = p.differences(); broken != "" {
			return broken, trace
		}
	}
	if without == "" {
		if broken = p.unopened(); broken == "" {
			broken = p.filledAnew()
		}
	}
	return broken, trace
}

func (p *plot) sql(statement string, params ...dbx.Params) {
	p.Helper()
	q := p.house.NonconcurrentDB().NewQuery(statement)
	for _, some := range params {
		q.Bind(some)
	}
	if _, err := q.Execute(); err != nil {
		p.Fatalf("%s: %v", statement, err)
	}
}

// any draws one of the reports in some states.
func (p *plot) any(states ...any) *startups.Request {
	rows, err := startups.Requests.All(p.house, dbx.HashExp{"status": states})
	if err != nil {
		p.Fatal(err)
	}
	if len(rows) == 0 {
		return nil
	}
	slices.SortFunc(rows, func(a, b *startups.Request) int {
		return strings.Compare(a.StartupID()+a.Period(), b.StartupID()+b.Period())
	})
	return rows[p.dice.IntN(len(rows))]
}

// outcome is what a verb did to a report: "" when there was none to do it to.
func outcome(verb string, q *startups.Request, err error) string {
	if err != nil {
		return fmt.Sprintf("%s %s: %s", verb, q.Period(), codeOf(err))
	}
	return verb + " " + q.Period()
}

func (p *plot) month() string {
	p.now = time.Date(p.now.Year(), p.now.Month()+1, 1, 8, 0, 0, 0, p.now.Location())
	return fmt.Sprintf("open %s: %s", p.now.Format("2006-01"), codeOf(startups.OpenReports(p.house, p.now)))
}

func (p *plot) answers() []startups.Answer {
	some := housetest.Answers(float64(p.dice.IntN(1_000_000) - 1000))
	for i := range some {
		value := float64(p.dice.IntN(500))
		if some[i].KPI == "cash" { // of which more may be owed than there is: an average below nought
			value -= 250
		}
		if some[i].KPI != "revenue" {
			some[i].Value = &value
		}
		if state := []startups.ReadingState{startups.Given, startups.Given, startups.NotReported, startups.NotOurs, startups.Declined}[p.dice.IntN(5)]; state != startups.Given {
			some[i] = startups.Answer{KPI: some[i].KPI, State: state}
		}
		some[i].Grade = []string{"", "documented"}[p.dice.IntN(2)]
	}
	return some
}

func (p *plot) fill() string {
	q := p.any("open", "missed", "returned")
	if q == nil {
		return ""
	}
	all := p.answers()
	if p.dice.IntN(3) == 0 {
		all = []startups.Answer{{KPI: all[p.dice.IntN(5)].KPI}} // taken back
	}
	_, err := startups.Fill(p.house, housetest.Actor(p, p.house, p.founders[q.StartupID()], p.now), q.Id, all, nil, 0, p.now)
	return outcome("fill", q, err)
}

func (p *plot) submit() string {
	q := p.any("open", "missed", "returned")
	if q == nil {
		return ""
	}
	by := housetest.Actor(p, p.house, p.founders[q.StartupID()], p.now)
	_, err := startups.Fill(p.house, by, q.Id, p.answers(), nil, 0, p.now)
	housetest.Refused(p, err, "")
	_, err = startups.Submit(p.house, by, q.Id, 0, p.now)
	return outcome("submit", q, err)
}

func (p *plot) back() string {
	q := p.any("submitted")
	if q == nil {
		return ""
	}
	_, err := startups.Return(p.house, p.manager, q.Id, "Xem lại", p.now)
	return outcome("return", q, err)
}

func (p *plot) accept() string {
	q := p.any("submitted")
	if q == nil {
		return ""
	}
	_, err := startups.Accept(p.house, p.manager, q.Id, p.now)
	return outcome("accept", q, err)
}

func (p *plot) revise() string {
	q := p.any("accepted")
	if q == nil {
		return p.accept()
	}
	some := p.answers()[:1+p.dice.IntN(4)]
	some[0].Grade = "verified"
	_, err := startups.Revise(p.house, p.manager, q.Id, some, nil, "Nhầm", p.now)
	return outcome("revise", q, err)
}

func (p *plot) waive() string {
	q := p.any("open", "missed")
	if q == nil {
		return ""
	}
	_, err := startups.Waive(p.house, p.manager, q.Id, "Nghỉ", p.now)
	return outcome("waive", q, err)
}

func (p *plot) miss() string {
	return "miss: " + codeOf(startups.MissReports(p.house, p.now.AddDate(0, 0, 40)))
}

// end ends or pauses one of the enrolments.
func (p *plot) end() string {
	rows, err := startups.Enrolments.All(p.house, dbx.HashExp{"status": []any{"active", "on_leave"}})
	if err != nil || len(rows) < 3 {
		return ""
	}
	n := rows[p.dice.IntN(len(rows))]
	switch p.dice.IntN(4) {
	case 0:
		_, err = startups.Graduate(p.house, p.manager, n.Id, "", p.now)
	case 1:
		_, err = startups.Withdraw(p.house, housetest.Actor(p, p.house, p.founders[n.StartupID()], p.now), n.Id, "", p.now)
	case 2:
		_, err = startups.Terminate(p.house, p.manager, n.Id, "Vắng", p.now)
	default:
		_, err = startups.Pause(p.house, p.manager, n.Id, "", p.now)
	}
	return "end: " + codeOf(err)
}

// twice takes a startup into one more cohort.
func (p *plot) twice() string {
	rows, err := startups.Startups.All(p.house)
	housetest.Refused(p, err, "")
	slices.SortFunc(rows, func(a, b *startups.Startup) int { return strings.Compare(a.Name(), b.Name()) })
	s := rows[p.dice.IntN(len(rows))]
	founder := p.founders[s.Id]
	_, err = startups.Enrol(p.house, housetest.Actor(p, p.house, founder, p.now), startups.Admission{
		Title: "Lại", Applicant: founder.Id, Cohort: p.cohorts[p.dice.IntN(3)], Sector: "services", Startup: s.Id,
	}, p.now)
	return "twice: " + codeOf(err)
}

// imported stores a report of a month long ago past every law, answers before or after it, as a table or a repair does.
func (p *plot) imported() string {
	rows, err := startups.Enrolments.All(p.house)
	if err != nil {
		p.Fatal(err)
	}
	p.imports++
	n := rows[p.dice.IntN(len(rows))]
	at := dbx.Params{
		"id": fmt.Sprintf("imported%07d", p.imports), "startup": n.StartupID(), "enrolment": n.Id, "value": p.dice.IntN(9999),
		"month": fmt.Sprintf("2026-%02d", 1+p.dice.IntN(12)), "status": []string{"submitted", "accepted", "open", "waived"}[p.dice.IntN(4)],
	}
	there, err := startups.Requests.All(p.house, dbx.HashExp{"startup": n.StartupID(), "period_key": at["month"]})
	if err != nil || len(there) > 0 {
		return ""
	}
	report := `INSERT INTO report_requests (id, startup, enrolment, template, period_key, opens_at, due_on, status, rev)
		VALUES ({:id}, {:startup}, {:enrolment}, 'templatemonth00', {:month}, '2026-01-01 00:00:00.000Z', '2026-01-20', {:status}, 1)`
	answers := `INSERT INTO kpi_readings (id, request, startup, kpi, period_key, state, value, source, grade, rev)
		SELECT 'r' || substr(lower(hex(randomblob(7))), 1, 14), {:id}, {:startup}, id, {:month}, 'value', {:value}, 'import', 'documented', 1 FROM kpis`
	steps := []string{report, answers}
	if p.dice.IntN(2) == 0 {
		steps = []string{answers, report}
	}
	for _, step := range steps {
		p.sql(step, at)
	}
	return fmt.Sprintf("import %s %s", at["month"], at["status"])
}

// forgotten deletes what was imported, answers or report first.
func (p *plot) forgotten() string {
	if p.imports == 0 {
		return ""
	}
	id := fmt.Sprintf("imported%07d", 1+p.dice.IntN(p.imports))
	steps := []string{"DELETE FROM kpi_readings WHERE request = {:id}", "DELETE FROM report_requests WHERE id = {:id}"}
	if p.dice.IntN(2) == 0 {
		slices.Reverse(steps)
	}
	for _, step := range steps {
		p.sql(step, dbx.Params{"id": id})
	}
	return "forget " + id
}

// differences is what the doctor says of the totals.
func (p *plot) differences() string {
	for _, i := range startups.Inspections() {
		if i.ID != "startups.kept_totals" {
			continue
		}
		rows, err := i.Broken(p.Context(), p.house, nil, p.now, 3)
		if err != nil {
			p.Fatal(err)
		}
		return strings.Join(rows, "\n")
	}
	p.Fatal("nobody audits the totals")
	return ""
}

// unopened compares every figure of every period, of each cohort, of two and of all, with the rows that it opens to.
func (p *plot) unopened() string {
	two := []access.Scope{{Type: access.Cohort, ID: p.cohorts[0]}, {Type: access.Cohort, ID: p.cohorts[1]}}
	u := housetest.Holder(p, p.house, access.Staff, two[0])
	g, err := access.NewGrant(p.house, u.Id, access.Staff, two[1], time.Time{}, "", "test")
	housetest.Refused(p, err, "")
	housetest.Save(p, p.house, g)
	narrow := housetest.Actor(p, p.house, u, housetest.Noon)
	for _, period := range []string{"baseline", "2026-12", "2026-Q4", "2027-Q1", "2026"} {
		for _, by := range []access.Actor{narrow, p.manager} {
			for _, cohort := range []string{"", p.cohorts[0], p.cohorts[1]} {
				figures, err := startups.Figures(p.house, by, period, cohort)
				housetest.Refused(p, err, "")
				for _, f := range figures {
					rows, err := startups.FigureRows(p.house, by, f.KPI, period, cohort)
					housetest.Refused(p, err, "")
					if want, got := opened(f.Agg, rows), reads(f); want != got {
						return fmt.Sprintf("%s of %s (cohort %q, the whole house %v) reads %s, and its rows %s", f.Key, period, cohort, by.ID == p.manager.ID, got, want)
					}
				}
				if broken := p.ungained(by, period, cohort); broken != "" {
					return broken
				}
			}
		}
	}
	return ""
}

func reads(f startups.Figure) string {
	total := "nothing"
	if f.Total != nil {
		total = fmt.Sprint(*f.Total)
	}
	return fmt.Sprintf("%s of %d asked, %d given, states %v, grades %v", total, f.Asked, f.Reported, f.ByState, f.Grade)
}

// opened adds up the rows of a figure by hand.
func opened(agg string, rows []startups.FigureRow) string {
	f := startups.Figure{Asked: len(rows), ByState: map[string]int{}, Grade: map[string]int{}}
	last, sum := map[string]startups.FigureRow{}, int64(0)
	for _, r := range rows {
		f.ByState[r.State]++
		if r.Value == nil {
			continue
		}
		f.Reported++
		f.Grade[r.Grade]++
		sum += *r.Value
		if had, ok := last[r.Startup.ID]; !ok || r.Period > had.Period {
			last[r.Startup.ID] = r
		}
	}
	if f.Reported > 0 {
		switch agg {
		case "last":
			sum = 0
			for _, r := range last {
				sum += *r.Value
			}
		case "avg":
			sum = int64(math.Round(float64(sum) / float64(f.Reported)))
		}
		f.Total = &sum
	}
	return reads(f)
}
