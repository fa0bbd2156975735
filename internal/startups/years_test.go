package startups_test

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/startups"
)

// Staff can read this test: two years of a cohort of forty. What happened is written down here by hand, beside the house; in the
// end the dashboard says what was written down, to the last đồng.
func TestTwoYearsOfACohortOfForty(t *testing.T) {
	t.Parallel()
	y := begun(t)
	for m := range 24 {
		y.month(m)
		switch m {
		case 3: // May 2027
			y.move(37, startups.Pause, "")
		case 6:
			y.move(34, startups.Withdraw, "Làm thuê ngoài")
			y.move(35, startups.Withdraw, "")
		case 7:
			y.move(37, startups.Resume, "")
		case 10: // after the reports on November 2027 the first twenty go with honour
			for i := range 20 {
				y.move(i, startups.Graduate, "")
			}
		case 13:
			y.move(36, startups.Terminate, "Không ai trả lời")
		}
		if os.Getenv("VUON_LONG") != "" {
			housetest.Well(t, y.house)
		}
	}
	y.afterwards()
	for _, period := range y.periods() {
		for _, cohort := range []string{"", y.cohort} {
			y.compare(period, cohort)
		}
	}
	y.survived()
	housetest.Well(t, y.house)
}

// reported is what one startup told of one period, as somebody wrote it down beside the house.
type reported struct {
	q      string
	handed bool // in, and not sent back
	back   bool // sent back, and never mended
	waived bool
	said   map[string]startups.Answer
}

// twoYears are a cohort under way, and the book that is kept beside it.
type twoYears struct {
	*testing.T
	house    *tests.TestApp
	server   http.Handler
	now      time.Time
	cohort   string
	manager  access.Actor
	keeper   *core.Record
	teams    []*startups.Startup
	founders []*core.Record
	book     []map[string]*reported // by startup, then by period
	spans    map[string][]string    // months of a period
	rows     map[string]int64       // revenue of a month, as the rows have it
	late     int
}

// begun takes forty startups in, each with its baseline.
func begun(t *testing.T) *twoYears {
	t.Helper()
	y := &twoYears{T: t, now: day(2027, time.January, 11), spans: map[string][]string{}, rows: map[string]int64{}}
	y.house = housetest.At(t, func() time.Time { return y.now })
	y.server, y.cohort = housetest.Server(t, y.house), housetest.Places(t, y.house, 40)
	y.keeper = housetest.Holder(t, y.house, access.Manager, access.House)
	y.manager = housetest.Actor(t, y.house, y.keeper, y.now)
	for i := range 40 {
		s, founder := housetest.Enrolled(t, y.house, y.cohort, fmt.Sprintf("Đội %02d", i), y.now)
		y.teams, y.founders, y.book = append(y.teams, s), append(y.founders, founder), append(y.book, map[string]*reported{})
		y.book[i]["baseline"] = &reported{q: housetest.Report(t, y.house, s.Id, "baseline").Id}
		y.hand(i, "baseline", y.answers(i, -1))
	}
	return y
}

// answers are what a startup tells of a month: every figure its own to the last đồng, some of them zero, refused, not known yet.
func (y *twoYears) answers(i, m int) []startups.Answer {
	n := i + m
	value := func(v int) *float64 { f := float64(v); return &f }
	said := []startups.Answer{
		{KPI: "revenue", State: startups.Given, Value: value(1_000_003*(i+1) + 77_777*(m+2) + 1)},
		{KPI: "jobs", State: startups.Given, Value: value(2 + i%5 + (m+1)/4)},
		{KPI: "customers", State: startups.Given, Value: value(10*i + m + 1)},
		{KPI: "funding", State: startups.Given, Value: value(500_000_001 * (n % 3))},
		{KPI: "cash", State: startups.Given, Value: value(90_000_009*(i+1) - m), Grade: "documented"},
	}
	switch {
	case i == 39 || m >= 0 && n%13 == 0:
		said[0].Value = value(0) // a true one
	case n%9 == 0:
		said[0] = startups.Answer{KPI: "revenue", State: startups.NotReported}
	}
	if i == 38 {
		said[2] = startups.Answer{KPI: "customers", State: startups.NotOurs}
	}
	if i == 38 || n%7 == 0 {
		said[4] = startups.Answer{KPI: "cash", State: startups.Declined}
	}
	return said
}

// hand fills a report in and hands it in.
func (y *twoYears) hand(i int, period string, said []startups.Answer) {
	y.Helper()
	by, r := housetest.Actor(y, y.house, y.founders[i], y.now), y.book[i][period]
	_, err := startups.Fill(y.house, by, r.q, said, nil, 0, y.now)
	housetest.Refused(y, err, "")
	q, err := startups.Submit(y.house, by, r.q, 0, y.now)
	housetest.Refused(y, err, "")
	if q.Late() {
		y.late++
	}
	r.handed, r.said = true, map[string]startups.Answer{}
	for _, a := range said {
		r.said[a.KPI] = a
	}
}

// month is one month of the garden: it is asked for on the first of the next, and comes in time, late, or not at all.
func (y *twoYears) month(m int) {
	y.Helper()
	opens := time.Date(2027, time.January+time.Month(m)+1, 1, 8, 0, 0, 0, locale.Zone)
	period := opens.AddDate(0, -1, 0).Format("2006-01")
	y.now = opens
	housetest.Refused(y, startups.OpenReports(y.house, y.now), "")
	asked, err := startups.Requests.All(y.house, dbx.HashExp{"period_key": period})
	housetest.Refused(y, err, "")
	for _, q := range asked {
		y.book[y.team(q.StartupID())][period] = &reported{q: q.Id}
	}
	if want := 40 - amount(m >= 4 && m <= 7, 1) - amount(m > 6, 2) - amount(m > 10, 20) - amount(m > 13, 1); len(asked) != want {
		y.Errorf("%d are asked for %s, not %d", len(asked), period, want)
	}
	silent := func(i int) bool { return (3*i+m)%17 == 0 || i >= 5 && i < 12 && m == 9 }
	for pass, on := range []int{10, 25} { // the twentieth is the last day
		y.now = opens.AddDate(0, 0, on-1)
		for i, book := range y.book {
			if book[period] == nil || silent(i) || (i+m)%11 == 0 != (pass == 1) {
				continue
			}
			y.hand(i, period, y.answers(i, m))
			y.looked(i, m, period)
		}
	}
	y.now = opens.AddDate(0, 0, 27)
	housetest.Refused(y, startups.MissReports(y.house, y.now), "")
	for i, book := range y.book {
		switch r := book[period]; {
		case r == nil || r.handed || r.back || m == 9 && i >= 5 && i < 12:
		case i%4 == 0:
			_, err := startups.Waive(y.house, y.manager, r.q, "Chuyển xưởng", y.now)
			housetest.Refused(y, err, "")
			r.waived = true
		case i%4 == 1:
			y.hand(i, period, y.answers(i, m)) // better late than never
		}
	}
}

func amount(yes bool, n int) int {
	if yes {
		return n
	}
	return 0
}

// looked is what staff do with a report that has come: send it back, accept it, correct it.
func (y *twoYears) looked(i, m int, period string) {
	y.Helper()
	r := y.book[i][period]
	switch (i + 2*m) % 12 {
	case 0:
		_, err := startups.Return(y.house, y.manager, r.q, "Doanh thu gấp mười lần?", y.now)
		housetest.Refused(y, err, "")
		r.handed, r.back = false, i%3 == 0
		if !r.back {
			y.hand(i, period, y.answers(i, m+1))
		}
	case 1, 2:
		_, err := startups.Accept(y.house, y.manager, r.q, y.now)
		housetest.Refused(y, err, "")
		one := float64(7_000_000_001 + i)
		for _, a := range []startups.Answer{{KPI: "revenue", State: startups.Given, Value: &one, Grade: "verified"}, {KPI: "funding", State: startups.Declined}}[:1+m%2] {
			_, err = startups.Revise(y.house, y.manager, r.q, []startups.Answer{a}, nil, "Theo sổ", y.now)
			housetest.Refused(y, err, "")
			r.said[a.KPI] = a
		}
	}
}

func (y *twoYears) team(startup string) int {
	return slices.IndexFunc(y.teams, func(s *startups.Startup) bool { return s.Id == startup })
}

// move takes an enrolment on, by the manager or by its founder.
func (y *twoYears) move(i int, do func(core.App, access.Actor, string, string, time.Time) (*startups.Enrolment, error), reason string) {
	y.Helper()
	n, err := startups.Enrolments.First(y.house, dbx.HashExp{"startup": y.teams[i].Id})
	housetest.Refused(y, err, "")
	by := y.manager
	if i == 34 || i == 35 {
		by = housetest.Actor(y, y.house, y.founders[i], y.now)
	}
	_, err = do(y.house, by, n.Id, reason, y.now)
	housetest.Refused(y, err, "")
}

// afterwards is what became of the twenty that graduated: three closed, two were bought or merged, seven handed in the month
// that they still owed, and of eight nobody has heard anything.
func (y *twoYears) afterwards() {
	y.Helper()
	y.now = day(2028, time.August, 1)
	for i, verb := range []string{"close", "close", "close", "acquire", "merge"} {
		_, err := startups.Move(y.house, y.manager, y.teams[i].Id, verb, y.now)
		housetest.Refused(y, err, "")
	}
	for i := 5; i < 12; i++ {
		y.hand(i, "2027-10", y.answers(i, 9))
	}
	y.now = day(2029, time.January, 30)
	counted, err := startups.Requests.All(y.house, dbx.HashExp{"status": []any{"submitted", "accepted"}})
	housetest.Refused(y, err, "")
	all, err := startups.Readings.All(y.house, dbx.HashExp{"kpi": "kpirevenue00000", "state": "value"})
	housetest.Refused(y, err, "")
	for _, r := range all {
		if slices.ContainsFunc(counted, func(q *startups.Request) bool { return q.Id == r.RequestID() }) {
			y.rows[r.Period()] += r.Value()
		}
	}
}
