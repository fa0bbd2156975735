package startups

import (
	"strings"

	"vuon/internal/lifecycle"
)

// keptAudits reckon the kept totals from the reports themselves and tell every difference in words: "revenue 2026-11 house:
// total 600, not 607".
func keptAudits() []lifecycle.Audit {
	same, told := make([]string, len(keptColumns)), make([]string, len(keptColumns))
	for i, name := range keptColumns {
		kept, real := "coalesce(k."+name+", 0)", "coalesce(r."+name+", 0)"
		same[i] = kept + " = " + real
		told[i] = "iif(" + same[i] + ", '', ' " + name + " ' || " + kept + " || ', not ' || " + real + " || ';')"
	}
	return []lifecycle.Audit{{
		ID: "startups.kept_totals", Says: "the totals that are kept are those that the reports come to",
		SQL: `SELECT coalesce(i.key, coalesce(k.kpi, r.kpi)) || ' ' || coalesce(k.period_key, r.period_key) || ' ' ||
				coalesce(nullif(coalesce(k.cohort, r.cohort), ''), 'house') || ':' || ` + strings.Join(told, " || ") + ` AS id
			FROM kept_totals k FULL JOIN (` + reckonedTotals + `) r ON r.kpi = k.kpi AND r.period_key = k.period_key AND r.cohort = k.cohort
			LEFT JOIN kpis i ON i.id = coalesce(k.kpi, r.kpi)
			WHERE NOT (` + strings.Join(same, " AND ") + `)`,
	}}
}

// keptColumns are what a kept total adds up.
var keptColumns = []string{
	"asked", "given", "not_reported", "na", "refused", "missing", "self", "documented", "verified", "total", "last", "startups",
}

// reckonedTotals are the totals as the reports come to them: of every month, and of the quarter and the year in which it lies,
// by cohort and of the whole house (cohort ""). It reads every report that was ever asked for.
const reckonedTotals = `SELECT kpi, period_key, cohort, count(*) AS asked, sum(given) AS given, sum(state = 'not_reported') AS not_reported,
		sum(state = 'na') AS na, sum(state = 'refused') AS refused, sum(state = 'missing') AS missing, sum(given AND grade = 'self') AS self,
		sum(given AND grade = 'documented') AS documented, sum(given AND grade = 'verified') AS verified, sum(given * value) AS total,
		sum(given * value * (latest = 1)) AS last, sum(given AND latest = 1) AS startups
	FROM (
		SELECT b.*, row_number() OVER (PARTITION BY b.kpi, b.period_key, b.cohort, b.startup, b.given ORDER BY b.month DESC, b.id DESC) AS latest
		FROM (
			SELECT a.id, a.startup, a.month, a.kpi, iif(w.whole, '', a.cohort) AS cohort, a.state, a.state = 'value' AS given, a.grade, a.value,
				CASE p.span WHEN 1 THEN a.month WHEN 2 THEN substr(a.month, 1, 4) || '-Q' || ((substr(a.month, 6, 2) + 2) / 3) ELSE substr(a.month, 1, 4) END AS period_key
			FROM (
				SELECT q.id, q.startup, q.period_key AS month, t.period AS kind, asks.value AS kpi, n.cohort, coalesce(r.state, 'missing') AS state,
					coalesce(r.grade, '') AS grade, coalesce(r.value, 0) AS value
				FROM report_requests q JOIN report_templates t ON t.id = q.template JOIN enrolments n ON n.id = q.enrolment JOIN json_each(t.kpis) asks
				LEFT JOIN kpi_readings r ON r.request = q.id AND r.kpi = asks.value AND q.status IN ('submitted', 'accepted')
				WHERE q.status NOT IN ('scheduled', 'waived')
				AND iif(t.period = 'baseline', q.period_key = 'baseline', q.period_key GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]')
			) a
			JOIN (SELECT 1 AS span UNION ALL SELECT 2 UNION ALL SELECT 3) p ON p.span = 1 OR a.kind = 'month'
			JOIN (SELECT 0 AS whole UNION ALL SELECT 1) w
		) b
	) GROUP BY kpi, period_key, cohort`
