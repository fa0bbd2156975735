package bench

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// How much lies in the garden that is measured: each startup has a baseline and so many months, of so many figures.
const (
	benchMonths = 60
	benchKPIs   = 12
)

// plantStartups stores n startups in cohorts of a hundred, half of which have graduated, with everything that they reported.
// The indexes and the triggers of what is many stand aside meanwhile; then the totals are added up.
func plantStartups(house core.App, n int, at time.Time) (err error) {
	many := []string{"report_requests", "kpi_readings"}
	again, err := asideWith(house, many)
	if err != nil {
		return err
	}
	sown, err := named()
	if err != nil {
		return err
	}
	if err := plantHouse(house, at); err != nil {
		return err
	}
	params := dbx.Params{"n": n, "at": record.Stamp(at), "ideas": sown, "of": len(ideas), "staff": benchStaff, "months": benchMonths, "kpis": benchKPIs}
	const i = "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i WHERE i < {:n}) "
	const im = "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i WHERE i < {:n}), m(m) AS (SELECT 0 UNION ALL SELECT m + 1 FROM m WHERE m < {:months}) "
	const month = `iif(m = 0, 'baseline', strftime('%Y-%m', {:at}, 'start of month', '-' || ({:months} + 1 - m) || ' months'))`
	const opens = `strftime('%Y-%m-%d 01:00:00.000Z', {:at}, 'start of month', '-' || ({:months} - m) || ' months')`
	for _, statement := range []string{
		i + `INSERT INTO cohorts (id, programme, code, title_vi, capacity, status, rev, created, updated)
			SELECT printf('benchcoho%06d', i), 'benchprogr00001', 'bench-' || i, 'Bench ' || i, 100, 'running', 1, {:at}, {:at} FROM i WHERE i <= ({:n} + 99) / 100`,
		`WITH RECURSIVE k(k) AS (SELECT 6 UNION ALL SELECT k + 1 FROM k WHERE k < {:kpis})
			INSERT INTO kpis (id, key, label_vi, label_en, unit, direction, agg, position, sensitivity)
			SELECT printf('benchkpi%07d', k), 'bench_' || k, 'Chỉ số ' || k, 'Figure ' || k, iif(k % 2, 'count', 'vnd'), 'higher', iif(k % 3, 'sum', 'last'), k, 'staff' FROM k`,
		`UPDATE report_templates SET kpis = (SELECT json_group_array(id) FROM (SELECT id FROM kpis ORDER BY position))`,
		i + `INSERT INTO startups (id, slug, name, search_key, sort_key, one_liner_vi, one_liner_en, sector, stage, headcount, visibility, clusters, status, rev, created, updated)
			SELECT printf('benchstart%05d', i), 'bench-' || i, t.value ->> 'title' || ' ' || i, (t.value ->> 'search') || ' ' || i, (t.value ->> 'sort') || printf(' %07d', i),
				'Làm chung, trả theo lượt dùng.', 'Shared, paid by use.', CASE i % 4 WHEN 0 THEN 'health' WHEN 1 THEN 'energy' WHEN 2 THEN 'education' ELSE 'software' END,
				'revenue', i % 20, 'ecosystem', '[]', CASE WHEN i % 20 = 1 THEN 'closed' WHEN i % 20 = 2 THEN 'acquired' WHEN i % 50 = 3 THEN 'dormant' ELSE 'active' END, 1, {:at}, {:at}
			FROM i JOIN json_each({:ideas}) t ON t.key = i % {:of}`,
		i + `INSERT INTO enrolments (id, startup, cohort, joined_on, left_on, status, rev, created, updated)
			SELECT printf('benchenro%06d', i), printf('benchstart%05d', i), printf('benchcoho%06d', 1 + (i - 1) / 100), date({:at}, '-' || {:months} || ' months'),
				iif(i % 2, '', date({:at}, '-' || (i % 70) || ' months')), iif(i % 2, 'active', 'graduated'), 1, {:at}, {:at} FROM i`,
		im + `INSERT INTO funding_rounds (id, startup, kind, state, amount_vnd, closed_on, at)
			SELECT printf('benchround%02d%05d', m, i), printf('benchstart%05d', i), iif(m % 2, 'seed', 'grant'), iif(i % 9, 'value', 'refused'), iif(i % 9, (i * 13 + m) % 900 * 1000000 + 1000000, 0),
				date({:at}, '-' || ((i * 7 + m * 11) % 60) || ' months'), {:at} FROM i, m WHERE m < 2`,
		im + `INSERT INTO report_requests (id, startup, enrolment, template, period_key, opens_at, due_on, submitted_at, submitted_by, status, rev, created, updated)
			SELECT printf('benchreq%05d%02d', i, m), printf('benchstart%05d', i), printf('benchenro%06d', i), iif(m = 0, 'templatebase000', 'templatemonth00'), ` + month + `,
				` + opens + `, date(` + opens + `, '+20 days'), ` + opens + `, {:staff}, iif(i % 7, 'accepted', 'submitted'), 1, {:at}, {:at} FROM i, m`,
		im + `INSERT INTO kpi_readings (id, request, startup, kpi, period_key, state, value, source, grade, rev, created, updated)
			SELECT printf('benchr%05d%02d%02d', i, m, k.position), printf('benchreq%05d%02d', i, m), printf('benchstart%05d', i), k.id, ` + month + `,
				iif((i + k.position) % 20, 'value', 'not_reported'), iif((i + k.position) % 20, (i * 31 + m * 7 + k.position) % 997, 0), 'self',
				CASE i % 3 WHEN 0 THEN 'verified' WHEN 1 THEN 'documented' ELSE 'self' END, 1, {:at}, {:at}
			FROM i, m, kpis k WHERE k.position <= {:kpis}`,
	} {
		if err := putting(house, statement, params); err != nil {
			return fmt.Errorf("plant startups: %w", err)
		}
	}
	for _, statement := range again {
		if err := putting(house, statement, nil); err != nil {
			return fmt.Errorf("put back %.60s: %w", statement, err)
		}
	}
	// What is measured is a garden at rest: nothing of what was planted is still on its way into the database.
	return errors.Join(fillTotals(house), putting(house, "ANALYZE", nil), putting(house, "PRAGMA wal_checkpoint(TRUNCATE)", nil))
}

// fillTotals adds up what was planted, a month after the other. Here every startup is in one cohort and the same startups
// answer every month, so that what is last in a quarter or a year is what its last month says.
func fillTotals(house core.App) error {
	var months []string
	if err := house.DB().NewQuery("SELECT DISTINCT period_key FROM report_requests").Column(&months); err != nil {
		return err
	}
	const columns = "kpi, period_key, cohort, asked, given, not_reported, self, documented, verified, total, last, startups"
	const sums = "sum(asked), sum(given), sum(not_reported), sum(self), sum(documented), sum(verified), sum(total)"
	for _, month := range months {
		if err := putting(house, `INSERT INTO kept_totals (`+columns+`) SELECT r.kpi, q.period_key, n.cohort, count(*), sum(r.state = 'value'), sum(r.state != 'value'),
				sum(r.state = 'value' AND r.grade = 'self'), sum(r.state = 'value' AND r.grade = 'documented'), sum(r.state = 'value' AND r.grade = 'verified'),
				sum(r.value), sum(r.value), sum(r.state = 'value')
			FROM report_requests q JOIN kpi_readings r ON r.request = q.id JOIN enrolments n ON n.id = q.enrolment
			WHERE q.period_key = {:month} GROUP BY r.kpi, n.cohort`, dbx.Params{"month": month}); err != nil {
			return err
		}
	}
	for _, key := range []string{"substr(k.period_key, 1, 5) || 'Q' || ((substr(k.period_key, 6, 2) + 2) / 3)", "substr(k.period_key, 1, 4)"} {
		// Beside the one max, last and startups are those of its row: the last month.
		if err := putting(house, `INSERT INTO kept_totals (`+columns+`) SELECT kpi, span, cohort, a, b, c, d, e, f, g, last, startups FROM (
				SELECT k.kpi, `+key+` AS span, k.cohort, sum(asked) AS a, sum(given) AS b, sum(not_reported) AS c, sum(self) AS d, sum(documented) AS e,
					sum(verified) AS f, sum(total) AS g, max(k.period_key) AS newest, k.last, k.startups
				FROM kept_totals k WHERE k.period_key GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]' GROUP BY k.kpi, span, k.cohort)`, nil); err != nil {
			return err
		}
	}
	if err := putting(house, `INSERT INTO kept_totals (`+columns+`) SELECT kpi, period_key, '', `+sums+`, sum(last), sum(startups) FROM kept_totals GROUP BY kpi, period_key`, nil); err != nil {
		return err
	}
	return fillGains(house)
}

// fillGains adds up what the planted startups gained. Here who tells how many they are tells it at first and every month, on as good
// a paper each time.
func fillGains(house core.App) error {
	return putting(house, `INSERT INTO kept_gains (kpi, period_key, cohort, startups, papers, now, base)
		SELECT k.kpi, k.period_key, k.cohort, k.startups, b.documented + b.verified, k.last, b.last
		FROM kept_totals k JOIN kept_totals b ON b.period_key = 'baseline' AND b.kpi = k.kpi AND b.cohort = k.cohort
		WHERE k.kpi = (SELECT id FROM kpis WHERE key = 'jobs') AND k.period_key != 'baseline' AND k.startups > 0`, nil)
}

// asideWith takes the indexes and the triggers of some tables away and returns what makes them again, indexes first.
func asideWith(house core.App, tables []string) (again []string, err error) {
	for _, table := range tables {
		var found []struct{ Type, Name, SQL string }
		err := house.DB().NewQuery(`SELECT type, name, sql FROM sqlite_master WHERE tbl_name = {:table} AND type IN ('index', 'trigger') AND sql != '' ORDER BY type, name`).
			Bind(dbx.Params{"table": table}).All(&found)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			if err := putting(house, "DROP "+f.Type+" "+f.Name, nil); err != nil {
				return nil, err
			}
			again = append(again, f.SQL)
		}
	}
	return again, nil
}
