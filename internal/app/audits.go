package app

import "vuon/internal/lifecycle"

// ownAudits hold across rooms: no room alone knows both sides.
func ownAudits() []lifecycle.Audit {
	return []lifecycle.Audit{
		{
			ID: "app.cohort_places", Says: "a cohort has no more startups invited, active and on leave than places",
			SQL: `SELECT c.id FROM cohorts c WHERE c.capacity <
				(SELECT count(*) FROM enrolments n WHERE n.cohort = c.id AND n.status IN ('invited', 'active', 'on_leave'))`,
		},
		{
			ID: "app.enrolled_somewhere", Says: "an enrolment is in a cohort that exists",
			SQL: `SELECT n.id FROM enrolments n LEFT JOIN cohorts c ON c.id = n.cohort WHERE c.id IS NULL`,
		},
	}
}
