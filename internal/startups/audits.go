package startups

import (
	"slices"

	"vuon/internal/lifecycle"
)

// unjoined says of a startup s that it came from a table, and that nobody was ever in it.
const unjoined = `(NOT EXISTS (SELECT 1 FROM startup_members m WHERE m.startup = s.id)
				AND EXISTS (SELECT 1 FROM journal j WHERE j.subject_kind = 'startups' AND j.subject = s.id AND j.verb = 'import'))`

// Audits are what must be true of the room's rows at any time.
func Audits() []lifecycle.Audit {
	return slices.Concat(recordAudits(), lifeAudits(), cohortAudits(), []lifecycle.Audit{
		{
			ID: "startups.one_primary", Says: "an active startup has exactly one living primary person, but for one of a table that nobody has joined",
			SQL: `SELECT s.id FROM startups s WHERE s.status = 'active' AND NOT ` + unjoined + `
				AND (SELECT count(*) FROM startup_members m WHERE m.startup = s.id AND m.left_on = '' AND m.is_primary = 1) != 1`,
		},
		{
			ID: "startups.an_admin", Says: "an active startup has a living admin, but for one of a table that nobody has joined",
			SQL: `SELECT s.id FROM startups s WHERE s.status = 'active' AND NOT ` + unjoined + `
				AND NOT EXISTS (SELECT 1 FROM startup_members m WHERE m.startup = s.id AND m.left_on = '' AND m.is_admin = 1)`,
		},
		{
			ID: "startups.private_card", Says: "a startup has one private card",
			SQL: `SELECT s.id FROM startups s WHERE NOT EXISTS (SELECT 1 FROM startup_private p WHERE p.startup = s.id)`,
		},
		{
			ID: "startups.keys", Says: "a startup has the keys by which it is searched and sorted",
			SQL: `SELECT id FROM startups WHERE search_key = '' OR sort_key = ''`,
		},
		{
			ID: "startups.one_report", Says: "a startup is asked once for a template and a period",
			SQL: `SELECT min(id) AS id FROM report_requests GROUP BY startup, template, period_key HAVING count(*) > 1`,
		},
		{
			ID: "startups.report_of_enrolment", Says: "a report is asked of the startup that is enrolled",
			SQL: `SELECT q.id FROM report_requests q LEFT JOIN enrolments n ON n.id = q.enrolment WHERE n.startup IS NOT q.startup`,
		},
		{
			ID: "startups.value_or_nothing", Says: "an answer holds a value only when it says that there is one",
			SQL: `SELECT id FROM kpi_readings WHERE state != 'value' AND value != 0`,
		},
		{
			ID: "startups.answer_of_report", Says: "an answer belongs to the startup and the period of its report, and to a figure it asks for",
			SQL: `SELECT r.id FROM kpi_readings r JOIN report_requests q ON q.id = r.request JOIN report_templates t ON t.id = q.template
				WHERE r.startup != q.startup OR r.period_key != q.period_key OR r.kpi NOT IN (SELECT value FROM json_each(t.kpis))`,
		},
		{
			ID: "startups.reading_of_table", Says: "a figure that answers no report came from a table, and holds a value",
			SQL: `SELECT id FROM kpi_readings WHERE request = '' AND (source != 'import' OR state != 'value' OR period_key = 'baseline')`,
		},
		{
			ID: "startups.whole_reports", Says: "a report that was handed in has an answer to every figure it asks for",
			SQL: `SELECT q.id FROM report_requests q JOIN report_templates t ON t.id = q.template
				WHERE q.status IN ('submitted', 'accepted')
				AND (SELECT count(*) FROM kpi_readings r WHERE r.request = q.id) < json_array_length(t.kpis)`,
		},
		{
			ID: "startups.words_asked_for", Says: "an answer in words, as it stands or stood before a correction, is one to a question of its report's template",
			SQL: `SELECT DISTINCT w.id FROM (SELECT id, template, answers FROM report_requests
					UNION ALL SELECT q.id, q.template, v.answers FROM report_revisions v JOIN report_requests q ON q.id = v.request) w
				JOIN report_templates t ON t.id = w.template, json_each(w.answers) a
				WHERE a.key IS NOT NULL AND a.key NOT IN (SELECT json_extract(x.value, '$.key') FROM json_each(t.questions) x WHERE x.key IS NOT NULL)`,
		},
		{
			ID: "startups.words_whole", Says: "a report that was handed in answers every question in words that must be answered",
			SQL: `SELECT DISTINCT q.id FROM report_requests q JOIN report_templates t ON t.id = q.template, json_each(t.questions) x
				WHERE q.status IN ('submitted', 'accepted') AND json_extract(x.value, '$.required')
				AND json_extract(x.value, '$.key') NOT IN (SELECT a.key FROM json_each(q.answers) a WHERE a.key IS NOT NULL AND a.value != '')`,
		},
		{
			ID: "startups.handed_in", Says: "a report that was handed in says when and by whom, and no other does",
			SQL: `SELECT id FROM report_requests WHERE status IN ('submitted', 'returned', 'accepted') AND (submitted_at = '' OR submitted_by = '')
				OR status IN ('scheduled', 'open', 'missed', 'waived') AND submitted_at != ''`,
		},
		{
			ID: "startups.begins_with_baseline", Says: "an enrolment is active once its baseline was handed in, and not before",
			SQL: `SELECT n.id FROM enrolments n WHERE n.status IN ('invited', 'active', 'on_leave', 'graduated')
				AND (n.status != 'invited') != EXISTS (SELECT 1 FROM report_requests q JOIN report_templates t ON t.id = q.template
					WHERE q.enrolment = n.id AND t.period = 'baseline' AND q.submitted_at != '')`,
		},
		{
			ID: "startups.days_of_enrolment", Says: "an enrolment that began has a first day, and one that ended a last",
			SQL: `SELECT id FROM enrolments WHERE status IN ('active', 'on_leave', 'graduated') AND joined_on = ''
				OR (status IN ('graduated', 'withdrawn', 'terminated')) != (left_on != '')`,
		},
		{
			ID: "startups.links_are_short", Says: "a secret link that is kept has a hash and an end",
			SQL: `SELECT id FROM report_requests WHERE (token_hash = '') != (token_expires = '') OR token_hash != '' AND length(token_hash) != 64`,
		},
		{
			ID: "startups.spent_links", Says: "a secret link that was replaced or taken back opens nothing",
			SQL: `SELECT l.id FROM spent_links l WHERE length(l.token_hash) != 64 OR EXISTS (SELECT 1 FROM report_requests q WHERE q.token_hash = l.token_hash)`,
		},
		{
			ID: "startups.numbered_corrections", Says: "the corrections of a report are numbered without gaps, and only accepted reports have any",
			SQL: `SELECT v.id FROM report_revisions v JOIN report_requests q ON q.id = v.request
				WHERE q.status != 'accepted' OR v.number > (SELECT count(*) FROM report_revisions o WHERE o.request = v.request)`,
		},
	})
}
