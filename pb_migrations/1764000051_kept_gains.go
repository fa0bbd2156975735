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
		return exec(app,
			gainFill,
			`CREATE VIEW kept_gains_moves AS SELECT 0 AS sign, '' AS startup, '' AS enrolment, '' AS template, '' AS month`,
			gainMove,
			gainTrigger("kept_gains_asked_before", "BEFORE INSERT ON report_requests WHEN NEW.status"+gainHanded, gainReport("-1", "NEW")),
			gainTrigger("kept_gains_asked", "AFTER INSERT ON report_requests WHEN NEW.status"+gainHanded, gainReport("1", "NEW")),
			gainTrigger("kept_gains_moved_before", "BEFORE UPDATE OF status ON report_requests WHEN "+gainMoved, gainReport("-1", "OLD")),
			gainTrigger("kept_gains_moved", "AFTER UPDATE OF status ON report_requests WHEN "+gainMoved, gainReport("1", "NEW")),
			gainTrigger("kept_gains_gone_before", "BEFORE DELETE ON report_requests WHEN OLD.status"+gainHanded, gainReport("-1", "OLD")),
			gainTrigger("kept_gains_gone", "AFTER DELETE ON report_requests WHEN OLD.status"+gainHanded, gainReport("1", "OLD")),
			gainTrigger("kept_gains_answered_before", "BEFORE INSERT ON kpi_readings", gainAnswer("-1", "NEW")),
			gainTrigger("kept_gains_answered", "AFTER INSERT ON kpi_readings", gainAnswer("1", "NEW")),
			gainTrigger("kept_gains_revised_before", "BEFORE UPDATE OF state, value, grade ON kpi_readings WHEN "+gainRevised, gainAnswer("-1", "OLD")),
			gainTrigger("kept_gains_revised", "AFTER UPDATE OF state, value, grade ON kpi_readings WHEN "+gainRevised, gainAnswer("1", "NEW")),
			gainTrigger("kept_gains_taken_back_before", "BEFORE DELETE ON kpi_readings", gainAnswer("-1", "OLD")),
			gainTrigger("kept_gains_taken_back", "AFTER DELETE ON kpi_readings", gainAnswer("1", "OLD")),
			// Another version of the figure has no answers yet, and takes the key.
			`CREATE TRIGGER kept_gains_followed AFTER UPDATE OF key ON kpis WHEN OLD.key != NEW.key AND 'jobs' IN (OLD.key, NEW.key)
				BEGIN DELETE FROM kept_gains; `+gainFill+`; END`,
		)
	}, nil)
}

const (
	gainHanded  = ` IN ('submitted', 'accepted')`
	gainMoved   = `(OLD.status` + gainHanded + `) != (NEW.status` + gainHanded + `)`
	gainRevised = `OLD.value != NEW.value OR OLD.state != NEW.state OR OLD.grade != NEW.grade`
	gainMonths  = ` GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'`
)

// gainTrigger takes out of the gains (-1) or puts into them (1) what a startup brings: before a change the one, after it the
// other. SQLite translates every trigger of a table anew for each statement that writes it, but the one behind the view,
// into which all of them write, only once.
func gainTrigger(name, when, move string) string {
	return `CREATE TRIGGER ` + name + ` ` + when + ` BEGIN INSERT INTO kept_gains_moves ` + move + `; END`
}

// gainReport is a report as a trigger sees it; it need not lie in its table.
func gainReport(sign, row string) string {
	return `VALUES (` + sign + `, ` + row + `.startup, ` + row + `.enrolment, ` + row + `.template, ` + row + `.period_key)`
}

// gainAnswer is the report of an answer that tells how many people a startup has, if it was handed in.
func gainAnswer(sign, row string) string {
	return `SELECT ` + sign + `, q.startup, q.enrolment, q.template, q.period_key FROM kpis k CROSS JOIN report_requests q
		WHERE k.key = 'jobs' AND k.id = ` + row + `.kpi AND q.id = ` + row + `.request AND q.status` + gainHanded
}

// gainMove keeps what a report brings. A month concerns the periods in which it lies; the first baseline, every period of which
// the startup has told. The limits keep SQLite from translating what is looked up wherever it is used.
var gainMove = `CREATE TRIGGER kept_gains_moved_all INSTEAD OF INSERT ON kept_gains_moves BEGIN
	INSERT INTO kept_gains (kpi, period_key, cohort, startups, papers, now, base)
	SELECT kpi, period_key, cohort, NEW.sign, NEW.sign * CAST(substr(latest, 1, 1) AS INTEGER), NEW.sign * CAST(substr(latest, 2) AS INTEGER), NEW.sign * base
	FROM (
		SELECT a.kpi, a.period_key, a.cohort, a.base,
			(SELECT (l.grade != 'self') || l.value FROM kpi_readings l CROSS JOIN report_requests lq CROSS JOIN report_templates lt CROSS JOIN enrolments ln
				WHERE l.startup = NEW.startup AND l.kpi = a.kpi AND l.period_key BETWEEN a.first AND a.last AND l.state = 'value'
				AND lq.id = l.request AND lq.status` + gainHanded + ` AND lt.id = lq.template AND lt.period = 'month'
				AND ln.id = lq.enrolment AND a.cohort IN ('', ln.cohort)
				ORDER BY l.period_key DESC, lq.id DESC LIMIT 1) AS latest
		FROM (
			SELECT DISTINCT f.kpi, f.base, iif(w.whole, '', n.cohort) AS cohort, ` + keptPeriods("coalesce(q.period_key, NEW.month)") + `
			FROM (
				SELECT b.kpi, b.value AS base FROM kpis k CROSS JOIN kpi_readings b CROSS JOIN report_requests bq CROSS JOIN report_templates bt
				WHERE k.key = 'jobs' AND b.startup = NEW.startup AND b.kpi = k.id AND b.period_key = 'baseline' AND b.state = 'value'
				AND bq.id = b.request AND bq.status` + gainHanded + ` AND bt.id = bq.template AND bt.period = 'baseline' ORDER BY bq.id DESC LIMIT 1
			) f CROSS JOIN report_templates t
			LEFT JOIN report_requests q ON t.period = 'baseline' AND q.startup = NEW.startup AND q.status` + gainHanded + `
				AND q.template IN (SELECT id FROM report_templates WHERE period = 'month')
			CROSS JOIN enrolments n CROSS JOIN ` + keptSpans + ` p CROSS JOIN ` + keptWhole + ` w
			WHERE t.id = NEW.template AND t.period = iif(NEW.month = 'baseline', 'baseline', 'month')
			AND coalesce(q.period_key, NEW.month)` + gainMonths + ` AND n.id = coalesce(q.enrolment, NEW.enrolment)
		) a LIMIT -1
	) WHERE latest IS NOT NULL
	ON CONFLICT (period_key, cohort, kpi) DO UPDATE SET startups = startups + excluded.startups, papers = papers + excluded.papers,
		now = now + excluded.now, base = base + excluded.base;
	END`

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
