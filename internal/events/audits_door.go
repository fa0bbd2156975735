package events

import "vuon/internal/lifecycle"

// doorAudits are what must be true of the door of every event.
func doorAudits() []lifecycle.Audit {
	return []lifecycle.Audit{
		{
			ID: "events.scans_at_home", Says: "a scan is of its event's list, phone and ticket",
			SQL: `SELECT s.id FROM scans s LEFT JOIN checkin_lists l ON l.id = s.list LEFT JOIN devices d ON d.id = s.device LEFT JOIN tickets k ON k.id = s.ticket
				WHERE l.event IS NOT s.event OR d.event IS NOT s.event OR s.ticket != '' AND k.event IS NOT s.event`,
		},
		{
			ID: "events.presences_counted", Says: "as many entries stand with a ticket as were scanned and not contradicted",
			SQL: `SELECT p.id FROM presences p WHERE p.entries != (SELECT count(*) FROM scans s WHERE s.ticket = p.ticket AND s.list = p.list AND s.day = p.day
					AND s.kind = 'entry' AND s.result = 'ok' AND (s.finding = '' OR s.forced = 1 AND s.finding != 'already'))
				UNION ALL SELECT s.id FROM scans s WHERE s.kind = 'entry' AND s.result = 'ok' AND s.finding = '' AND NOT EXISTS
					(SELECT 1 FROM presences p WHERE p.ticket = s.ticket AND p.list = s.list AND p.day = s.day)`,
		},
		{
			ID: "events.entries_within", Says: "nobody is in who did not come in, and no ticket came in oftener than its list allows",
			SQL: `SELECT p.id FROM presences p JOIN checkin_lists l ON l.id = p.list
				WHERE p.inside = 1 AND p.entries = 0 OR l.max_entries > 0 AND p.entries > l.max_entries OR (p.entries > 0) != (p.first_at != '')`,
		},
		{
			ID: "events.no_green_void", Says: "no phone that asked was told to let a void ticket in",
			SQL: `SELECT s.id FROM scans s JOIN tickets k ON k.id = s.ticket WHERE s.offline = 0 AND s.result = 'ok' AND k.status = 'void' AND k.voided_at != ''
				AND s.received_at > k.voided_at`,
		},
		{
			ID: "events.conflicts_marked", Says: "a scan is a conflict where somebody was let in against what the house knows, or a phone that was sent away told of it; and staff settle nothing else",
			SQL: `SELECT id FROM scans WHERE conflict != (result = 'ok' AND finding != '' OR result = 'quarantined') OR (resolution = '') != (resolved_at = '')`,
		},
		{
			ID: "events.devices_shut", Says: "a phone that was sent away has no code to come back with",
			SQL: `SELECT id FROM devices WHERE revoked_at != '' AND enrol_hash != '' OR enrol_hash != '' AND enrol_until = ''`,
		},
		{
			ID: "events.keys_sealed", Says: "the private half of every key is sealed",
			SQL: `SELECT id FROM event_keys WHERE sealed_with = '' OR length(private) < 60 OR length(kid) != 8`,
		},
	}
}
