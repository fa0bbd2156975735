package intake

import "vuon/internal/lifecycle"

// outcomeAudits are what must be true of waiting lists, amendments and appeals.
func outcomeAudits() []lifecycle.Audit {
	return []lifecycle.Audit{
		{
			ID: "intake.waitlist", Says: "a waiting list names exactly those who wait, each once",
			SQL: `WITH listed AS (SELECT w.intake, e.value AS id FROM waitlists w, json_each(w.places) e),
				waiting AS (SELECT a.intake, a.id FROM applications a LEFT JOIN decisions d ON d.application = a.id
					WHERE a.status = 'waitlisted' OR a.status = 'in_review' AND d.outcome = 'waitlisted')
				SELECT id FROM (SELECT intake, id FROM listed EXCEPT SELECT intake, id FROM waiting)
				UNION SELECT id FROM (SELECT intake, id FROM waiting EXCEPT SELECT intake, id FROM listed)
				UNION SELECT id FROM listed GROUP BY id HAVING count(*) > 1`,
		},
		{
			ID: "intake.amendments", Says: "an amendment that holds was confirmed by somebody else than proposed it, after the release",
			SQL: `SELECT m.id FROM decision_amendments m JOIN decisions d ON d.id = m.decision
				WHERE m.application != d.application OR m.intake != d.intake OR d.released_at = ''
				OR m.status = 'confirmed' AND (m.confirmed_by IN ('', m.proposed_by) OR m.settled_at < d.released_at)
				OR m.status != 'confirmed' AND m.confirmed_by != ''`,
		},
		{
			ID: "intake.appeals", Says: "an appeal was answered by two of its panel, and none of them had part in what it was against",
			SQL: `SELECT p.id FROM appeals p WHERE p.status IN ('upheld', 'rejected') AND (p.found_by = p.confirmed_by
					OR (SELECT count(*) FROM json_each(p.panel) WHERE value IN (p.found_by, p.confirmed_by)) != 2)
				UNION SELECT p.id FROM appeals p, json_each(p.panel) e JOIN decisions d ON d.application = p.application
				WHERE p.kind = 'decision' AND d.id = p.about AND d.decided_by = e.value
				UNION SELECT p.id FROM appeals p, json_each(p.panel) e JOIN decision_amendments m ON m.id = p.about
				WHERE p.kind = 'amendment' AND e.value IN (m.proposed_by, m.confirmed_by)
				UNION SELECT p.id FROM appeals p, json_each(p.panel) e
				JOIN assignments s ON s.subject_type = 'application' AND s.subject = p.application AND s.judge = e.value
				WHERE p.kind IN ('decision', 'amendment')`,
		},
		{
			ID: "intake.interviews_over", Says: "nobody is waited for to be heard after they were told what was decided",
			SQL: `SELECT v.id FROM interviews v JOIN applications a ON a.id = v.application JOIN intakes i ON i.id = v.intake
				WHERE v.status NOT IN ('cancelled', 'held') AND i.released_at != '' AND v.starts_at > i.released_at`,
		},
		{
			ID: "intake.upheld", Says: "an appeal that was upheld against a decision has amended it",
			SQL: `SELECT p.id FROM appeals p WHERE p.status = 'upheld' AND p.kind IN ('decision', 'amendment')
				AND NOT EXISTS (SELECT 1 FROM decision_amendments m WHERE m.appeal = p.id AND m.status = 'confirmed')`,
		},
	}
}
