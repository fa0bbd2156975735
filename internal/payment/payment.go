package payment

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Dong is an amount of money. VND has no smaller unit, and no amount is ever a float.
type Dong = int64

// Payments are the attempts to pay for something: several for one payable, one of them at work.
var Payments = record.Of[Payment]("payments")

// Payment is one attempt.
type Payment struct{ core.BaseRecordProxy }

// Provider is the way on which money comes.
type Provider string

// The ways.
const (
	Free    Provider = "free"
	VietQR  Provider = "vietqr"  // a transfer by the buyer's own bank
	Cash    Provider = "cash"    // at the desk
	Invoice Provider = "invoice" // a transfer by an organisation, later
	Stripe  Provider = "stripe"
)

// The states of a payment.
const (
	PaymentCreated    lifecycle.State = "created"
	PaymentOpen       lifecycle.State = "open"
	PaymentProcessing lifecycle.State = "processing"
	PaymentSucceeded  lifecycle.State = "succeeded"
	PaymentFailed     lifecycle.State = "failed"
	PaymentExpired    lifecycle.State = "expired"
	PaymentCancelling lifecycle.State = "cancelling"
	PaymentCancelled  lifecycle.State = "cancelled"
)

// PaymentLife is every legal move of a payment. What is over stays over: money that comes later is another payment.
var PaymentLife = lifecycle.Table{
	Collection: Payments.Collection,
	Start:      PaymentCreated,
	Ends:       []lifecycle.State{PaymentSucceeded, PaymentFailed, PaymentExpired, PaymentCancelled},
	Moves: []lifecycle.Move{
		lifecycle.Moved("payment", "begin", PaymentOpen, PaymentCreated),
		lifecycle.Moved("payment", "accept", PaymentProcessing, PaymentOpen),
		lifecycle.Moved("payment", "succeed", PaymentSucceeded, PaymentCreated, PaymentOpen, PaymentProcessing, PaymentCancelling),
		lifecycle.Moved("payment", "fail", PaymentFailed, PaymentCreated, PaymentOpen, PaymentProcessing),
		lifecycle.Moved("payment", "expire", PaymentExpired, PaymentOpen),
		lifecycle.Moved("payment", "call_off", PaymentCancelling, PaymentOpen),
		lifecycle.Moved("payment", "cancel", PaymentCancelled, PaymentCreated, PaymentOpen, PaymentCancelling),
	},
}

// atWork are the states in which a payment may still bring money; a payable has one such at most.
var atWork = []lifecycle.State{PaymentCreated, PaymentOpen, PaymentProcessing}

// Status is where the payment stands.
func (p *Payment) Status() lifecycle.State { return lifecycle.State(p.GetString("status")) }

// Over says whether nothing becomes of it any more.
func (p *Payment) Over() bool { return slices.Contains(PaymentLife.Ends, p.Status()) }

// Payable is what is paid for, "" for money that was set aside and pays for nothing known.
func (p *Payment) Payable() string { return p.GetString("payable") }

// Provider is the way on which the money comes.
func (p *Payment) Provider() Provider { return Provider(p.GetString("provider")) }

// Amount is how much was asked.
func (p *Payment) Amount() Dong { return int64(p.GetInt("amount_vnd")) }

// Received is how much came. It may be more than was asked.
func (p *Payment) Received() Dong { return int64(p.GetInt("received_vnd")) }

// Rest is what is still to come; never less than nothing.
func (p *Payment) Rest() Dong { return max(p.Amount()-p.Received(), 0) }

// Ref is what the provider calls it, or "".
func (p *Payment) Ref() string { return p.GetString("provider_ref") }

// Reserved is how much of it refunds hold that are approved, under way or done.
func (p *Payment) Reserved() Dong { return int64(p.GetInt("refund_reserved_vnd")) }

// Refunded is how much of it went back.
func (p *Payment) Refunded() Dong { return int64(p.GetInt("refunded_vnd")) }

// SetAside says that the money counts for nothing: it came a second time, or for what nobody knows.
func (p *Payment) SetAside() bool { return p.GetBool("duplicate") }

// PaidAt is when it succeeded; zero: not.
func (p *Payment) PaidAt() time.Time { return p.GetDateTime("paid_at").Time() }

// ConfirmedBy is who took the cash or assigned the transfer, "" where nobody had to.
func (p *Payment) ConfirmedBy() string { return p.GetString("confirmed_by") }

// Note is what they said of it.
func (p *Payment) Note() string { return p.GetString("note") }

// Params is what the provider was asked, byte for byte: asked again it must be the same.
func (p *Payment) Params() []byte { return []byte(p.GetString("params")) }

// newPayment describes a payment that is not yet stored.
func newPayment(app core.App, payable string, by Provider, amount Dong) (*Payment, error) {
	p, err := Payments.New(app)
	if err != nil {
		return nil, err
	}
	p.Set("payable", payable)
	p.Set("provider", string(by))
	p.Set("amount_vnd", amount)
	return p, nil
}

func (p *Payment) asks(params []byte, now time.Time) {
	p.Set("params", json.RawMessage(params))
	p.Set("asked_at", now)
}
func (p *Payment) called(ref string)       { p.Set("provider_ref", ref) }
func (p *Payment) receive(more Dong)       { p.Set("received_vnd", p.Received()+more) }
func (p *Payment) setAside()               { p.Set("duplicate", true) }
func (p *Payment) paid(now time.Time)      { p.Set("paid_at", now) }
func (p *Payment) gave(back Dong)          { p.Set("refunded_vnd", p.Refunded()+back) }
func (p *Payment) confirm(by, note string) { p.Set("confirmed_by", by); p.Set("note", note) }

// sameRoots says whether what was asked is still what is asked.
func (p *Payment) sameRoots(was *Payment) bool {
	return p.Payable() == was.Payable() && p.Provider() == was.Provider() && p.Amount() == was.Amount() &&
		string(p.Params()) == string(was.Params()) && (was.Ref() == "" || p.Ref() == was.Ref())
}
