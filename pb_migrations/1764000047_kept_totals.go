package pb_migrations

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What startups reported, added up before anybody asks: a row for a figure, a period (a month, and the quarter and the year it
// lies in) and a cohort, ” being the whole house. Triggers on reports and their answers write it and nobody else, in the
// transaction of whatever changes them. A report brings its counts and its values; last and startups are brought by a startup,
// by its latest value in the period.
func init() {
	m.Register(func(app core.App) error {
		kept := core.NewBaseCollection("kept_totals")
		kept.Fields.Add(words("kpi", 15), period(), text("cohort", 15))
		for _, name := range keptColumns {
			kept.Fields.Add(whole(name))
		}
		kept.AddIndex("kept_totals_once", true, "period_key, cohort, kpi", "")
		if err := app.Save(kept); err != nil {
			return err
		}
		return exec(app,
			`CREATE INDEX report_requests_enrolment ON report_requests (enrolment)`,
			keptFill,
			keptTrigger("kept_totals_asked_before", "BEFORE INSERT ON report_requests", keptAsked("NEW", "0"), "-"),
			keptTrigger("kept_totals_asked", "AFTER INSERT ON report_requests", keptAsked("NEW", "1"), "+"),
			keptTrigger("kept_totals_moved_before", "BEFORE UPDATE OF status ON report_requests WHEN OLD.status != NEW.status", keptAsked("OLD", "1"), "-"),
			keptTrigger("kept_totals_moved", "AFTER UPDATE OF status ON report_requests WHEN OLD.status != NEW.status", keptAsked("NEW", "1"), "+"),
			keptTrigger("kept_totals_gone_before", "BEFORE DELETE ON report_requests", keptAsked("OLD", "1"), "-"),
			keptTrigger("kept_totals_gone", "AFTER DELETE ON report_requests", keptAsked("OLD", "0"), "+"),
			keptTrigger("kept_totals_answered_before", "BEFORE INSERT ON kpi_readings WHEN "+keptHanded("NEW"), keptAnswered("NEW"), "-"),
			keptTrigger("kept_totals_answered", "AFTER INSERT ON kpi_readings WHEN "+keptHanded("NEW"), keptAnswered("NEW"), "+"),
			keptTrigger("kept_totals_revised_before", "BEFORE UPDATE OF state, value, grade ON kpi_readings WHEN "+keptHanded("OLD"), keptAnswered("OLD"), "-"),
			keptTrigger("kept_totals_revised", "AFTER UPDATE OF state, value, grade ON kpi_readings WHEN "+keptHanded("NEW"), keptAnswered("NEW"), "+"),
			keptTrigger("kept_totals_taken_back_before", "BEFORE DELETE ON kpi_readings WHEN "+keptHanded("OLD"), keptAnswered("OLD"), "-"),
			keptTrigger("kept_totals_taken_back", "AFTER DELETE ON kpi_readings WHEN "+keptHanded("OLD"), keptAnswered("OLD"), "+"),
			// What a total is kept by stays where it is: the laws of the house say so too, and speak first.
			`CREATE TRIGGER report_requests_stay BEFORE UPDATE OF startup, enrolment, template, period_key ON report_requests
				WHEN OLD.startup != NEW.startup OR OLD.enrolment != NEW.enrolment OR OLD.template != NEW.template OR OLD.period_key != NEW.period_key
				BEGIN SELECT RAISE(ABORT, 'a report stays what it was asked as'); END`,
			`CREATE TRIGGER kpi_readings_stay BEFORE UPDATE OF request, startup, kpi, period_key ON kpi_readings
				WHEN (OLD.request != NEW.request OR OLD.startup != NEW.startup OR OLD.kpi != NEW.kpi OR OLD.period_key != NEW.period_key)
				AND (`+keptHanded("OLD")+` OR `+keptHanded("NEW")+`)
				BEGIN SELECT RAISE(ABORT, 'an answer stays with its report'); END`,
			`CREATE TRIGGER enrolments_stay BEFORE UPDATE OF startup, cohort ON enrolments
				WHEN (OLD.startup != NEW.startup OR OLD.cohort != NEW.cohort) AND EXISTS (SELECT 1 FROM report_requests q WHERE q.enrolment = OLD.id)
				BEGIN SELECT RAISE(ABORT, 'an enrolment that was asked for a report stays'); END`,
			`CREATE TRIGGER enrolments_never_go BEFORE DELETE ON enrolments
				WHEN EXISTS (SELECT 1 FROM report_requests q WHERE q.enrolment = OLD.id)
				BEGIN SELECT RAISE(ABORT, 'an enrolment that was asked for a report stays'); END`,
			`CREATE TRIGGER report_templates_stay BEFORE UPDATE OF kpis, period ON report_templates
				WHEN (json(OLD.kpis) != json(NEW.kpis) OR OLD.period != NEW.period) AND EXISTS (SELECT 1 FROM report_requests q WHERE q.template = OLD.id)
				BEGIN SELECT RAISE(ABORT, 'a template that was asked with stays'); END`,
			`CREATE TRIGGER report_templates_never_go BEFORE DELETE ON report_templates
				WHEN EXISTS (SELECT 1 FROM report_requests q WHERE q.template = OLD.id)
				BEGIN SELECT RAISE(ABORT, 'a template that was asked with stays'); END`,
		)
	}, nil)
}

// keptColumns are what is added up: reports that were asked for, by what became of the answer; values by what they rest on;
// the sum of all values, and of each startup's last; and how many startups gave one.
var keptColumns = []string{
	"asked", "given", "not_reported", "na", "refused", "missing", "self", "documented", "verified", "total", "last", "startups",
}

// keptHanded says whether an answer is one of a report that was handed in. All others count for nothing yet.
func keptHanded(row string) string {
	return `EXISTS (SELECT 1 FROM report_requests q WHERE q.id = ` + row + `.request AND q.status IN ('submitted', 'accepted'))`
}

// keptAsked is one report as a trigger sees it. counts 0 leaves out what it brings itself: it is not there yet, or no more.
func keptAsked(row, counts string) string {
	return `SELECT ` + row + `.id AS id, ` + row + `.startup AS startup, ` + row + `.enrolment AS enrolment, ` + row + `.template AS template, ` +
		row + `.period_key AS month, ` + row + `.status AS status, '' AS only_kpi, ` + counts + ` AS counts`
}

// keptAnswered is the report of one answer, for its figure alone.
func keptAnswered(row string) string {
	return `SELECT q.id, q.startup, q.enrolment, q.template, q.period_key AS month, q.status, ` + row + `.kpi AS only_kpi, 1 AS counts
		FROM report_requests q WHERE q.id = ` + row + `.request`
}

// keptTrigger takes out of the totals (-) or puts into them (+) what a report brings: before a change the one, after it the other.
func keptTrigger(name, when, asked, sign string) string {
	added := make([]string, len(keptColumns))
	for i, name := range keptColumns {
		added[i] = name + " = " + name + " + excluded." + name
	}
	return `CREATE TRIGGER ` + name + ` ` + when + ` BEGIN
	INSERT INTO kept_totals (kpi, period_key, cohort, ` + strings.Join(keptColumns, ", ") + `)
	SELECT kpi, period_key, cohort, ` + sign + `counts, ` + sign + `(counts * (state = 'value')), ` + sign + `(counts * (state = 'not_reported')), ` +
		sign + `(counts * (state = 'na')), ` + sign + `(counts * (state = 'refused')), ` + sign + `(counts * (state = 'missing')), ` +
		sign + `(counts * (state = 'value' AND grade = 'self')), ` + sign + `(counts * (state = 'value' AND grade = 'documented')), ` +
		sign + `(counts * (state = 'value' AND grade = 'verified')), ` + sign + `(counts * value * (state = 'value')), ` +
		sign + `coalesce(latest, 0), ` + sign + `(latest IS NOT NULL)
	FROM (
		SELECT a.kpi, a.period_key, a.cohort, a.counts, coalesce(r.state, 'missing') AS state, coalesce(r.grade, '') AS grade, coalesce(r.value, 0) AS value,
			(SELECT l.value FROM kpi_readings l JOIN report_requests lq ON lq.id = l.request JOIN report_templates lt ON lt.id = lq.template
				JOIN enrolments ln ON ln.id = lq.enrolment
				WHERE l.startup = a.startup AND l.kpi = a.kpi AND l.period_key BETWEEN a.first AND a.last AND l.state = 'value'
				AND lq.status IN ('submitted', 'accepted') AND lt.period = a.kind AND (a.cohort = '' OR ln.cohort = a.cohort)
				ORDER BY l.period_key DESC, lq.id DESC LIMIT 1) AS latest
		FROM (
			SELECT x.id, x.startup, x.counts * (x.status NOT IN ('scheduled', 'waived')) AS counts, x.status IN ('submitted', 'accepted') AS handed,
				t.period AS kind, asks.value AS kpi, iif(w.whole, '', n.cohort) AS cohort, ` + keptPeriods("x.month") + `
			FROM (` + asked + `) x JOIN report_templates t ON t.id = x.template JOIN enrolments n ON n.id = x.enrolment
			JOIN json_each(t.kpis) asks ON x.only_kpi IN ('', asks.value)
			JOIN ` + keptSpans + ` p ON p.span = 1 OR t.period = 'month' JOIN ` + keptWhole + ` w
			WHERE ` + keptCounted("x.month") + `
		) a LEFT JOIN kpi_readings r ON r.request = a.id AND r.kpi = a.kpi AND a.handed
	) WHERE true
	ON CONFLICT (period_key, cohort, kpi) DO UPDATE SET ` + strings.Join(added, ", ") + `;
	END`
}

const (
	keptSpans = `(SELECT 1 AS span UNION ALL SELECT 2 UNION ALL SELECT 3)`
	keptWhole = `(SELECT 0 AS whole UNION ALL SELECT 1)`
)

// keptPeriods are the key, the first and the last month of what a month lies in: itself, its quarter, its year.
func keptPeriods(month string) string {
	quarter := `((substr(` + month + `, 6, 2) + 2) / 3)`
	return `CASE p.span WHEN 1 THEN ` + month + ` WHEN 2 THEN substr(` + month + `, 1, 5) || 'Q' || ` + quarter + ` ELSE substr(` + month + `, 1, 4) END AS period_key,
		CASE p.span WHEN 1 THEN ` + month + ` WHEN 2 THEN substr(` + month + `, 1, 5) || printf('%02d', 3 * ` + quarter + ` - 2) ELSE substr(` + month + `, 1, 5) || '01' END AS first,
		CASE p.span WHEN 1 THEN ` + month + ` WHEN 2 THEN substr(` + month + `, 1, 5) || printf('%02d', 3 * ` + quarter + `) ELSE substr(` + month + `, 1, 5) || '12' END AS last`
}

// keptCounted are the reports that are part of a figure: months, and first baselines.
func keptCounted(month string) string {
	return `CASE t.period WHEN 'baseline' THEN ` + month + ` = 'baseline' ELSE ` + month + ` GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]' END`
}

// keptFill reckons every total from the reports themselves.
var keptFill = `INSERT INTO kept_totals (kpi, period_key, cohort, ` + strings.Join(keptColumns, ", ") + `)
	SELECT kpi, period_key, cohort, count(*), sum(given), sum(state = 'not_reported'), sum(state = 'na'), sum(state = 'refused'), sum(state = 'missing'),
		sum(given AND grade = 'self'), sum(given AND grade = 'documented'), sum(given AND grade = 'verified'),
		sum(given * value), sum(given * value * (latest = 1)), sum(given AND latest = 1)
	FROM (
		SELECT a.*, row_number() OVER (PARTITION BY a.kpi, a.period_key, a.cohort, a.startup, a.given ORDER BY a.month DESC, a.id DESC) AS latest
		FROM (
			SELECT q.id, q.startup, q.period_key AS month, asks.value AS kpi, iif(w.whole, '', n.cohort) AS cohort, coalesce(r.state, 'missing') AS state,
				coalesce(r.state = 'value', 0) AS given, coalesce(r.grade, '') AS grade, coalesce(r.value, 0) AS value, ` + keptPeriods("q.period_key") + `
			FROM report_requests q JOIN report_templates t ON t.id = q.template JOIN enrolments n ON n.id = q.enrolment
			JOIN json_each(t.kpis) asks
			LEFT JOIN kpi_readings r ON r.request = q.id AND r.kpi = asks.value AND q.status IN ('submitted', 'accepted')
			JOIN ` + keptSpans + ` p ON p.span = 1 OR t.period = 'month' JOIN ` + keptWhole + ` w
			WHERE q.status NOT IN ('scheduled', 'waived') AND ` + keptCounted("q.period_key") + `
		) a
	) GROUP BY kpi, period_key, cohort`
