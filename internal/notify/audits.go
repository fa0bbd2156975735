package notify

import "vuon/internal/lifecycle"

// Audits are what must be true of the room's rows at any time.
func Audits() []lifecycle.Audit {
	return []lifecycle.Audit{
		{
			ID: "notify.nothing_on_its_way_for_ever", Says: "no letter has been on its way for more than an hour beyond its time",
			SQL: `SELECT id FROM outbox WHERE status = 'sending' AND next_at < strftime('%Y-%m-%d %H:%M:%fZ', 'now', '-1 hour')`,
		},
		{
			ID: "notify.sent_has_a_time", Says: "a letter that was sent says when, and no other does",
			SQL: `SELECT id FROM outbox WHERE (status IN ('sent', 'bounced', 'complained')) != (sent_at != '') AND status != 'lost'`,
		},
		{
			ID: "notify.somebody_to_write_to", Says: "every letter has a person or an address",
			SQL: `SELECT id FROM outbox WHERE user = '' AND address = ''`,
		},
		{
			ID: "notify.no_secret_is_stored", Says: "a letter whose secret is held in memory stores neither link nor slots, and no letter stores a code or a token",
			SQL: `SELECT id FROM outbox WHERE secret_kind = 'held' AND (link != '' OR coalesce(args, '') NOT IN ('', 'null', '{}', '[]'))
				UNION SELECT o.id FROM outbox o, json_each(CASE WHEN json_valid(o.args) THEN o.args ELSE '{}' END) a
				WHERE a.key IN ('code', 'token', 'secret', 'password', 'otp')
				UNION SELECT id FROM outbox WHERE link LIKE '%token=%' OR link LIKE '%#%'
				UNION SELECT i.id FROM inbox_items i, json_each(CASE WHEN json_valid(i.args) THEN i.args ELSE '{}' END) a
				WHERE a.key IN ('code', 'token', 'secret', 'password', 'otp')`,
		},
		{
			ID: "notify.closed_means_closed", Says: "nobody was mailed after mail came back from their address, but for codes that they asked for",
			SQL: `SELECT o.id FROM outbox o JOIN suppressions s ON s.address = lower(o.address) WHERE o.address != '' AND s.lifted_at = ''
					AND o.status IN ('sent', 'bounced', 'complained') AND o.secret_kind != 'held' AND o.attempts = 1 AND o.sent_at > s.at
				UNION SELECT o.id FROM outbox o JOIN users u ON u.id = o.user JOIN suppressions s ON s.address = lower(u.email) WHERE s.lifted_at = ''
					AND o.status IN ('sent', 'bounced', 'complained') AND o.secret_kind != 'held' AND o.attempts = 1 AND o.sent_at > s.at AND u.updated < s.at`,
		},
		{
			ID: "notify.back_means_closed", Says: "an address from which mail came back is closed, or a manager has lifted that",
			SQL: `SELECT id FROM mail_events e WHERE kind != 'delivered' AND NOT EXISTS (SELECT 1 FROM suppressions s WHERE s.id = e.suppression)`,
		},
		{
			ID: "notify.heard_is_followed", Says: "a letter that is not on its way has followed all that was heard of it",
			SQL: `SELECT e.id FROM mail_events e JOIN outbox o ON o.id = e.letter WHERE e.applied_at = '' AND o.status NOT IN ('queued', 'sending')`,
		},
		{
			ID: "notify.a_call_waits_or_is_over", Says: "a call to a hook is still to be made, was heard, or was given up: one of these",
			SQL: `SELECT id FROM hook_calls WHERE (next_at != '') + (done_at != '') + (failed_at != '') != 1`,
		},
		{
			ID: "notify.a_call_tells_what_happened", Says: "a call tells a hook that is there of what stands in the journal",
			SQL: `SELECT c.id FROM hook_calls c LEFT JOIN journal j ON j.seq = c.seq
				WHERE j.seq IS NULL OR c.topic NOT IN (j.notice, 'ping') OR NOT EXISTS (SELECT 1 FROM hooks h WHERE h.id = c.hook)`,
		},
		{
			ID: "notify.hooks_do_not_run_ahead", Says: "no hook was told of what has not happened yet",
			SQL: `SELECT id FROM hooks WHERE cursor > (SELECT coalesce(max(seq), 0) FROM journal)`,
		},
		{
			ID: "notify.told_where_written", Says: "a letter to a person of the house lies in their inbox too",
			SQL: `SELECT o.id FROM outbox o WHERE o.user != '' AND o.secret_kind != 'held' AND o.kind != 'digest' AND o.status != 'stale' AND o.again = ''
				AND NOT EXISTS (SELECT 1 FROM inbox_items i WHERE i.dedup_key = o.dedup_key AND i.user = o.user)`,
		},
		{
			ID: "notify.wishes_where_there_is_a_choice", Says: "nobody has wished anything about a kind that has only ever been owed",
			SQL: `SELECT id FROM notice_prefs WHERE kind IN (SELECT kind FROM outbox GROUP BY kind HAVING sum(class != 'T') = 0)`,
		},
	}
}
