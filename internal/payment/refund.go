package payment

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Refunds are money that goes back.
var Refunds = record.Of[Refund]("refunds")

// Refund is some of one payment that goes back to whoever paid.
type Refund struct{ core.BaseRecordProxy }

// The states of a refund.
const (
	RefundRequested  lifecycle.State = "requested"
	RefundApproved   lifecycle.State = "approved"
	RefundSubmitting lifecycle.State = "submitting"
	RefundPending    lifecycle.State = "pending"
	RefundSucceeded  lifecycle.State = "succeeded"
	RefundFailed     lifecycle.State = "failed"
	RefundByHand     lifecycle.State = "manual_done"
	RefundCancelled  lifecycle.State = "cancelled"
)

// RefundLife is every legal move of a refund. A bank may say later that what went back came home again.
var RefundLife = lifecycle.Table{
	Collection: Refunds.Collection,
	Start:      RefundRequested,
	Ends:       []lifecycle.State{RefundByHand, RefundCancelled},
	Moves: []lifecycle.Move{
		lifecycle.Moved("refund", "approve", RefundApproved, RefundRequested),
		lifecycle.Moved("refund", "cancel", RefundCancelled, RefundRequested, RefundApproved),
		lifecycle.Moved("refund", "submit", RefundSubmitting, RefundApproved),
		lifecycle.Moved("refund", "accept", RefundPending, RefundSubmitting),
		lifecycle.Moved("refund", "succeed", RefundSucceeded, RefundSubmitting, RefundPending),
		lifecycle.Moved("refund", "fail", RefundFailed, RefundSubmitting, RefundPending, RefundSucceeded),
		lifecycle.Moved("refund", "done_by_hand", RefundByHand, RefundApproved, RefundFailed),
	},
}

// holding are the states in which a refund holds its sum back from every other.
var holding = []lifecycle.State{RefundApproved, RefundSubmitting, RefundPending, RefundSucceeded, RefundByHand}

// Status is where the refund stands.
func (r *Refund) Status() lifecycle.State { return lifecycle.State(r.GetString("status")) }

// Holds says whether the refund holds its sum back.
func (r *Refund) Holds() bool { return slices.Contains(holding, r.Status()) }

// Done says whether the money went back.
func (r *Refund) Done() bool { return r.Status() == RefundByHand || r.Status() == RefundSucceeded }

// PaymentID is the payment of which it gives back.
func (r *Refund) PaymentID() string { return r.GetString("payment") }

// Payable is what had been paid for, "" for money that paid for nothing known.
func (r *Refund) Payable() string { return r.GetString("payable") }

// LineID is the line of the bank whose money it is, where it is one line's; "" else.
func (r *Refund) LineID() string { return r.GetString("line") }

// Amount is how much goes back.
func (r *Refund) Amount() Dong { return int64(r.GetInt("amount_vnd")) }

// Reason is why.
func (r *Refund) Reason() string { return r.GetString("reason") }

// RequestedBy is who asked for it.
func (r *Refund) RequestedBy() string { return r.GetString("requested_by") }

// ApprovedBy is who approved it, "" while nobody has.
func (r *Refund) ApprovedBy() string { return r.GetString("approved_by") }

// BankRef is what the bank calls the transfer back.
func (r *Refund) BankRef() string { return r.GetString("bank_ref") }

// Note is what was said when it was done or cancelled.
func (r *Refund) Note() string { return r.GetString("note") }

// AskedAt is when it was asked for.
func (r *Refund) AskedAt() time.Time { return r.GetDateTime("asked_at").Time() }

// DoneAt is when the money went back; zero: not yet.
func (r *Refund) DoneAt() time.Time { return r.GetDateTime("done_at").Time() }

// Tickets are the parts of the payable that go with the money, by id; none: all of it, or nothing of it was ever given.
func (r *Refund) Tickets() []string {
	var ids []string
	if err := json.Unmarshal([]byte(r.GetString("tickets")), &ids); err != nil {
		return nil
	}
	return ids
}

// newRefund describes a refund that is not yet stored.
func newRefund(app core.App, p *Payment, line string, amount Dong, reason string, tickets []string, by string, now time.Time) (*Refund, error) {
	r, err := Refunds.New(app)
	if err != nil {
		return nil, err
	}
	r.Set("payment", p.Id)
	r.Set("payable", p.Payable())
	r.Set("line", line)
	r.Set("amount_vnd", amount)
	r.Set("reason", reason)
	r.Set("tickets", append([]string{}, tickets...))
	r.Set("requested_by", by)
	r.Set("asked_at", now)
	return r, nil
}

func (r *Refund) approvedBy(who string) { r.Set("approved_by", who) }

func (r *Refund) done(ref, note string, now time.Time) {
	r.Set("bank_ref", ref)
	r.Set("note", note)
	r.Set("done_at", now)
}

func (r *Refund) say(note string) { r.Set("note", note) }

func (r *Refund) sameRoots(was *Refund) bool {
	return r.PaymentID() == was.PaymentID() && r.Payable() == was.Payable() && r.LineID() == was.LineID() && r.Amount() == was.Amount() &&
		r.Reason() == was.Reason() && r.GetString("tickets") == was.GetString("tickets") && r.RequestedBy() == was.RequestedBy()
}
