package events

import "vuon/internal/lifecycle"

// seatsIn is how many seats of a quota have a ticket in one of these states.
func seatsIn(states string) string {
	return "(SELECT count(*) FROM tickets k JOIN ticket_types y ON y.id = k.type JOIN json_each(y.quotas) e ON e.value = q.id WHERE k.event = q.event AND k.status IN (" + states + "))"
}

// Audits are what must be true of every database.
func Audits() []lifecycle.Audit {
	return append(append(doorAudits(), staffAudits()...), []lifecycle.Audit{
		{
			ID: "events.held", Says: "a quota counts as held exactly the seats whose tickets are held",
			SQL: "SELECT q.id FROM quotas q WHERE q.held != " + seatsIn("'held'"),
		},
		{
			ID: "events.sold", Says: "a quota counts as sold exactly the seats whose tickets are valid or suspended",
			SQL: "SELECT q.id FROM quotas q WHERE q.sold != " + seatsIn("'valid', 'suspended'"),
		},
		{
			ID: "events.oversold", Says: "a quota holds no more than its size, unless somebody said that it may",
			SQL: "SELECT id FROM quotas WHERE held < 0 OR sold < 0 OR held + sold > size AND NOT unlimited AND NOT overbook",
		},
		{
			ID: "events.confirmed", Says: "a confirmed order has a ticket that holds, and none that waits",
			SQL: "SELECT o.id FROM orders o WHERE o.status = 'confirmed' AND (" +
				"EXISTS (SELECT 1 FROM tickets k WHERE k.`order` = o.id AND k.status = 'held') OR " +
				"NOT EXISTS (SELECT 1 FROM tickets k WHERE k.`order` = o.id AND k.status IN ('valid', 'suspended')))",
		},
		{
			ID: "events.unconfirmed", Says: "an order that is not confirmed has no valid ticket",
			SQL: "SELECT k.id FROM tickets k JOIN orders o ON o.id = k.`order` WHERE o.status != 'confirmed' AND k.status IN ('valid', 'suspended')",
		},
		{
			ID: "events.waiting", Says: "an order that waits holds exactly the seats that were ordered, and one that ended holds none",
			SQL: "SELECT o.id FROM orders o WHERE o.status != 'confirmed' AND (SELECT count(*) FROM tickets k WHERE k.`order` = o.id AND k.status = 'held') != " +
				"CASE WHEN o.status IN ('cart', 'awaiting_approval', 'awaiting_payment', 'processing', 'cancelling') THEN o.seats ELSE 0 END",
		},
		{
			ID: "events.prices", Says: "what an order costs is what its first tickets cost",
			SQL: "SELECT o.id FROM orders o WHERE o.status IN ('cart', 'awaiting_approval', 'awaiting_payment', 'processing', 'cancelling') AND (" +
				"o.total_vnd != (SELECT coalesce(sum(k.price_vnd), 0) FROM tickets k WHERE k.`order` = o.id AND k.status = 'held') OR " +
				"o.vat_vnd != (SELECT coalesce(sum(k.vat_vnd), 0) FROM tickets k WHERE k.`order` = o.id AND k.status = 'held'))",
		},
		{
			ID: "events.home", Says: "a ticket is for the event of its order and of its type",
			SQL: "SELECT k.id FROM tickets k LEFT JOIN orders o ON o.id = k.`order` LEFT JOIN ticket_types y ON y.id = k.type " +
				"WHERE o.event IS NOT k.event OR y.event IS NOT k.event",
		},
		{
			ID: "events.codes", Says: "the code of an order is eight characters that are not taken for others",
			SQL: "SELECT id FROM orders WHERE length(code) != 8 OR code GLOB '*[^2-9A-HJKMNP-Z]*'",
		},
		{
			ID: "events.voided", Says: "a ticket is void since an instant, or not void",
			SQL: "SELECT id FROM tickets WHERE (status = 'void') != (voided_at != '')",
		},
		{
			ID: "events.told", Says: "the journal tells where every order stands",
			SQL: "SELECT o.id FROM orders o WHERE o.status != coalesce((SELECT j.went_to FROM journal j WHERE j.subject_kind = 'orders' AND j.subject = o.id " +
				"AND j.went_to != '' ORDER BY j.seq DESC LIMIT 1), 'cart')",
		},
		{
			ID: "events.deadline", Says: "an order that waits for money is given up some day",
			SQL: "SELECT id FROM orders WHERE status = 'awaiting_payment' AND (pay_by = '' OR release_at < pay_by)",
		},
		{
			ID: "events.free", Says: "what was confirmed without a payment cost nothing",
			SQL: "SELECT id FROM orders WHERE status = 'confirmed' AND provider = 'free' AND total_vnd != 0",
		},
	}...)
}
