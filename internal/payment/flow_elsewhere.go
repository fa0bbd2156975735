package payment

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Begin asks a gateway elsewhere for the money that Open has noted, once that is committed, and notes what it is called there. The
// same payment again is asked for as it was stored: whoever pays is sent on to the same page. A gateway that says no ends the
// payment; one that says nothing leaves it to the job. Errors: payment.provider, payment.over, and what the gateway refuses.
func Begin(ctx context.Context, app core.App, id string, by access.Actor, now time.Time) (Started, error) {
	p, g, err := elsewhere(app, id)
	if err != nil {
		return Started{}, err
	}
	if p.Over() {
		return Started{}, fault.Conflict("payment.over")
	}
	i, err := p.intent()
	if err != nil {
		return Started{}, err
	}
	started, said := g.Begin(ctx, i)
	if said != nil && fault.As(said) == nil { // nobody knows what it has done
		return Started{}, fmt.Errorf("begin payment %s: %w", id, said)
	}
	_, err = record.Change(app, Payments, id, func(tx core.App, p *Payment) error {
		switch {
		case said != nil && p.Status() == PaymentCreated:
			return ended(tx, p, "fail", by, now)
		case said != nil && p.Status() == PaymentCancelling: // it was let go, and has never begun
			return ended(tx, p, "cancel", by, now)
		case said == nil && p.Ref() == "":
			if p.called(started.Ref); p.Status() == PaymentCreated {
				return PaymentLife.Fire(tx, p, "begin", by, now)
			}
			return tx.Save(p)
		}
		return nil
	})
	return started, errors.Join(said, err)
}

// Settle asks what became of a payment elsewhere and notes it. One that was let go, or whose time is over, is ended there first, so
// that nobody pays for what has run out. Whatever a gateway tells by itself is a hint to call this.
// Errors: payment.provider, and what the gateway cannot say.
func Settle(ctx context.Context, app core.App, id string, now time.Time) error {
	by := access.Job(jobElsewhere)
	p, g, err := elsewhere(app, id)
	if err != nil || p.Status() == PaymentSucceeded || p.Over() && p.Ref() == "" {
		return err
	}
	if p.Ref() == "" {
		if _, err := Begin(ctx, app, id, by, now); err != nil {
			return err
		}
		if p, err = Payments.Find(app, id); err != nil || p.Over() {
			return err
		}
	}
	i, err := p.intent()
	if err != nil {
		return err
	}
	look := g.Ask
	if p.Status() == PaymentCancelling || p.Status() == PaymentOpen && !i.Until.IsZero() && !now.Before(i.Until) {
		look = g.Close
	}
	fact, err := look(ctx, p.Ref())
	if err != nil {
		return fmt.Errorf("ask what became of payment %s: %w", id, err)
	}
	_, err = record.Change(app, Payments, id, func(tx core.App, p *Payment) error { return learn(tx, p, fact, by, now) })
	return err
}

// learn notes what a gateway says of a payment. What is over stays over, and the same word twice changes nothing.
func learn(tx core.App, p *Payment, f Fact, by access.Actor, now time.Time) error {
	is := p.Status()
	switch {
	case f.Status == is || p.Over() && f.Status != PaymentSucceeded || is == PaymentSucceeded:
		return nil
	case p.Over():
		return afterAll(tx, p, f, by, now)
	case f.Status == PaymentSucceeded && f.Amount != p.Amount():
		return fmt.Errorf("for payment %s of %d the gateway took %d", p.Id, p.Amount(), f.Amount)
	case f.Status == PaymentSucceeded:
		return came(tx, p, by, now)
	case f.Status == PaymentProcessing && is == PaymentOpen:
		if err := PaymentLife.Fire(tx, p, "accept", by, now); err != nil {
			return err
		}
		return needs(tx).Turned(tx, p.Payable(), p, by, now)
	case f.Status != PaymentFailed && f.Status != PaymentExpired && f.Status != PaymentCancelled:
		return nil
	case is == PaymentCancelling:
		return ended(tx, p, "cancel", by, now)
	case f.Status == PaymentExpired && is == PaymentOpen:
		return ended(tx, p, "expire", by, now)
	case f.Status == PaymentCancelled && is == PaymentOpen:
		return ended(tx, p, "cancel", by, now)
	}
	return ended(tx, p, "fail", by, now)
}

// afterAll stores money that a gateway took for what it had ended as it stores what a bank says, once: it pays for what it names if that
// can still be had, and waits for a person like any transfer that comes late. It goes back by hand.
func afterAll(tx core.App, p *Payment, f Fact, by access.Actor, now time.Time) error {
	from, ref := string(p.Provider()), p.Ref()
	if known, err := lineNamed(tx, from, "", ref); err != nil || known != nil {
		return err
	}
	i, err := p.intent()
	if err != nil {
		return err
	}
	digest := sha256.Sum256([]byte(from + " " + ref))
	s, err := newStatement(tx, from, "", "", hex.EncodeToString(digest[:]), 1, by.ID, now)
	if err != nil {
		return err
	}
	if err := tx.Save(s); err != nil {
		return fmt.Errorf("file what %s took for %s: %w", from, p.Id, err)
	}
	l, err := newLine(tx, s.Id, from, "", ref, now, f.Amount, MemoPrefix+i.Code)
	if err != nil {
		return err
	}
	if err := tx.Save(l); err != nil {
		return fmt.Errorf("store what %s took for %s: %w", from, p.Id, err)
	}
	return lifecycle.Note(tx, by, now, Payments.Collection, p.Id, "come_after_all", lifecycle.With(map[string]any{"line": l.Id, "amount_vnd": f.Amount}))
}

// ended closes a payment elsewhere that came to nothing, and tells the payable.
func ended(tx core.App, p *Payment, verb string, by access.Actor, now time.Time) error {
	if err := PaymentLife.Fire(tx, p, verb, by, now); err != nil {
		return err
	}
	return needs(tx).Turned(tx, p.Payable(), p, by, now)
}

// came notes that the whole sum has come. Money for what is paid already is set aside, and asked back by itself.
func came(tx core.App, p *Payment, by access.Actor, now time.Time) error {
	b, err := needs(tx).BillOf(tx, p.Payable())
	if err != nil {
		return err
	}
	p.receive(p.Amount())
	if b.State != BillPaid && b.State != BillStuck {
		return whole(tx, p, by, "", now)
	}
	p.setAside()
	p.paid(now)
	if err := PaymentLife.Fire(tx, p, "succeed", by, now, lifecycle.With(map[string]int64{"received_vnd": p.Received()})); err != nil {
		return err
	}
	_, err = wish(tx, p, "", p.Received(), WhyDuplicate, nil, by, now)
	return err
}

// letGo gives a payment up for another way of paying. What somebody elsewhere waits for is ended there by the job, and until then it
// may still bring money. Error: payment.processing for money that is on its way.
func letGo(tx core.App, p *Payment, by access.Actor, now time.Time) error {
	_, away, err := gatewayOf(tx, p.Provider())
	switch {
	case err != nil:
		return err
	case !away:
		return PaymentLife.Fire(tx, p, "cancel", by, now)
	case p.Status() == PaymentProcessing:
		return fault.Conflict("payment.processing")
	case p.Status() == PaymentCreated: // whether it has begun there nobody knows yet
		if err := PaymentLife.Fire(tx, p, "begin", by, now); err != nil {
			return err
		}
	}
	return PaymentLife.Fire(tx, p, "call_off", by, now)
}

// elsewhere is a payment with the gateway that takes it. Error: payment.provider for one that lives nowhere else.
func elsewhere(app core.App, id string) (*Payment, Gateway, error) {
	p, err := Payments.Find(app, id)
	if err != nil {
		return nil, nil, err
	}
	g, away, err := gatewayOf(app, p.Provider())
	if err == nil && !away {
		err = fault.Conflict("payment.provider")
	}
	return p, g, err
}
