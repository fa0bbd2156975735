package payment

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// WhyDuplicate is the reason of the refund that a second payment raises by itself.
const WhyDuplicate = "duplicate"

// match looks for what a line pays for and lets it pay, in one transaction. It bears being asked again: a line that pays for
// something already is left alone. Without exactly one code that stands for something, the line waits for a person, with what
// it may be for.
func match(app core.App, by access.Actor, id string, now time.Time) error {
	_, err := record.Change(app, Lines, id, func(tx core.App, l *Line) error {
		if l.Status() != LineUnmatched || l.PaymentID() != "" {
			return nil
		}
		bills, err := billsIn(tx, l.Memo())
		if err != nil {
			return err
		}
		if len(bills) != 1 || bills[0].State == BillUnready {
			return propose(tx, l, bills)
		}
		switch p, err := working(tx, bills[0].Payable); {
		case err != nil:
			return err
		case p != nil && p.Status() == PaymentProcessing: // money is on its way twice: which of the two counts says a person
			return propose(tx, l, bills)
		}
		return settle(tx, l, bills[0], by, "", now)
	})
	return err
}

// billsIn are the bills whose codes stand in a memo.
func billsIn(app core.App, memo string) (bills []Bill, err error) {
	for _, code := range needs(app).Codes(memo) {
		b, err := needs(app).Bill(app, code)
		switch {
		case fault.Code(err) == "record.not_found":
		case err != nil:
			return nil, err
		default:
			bills = append(bills, b)
		}
	}
	return bills, nil
}

// propose stores what a line may be for: what its memo names, else what waits for exactly this sum.
func propose(tx core.App, l *Line, bills []Bill) error {
	var some []Suggestion
	for _, b := range bills {
		some = append(some, Suggestion{b.Payable, "code"})
	}
	if len(some) == 0 {
		waits, err := asking(tx, l.Left(), l.BookedAt().Add(24*time.Hour)) // a statement tells the day and no hour
		if err != nil {
			return err
		}
		for _, p := range waits {
			some = append(some, Suggestion{p.Payable(), "amount"})
		}
	}
	l.suggest(some)
	return tx.Save(l)
}

// settle lets a line pay for a bill, whatever state that is in.
// Error: payment.not_asked for what nobody may pay yet.
func settle(tx core.App, l *Line, b Bill, by access.Actor, note string, now time.Time) error {
	if l.suggest([]Suggestion{{b.Payable, "code"}}); by.Signed() {
		l.handled(by.ID, note)
	}
	switch b.State {
	case BillOpen:
		return pay(tx, l, b, by, note, now)
	case BillOver:
		return payLate(tx, l, b, by, note, now)
	case BillPaid, BillStuck:
		return payAgain(tx, l, b, by, now)
	case BillUnready:
	}
	return fault.Conflict("payment.not_asked")
}

// pay adds a line to the payment that waits for it.
func pay(tx core.App, l *Line, b Bill, by access.Actor, note string, now time.Time) error {
	p, err := working(tx, b.Payable)
	if err != nil {
		return err
	}
	if p == nil || p.Provider() != VietQR && p.Provider() != Invoice { // they meant to pay otherwise, and have sent it
		if p, err = Open(tx, Ask{b.Payable, b.Code, VietQR, b.Due, b.Until}, by, now); err != nil {
			return err
		}
	}
	p.receive(l.Left())
	l.payFor(p.Id)
	if p.Rest() > 0 {
		if err := tx.Save(p); err != nil {
			return fmt.Errorf("add to payment %s: %w", p.Id, err)
		}
		if err := told(tx, by, p, l, now); err != nil {
			return err
		}
		return LineLife.Fire(tx, l, "fall_short", by, now)
	}
	parts, err := partsOf(tx, p.Id)
	if err != nil {
		return err
	}
	for _, part := range parts {
		if err := LineLife.Fire(tx, part, "match", by, now); err != nil {
			return err
		}
	}
	if err := whole(tx, p, by, note, now); err != nil {
		return err
	}
	return paidBy(tx, p, l, by, now)
}

// payLate pays for what was over: by a new payment, for the old one is over too. Too little revives nothing.
func payLate(tx core.App, l *Line, b Bill, by access.Actor, note string, now time.Time) error {
	if l.Left() < b.Due || b.Due == 0 {
		return LineLife.Fire(tx, l, "come_late", by, now)
	}
	p, _, err := intended(tx, Ask{b.Payable, b.Code, VietQR, b.Due, b.Until}, now)
	if err != nil {
		return err
	}
	p.receive(l.Left())
	l.payFor(p.Id)
	if err := tx.Save(p); err != nil {
		return fmt.Errorf("pay late for %s: %w", b.Payable, err)
	}
	if err := whole(tx, p, by, note, now); err != nil {
		return err
	}
	after, err := needs(tx).BillOf(tx, b.Payable)
	if err != nil {
		return err
	}
	if after.State != BillPaid {
		return LineLife.Fire(tx, l, "come_late", by, now)
	}
	return paidBy(tx, p, l, by, now)
}

// payAgain sets the money of a second payment aside and asks for it to go back. What was bought stays bought.
func payAgain(tx core.App, l *Line, b Bill, by access.Actor, now time.Time) error {
	p, err := aside(tx, l, b.Payable, by, now)
	if err != nil {
		return err
	}
	if err := LineLife.Fire(tx, l, "repeat", by, now); err != nil {
		return err
	}
	_, err = wish(tx, p, l.Id, l.Left(), WhyDuplicate, nil, access.Job(jobMatch), now)
	return err
}

// paidBy notes of a line whether it paid exactly, or more than that.
func paidBy(tx core.App, p *Payment, l *Line, by access.Actor, now time.Time) error {
	verb := "match"
	if p.Received() > p.Amount() {
		verb = "exceed"
	}
	return LineLife.Fire(tx, l, verb, by, now)
}

// aside stores the money of a line as a payment that counts for nothing, so that it is in the book and can go back.
func aside(tx core.App, l *Line, payable string, by access.Actor, now time.Time) (*Payment, error) {
	p, err := newPayment(tx, payable, VietQR, l.Left())
	if err != nil {
		return nil, err
	}
	p.setAside()
	p.receive(l.Left())
	if err := tx.Save(p); err != nil {
		return nil, fmt.Errorf("set %s aside: %w", l.Id, err)
	}
	p.paid(now)
	l.payFor(p.Id)
	return p, PaymentLife.Fire(tx, p, "succeed", by, now)
}

// told journals that a part has come.
func told(tx core.App, by access.Actor, p *Payment, l *Line, now time.Time) error {
	return lifecycle.Note(tx, by, now, Payments.Collection, p.Id, "receive", lifecycle.With(map[string]any{"line": l.Id, "amount_vnd": l.Left()}))
}

// detach takes a line's money out of the payment it counts for, so that it can go elsewhere. What paid for something whole stays.
// Error: bank.counted.
func detach(tx core.App, l *Line, by access.Actor, now time.Time) error {
	if l.PaymentID() == "" {
		return nil
	}
	p, err := Payments.Find(tx, l.PaymentID())
	if err != nil {
		return err
	}
	if p.Status() == PaymentSucceeded && !p.SetAside() {
		return fault.Conflict("bank.counted")
	}
	p.receive(-l.Left())
	if err := tx.Save(p); err != nil {
		return fmt.Errorf("take out of payment %s: %w", p.Id, err)
	}
	l.payFor("")
	return lifecycle.Note(tx, by, now, Payments.Collection, p.Id, "take_out", lifecycle.With(map[string]any{"line": l.Id, "amount_vnd": l.Left()}))
}

// bare is a text without what stands around it.
func bare(text string) string { return strings.TrimSpace(text) }
