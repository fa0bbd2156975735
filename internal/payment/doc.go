// Package payment is the house's book of money: what is to be paid, what came, what went back, and what the bank says. It knows
// no order: what is paid for is a payable, named by its id, and the roof lends it the facts (Needs).
//
//	payment    created ──begin──► open ──succeed──► succeeded
//	                               ├─ accept ─► processing ── succeed, fail
//	                               ├─ expire ─► expired
//	                               └─ call_off ─► cancelling ── cancel, or succeed: the money was faster
//	refund     requested ──approve──► approved ──done_by_hand──► manual_done
//	              └── cancel ──┘         └─ submit ─► submitting ─► pending ─► succeeded ─► failed (later) ──► manual_done
//	bank line  unmatched ─► matched: it pays for something, whole
//	                     ─► partial, over, late, duplicate: a person clears it
//	                     ─► ignored: no money of ours, with a reason
//	           ─► returned: its money, or what was too much of it, went back
//
// Money that came is never discarded: what pays for nothing stands in the queue until somebody says what becomes of it. A
// payment that is over never changes its state again; what comes later is another payment. Transfers are matched by the code in
// their memo and by their amount, in one transaction with what they pay for, and once: the bank's own reference is unique.
//
// Money goes back by a refund, never beyond what came: one conditional UPDATE holds the sum back when a refund is approved,
// before anybody is told to send it. Above a sum that the centre sets it takes two people.
//
// Receipts are numbered without gaps, each year from one, in the transaction of the payment. None ever changes: a correction is
// another receipt.
//
// No provider is called inside a transaction: the intent is stored, the provider asked, the answer stored (gateway.go).
package payment
