package startups

import "vuon/internal/lifecycle"

// recordAudits are what must be true of what a startup keeps with the centre.
func recordAudits() []lifecycle.Audit {
	return []lifecycle.Audit{
		{
			ID: "startups.shown_by_consent", Says: "a deal that investors may read was agreed to by somebody, seeks something and says what",
			SQL: `SELECT id FROM startup_deal WHERE (audience = 'none') != (opted_in_at = '') OR (audience = 'none') != (opted_in_by = '')
				OR audience != 'none' AND (raising = 0 OR summary = '')`,
		},
		{
			ID: "startups.own_papers", Says: "what a deal, a recognition, a milestone or a round rests on is a paper of the same startup that is still there",
			SQL: `SELECT x.id FROM (
					SELECT id, startup, deck AS paper, 0 AS past FROM startup_deal
					UNION ALL SELECT id, startup, document, status IN ('expired', 'revoked') FROM recognitions
					UNION ALL SELECT id, startup, document, status NOT IN ('submitted', 'verified') FROM milestones
					UNION ALL SELECT f.id, f.startup, f.document, EXISTS (SELECT 1 FROM funding_rounds c WHERE c.corrects = f.id) FROM funding_rounds f) x
				LEFT JOIN startup_documents d ON d.id = x.paper
				WHERE x.paper != '' AND (d.startup IS NOT x.startup OR d.removed_at != '' AND NOT x.past)`,
		},
		{
			ID: "startups.whole_equity", Says: "the owners of a startup own no more than all of it, and each of them something",
			SQL: `SELECT q.id FROM startup_equity q WHERE json_array_length(q.holders) = 0
				OR (SELECT sum(h.value->>'bp') FROM json_each(q.holders) h) > 10000
				OR EXISTS (SELECT 1 FROM json_each(q.holders) h WHERE h.value->>'bp' <= 0 OR h.value->>'name' = '')`,
		},
		{
			ID: "startups.sealed_accounts", Says: "an account that is there is sealed with a named key, and one that was taken away holds nothing",
			SQL: `SELECT id FROM bank_accounts WHERE (removed_at = '') != (payload != '') OR removed_at = '' AND length(sealed_with) != 16`,
		},
		{
			ID: "startups.one_account", Says: "a startup has one account for a purpose",
			SQL: `SELECT min(id) AS id FROM bank_accounts WHERE removed_at = '' GROUP BY startup, purpose HAVING count(*) > 1`,
		},
		{
			ID: "startups.checked_recognitions", Says: "a recognition that was verified or revoked says by whom and when, and a verified one has its paper",
			SQL: `SELECT id FROM recognitions WHERE status IN ('verified', 'revoked') AND (decided_by = '' OR decided_at = '')
				OR status = 'verified' AND document = '' OR status = 'revoked' AND reason = ''`,
		},
		{
			ID: "startups.told_amounts", Says: "a round of funding holds an amount when it tells one, and none otherwise",
			SQL: `SELECT id FROM funding_rounds WHERE (state = 'value') != (amount_vnd > 0)`,
		},
		{
			ID: "startups.corrected_rounds", Says: "a correction stands in the place of one round of the same startup, with a reason",
			SQL: `SELECT c.id FROM funding_rounds c LEFT JOIN funding_rounds f ON f.id = c.corrects
				WHERE c.corrects != '' AND (f.startup IS NOT c.startup OR f.void = 1 OR c.reason = '') OR c.corrects = '' AND c.void = 1`,
		},
	}
}
