package bench

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/record"
)

// plantReports stores n startups, each with a founder and a report that is due tomorrow.
func plantReports(house core.App, n int, at time.Time) error {
	params := dbx.Params{"n": n, "at": record.Stamp(at), "opened": record.Stamp(at.AddDate(0, 0, -10)), "due": locale.Day(at.AddDate(0, 0, 1))}
	const one = "WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i WHERE i < {:n}) "
	for _, statement := range []string{
		`INSERT INTO users (id, email, password, tokenKey, full_name, locale, status, verified, created, updated)
			SELECT printf('benchuser%06d', i), printf('u%d@bench.test', i), '-', printf('bench-token-key-%014d', i), 'Bench', 'vi', 'active', 1, {:at}, {:at} FROM i`,
		`INSERT INTO startups (id, slug, name, search_key, sort_key, sector, stage, visibility, status, rev, created, updated)
			SELECT printf('benchstart%05d', i), printf('bench-%d', i), printf('Bench %d', i), printf('bench %d', i), printf('bench %d', i), 'software', 'mvp', 'public', 'active', 1, {:at}, {:at} FROM i`,
		`INSERT INTO startup_members (id, startup, user, role, is_admin, is_primary, created, updated)
			SELECT printf('benchmemb%06d', i), printf('benchstart%05d', i), printf('benchuser%06d', i), 'founder', 1, 1, {:at}, {:at} FROM i`,
		`INSERT INTO enrolments (id, startup, cohort, status, rev, created, updated)
			SELECT printf('benchenrl%06d', i), printf('benchstart%05d', i), 'benchcohort0001', 'active', 1, {:at}, {:at} FROM i`,
		`INSERT INTO report_requests (id, startup, enrolment, template, period_key, opens_at, due_on, status, rev, created, updated)
			SELECT printf('benchrepo%06d', i), printf('benchstart%05d', i), printf('benchenrl%06d', i),
				(SELECT id FROM report_templates WHERE period = 'month' ORDER BY id LIMIT 1), '2026-01', {:opened}, {:due}, 'open', 1, {:at}, {:at} FROM i`,
	} {
		if _, err := house.NonconcurrentDB().NewQuery(one + statement).Bind(params).Execute(); err != nil {
			return fmt.Errorf("plant reports: %w", err)
		}
	}
	return nil
}

// plantLetters fills the outbox: most letters went in the last hundred days, some wait for another day.
func plantLetters(house core.App, n int, at time.Time) error {
	_, err := house.NonconcurrentDB().NewQuery(`
		WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i WHERE i < {:n}),
		l AS (SELECT i, i % 10 = 0 AS waits, strftime('%Y-%m-%d %H:%M:%fZ', {:at}, '-' || (1 + i % 100) || ' days') AS past FROM i)
		INSERT INTO outbox (id, dedup_key, kind, class, user, locale, not_before, next_at, sent_at, status, rev, created, updated)
		SELECT printf('benchlett%06d', i), printf('bench:%d', i), 'bench', CASE i % 3 WHEN 0 THEN 'T' ELSE 'R' END, printf('benchuser%06d', i % 500), 'vi',
			past, iif(waits, {:later}, past), iif(waits, '', past), iif(waits, 'queued', 'sent'), 1, past, past FROM l`).
		Bind(dbx.Params{"n": n, "at": record.Stamp(at), "later": record.Stamp(at.Add(72 * time.Hour))}).Execute()
	if err != nil {
		return fmt.Errorf("fill the outbox: %w", err)
	}
	return nil
}

// lettersOf counts the letters of a kind.
func lettersOf(house core.App, kind string) (n int, err error) {
	err = house.DB().NewQuery("SELECT count(*) FROM outbox WHERE kind = {:kind}").Bind(dbx.Params{"kind": kind}).Row(&n)
	return n, err
}
