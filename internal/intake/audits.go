package intake

import (
	"slices"

	"vuon/internal/lifecycle"
)

// Audits are what must be true of the room's rows at any time.
func Audits() []lifecycle.Audit {
	return slices.Concat(outcomeAudits(), []lifecycle.Audit{
		{
			ID: "intake.one_decision", Says: "an application has at most one decision",
			SQL: `SELECT min(id) AS id FROM decisions GROUP BY application HAVING count(*) > 1`,
		},
		{
			ID: "intake.one_application", Says: "a person has at most one application going in an intake",
			SQL: `SELECT min(id) AS id FROM applications WHERE status != 'withdrawn' GROUP BY intake, applicant HAVING count(*) > 1`,
		},
		{
			ID: "intake.capacity", Says: "no intake has given more places than it has",
			SQL: `SELECT i.id FROM intakes i WHERE i.capacity < (
				SELECT count(*) FROM applications a LEFT JOIN decisions d ON d.application = a.id
				WHERE a.intake = i.id AND (a.status IN ('admitted', 'enrolled') OR a.status = 'in_review' AND d.outcome = 'admitted'))`,
		},
		{
			ID: "intake.told_at_release", Says: "what was decided shows in an application if and only if it was released",
			SQL: `SELECT a.id FROM applications a LEFT JOIN decisions d ON d.application = a.id
				WHERE a.status IN ('admitted', 'rejected', 'waitlisted', 'enrolled', 'declined', 'offer_expired') AND coalesce(d.released_at, '') = ''
				OR a.status IN ('draft', 'submitted', 'needs_info', 'ineligible', 'in_review') AND coalesce(d.released_at, '') != ''`,
		},
		{
			ID: "intake.outcome", Says: "an application stands where the decision that holds put it, or where it went from there",
			SQL: `SELECT id FROM (SELECT d.id, a.status, ` + holding + ` AS outcome
				FROM decisions d JOIN applications a ON a.id = d.application WHERE d.released_at != '')
				WHERE NOT (outcome = 'admitted' AND status IN ('admitted', 'enrolled', 'declined', 'offer_expired')
					OR outcome = 'rejected' AND status = 'rejected'
					OR outcome = 'waitlisted' AND status IN ('waitlisted', 'admitted', 'enrolled', 'declined', 'offer_expired', 'rejected', 'withdrawn'))`,
		},
		{
			ID: "intake.released_together", Says: "the decisions of an intake were released at its own instant, and later ones at once",
			SQL: `SELECT d.id FROM decisions d JOIN intakes i ON i.id = d.intake
				WHERE d.released_at != '' AND (i.released_at = '' OR d.released_at != max(i.released_at, d.decided_at))`,
		},
		{
			ID: "intake.decided_here", Says: "a decision belongs to the intake of its application",
			SQL: `SELECT d.id FROM decisions d JOIN applications a ON a.id = d.application WHERE a.intake != d.intake`,
		},
		{
			ID: "intake.snapshots", Says: "each time an application was handed in a snapshot was kept",
			SQL: `SELECT a.id FROM applications a WHERE a.submit_no != (SELECT count(*) FROM application_snapshots s WHERE s.application = a.id)
				OR a.submit_no != (SELECT coalesce(max(s.number), 0) FROM application_snapshots s WHERE s.application = a.id)`,
		},
		{
			ID: "intake.in_time", Says: "nothing was handed in before the intake opened, or after its deadline other than as an answer or by a ticket",
			SQL: `SELECT s.id FROM application_snapshots s JOIN applications a ON a.id = s.application JOIN intakes i ON i.id = a.intake
				WHERE s.at < i.opens_at OR s.at >= ` + taken(ownDeadline) + `
					AND NOT (a.answer_by != '' AND s.at < a.answer_by)
					AND NOT EXISTS (SELECT 1 FROM upload_tickets t WHERE t.application = a.id AND s.at < t.until)`,
		},
		{
			ID: "intake.tickets", Says: "a ticket was given in the last minutes before a deadline, and holds for as long after it",
			SQL: `SELECT t.id FROM upload_tickets t JOIN applications a ON a.id = t.application JOIN intakes i ON i.id = a.intake
				WHERE t.until > ` + minutesAfter(taken(ownDeadline), onTheWay) + ` OR t.at >= t.until OR t.until > ` + minutesAfter("t.at", 2*onTheWay),
		},
		{
			ID: "intake.files_handed_in", Says: "a file that was handed in has the row of the same name, size and digest",
			SQL: `SELECT s.id FROM application_snapshots s, json_each(coalesce(nullif(s.files, ''), '[]')) k
				LEFT JOIN application_files f ON f.id = k.value->>'id' AND f.application = s.application
				WHERE f.id IS NULL OR f.sha256 != k.value->>'sha256' OR f.size != k.value->>'size' OR f.name != k.value->>'name'`,
		},
		{
			ID: "intake.files_once", Says: "no two files of applications lie in one place",
			SQL: `SELECT min(id) AS id FROM application_files GROUP BY file HAVING count(*) > 1`,
		},
		{
			ID: "intake.extensions", Says: "deadlines were only moved to a later instant, with a reason, and the journal tells of each",
			SQL: `SELECT x.id FROM extensions x JOIN intakes i ON i.id = x.intake WHERE x.closes_at <= i.closes_at OR trim(x.reason) = ''
				UNION SELECT i.id FROM intakes i WHERE (SELECT count(*) FROM extensions x WHERE x.intake = i.id)
					> (SELECT count(*) FROM journal j WHERE j.subject_kind = 'intakes' AND j.subject = i.id AND j.verb = 'extend')`,
		},
		{
			ID: "intake.board", Says: "a board card says what stands in the rows that it is made of",
			SQL: `SELECT s.id FROM screenings s JOIN applications a ON a.id = s.application LEFT JOIN decisions d ON d.application = a.id
				LEFT JOIN application_snapshots n ON n.application = a.id AND n.number = a.submit_no LEFT JOIN board_cards c ON c.id = s.id
				WHERE c.id IS NULL OR c.lane != s.status OR c.owner != s.owner OR c.proposal != s.proposal OR c.status != a.status
				OR c.startup != a.startup OR c.applicant != a.applicant OR c.decision != coalesce((SELECT h.new_outcome FROM decision_amendments h
					WHERE h.application = a.id AND h.status = 'confirmed' ORDER BY h.settled_at DESC, h.rowid DESC LIMIT 1), d.outcome, '')
				OR c.title != n.title OR c.handed_at != n.at
				OR c.by_rank NOT LIKE printf('%09d', CASE s.rank WHEN 0 THEN 999999999 ELSE s.rank END) || ' %'
				OR (c.asked, c.done, c.total) != (SELECT count(CASE WHEN x.status IN ('offered', 'accepted', 'in_progress', 'completed') THEN 1 END), count(h.id), coalesce(sum(h.total), 0)
					FROM assignments x LEFT JOIN score_sheets h ON h.assignment = x.id AND h.status IN ('submitted', 'sealed', 'counted')
					WHERE x.subject_type = 'application' AND x.subject = a.id)
				UNION ALL SELECT c.id FROM board_cards c WHERE NOT EXISTS (SELECT 1 FROM screenings s WHERE s.id = c.id)`,
		},
		{
			ID: "intake.cards", Says: "what was handed in has a card on its intake's board, and a draft has none",
			SQL: `SELECT a.id FROM applications a LEFT JOIN screenings s ON s.application = a.id
				WHERE (a.submit_no > 0) != (s.id IS NOT NULL) OR s.intake != a.intake`,
		},
		{
			ID: "intake.settled", Says: "a card is settled if and only if its application was told a decision or withdrawn",
			SQL: `SELECT s.id FROM screenings s JOIN applications a ON a.id = s.application
				WHERE (s.status = 'settled') != (a.status IN ('admitted', 'rejected', 'waitlisted', 'enrolled', 'declined', 'offer_expired', 'withdrawn'))`,
		},
		{
			ID: "intake.offers", Says: "an offer stands as its application does",
			SQL: `SELECT o.id FROM offers o JOIN applications a ON a.id = o.application
				WHERE o.number = (SELECT max(p.number) FROM offers p WHERE p.application = a.id) AND (o.status || '>' || a.status) NOT IN (
					'sent>admitted', 'accepted>enrolled', 'declined>declined', 'expired>offer_expired', 'revoked>offer_expired',
					'revoked>rejected', 'revoked>waitlisted', 'revoked>withdrawn')
				OR o.number < (SELECT max(p.number) FROM offers p WHERE p.application = a.id) AND o.status != 'revoked'
				UNION SELECT a.id FROM applications a LEFT JOIN offers o ON o.application = a.id
				WHERE a.status IN ('admitted', 'enrolled', 'declined', 'offer_expired') AND o.id IS NULL`,
		},
		{
			ID: "intake.enrolled", Says: "whoever accepted has a startup, and it is enrolled in the cohort of the offer",
			SQL: `SELECT o.id FROM offers o WHERE o.status = 'accepted' AND o.cohort != '' AND NOT EXISTS (
				SELECT 1 FROM enrolments e WHERE e.startup = o.startup AND e.cohort = o.cohort AND e.application = o.application)`,
		},
		{
			ID: "intake.proposals", Says: "a call for proposals has no cohort, and every other intake and its offers have one",
			SQL: `SELECT i.id FROM intakes i WHERE (i.kind = 'proposal') != (i.cohort = '')
				UNION SELECT o.id FROM offers o JOIN applications a ON a.id = o.application JOIN intakes i ON i.id = a.intake
				WHERE (i.kind = 'proposal') != (o.cohort = '')`,
		},
		{
			ID: "intake.waivers", Says: "an exception is from a rule of the application's own intake",
			SQL: `SELECT w.id FROM waivers w JOIN applications a ON a.id = w.application JOIN intakes i ON i.id = a.intake
				WHERE NOT EXISTS (SELECT 1 FROM json_each(i.rules) r WHERE json_extract(r.value, '$.key') = w.rule)`,
		},
		{
			ID: "intake.interviews", Says: "no two interviews that stand take the same time of an application or of somebody who hears them",
			SQL: `SELECT v.id FROM interviews v JOIN interviews w ON w.id != v.id AND w.starts_at < v.ends_at AND w.ends_at > v.starts_at
				AND w.starts_at > strftime('%Y-%m-%d %H:%M:%fZ', v.starts_at, '-4 hours')
				WHERE v.status IN ('set', 'confirmed') AND w.status IN ('set', 'confirmed') AND (w.application = v.application OR EXISTS (
					SELECT 1 FROM json_each(v.panel) p JOIN json_each(w.panel) q ON q.value = p.value))`,
		},
		{
			ID: "intake.forms", Says: "an intake that is published asks what was published",
			SQL: `SELECT i.id FROM intakes i JOIN form_versions v ON v.id = i.form_version WHERE i.status != 'draft' AND v.status = 'draft'`,
		},
	})
}
