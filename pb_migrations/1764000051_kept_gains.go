package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// How many people startups have beside how many they came with, added up before anybody asks: a row for a period (a month, and
// the quarter and the year it lies in) and a cohort, ” being the whole house. A startup brings its latest value of the period
// and its first baseline, once it has told both. Triggers on reports and their answers write it and nobody else, in the
// transaction of whatever changes them.
func init() {
	m.Register(func(app core.App) error {
		kept := core.NewBaseCollection("kept_gains")
		kept.Fields.Add(words("kpi", 15), period(), text("cohort", 15), whole("startups"), whole("papers"), whole("now"), whole("base"))
		kept.AddIndex("kept_gains_once", true, "period_key, cohort, kpi", "")
		if err := app.Save(kept); err != nil {
			return err
		}
		const handed = " IN ('submitted', 'accepted')"
		return exec(app,
			gainFill,
			gainTrigger("kept_gains_asked_before", "BEFORE INSERT ON report_requests WHEN NEW.status"+handed, gainReport("NEW"), "-"),
			gainTrigger("kept_gains_asked", "AFTER INSERT ON report_requests WHEN NEW.status"+handed, gainReport("NEW"), "+"),
			gainTrigger("kept_gains_moved_before", "BEFORE UPDATE OF status ON report_requests WHEN (OLD.status"+handed+") != (NEW.status"+handed+")", gainReport("OLD"), "-"),
			gainTrigger("kept_gains_moved", "AFTER UPDATE OF status ON report_requests WHEN (OLD.status"+handed+") != (NEW.status"+handed+")", gainReport("NEW"), "+"),
			gainTrigger("kept_gains_gone_before", "BEFORE DELETE ON report_requests WHEN OLD.status"+handed, gainReport("OLD"), "-"),
			gainTrigger("kept_gains_gone", "AFTER DELETE ON report_requests WHEN OLD.status"+handed, gainReport("OLD"), "+"),
			gainTrigger("kept_gains_answered_before", "BEFORE INSERT ON kpi_readings WHEN "+gainHanded("NEW"), gainAnswer("NEW"), "-"),
			gainTrigger("kept_gains_answered", "AFTER INSERT ON kpi_readings WHEN "+gainHanded("NEW"), gainAnswer("NEW"), "+"),
			gainTrigger("kept_gains_revised_before", "BEFORE UPDATE OF state, value, grade ON kpi_readings WHEN "+gainHanded("OLD"), gainAnswer("OLD"), "-"),
			gainTrigger("kept_gains_revised", "AFTER UPDATE OF state, value, grade ON kpi_readings WHEN "+gainHanded("NEW"), gainAnswer("NEW"), "+"),
			gainTrigger("kept_gains_taken_back_before", "BEFORE DELETE ON kpi_readings WHEN "+gainHanded("OLD"), gainAnswer("OLD"), "-"),
			gainTrigger("kept_gains_taken_back", "AFTER DELETE ON kpi_readings WHEN "+gainHanded("OLD"), gainAnswer("OLD"), "+"),
			// Another version of the figure has no answers yet, and takes the key.
			`CREATE TRIGGER kept_gains_followed AFTER UPDATE OF key ON kpis WHEN OLD.key != NEW.key AND 'jobs' IN (OLD.key, NEW.key)
				BEGIN DELETE FROM kept_gains; `+gainFill+`; END`,
		)
	}, nil)
}

// gainHanded says whether an answer tells how many people a startup has, in a report that was handed in.
func gainHanded(row string) string {
	return row + `.kpi = (SELECT id FROM kpis WHERE key = 'jobs') AND ` + keptHanded(row)
}

// gainReport is a report as a trigger sees it; it need not lie in its table.
func gainReport(row string) string {
	return `SELECT ` + row + `.startup AS startup, ` + row + `.enrolment AS enrolment, ` + row + `.template AS template, ` + row + `.period_key AS month`
}

// gainAnswer is the report of an answer.
func gainAnswer(row string) string {
	return `SELECT q.startup, q.enrolment, q.template, q.period_key AS month FROM report_requests q WHERE q.id = ` + row + `.request`
}

const gainMonths = ` GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'`

// gainTrigger takes out of the gains (-) or puts into them (+) what a startup brings: before a change the one, after it the other.
// A month concerns the periods in which it lies; the first baseline, every period of which the startup has told.
func gainTrigger(name, when, report, sign string) string {
	return `CREATE TRIGGER ` + name + ` ` + when + ` BEGIN
	INSERT INTO kept_gains (kpi, period_key, cohort, startups, papers, now, base)
	SELECT kpi, period_key, cohort, ` + sign + `1, ` + sign + `CAST(substr(latest, 1, 1) AS INTEGER), ` + sign + `CAST(substr(latest, 2) AS INTEGER), ` + sign + `base
	FROM (
		SELECT a.kpi, a.period_key, a.cohort,
			(SELECT b.value FROM kpi_readings b JOIN report_requests bq ON bq.id = b.request JOIN report_templates bt ON bt.id = bq.template
				WHERE b.startup = a.startup AND b.kpi = a.kpi AND b.period_key = 'baseline' AND b.state = 'value'
				AND bq.status IN ('submitted', 'accepted') AND bt.period = 'baseline' ORDER BY bq.id DESC LIMIT 1) AS base,
			(SELECT (l.grade != 'self') || l.value FROM kpi_readings l JOIN report_requests lq ON lq.id = l.request
				JOIN report_templates lt ON lt.id = lq.template JOIN enrolments ln ON ln.id = lq.enrolment
				WHERE l.startup = a.startup AND l.kpi = a.kpi AND l.period_key BETWEEN a.first AND a.last AND l.state = 'value'
				AND lq.status IN ('submitted', 'accepted') AND lt.period = 'month' AND (a.cohort = '' OR ln.cohort = a.cohort)
				ORDER BY l.period_key DESC, lq.id DESC LIMIT 1) AS latest
		FROM (
			SELECT DISTINCT m.startup, k.id AS kpi, iif(w.whole, '', m.cohort) AS cohort, ` + keptPeriods("m.month") + `
			FROM kpis k JOIN (
				SELECT x.startup, x.month, n.cohort FROM (` + report + `) x JOIN report_templates t ON t.id = x.template AND t.period = 'month'
					JOIN enrolments n ON n.id = x.enrolment WHERE x.month` + gainMonths + `
				UNION
				SELECT q.startup, q.period_key, n.cohort FROM (` + report + `) x JOIN report_templates t ON t.id = x.template AND t.period = 'baseline'
					JOIN report_requests q ON q.startup = x.startup AND q.status IN ('submitted', 'accepted')
					JOIN report_templates o ON o.id = q.template AND o.period = 'month' JOIN enrolments n ON n.id = q.enrolment
					WHERE x.month = 'baseline' AND q.period_key` + gainMonths + `
			) m JOIN ` + keptSpans + ` p JOIN ` + keptWhole + ` w WHERE k.key = 'jobs'
		) a
	) WHERE base IS NOT NULL AND latest IS NOT NULL
	ON CONFLICT (period_key, cohort, kpi) DO UPDATE SET startups = startups + excluded.startups, papers = papers + excluded.papers,
		now = now + excluded.now, base = base + excluded.base;
	END`
}

// gainFill reckons every gain from the reports themselves.
var gainFill = `INSERT INTO kept_gains (kpi, period_key, cohort, startups, papers, now, base)
	SELECT kpi, period_key, cohort, count(*), sum(paper), sum(value), sum(base) FROM (
		SELECT a.*, row_number() OVER (PARTITION BY a.period_key, a.cohort, a.startup ORDER BY a.month DESC, a.id DESC) AS latest
		FROM (
			SELECT q.id, q.startup, q.period_key AS month, r.kpi, r.value, r.grade != 'self' AS paper, iif(w.whole, '', n.cohort) AS cohort,
				(SELECT b.value FROM kpi_readings b JOIN report_requests bq ON bq.id = b.request JOIN report_templates bt ON bt.id = bq.template
					WHERE b.startup = q.startup AND b.kpi = r.kpi AND b.period_key = 'baseline' AND b.state = 'value'
					AND bq.status IN ('submitted', 'accepted') AND bt.period = 'baseline' ORDER BY bq.id DESC LIMIT 1) AS base,
				` + keptPeriods("q.period_key") + `
			FROM kpis k JOIN kpi_readings r ON r.kpi = k.id AND r.state = 'value'
			JOIN report_requests q ON q.id = r.request AND q.status IN ('submitted', 'accepted')
			JOIN report_templates t ON t.id = q.template AND t.period = 'month' JOIN enrolments n ON n.id = q.enrolment
			JOIN ` + keptSpans + ` p JOIN ` + keptWhole + ` w
			WHERE k.key = 'jobs' AND q.period_key` + gainMonths + `
		) a WHERE a.base IS NOT NULL
	) WHERE latest = 1 GROUP BY kpi, period_key, cohort`
