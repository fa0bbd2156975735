package startups

import "vuon/internal/lifecycle"

// cohortAudits are what must be true of what a cohort does together.
func cohortAudits() []lifecycle.Audit {
	return []lifecycle.Audit{
		{
			ID: "startups.workshop_seats", Says: "no more people say that they come to a workshop than find a seat",
			SQL: `SELECT w.id FROM workshops w WHERE w.capacity > 0
				AND (SELECT coalesce(sum(a.coming), 0) FROM attendances a WHERE a.workshop = w.id) > w.capacity`,
		},
		{
			ID: "startups.workshop_guests", Says: "a startup is marked at workshops of a cohort that it was enrolled in",
			SQL: `SELECT a.id FROM attendances a JOIN workshops w ON w.id = a.workshop
				WHERE NOT EXISTS (SELECT 1 FROM enrolments n WHERE n.startup = a.startup AND n.cohort = w.cohort)`,
		},
		{
			ID: "startups.workshop_marks", Says: "people came where a startup was present or late, and nowhere else; a mark says who wrote it and when",
			SQL: `SELECT id FROM attendances WHERE (mark IN ('present', 'late')) != (came > 0) OR (mark = '') != (marked_by = '') OR (mark = '') != (marked_at = '')
				OR answered = 0 AND coming > 0`,
		},
		{
			ID: "startups.workshop_hours", Says: "a workshop ends when its minutes are over, and one that was called off says why",
			SQL: `SELECT id FROM workshops WHERE status = 'cancelled' AND reason = ''
				OR abs(round((julianday(ends_at) - julianday(starts_at)) * 1440) - minutes) > 0`,
		},
		{
			ID: "startups.announced_once", Says: "an announcement that was sent says when and by whom, and nobody has read another",
			SQL: `SELECT id FROM announcements WHERE (status = 'sent') != (sent_at != '') OR (status = 'sent') != (sent_by != '')
				UNION ALL SELECT r.id FROM announcement_reads r JOIN announcements a ON a.id = r.announcement WHERE a.status != 'sent'`,
		},
		{
			ID: "startups.pulse_turnout", Says: "as many people have answered a pulse as there are answers, and nobody has answered one that was not opened",
			SQL: `SELECT p.id FROM pulses p WHERE (SELECT count(*) FROM pulse_answers a WHERE a.pulse = p.id) != (SELECT count(*) FROM pulse_voters v WHERE v.pulse = p.id)
				OR p.status = 'draft' AND EXISTS (SELECT 1 FROM pulse_voters v WHERE v.pulse = p.id) OR p.number NOT IN (1, 2)`,
		},
		{
			ID: "startups.money_by_two", Says: "money that is given was proposed by one and confirmed by another, and a perk is no money",
			SQL: `SELECT id FROM supports WHERE (kind = 'money') != (amount_vnd > 0)
				OR kind = 'money' AND status IN ('confirmed', 'handed', 'received') AND (confirmed_by = '' OR confirmed_by = proposed_by)`,
		},
		{
			ID: "startups.receipts", Says: "what was handed over says by whom and when, and what was received has another's receipt",
			SQL: `SELECT id FROM supports WHERE (status IN ('handed', 'received')) != (handed_by != '') OR (handed_by = '') != (handed_at = '')
				OR (status = 'received') != (received_by != '') OR (received_by = '') != (received_at = '')
				OR status = 'received' AND received_by IN (proposed_by, confirmed_by, handed_by)`,
		},
		{
			ID: "startups.given_in_cohort", Says: "a cohort gives to startups that were enrolled in it",
			SQL: `SELECT p.id FROM supports p WHERE NOT EXISTS (SELECT 1 FROM enrolments n WHERE n.startup = p.startup AND n.cohort = p.cohort)`,
		},
	}
}
