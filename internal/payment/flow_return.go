package payment

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/record"
)

// SettleRefund has a gateway elsewhere send an approved refund back, or asks what became of one that it sends or has sent: under the
// refund's own name it is one however often it is asked for. A gateway that says no leaves the refund to a person; one that says
// nothing is asked again. Nobody needs a role: somebody has approved it. What a gateway tells by itself is a hint to call this.
// Errors: record.not_found, payment.provider, and what the gateway cannot say.
func SettleRefund(ctx context.Context, app core.App, id string, now time.Time) error {
	by := access.Job(jobElsewhere)
	r, err := Refunds.Find(app, id)
	if err != nil {
		return err
	}
	p, g, err := elsewhere(app, r.PaymentID())
	if err != nil {
		return err
	}
	switch r.Status() {
	case RefundRequested, RefundFailed, RefundByHand, RefundCancelled:
		return nil
	case RefundApproved:
		if _, err = record.Change(app, Refunds, id, func(tx core.App, r *Refund) error {
			return RefundLife.Fire(tx, r, "submit", by, now)
		}); err != nil {
			return err
		}
	}
	fact, err := g.Return(ctx, Return{Key: r.Id, Ref: p.Ref(), Amount: r.Amount()})
	switch {
	case r.Status() != RefundSucceeded && (errors.Is(err, ErrByHand) || fault.As(err) != nil):
		fact = Fact{Status: RefundFailed}
	case err != nil:
		return fmt.Errorf("send refund %s back: %w", id, err)
	}
	_, err = record.Change(app, Refunds, id, func(tx core.App, r *Refund) error { return heardBack(tx, r, fact, by, now) })
	return err
}

// heardBack notes what a gateway says of a refund. One that failed holds nothing of its payment any more, also where it had
// succeeded before: a bank may send money home again.
func heardBack(tx core.App, r *Refund, f Fact, by access.Actor, now time.Time) error {
	is := r.Status()
	asked := is == RefundSubmitting || is == RefundPending
	switch {
	case f.Status == RefundPending && is == RefundSubmitting:
		return RefundLife.Fire(tx, r, "accept", by, now)
	case f.Status == RefundSucceeded && asked:
		p, err := Payments.Find(tx, r.PaymentID())
		if err != nil {
			return err
		}
		r.done("", "", now)
		if err := RefundLife.Fire(tx, r, "succeed", by, now); err != nil {
			return err
		}
		return gone(tx, p, r, by, now)
	case f.Status == RefundFailed && (asked || is == RefundSucceeded):
		return cameHome(tx, r, by, now)
	}
	return nil
}

// cameHome takes a refund that failed out of the book.
func cameHome(tx core.App, r *Refund, by access.Actor, now time.Time) error {
	if r.Done() {
		p, err := Payments.Find(tx, r.PaymentID())
		if err != nil {
			return err
		}
		p.gave(-r.Amount())
		if err := tx.Save(p); err != nil {
			return fmt.Errorf("take back what went of %s: %w", p.Id, err)
		}
	}
	if err := RefundLife.Fire(tx, r, "fail", by, now); err != nil {
		return err
	}
	_, err := hold(tx, r.PaymentID(), -r.Amount())
	return err
}
