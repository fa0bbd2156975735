package startups

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// KPILine is a KPI as figures name it.
type KPILine struct {
	ID, Key          string
	LabelVI, LabelEN string
	Unit, Direction  string
	Agg, Sensitivity string
}

// Into is where a row of the query is read into, column by column; so it is of the lines below.
func (k *KPILine) Into() []any {
	return []any{&k.ID, &k.Key, &k.LabelVI, &k.LabelEN, &k.Unit, &k.Direction, &k.Agg, &k.Sensitivity}
}

// EnrolledLine is how many startups ever came into a cohort, began, and graduated.
type EnrolledLine struct {
	Cohort                     string
	Enrolled, Began, Graduated int
}

// Into is where a row is read into.
func (n *EnrolledLine) Into() []any { return []any{&n.Cohort, &n.Enrolled, &n.Began, &n.Graduated} }

// GainLine is what startups of a cohort say now and said first, of those that said both.
type GainLine struct {
	Cohort           string
	Startups, Papers int
	Now, Base        int64
}

// Into is where a row is read into.
func (g *GainLine) Into() []any { return []any{&g.Cohort, &g.Startups, &g.Papers, &g.Now, &g.Base} }

// CapitalLine is what startups of a cohort raised.
type CapitalLine struct {
	Cohort                            string
	Startups, Rounds, Refused, Papers int
	Total                             int64
}

// Into is where a row is read into.
func (c *CapitalLine) Into() []any {
	return []any{&c.Cohort, &c.Startups, &c.Rounds, &c.Refused, &c.Papers, &c.Total}
}

// Into is where a row is read into.
func (t *KeptTotal) Into() []any {
	return []any{
		&t.KPI, &t.Period, &t.Asked, &t.Given, &t.NotReported, &t.NotOurs, &t.Declined, &t.Missing, &t.Self, &t.Documented, &t.Verified,
		&t.Total, &t.Last, &t.Startups,
	}
}

// line is something that a row of a query is read into.
type line[T any] interface {
	*T
	Into() []any
}

// linesOf runs a query and reads its rows.
func linesOf[T any, P line[T]](app core.App, query string, params dbx.Params) ([]T, error) {
	rows, err := app.DB().NewQuery(query).Bind(params).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // what was read is read
	list := []T{}
	for rows.Next() {
		var one T
		if err := rows.Scan(P(&one).Into()...); err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

const (
	kpiLines = `SELECT id, key, label_vi, label_en, unit, direction, agg, sensitivity FROM kpis ORDER BY position, id`

	totalLines = `SELECT kpi, period_key, sum(asked) AS asked, sum(given) AS given, sum(not_reported) AS not_reported, sum(na) AS na,
			sum(refused) AS refused, sum(missing) AS missing, sum(self) AS self, sum(documented) AS documented, sum(verified) AS verified,
			sum(total) AS total, sum(last) AS last, sum(startups) AS startups
		FROM kept_totals WHERE period_key IN (SELECT value FROM json_each({:periods})) AND cohort IN (SELECT value FROM json_each({:totalled}))
		GROUP BY period_key, kpi`

	// inCohorts holds of the enrolments n that are summed up.
	inCohorts = `({:whole} OR n.cohort IN (SELECT value FROM json_each({:cohorts})))`

	enrolledLines = `SELECT n.cohort, count(*), sum(n.joined_on != ''), sum(n.status = 'graduated') FROM enrolments n
		WHERE ` + inCohorts + ` GROUP BY n.cohort ORDER BY n.cohort`

	// placing holds of the enrolments n that may say to which cohort a startup belongs: those that are summed up; for an official all,
	// so that each startup belongs to one cohort only, whichever are looked at.
	placing = `({:all} OR n.cohort IN (SELECT value FROM json_each({:cohorts})))`

	// becameOf is what is known of a graduate g: whether anything was heard of it lately, and what its people said last.
	becameOf = `EXISTS (SELECT 1 FROM report_requests q WHERE q.startup = g.startup AND q.submitted_at >= {:since}) AS heard,
			coalesce((SELECT iif(a.answered_at >= {:since} OR a.fate NOT IN ('active', 'dormant'), a.fate, '') FROM alumni_reports a
				WHERE a.startup = g.startup AND a.status = 'answered' ORDER BY a.year DESC LIMIT 1), '') AS said`
	ofGraduates = `
		FROM (SELECT n.startup, n.cohort, min(n.left_on) AS left_on FROM enrolments n WHERE n.status = 'graduated' AND ` + placing + ` GROUP BY n.startup) g
		CROSS JOIN startups s ON s.id = g.startup WHERE ({:whole} OR g.cohort IN (SELECT value FROM json_each({:cohorts})))`

	graduateLines = `SELECT g.startup, s.slug, s.name, s.sort_key, g.cohort, s.status, g.left_on, ` + becameOf + ofGraduates + ` ORDER BY s.sort_key, s.id`

	// alumnaeLines are the same graduates, counted: nobody reads their names. By cohort for those alone whose cohorts matter.
	alumnaeLines = `SELECT iif({:parted}, g.cohort, '') AS part, s.status, g.left_on, ` + becameOf + `, count(*)` + ofGraduates + ` GROUP BY part, s.status, g.left_on, heard, said`

	// gained are startups with what they say now of a figure and what they said first: the latest value of the period, and the
	// baseline. For an official both are of one cohort. What is latest is packed, so that it is looked up once: the enrolment in
	// fifteen letters, whether it rests on a paper in one, and the value.
	gained = `WITH g AS MATERIALIZED (SELECT b.startup, b.value AS base, bq.enrolment AS began, (
			SELECT q.enrolment || (r.grade != 'self') || r.value FROM kpi_readings r
				CROSS JOIN report_requests q ON q.id = r.request AND q.status IN ('submitted', 'accepted')
				AND q.template IN (SELECT id FROM report_templates WHERE period = 'month')
			WHERE r.startup = b.startup AND r.kpi = b.kpi AND r.period_key BETWEEN {:first} AND {:last} AND r.state = 'value'
				AND ({:all} OR (SELECT n.cohort FROM enrolments n WHERE n.id = q.enrolment) IN (SELECT value FROM json_each({:cohorts})))
			ORDER BY r.period_key DESC, q.id DESC LIMIT 1) AS latest
		FROM kpi_readings b CROSS JOIN report_requests bq ON bq.id = b.request AND bq.status IN ('submitted', 'accepted')
		WHERE b.kpi = (SELECT id FROM kpis WHERE key = {:jobs}) AND b.period_key = 'baseline' AND b.state = 'value') `
	ofGained = ` FROM g CROSS JOIN enrolments n ON n.id = substr(g.latest, 1, 15)
		WHERE ` + inCohorts + ` AND (NOT {:parted} OR n.cohort = (SELECT e.cohort FROM enrolments e WHERE e.id = g.began))`

	// keptGainLines are the gains that are kept (KeptGain); nothing is kept of startups of one cohort alone, as an official reads them.
	keptGainLines = `SELECT cohort, startups, papers, now, base FROM kept_gains
		WHERE period_key = {:period} AND cohort IN (SELECT value FROM json_each({:totalled})) AND kpi = (SELECT id FROM kpis WHERE key = {:jobs}) AND startups > 0 ORDER BY cohort`

	gainLines = gained + `SELECT n.cohort, count(*), CAST(sum(substr(g.latest, 16, 1)) AS INTEGER), sum(CAST(substr(g.latest, 17) AS INTEGER)), sum(g.base)` + ofGained + ` GROUP BY n.cohort ORDER BY n.cohort`

	// standingRounds are the rounds of funding that stand, until a day, each with the first cohort of its startup. What founders put in
	// themselves was raised from nobody.
	standingRounds = inFirstCohort + roundsUntil + ofCohorts

	inFirstCohort = `
		LEFT JOIN (SELECT n.startup, n.cohort, min(n.created || n.id) FROM enrolments n WHERE ` + placing + ` GROUP BY n.startup) c ON c.startup = f.startup`
	roundsUntil = `
		WHERE f.void = 0 AND f.kind != 'own' AND f.closed_on <= {:until} AND f.id NOT IN (SELECT o.corrects FROM funding_rounds o WHERE o.corrects != '')`
	ofCohorts = ` AND ({:whole} OR c.cohort IN (SELECT value FROM json_each({:cohorts})))`

	capitalSums = `count(DISTINCT iif(f.state = 'value', f.startup, NULL)), sum(f.state = 'value'),
			sum(f.state != 'value'), sum(f.state = 'value' AND f.document != ''), sum(f.amount_vnd) FROM funding_rounds f`
	capitalLines = `SELECT coalesce(c.cohort, '') AS cohort, ` + capitalSums + inFirstCohort + roundsUntil + ofCohorts + ` GROUP BY 1 ORDER BY cohort`

	// capitalWhole is the same of the whole house, where no cohort is asked for.
	capitalWhole = `SELECT '' AS cohort, ` + capitalSums + roundsUntil + ` HAVING count(*) > 0`

	roundLines = `SELECT f.startup, substr(f.closed_on, 1, 7), f.state = 'value', f.document != '', f.amount_vnd FROM funding_rounds f` + standingRounds + ` ORDER BY f.closed_on, f.id`
)

// portfolioParams are what the queries of a portfolio ask with.
func portfolioParams(eye eye, s span, now time.Time) dbx.Params {
	return dbx.Params{
		"cohorts": record.InJSON(eye.cohorts), "whole": eye.cohorts == nil, "all": eye.cohorts == nil || eye.coarse, "parted": eye.coarse,
		"first": s.first, "last": s.last, "until": s.last + "-31", "jobs": jobsKPI, "since": record.Stamp(now.Add(-unheard)),
	}
}

// portfolioLines reads what a portfolio is made of.
func portfolioLines(app core.App, eye eye, period string, now time.Time) (l PortfolioLines, err error) {
	s, err := spanOf(period)
	if err != nil {
		return l, err
	}
	if l.KPIs, err = linesOf[KPILine](app, kpiLines, nil); err != nil {
		return l, fmt.Errorf("read the KPIs: %w", err)
	}
	periods, totalled := []string{period}, eye.cohorts
	if earlier := before(period); earlier != "" {
		periods = append(periods, earlier)
	}
	if totalled == nil {
		totalled = []string{""}
	}
	if l.Totals, err = linesOf[KeptTotal](app, totalLines, dbx.Params{"periods": record.InJSON(periods), "totalled": record.InJSON(totalled)}); err != nil {
		return l, fmt.Errorf("read the totals of %s: %w", period, err)
	}
	several, err := inSeveral(app, eye.cohorts)
	if err != nil {
		return l, err
	}
	l.Twice = map[string]map[string]KeptTotal{}
	for _, key := range periods {
		if !several {
			break
		}
		if l.Twice[key], err = countedTwice(app, key, eye.cohorts); err != nil {
			return l, err
		}
	}
	params := portfolioParams(eye, s, now)
	if err = l.count(app, params); err != nil {
		return l, err
	}
	gains, from := keptGainLines, dbx.Params{"period": period, "totalled": record.InJSON(totalled), "jobs": jobsKPI}
	if several { // a startup of two of the cohorts is kept in both
		gains, from = gainLines, picked(params, gainAsks...)
	}
	if err = l.gain(app, gains, from); err != nil {
		return l, err
	}
	capital, from := capitalLines, picked(params, "whole", "all", "cohorts", "until")
	if eye.cohorts == nil {
		capital, from = capitalWhole, picked(params, "until")
	}
	if l.Capital, err = linesOf[CapitalLine](app, capital, from); err != nil {
		return l, fmt.Errorf("sum up what was raised until %s: %w", period, err)
	}
	return l, nil
}

// gain reads what startups gained, by one of the queries that tell it.
func (l *PortfolioLines) gain(app core.App, query string, params dbx.Params) (err error) {
	if l.Gains, err = linesOf[GainLine](app, query, params); err != nil {
		return fmt.Errorf("sum up what was gained: %w", err)
	}
	return nil
}

// count reads how many came how far.
func (l *PortfolioLines) count(app core.App, params dbx.Params) (err error) {
	if l.Enrolled, err = linesOf[EnrolledLine](app, enrolledLines, picked(params, "whole", "cohorts")); err != nil {
		return fmt.Errorf("count enrolments: %w", err)
	}
	if l.Graduates, err = linesOf[Alumnae](app, alumnaeLines, picked(params, "whole", "all", "parted", "cohorts", "since")); err != nil {
		return fmt.Errorf("count graduates: %w", err)
	}
	return nil
}

// gainAsks are the parameters of what was gained, where it is reckoned from the reports themselves.
var gainAsks = []string{"whole", "all", "parted", "cohorts", "first", "last", "jobs"}

// picked are some of the parameters: a query takes none that it does not name.
func picked(all dbx.Params, names ...string) dbx.Params {
	some := dbx.Params{}
	for _, name := range names {
		some[name] = all[name]
	}
	return some
}

// graduatesOf lists the startups that graduated from some cohorts, each from the first of them, by their names.
func graduatesOf(app core.App, params dbx.Params) ([]Alumna, error) {
	list, err := linesOf[Alumna](app, graduateLines, picked(params, "whole", "all", "cohorts", "since"))
	if err != nil {
		return nil, fmt.Errorf("list graduates: %w", err)
	}
	return list, nil
}
