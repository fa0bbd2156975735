package startups

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"vuon/internal/lifecycle"
)

// Inspections are what must be true of the room and is reckoned row by row.
func Inspections() []lifecycle.Inspection {
	return []lifecycle.Inspection{
		{ID: "startups.kept_totals", Says: "the totals and the gains that are kept are those that the reports come to", Broken: brokenTotals},
	}
}

// everyAnswer is every report that was ever asked for, once for each figure, a startup after the other along the index of
// reports, so that nothing is sorted and nothing is held.
const everyAnswer = `SELECT q.startup, q.id, q.period_key, t.period, n.cohort, asks.value, coalesce(r.state, 'missing'), coalesce(r.grade, ''), coalesce(r.value, 0)
	FROM report_requests q CROSS JOIN report_templates t ON t.id = q.template CROSS JOIN enrolments n ON n.id = q.enrolment CROSS JOIN json_each(t.kpis) asks
	LEFT JOIN kpi_readings r ON r.request = q.id AND r.kpi = asks.value AND q.status IN ('submitted', 'accepted')
	WHERE q.status NOT IN ('scheduled', 'waived')
		AND iif(t.period = 'baseline', q.period_key = 'baseline', q.period_key GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]')
	ORDER BY q.startup`

const everyTotal = `SELECT kpi, period_key, cohort, asked, given, not_reported, na, refused, missing, self, documented, verified, total, last, startups FROM kept_totals`

// brokenTotals reckons the kept totals from the reports themselves, in one walk over them that holds one startup at a time, and
// tells every difference in words: "revenue 2026-11 house: total 600, not 607".
func brokenTotals(ctx context.Context, app core.App, _ *filesystem.System, _ time.Time, limit int) ([]string, error) {
	names, jobs, err := namesOfKPIs(app)
	if err != nil {
		return nil, err
	}
	sums := reckoning{totals: map[totalKey]*KeptTotal{}, latest: map[totalKey]lastWord{}, jobs: jobs, gains: map[totalKey]KeptGain{}}
	err = walk(ctx, app, everyAnswer, func(scan func(...any) error) error {
		var a answerLine
		if err := scan(&a.startup, &a.request, &a.month, &a.kind, &a.cohort, &a.kpi, &a.state, &a.grade, &a.value); err != nil {
			return err
		}
		sums.add(a)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("add up every report: %w", err)
	}
	sums.close()
	var broken []string
	tell := func(key totalKey, kept, real KeptTotal) {
		if said := kept.differs(real); said != "" {
			broken = append(broken, names[key.kpi]+" "+key.period+" "+key.whose()+":"+said)
		}
	}
	err = walk(ctx, app, everyTotal, func(scan func(...any) error) error {
		var key totalKey
		var k KeptTotal
		if err := scan(append([]any{&key.kpi, &key.period, &key.cohort}, k.counts()...)...); err != nil {
			return err
		}
		real := sums.totals[key]
		delete(sums.totals, key)
		if real == nil {
			real = &KeptTotal{}
		}
		tell(key, k, *real)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read every total that is kept: %w", err)
	}
	for key, real := range sums.totals {
		tell(key, KeptTotal{}, *real)
	}
	gains, err := brokenGains(ctx, app, sums.gains, names)
	if err != nil {
		return nil, fmt.Errorf("read every gain that is kept: %w", err)
	}
	broken = append(broken, gains...)
	slices.Sort(broken)
	return broken[:min(len(broken), limit)], nil
}

// walk runs a query and hands over its rows one by one.
func walk(ctx context.Context, app core.App, query string, each func(scan func(...any) error) error) (err error) {
	rows, err := app.DB().NewQuery(query).WithContext(ctx).Rows()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// namesOfKPIs are the keys of the figures, by their ids, and the id of people at full time.
func namesOfKPIs(app core.App) (names map[string]string, jobs string, err error) {
	lines, err := linesOf[KPILine](app, kpiLines, nil)
	names = make(map[string]string, len(lines))
	for _, k := range lines {
		if names[k.ID] = k.Key; k.Key == jobsKPI {
			jobs = k.ID
		}
	}
	return names, jobs, err
}

// totalKey is whose total it is.
type totalKey struct{ kpi, period, cohort string }

func (k totalKey) whose() string {
	if k.cohort == "" {
		return "house"
	}
	return k.cohort
}

// answerLine is one figure of one report, answered or not.
type answerLine struct {
	startup, request, month, kind, cohort, kpi, state, grade string
	value                                                    int64
}

// lastWord is the latest value that one startup gave in a period.
type lastWord struct {
	month, request string
	value          int64
	paper          bool
}

// reckoning adds reports up, a startup after the other.
type reckoning struct {
	startup string
	totals  map[totalKey]*KeptTotal
	latest  map[totalKey]lastWord // of the startup under way
	jobs    string                // the figure whose gains are kept
	gains   map[totalKey]KeptGain
}

// add counts a report in its month, and in the quarter and the year in which that lies, for its cohort and for the house.
func (r *reckoning) add(a answerLine) {
	if a.startup != r.startup {
		r.close()
		r.startup = a.startup
	}
	for _, period := range a.periods() {
		for _, cohort := range [2]string{"", a.cohort} {
			key := totalKey{a.kpi, period, cohort}
			t := r.totals[key]
			if t == nil {
				t = &KeptTotal{}
				r.totals[key] = t
			}
			t.add(a)
			if a.state != string(Given) {
				continue
			}
			if was, any := r.latest[key]; !any || a.month > was.month || a.month == was.month && a.request > was.request {
				r.latest[key] = lastWord{a.month, a.request, a.value, a.grade != grades[0]}
			}
		}
	}
}

// close counts the last values of the startup under way.
func (r *reckoning) close() {
	for key, w := range r.latest {
		r.totals[key].Last += w.value
		r.totals[key].Startups++
	}
	r.gain()
	clear(r.latest)
}

func (a answerLine) periods() []string {
	if a.kind != periodMonth || len(a.month) != len("2026-11") {
		return []string{a.month}
	}
	quarter := (10*int(a.month[5]-'0') + int(a.month[6]-'0') + 2) / 3
	return []string{a.month, a.month[:5] + "Q" + itoa(quarter), a.month[:4]}
}

func (t *KeptTotal) add(a answerLine) {
	t.Asked++
	switch a.state {
	case string(Given):
		t.Given++
		t.Total += a.value
		switch a.grade {
		case grades[0]:
			t.Self++
		case grades[1]:
			t.Documented++
		case gradeVerified:
			t.Verified++
		}
	case string(NotReported):
		t.NotReported++
	case string(NotOurs):
		t.NotOurs++
	case string(Declined):
		t.Declined++
	default:
		t.Missing++
	}
}

// counts are what a kept total adds up, in the order of the columns.
func (t *KeptTotal) counts() []any {
	return []any{
		&t.Asked, &t.Given, &t.NotReported, &t.NotOurs, &t.Declined, &t.Missing, &t.Self, &t.Documented, &t.Verified, &t.Total, &t.Last, &t.Startups,
	}
}

// differs says in which counts a total is not the real one.
func (t KeptTotal) differs(real KeptTotal) string {
	if t.KPI, t.Period = "", ""; t == real {
		return ""
	}
	var said strings.Builder
	for _, c := range []struct {
		name       string
		kept, real int64
	}{
		{"asked", int64(t.Asked), int64(real.Asked)},
		{"given", int64(t.Given), int64(real.Given)},
		{"not_reported", int64(t.NotReported), int64(real.NotReported)},
		{"na", int64(t.NotOurs), int64(real.NotOurs)},
		{"refused", int64(t.Declined), int64(real.Declined)},
		{"missing", int64(t.Missing), int64(real.Missing)},
		{"self", int64(t.Self), int64(real.Self)},
		{"documented", int64(t.Documented), int64(real.Documented)},
		{"verified", int64(t.Verified), int64(real.Verified)},
		{"total", t.Total, real.Total},
		{"last", t.Last, real.Last},
		{"startups", int64(t.Startups), int64(real.Startups)},
	} {
		if c.kept != c.real {
			fmt.Fprintf(&said, " %s %d, not %d;", c.name, c.kept, c.real)
		}
	}
	return said.String()
}
