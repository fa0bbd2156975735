package payment

import "vuon/internal/lifecycle"

// Audits are what must be true of the room's rows at any time.
func Audits() []lifecycle.Audit {
	return []lifecycle.Audit{
		{
			ID: "payment.one_at_work", Says: "nothing is paid for by two payments at once",
			SQL: `SELECT min(id) AS id FROM payments WHERE payable != '' AND status IN ('created', 'open', 'processing') GROUP BY payable HAVING count(*) > 1`,
		},
		{
			ID: "payment.whole", Says: "a payment succeeds when it has come whole, with the instant at which it did",
			SQL: `SELECT id FROM payments WHERE status = 'succeeded' AND (paid_at = ''
				OR duplicate = FALSE AND received_vnd < amount_vnd)`,
		},
		{
			ID: "payment.facts", Says: "money is in the book because the bank says so, or because somebody took it and said how",
			SQL: `SELECT p.id FROM payments p WHERE p.provider IN ('vietqr', 'invoice') AND p.received_vnd !=
					(SELECT coalesce(sum(l.amount_vnd - l.moved_vnd), 0) FROM bank_lines l WHERE l.payment = p.id)
				UNION ALL SELECT p.id FROM payments p WHERE p.provider NOT IN ('free', 'vietqr', 'invoice', 'cash') AND (p.status = 'succeeded') != (p.received_vnd > 0)
				UNION ALL SELECT p.id FROM payments p WHERE p.provider NOT IN ('free', 'vietqr', 'invoice', 'cash') AND p.status = 'succeeded' AND p.provider_ref = ''
				UNION ALL SELECT p.id FROM payments p WHERE p.provider = 'cash' AND p.received_vnd != CASE WHEN p.status = 'succeeded' THEN p.amount_vnd ELSE 0 END
				UNION ALL SELECT p.id FROM payments p WHERE p.provider = 'cash' AND p.status = 'succeeded' AND (p.confirmed_by = '' OR p.note = '')
				UNION ALL SELECT l.id FROM bank_lines l WHERE l.payment != '' AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.id = l.payment)`,
		},
		{
			ID: "payment.set_aside", Says: "money that counts for nothing is a payment of its own, and holds what its line says",
			SQL: `SELECT id FROM payments WHERE duplicate = TRUE AND status NOT IN ('created', 'succeeded')
				UNION ALL SELECT p.id FROM payments p JOIN bank_lines l ON l.payment = p.id WHERE l.status = 'duplicate' AND p.duplicate = FALSE`,
		},
		{
			ID: "payment.lines", Says: "a line that is matched pays for something that is paid whole, and one that waits for the rest for something that is not",
			SQL: `SELECT l.id FROM bank_lines l LEFT JOIN payments p ON p.id = l.payment
				WHERE l.status IN ('matched', 'over') AND (p.id IS NULL OR p.status != 'succeeded' OR p.duplicate = TRUE)
				OR l.status = 'partial' AND (p.id IS NULL OR p.status = 'succeeded' AND p.duplicate = FALSE)
				OR l.status = 'ignored' AND l.payment != ''`,
		},
		{
			ID: "payment.splits", Says: "what was split off a line stands in lines of its own",
			SQL: `SELECT l.id FROM bank_lines l WHERE l.moved_vnd != (SELECT coalesce(sum(k.amount_vnd), 0) FROM bank_lines k WHERE k.split_of = l.id)`,
		},
		{
			ID: "payment.after_all", Says: "money that a gateway took for what had ended stands among what came in, to the last đồng",
			SQL: `SELECT p.id FROM journal j JOIN payments p ON p.id = j.subject WHERE j.subject_kind = 'payments' AND j.verb = 'come_after_all'
				AND NOT EXISTS (SELECT 1 FROM bank_lines l WHERE l.bank = p.provider AND l.account = '' AND l.bank_ref = p.provider_ref
					AND l.amount_vnd = json_extract(j.detail, '$.amount_vnd'))`,
		},
		{
			ID: "refund.reserved", Says: "a payment holds back what its refunds hold, and no more goes back than came",
			SQL: `SELECT p.id FROM payments p WHERE p.refund_reserved_vnd > p.received_vnd OR p.refund_reserved_vnd !=
				(SELECT coalesce(sum(r.amount_vnd), 0) FROM refunds r WHERE r.payment = p.id
					AND r.status IN ('approved', 'submitting', 'pending', 'succeeded', 'manual_done'))`,
		},
		{
			ID: "refund.sent", Says: "a payment has given back what its refunds have sent",
			SQL: `SELECT p.id FROM payments p WHERE p.refunded_vnd != (SELECT coalesce(sum(r.amount_vnd), 0) FROM refunds r
				WHERE r.payment = p.id AND r.status IN ('succeeded', 'manual_done'))`,
		},
		{
			ID: "refund.signed", Says: "a refund that was approved has somebody who did, and one sent by hand the bank's name for it",
			SQL: `SELECT r.id FROM refunds r JOIN payments p ON p.id = r.payment WHERE r.status NOT IN ('requested', 'cancelled') AND r.approved_by = ''
				OR r.status = 'manual_done' AND (r.done_at = '' OR r.bank_ref = '' AND p.provider != 'cash')`,
		},
		{
			ID: "refund.two_people", Says: "above the sum of its day, whoever asked for a refund did not approve it",
			SQL: `SELECT r.id FROM refunds r, centre c WHERE r.approved_by != '' AND r.approved_by = r.requested_by AND r.amount_vnd > c.refund_alone_vnd
				AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.subject_kind = 'refunds' AND j.subject = r.id AND j.verb = 'approve'
					AND coalesce(json_extract(j.detail, '$.alone_vnd'), 0) >= r.amount_vnd)`,
		},
		{
			ID: "receipts.gapless", Says: "the receipts of a year are numbered from one without a gap, as far as numbers were drawn",
			SQL: `SELECT c.id FROM receipt_counters c WHERE c.last != (SELECT count(*) FROM receipts r WHERE r.year = c.year)
					OR c.last != (SELECT coalesce(max(r.seq), 0) FROM receipts r WHERE r.year = c.year)
				UNION ALL SELECT r.id FROM receipts r WHERE r.seq < 1 OR r.number != printf('%d-%06d', r.year, r.seq)
					OR NOT EXISTS (SELECT 1 FROM receipt_counters c WHERE c.year = r.year)`,
		},
		{
			ID: "receipts.causes", Says: "a receipt tells of a payment that came whole, a correction of a refund that was sent or of another receipt",
			SQL: `SELECT r.id FROM receipts r WHERE r.kind = 'receipt' AND NOT EXISTS (SELECT 1 FROM payments p WHERE p.id = r.cause AND p.status = 'succeeded'
					AND p.payable = r.payable)
				OR r.kind = 'correction' AND (NOT EXISTS (SELECT 1 FROM receipts c WHERE c.id = r.corrects AND c.payable = r.payable)
					OR r.cause != r.corrects AND NOT EXISTS (SELECT 1 FROM refunds f WHERE f.id = r.cause AND f.payable = r.payable
						AND f.status IN ('manual_done', 'succeeded', 'failed')))`,
		},
	}
}
