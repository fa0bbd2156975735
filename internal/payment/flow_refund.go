package payment

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Wish is what somebody asks to go back.
type Wish struct {
	Code    string   `json:"code"` // of what was paid for
	Amount  Dong     `json:"amount"`
	Reason  string   `json:"reason"`
	Tickets []string `json:"tickets"` // the parts that go with the money; none: all of it
}

// RequestRefund asks for money to go back. Finance and managers over what was paid for, with a reason.
// Errors: access.sign_in, access.needs_finance, record.not_found, refund.no_reason, refund.amount, refund.too_much, refund.nothing.
func RequestRefund(app core.App, by access.Actor, w Wish, now time.Time) (r *Refund, err error) {
	b, err := billFor(app, by, w.Code)
	if err != nil {
		return nil, err
	}
	if bare(w.Reason) == "" {
		return nil, fault.Field("reason", "refund.no_reason")
	}
	err = app.RunInTransaction(func(tx core.App) error {
		r, err = Owe(tx, b.Payable, w.Amount, bare(w.Reason), w.Tickets, by, now)
		return err
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// Owe asks for some of what was paid for a payable to go back, in the transaction of whoever owes it: a buyer cancels, an event
// does not take place. Nobody needs a role: whoever calls has asked for one. Zero is all of it that is still here.
// Errors: refund.amount, refund.too_much, refund.nothing.
func Owe(tx core.App, payable string, amount Dong, reason string, tickets []string, by access.Actor, now time.Time) (*Refund, error) {
	p, err := succeeded(tx, payable)
	switch {
	case err != nil:
		return nil, err
	case p == nil:
		return nil, fault.Conflict("refund.nothing")
	}
	if amount == 0 {
		more, err := wished(tx, p.Id)
		if err != nil {
			return nil, err
		}
		if amount = p.Received() - p.Reserved() - more; amount == 0 {
			return nil, fault.Conflict("refund.nothing")
		}
	}
	return wish(tx, p, "", amount, reason, tickets, by, now)
}

// wish stores that money is asked back of a payment, where so much of it is neither gone nor asked for.
func wish(tx core.App, p *Payment, line string, amount Dong, reason string, tickets []string, by access.Actor, now time.Time) (*Refund, error) {
	more, err := wished(tx, p.Id)
	switch {
	case err != nil:
		return nil, err
	case amount < 1:
		return nil, fault.Field("amount", "refund.amount")
	case amount > p.Received()-p.Reserved()-more:
		return nil, fault.Field("amount", "refund.too_much")
	}
	r, err := newRefund(tx, p, line, amount, reason, tickets, by.ID, now)
	if err != nil {
		return nil, err
	}
	if err := tx.Save(r); err != nil {
		return nil, fmt.Errorf("ask for a refund of %s: %w", p.Id, err)
	}
	return r, lifecycle.Note(tx, by, now, Refunds.Collection, r.Id, "request", lifecycle.Because(reason),
		lifecycle.With(map[string]any{"payment": p.Id, "amount_vnd": amount}))
}

// onRefund changes a refund by somebody who keeps the books over what it is for. To everybody else it does not exist.
func onRefund(app core.App, by access.Actor, id string, rev int, change func(tx core.App, r *Refund) error) (*Refund, error) {
	if err := access.MayKeepBooksAnywhere(by); err != nil {
		return nil, err
	}
	return record.Change(app, Refunds, id, func(tx core.App, r *Refund) error {
		if err := mayKeep(tx, by, r.Payable()); err != nil {
			return err
		}
		if err := record.Seen(r, rev); err != nil {
			return err
		}
		return change(tx, r)
	})
}

// mayKeep permits whoever keeps the books over a payable; over money that paid for nothing known, those of the whole house.
func mayKeep(app core.App, by access.Actor, payable string) error {
	var path []access.Scope
	if payable != "" {
		b, err := needs(app).BillOf(app, payable)
		if err != nil && fault.Code(err) != "record.not_found" {
			return err
		}
		path = b.Path
	}
	if by.House() {
		return nil
	}
	return access.MaySee(by, []access.Role{access.Finance, access.Manager}, path...)
}

// ApproveRefund lets the money go: from here on so much of the payment is held back, and what was bought with it holds no more.
// Finance and managers over it; above the sum that the centre has set, another person than whoever asked.
// Errors: access.sign_in, access.needs_finance, record.not_found, record.stale, refund.second_person, refund.too_much, lifecycle.not_now.
func ApproveRefund(app core.App, by access.Actor, id string, rev int, now time.Time) (*Refund, error) {
	return onRefund(app, by, id, rev, func(tx core.App, r *Refund) error {
		to, err := needs(tx).Account(tx)
		if err != nil {
			return err
		}
		if r.Amount() > to.Alone && by.Is(r.RequestedBy()) {
			return fault.Conflict("refund.second_person")
		}
		r.approvedBy(by.ID)
		if err := RefundLife.Fire(tx, r, "approve", by, now, lifecycle.With(map[string]int64{"amount_vnd": r.Amount(), "alone_vnd": to.Alone})); err != nil {
			return err
		}
		p, err := reserve(tx, r)
		if err != nil || !bites(p, p.Reserved()) {
			return err
		}
		if last, err := succeeded(tx, r.Payable()); err != nil || last.Id != p.Id {
			return err // it has been paid for anew since, and is held by that money
		}
		return needs(tx).Withdrawn(tx, r.Payable(), r.Tickets(), r.Reason(), by, now)
	})
}

// reserve holds back what a refund will send, and reads its payment anew. Error: refund.too_much.
func reserve(tx core.App, r *Refund) (*Payment, error) {
	held, err := hold(tx, r.PaymentID(), r.Amount())
	if err != nil {
		return nil, err
	}
	if !held {
		return nil, fault.Conflict("refund.too_much")
	}
	return Payments.Find(tx, r.PaymentID())
}

// bites says whether so much going back takes of what was asked, and not only of what came beyond it.
func bites(p *Payment, back Dong) bool { return !p.SetAside() && back > p.Received()-p.Amount() }

// CancelRefund takes a refund back before the money is sent. What was bought with it and holds no more stays so.
// Finance and managers over it, with a reason. Errors: as ApproveRefund, and refund.no_reason.
func CancelRefund(app core.App, by access.Actor, id, reason string, rev int, now time.Time) (*Refund, error) {
	if bare(reason) == "" {
		return nil, fault.Field("reason", "refund.no_reason")
	}
	return onRefund(app, by, id, rev, func(tx core.App, r *Refund) error {
		held := r.Holds()
		r.say(bare(reason))
		if err := RefundLife.Fire(tx, r, "cancel", by, now, lifecycle.Because(bare(reason))); err != nil || !held {
			return err
		}
		_, err := hold(tx, r.PaymentID(), -r.Amount())
		return err
	})
}

// SentBack notes that a person has sent the money, under the name the bank gave the transfer; cash at the desk has none.
// What a gateway elsewhere took goes back by hand only once it has failed there. Finance and managers over it.
// Errors: as ApproveRefund, and refund.no_ref, refund.elsewhere.
func SentBack(app core.App, by access.Actor, id, ref, note string, rev int, now time.Time) (*Refund, error) {
	return onRefund(app, by, id, rev, func(tx core.App, r *Refund) error {
		p, err := Payments.Find(tx, r.PaymentID())
		if err != nil {
			return err
		}
		if bare(ref) == "" && p.Provider() != Cash {
			return fault.Field("bank_ref", "refund.no_ref")
		}
		switch _, away, err := gatewayOf(tx, p.Provider()); {
		case err != nil:
			return err
		case away && r.Status() == RefundApproved: // the job has it sent, and might at this moment
			return fault.Conflict("refund.elsewhere")
		}
		if r.Status() == RefundFailed { // it held nothing since
			if p, err = reserve(tx, r); err != nil {
				return err
			}
		}
		r.done(bare(ref), bare(note), now)
		if err := RefundLife.Fire(tx, r, "done_by_hand", by, now, lifecycle.With(map[string]int64{"amount_vnd": r.Amount()})); err != nil {
			return err
		}
		return gone(tx, p, r, by, now)
	})
}

// gone writes into the book that money went back: of the payment, on the lines it came with, and on a receipt where there was one.
func gone(tx core.App, p *Payment, r *Refund, by access.Actor, now time.Time) error {
	p.gave(r.Amount())
	if err := tx.Save(p); err != nil {
		return fmt.Errorf("give back of %s: %w", p.Id, err)
	}
	lines, err := waitingFrom(tx, p.Id)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if l.Id != r.LineID() && p.Refunded() < p.Received() {
			continue // something of what it brought is here
		}
		if err := LineLife.Fire(tx, l, "return", by, now); err != nil {
			return err
		}
	}
	first, err := receiptOf(tx, p.Id)
	if err != nil || first == nil || !bites(p, p.Refunded()) {
		return err
	}
	_, sold, err := first.Told()
	if err != nil {
		return err
	}
	about, err := needs(tx).Snapshot(tx, p.Payable())
	if err != nil {
		return err
	}
	back := about.sameSums(sold).back(r.Tickets(), r.Amount())
	_, err = issue(tx, p.Payable(), r.Id, first.Id, snapshot{-r.Amount(), back}, r.Reason(), by, now)
	return err
}
