package startups

import "vuon/internal/lifecycle"

// lifeAudits are what must be true of a startup's time in cohorts.
func lifeAudits() []lifecycle.Audit {
	return []lifecycle.Audit{
		{
			ID: "startups.graduated_by_rules", Says: "who graduated met what was asked on that day or has a waiver, and nobody else has one",
			SQL: `SELECT n.id FROM enrolments n WHERE (n.waiver != '') != (n.status = 'graduated'
					AND EXISTS (SELECT 1 FROM json_each(n.graduated_with) f WHERE f.value->>'met' < f.value->>'need'))
				OR n.status != 'graduated' AND coalesce(json_array_length(n.graduated_with), 0) > 0`,
		},
		{
			ID: "startups.shown_milestones", Says: "a milestone that was handed in says by whom and what shows it, and a verified or dropped one by whom",
			SQL: `SELECT id FROM milestones WHERE status IN ('submitted', 'verified') AND (submitted_by = '' OR submitted_at = '' OR document = '' AND link = '')
				OR status IN ('verified', 'dropped') AND (decided_by = '' OR decided_at = '') OR status = 'dropped' AND reason = ''`,
		},
		{
			ID: "startups.alumni_answers", Says: "what alumni answered is whole, by a link and once, and what was not told holds nothing",
			SQL: `SELECT id FROM alumni_reports WHERE (status = 'answered') != (fate != '') OR (status = 'answered') != (answered_at != '')
				OR (status = 'answered') != (answered_by != '') OR (status = 'answered') != (jobs_state != '' AND revenue_state != '' AND raised_state != '')
				OR jobs_state != 'value' AND jobs != 0 OR revenue_state != 'value' AND revenue_vnd != 0 OR raised_state != 'value' AND raised_vnd != 0`,
		},
		{
			ID: "startups.alumni_graduated", Says: "only who graduated is asked how it is afterwards, once a year for five years, and a link is short",
			SQL: `SELECT a.id FROM alumni_reports a WHERE NOT EXISTS (SELECT 1 FROM enrolments n WHERE n.startup = a.startup AND n.status = 'graduated'
					AND a.year - CAST(substr(n.left_on, 1, 4) AS INTEGER) BETWEEN 1 AND 5)
				OR (a.token_hash = '') != (a.token_expires = '') OR a.token_hash != '' AND length(a.token_hash) != 64`,
		},
		{
			ID: "startups.graduation_of_cohort", Says: "what is asked before graduation is asked by a cohort that there is",
			SQL: `SELECT g.id FROM graduation_rules g LEFT JOIN cohorts c ON c.id = g.cohort WHERE c.id IS NULL`,
		},
	}
}
