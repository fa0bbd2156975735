package app

import (
	"fmt"

	"vuon/internal/lifecycle"
)

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
		{
			ID: "app.paid", Says: "a confirmed order that waited for money is paid whole by payments that count",
			SQL: `SELECT o.id FROM orders o WHERE o.status = 'confirmed' AND o.total_vnd > 0
				AND EXISTS (SELECT 1 FROM payments p WHERE p.payable = o.id AND p.status = 'succeeded')
				AND o.total_vnd > (SELECT coalesce(sum(p.received_vnd), 0) FROM payments p WHERE p.payable = o.id AND p.status = 'succeeded' AND NOT p.duplicate)`,
		},
		{
			ID: "app.receipted", Says: "the money with which a confirmed order was paid has its receipt",
			SQL: `SELECT o.id FROM orders o JOIN payments p ON p.id = (SELECT l.id FROM payments l WHERE l.payable = o.id AND l.status = 'succeeded'
					AND NOT l.duplicate ORDER BY l.paid_at DESC, l.created DESC, l.id DESC LIMIT 1)
				WHERE o.status = 'confirmed' AND p.amount_vnd > 0 AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.cause = p.id)`,
		},
		{
			ID: "app.money_ended", Says: "no order is over while one of its payments may still bring money",
			SQL: `SELECT o.id FROM payments p JOIN orders o ON o.id = p.payable
				WHERE p.status IN ('created', 'open', 'processing', 'cancelling') AND o.status IN ('expired', 'cancelled', 'abandoned')`,
		},
		{
			ID: "app.job_done_twice", Says: "no slot of a job is done twice",
			SQL: `SELECT min(id) AS id FROM job_runs WHERE outcome = 'done' GROUP BY job, slot, actor HAVING count(*) > 1`,
		},
		{
			ID: "app.job_runs_alone", Says: "no two runs of a job are under way at once",
			SQL: `SELECT min(id) AS id FROM job_runs WHERE outcome = 'running' GROUP BY job HAVING count(*) > 1`,
		},
		{
			ID: "app.job_ended", Says: "a run of a job that is done or has failed has ended",
			SQL: `SELECT id FROM job_runs WHERE outcome != 'running' AND ended_at = ''`,
		},
		{
			ID: "app.job_lease", Says: "nobody holds a job for longer than its lease",
			SQL: fmt.Sprintf(`SELECT id FROM job_runs WHERE outcome = 'running'
				AND strftime('%%s', lease_until) - strftime('%%s', started_at) > %d`, int(lease.Seconds())),
		},
		{
			ID: "app.job_fence", Says: "every run of a job has a fence of its own",
			SQL: `SELECT min(id) AS id FROM job_runs GROUP BY job, fence HAVING count(*) > 1 OR fence < 1`,
		},
	}
}
