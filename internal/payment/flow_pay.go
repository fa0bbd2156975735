package payment

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/payment/vietqr"
)

// MemoPrefix stands before the code in the memo of a transfer, so that a code is found in whatever a bank makes of it.
const MemoPrefix = "VUON"

// Ask is what a payable wants paid.
type Ask struct {
	Payable string
	Code    string
	By      Provider
	Due     Dong
	Until   time.Time // the last instant to pay; zero: none
}

// Open begins to wait for money, in the transaction of whatever asks for it. What waited before, on another way or for another
// sum, is cancelled; the same once more changes nothing. Where a gateway elsewhere takes the money it is noted here only: Begin asks
// for it after the commit. Errors: payment.amount, payment.no_account, payment.provider, payment.part_paid, payment.processing.
func Open(tx core.App, a Ask, by access.Actor, now time.Time) (*Payment, error) {
	before, err := working(tx, a.Payable)
	switch {
	case err != nil:
		return nil, err
	case before != nil && before.Provider() == a.By && before.Amount() == a.Due:
		return before, nil
	case before != nil && before.Received() > 0:
		return nil, fault.Conflict("payment.part_paid")
	case before != nil:
		if err := letGo(tx, before, by, now); err != nil {
			return nil, err
		}
	}
	g, away, err := gatewayOf(tx, a.By)
	if err != nil {
		return nil, err
	}
	p, i, err := intended(tx, a, now)
	if err != nil {
		return nil, err
	}
	if err := tx.Save(p); err != nil {
		return nil, fmt.Errorf("ask for money for %s: %w", a.Payable, err)
	}
	if away {
		return p, nil
	}
	started, err := g.Begin(context.Background(), i)
	if err != nil {
		return nil, err
	}
	return p, begun(tx, p, started, by, now)
}

// intended describes the payment and what will be asked of its gateway, byte for byte.
func intended(tx core.App, a Ask, now time.Time) (*Payment, Intent, error) {
	to, err := needs(tx).Account(tx)
	if err != nil {
		return nil, Intent{}, err
	}
	p, err := newPayment(tx, a.Payable, a.By, a.Due)
	if err != nil {
		return nil, Intent{}, err
	}
	p.Id = core.GenerateDefaultRandomId()
	i := Intent{Key: p.Id, Code: a.Code, Amount: a.Due, Until: a.Until.UTC()}
	if a.By == VietQR || a.By == Invoice {
		i.Bank, i.Number, i.Holder, i.Memo = to.Bank, to.Number, to.Holder, MemoPrefix+a.Code
	}
	raw, err := json.Marshal(i)
	if err != nil {
		return nil, i, err
	}
	p.asks(raw, now)
	return p, i, nil
}

// begun notes that the gateway waits, or that all is done.
func begun(tx core.App, p *Payment, s Started, by access.Actor, now time.Time) error {
	p.called(s.Ref)
	if s.Status == PaymentSucceeded {
		return whole(tx, p, by, "", now)
	}
	return PaymentLife.Fire(tx, p, "begin", by, now)
}

// whole closes a payment that has come whole, tells the payable and gives the receipt.
func whole(tx core.App, p *Payment, by access.Actor, note string, now time.Time) error {
	p.paid(now)
	if by.Signed() {
		p.confirm(by.ID, note)
	}
	if err := PaymentLife.Fire(tx, p, "succeed", by, now, lifecycle.With(map[string]int64{"received_vnd": p.Received()})); err != nil {
		return err
	}
	if err := needs(tx).Paid(tx, p.Payable(), p, by, now); err != nil {
		return fmt.Errorf("tell %s that it is paid: %w", p.Payable(), err)
	}
	b, err := needs(tx).BillOf(tx, p.Payable())
	if err != nil || b.State != BillPaid || p.Amount() == 0 {
		return err
	}
	return receipt(tx, p, by, now)
}

// Given notes that what a payable had been paid for too late has been given all the same, in the transaction in which somebody says so:
// the payment has its receipt as any other, on whatever way it came, and what the bank said of it waits for nobody, but for what was too much.
func Given(tx core.App, payable string, by access.Actor, now time.Time) error {
	p, err := succeeded(tx, payable)
	if err != nil || p == nil {
		return err
	}
	late, err := lateFor(tx, p.Id)
	if err != nil {
		return err
	}
	for _, l := range late {
		if err := paidBy(tx, p, l, by, now); err != nil {
			return err
		}
	}
	return receipt(tx, p, by, now)
}

// Stop ends what a payable still waits for, in the transaction in which it runs out ("expire") or is called off ("cancel").
// stopped false: a gateway elsewhere may still bring money. It is ended there by the job, which tells the payable (Needs.Turned);
// until then nothing may be given up.
func Stop(tx core.App, payable, verb string, by access.Actor, now time.Time) (stopped bool, err error) {
	p, err := working(tx, payable)
	if err != nil {
		return false, err
	}
	if p != nil {
		_, away, err := gatewayOf(tx, p.Provider())
		switch {
		case err != nil:
			return false, err
		case away && (verb == "expire" || p.Status() == PaymentProcessing):
			return false, nil
		case !away && p.Status() == PaymentOpen:
			err = PaymentLife.Fire(tx, p, verb, by, now)
		default:
			err = letGo(tx, p, by, now)
		}
		if err != nil {
			return false, err
		}
	}
	hangs, err := lettingGo(tx, payable)
	return !hangs, err
}

// TakeCash notes that somebody at the desk has taken what was still to be paid. Finance and managers over the payable, with a
// note. It is refused where a part came by transfer: the two are never mixed in one payment.
// Errors: access.sign_in, access.needs_finance, record.not_found, payment.no_note, payment.not_open, payment.part_paid.
func TakeCash(app core.App, by access.Actor, code, note string, now time.Time) (p *Payment, err error) {
	b, err := billFor(app, by, code)
	if err != nil {
		return nil, err
	}
	if bare(note) == "" {
		return nil, fault.Field("note", "payment.no_note")
	}
	err = app.RunInTransaction(func(tx core.App) error {
		if b, err = needs(tx).BillOf(tx, b.Payable); err != nil {
			return err
		}
		if b.State != BillOpen {
			return fault.Conflict("payment.not_open")
		}
		if p, err = Open(tx, Ask{b.Payable, b.Code, Cash, b.Due, b.Until}, by, now); err != nil {
			return err
		}
		p.receive(p.Amount())
		return whole(tx, p, by, bare(note), now)
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// Await lets an organisation pay later, by a transfer with the same memo. Staff of the payable have set its deadline before.
// Finance and managers over the payable. Errors: as TakeCash, and payment.no_account.
func Await(app core.App, by access.Actor, code string, now time.Time) (p *Payment, err error) {
	b, err := billFor(app, by, code)
	if err != nil {
		return nil, err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		if b, err = needs(tx).BillOf(tx, b.Payable); err != nil {
			return err
		}
		if b.State != BillOpen {
			return fault.Conflict("payment.not_open")
		}
		p, err = Open(tx, Ask{b.Payable, b.Code, Invoice, b.Due, b.Until}, by, now)
		return err
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// billFor looks up a code for somebody who keeps the books over it. Who keeps none at all learns nothing of any code.
// Errors: access.sign_in, access.needs_finance, record.not_found.
func billFor(app core.App, by access.Actor, code string) (Bill, error) {
	if err := access.MayKeepBooksAnywhere(by); err != nil {
		return Bill{}, err
	}
	b, err := needs(app).Bill(app, code)
	if err != nil {
		return Bill{}, err
	}
	return b, access.MaySee(by, []access.Role{access.Finance, access.Manager}, b.Path...)
}

// Face is how somebody pays by transfer.
type Face struct {
	Bank    string // identification number
	Name    string // of the bank, "" where it is not known
	Account string
	Holder  string
	Amount  Dong // what is still to come
	Memo    string
	Payload string // the text of the picture
}

// FaceOf is how a payable is paid by transfer now, nil where it is not, or where the centre has named no account yet.
func FaceOf(app core.App, payable string) (*Face, error) {
	p, err := working(app, payable)
	if err != nil || p == nil || p.Provider() != VietQR && p.Provider() != Invoice {
		return nil, err
	}
	i, err := p.intent()
	if err != nil {
		return nil, err
	}
	if i.Bank == "" { // asked before there was an account
		to, err := needs(app).Account(app)
		if err != nil || to.Bank == "" {
			return nil, err
		}
		i.Bank, i.Number, i.Holder = to.Bank, to.Number, to.Holder
	}
	text, err := i.transfer(p.Rest()).Payload()
	if err != nil {
		return nil, fmt.Errorf("draw payment %s: %w", p.Id, err)
	}
	return &Face{i.Bank, vietqr.BankName(i.Bank), i.Number, i.Holder, p.Rest(), i.Memo, text}, nil
}
