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
			ID: "startups.graduation_of_cohort", Says: "what is asked before graduation is asked by a cohort that there is",
			SQL: `SELECT g.id FROM graduation_rules g LEFT JOIN cohorts c ON c.id = g.cohort WHERE c.id IS NULL`,
		},
	}
}
