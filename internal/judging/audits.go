package judging

import "vuon/internal/lifecycle"

// Audits are what must be true of the room's rows at any time.
func Audits() []lifecycle.Audit {
	return []lifecycle.Audit{
		{
			ID: "judging.conflicted", Says: "no sheet counts whose judge has a conflict of interest",
			SQL: `SELECT s.id FROM score_sheets s JOIN assignments a ON a.id = s.assignment
				JOIN conflicts c ON c.judge = a.judge AND c.subject_type = a.subject_type AND c.subject = a.subject
				WHERE s.status = 'counted' AND c.status IN ('confirmed', 'pinned')`,
		},
		{
			ID: "judging.apart", Says: "no judge is at work on a subject after a conflict was confirmed",
			SQL: `SELECT a.id FROM assignments a
				JOIN conflicts c ON c.judge = a.judge AND c.subject_type = a.subject_type AND c.subject = a.subject
				WHERE a.status IN ('offered', 'accepted', 'in_progress', 'completed') AND c.status IN ('confirmed', 'pinned')`,
		},
		{
			ID: "judging.totals", Says: "a total is the sum of weight times score",
			SQL: `SELECT s.id FROM score_sheets s JOIN rounds r ON r.id = s.round WHERE s.total != (
				SELECT coalesce(sum(json_extract(c.value, '$.weight') * coalesce(
					(SELECT p.value FROM json_each(s.scores) p WHERE p.key = json_extract(c.value, '$.key')), 0)), 0)
				FROM json_each(r.rubric) c)`,
		},
		{
			ID: "judging.rubric", Says: "a sheet is scored by the rubric of its round",
			SQL: `SELECT s.id FROM score_sheets s JOIN rounds r ON r.id = s.round WHERE s.rubric_version != r.rubric_version`,
		},
		{
			ID: "judging.belongs", Says: "a sheet belongs to the round and the judge of its assignment",
			SQL: `SELECT s.id FROM score_sheets s JOIN assignments a ON a.id = s.assignment WHERE s.round != a.round OR s.judge != a.judge`,
		},
		{
			ID: "judging.versions", Says: "every submitted version of a sheet is kept, and the last one is the sheet",
			SQL: `SELECT s.id FROM score_sheets s WHERE s.submitted_at != '' AND NOT EXISTS (
				SELECT 1 FROM score_sheet_revisions v WHERE v.sheet = s.id AND v.scores = s.scores AND v.total = s.total
				AND v.number = (SELECT max(number) FROM score_sheet_revisions w WHERE w.sheet = s.id)
				AND v.number = (SELECT count(*) FROM score_sheet_revisions w WHERE w.sheet = s.id))`,
		},
		{
			ID: "judging.in_time", Says: "no version of a sheet is later than the end of its round and its grace, unless staff reopened it",
			SQL: `SELECT v.id FROM score_sheet_revisions v JOIN score_sheets s ON s.id = v.sheet JOIN rounds r ON r.id = s.round
				WHERE r.closes_at != '' AND v.at >= r.closes_at AND v.reason = '' AND v.at >= r.grace_until
				AND v.at >= strftime('%Y-%m-%d %H:%M:%fZ', r.closes_at, '+' || r.grace_min || ' minutes')`,
		},
		{
			ID: "judging.complete", Says: "a judge is done if and only if their sheet is handed in",
			SQL: `SELECT a.id FROM assignments a LEFT JOIN score_sheets s ON s.assignment = a.id
				WHERE a.status = 'completed' AND coalesce(s.submitted_at, '') = ''
				OR s.status IN ('submitted', 'sealed', 'counted') AND a.status != 'completed'`,
		},
		{
			ID: "judging.capacity", Says: "nobody has more sheets than they took, but for those that staff asked for with a reason",
			SQL: `SELECT c.id FROM judge_commitments c WHERE c.status = 'accepted' AND c.capacity < (SELECT count(*) FROM assignments a
				WHERE a.round = c.round AND a.judge = c.judge AND a.beyond = ''
					AND a.status IN ('proposed', 'offered', 'accepted', 'in_progress', 'completed'))`,
		},
		{
			ID: "judging.entered", Says: "a later round judges what advanced from the one before, and nothing else",
			SQL: `SELECT a.id FROM assignments a JOIN rounds r ON r.id = a.round AND r.number > 1 WHERE NOT EXISTS (
				SELECT 1 FROM rounds b JOIN round_results x ON x.round = b.id AND x.outcome = 'advanced' AND x.subject_type = a.subject_type AND x.subject = a.subject
				WHERE b.owner_type = r.owner_type AND b.owner = r.owner AND b.number = r.number - 1)`,
		},
		{
			ID: "judging.advanced", Says: "a round has results if and only if it has advanced, and what staff changed has a reason",
			SQL: `SELECT x.id FROM round_results x JOIN rounds r ON r.id = x.round
				WHERE r.status != 'advanced' OR (x.proposed != x.outcome) != (x.changed_because != '')`,
		},
	}
}
