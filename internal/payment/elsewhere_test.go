package payment_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
	"vuon/internal/payment"
)

// away is a house whose card payments are taken by a till elsewhere, with one thing of half a million for sale.
func away(t testing.TB) (core.App, *shop, *till) {
	t.Helper()
	b := opened(t)
	house := housetest.Taking(t, map[payment.Provider]payment.Gateway{payment.Stripe: gatewayTo(b)})
	s := &shop{full: map[string]bool{}, alone: 1_000_000, bills: map[string]*payment.Bill{
		"AAAA2222": {Payable: "payableAAAA2222", Code: "AAAA2222", Due: 500_000, State: payment.BillOpen},
	}}
	payment.Bind(house, s.needs(), map[payment.Provider]payment.Gateway{payment.Stripe: gatewayTo(b)})
	return house, s, b
}

// begun is a payment that waits at the till.
func begun(t testing.TB, house core.App, s *shop) *payment.Payment {
	t.Helper()
	p := ask(t, house, s, "AAAA2222", payment.Stripe)
	started, err := payment.Begin(t.Context(), house, p.Id, cashier, housetest.Noon)
	if housetest.Refused(t, err, ""); !strings.HasPrefix(started.Page, "https://pay.example/") {
		t.Fatalf("people pay at %q", started.Page)
	}
	return is(t, house, p.Id, payment.PaymentOpen)
}

// is a payment as it stands, which must be so.
func is(t testing.TB, house core.App, id string, want lifecycle.State) *payment.Payment {
	t.Helper()
	p, err := payment.Payments.Find(house, id)
	if housetest.Refused(t, err, ""); p.Status() != want {
		t.Fatalf("the payment is %s, not %s", p.Status(), want)
	}
	return p
}

// later is a round of the job that asks.
func later(t testing.TB, house core.App, after time.Duration) {
	t.Helper()
	housetest.Refused(t, payment.SettleElsewhere(house, housetest.Noon.Add(after)), "")
}

func TestMoneyElsewhereFromTheIntentToTheReceipt(t *testing.T) {
	t.Parallel()
	house, s, b := away(t)
	p := begun(t, house, s)
	again, err := payment.Begin(t.Context(), house, p.Id, cashier, housetest.Noon)
	if housetest.Refused(t, err, ""); again.Ref != p.Ref() || len(b.sessions) != 1 {
		t.Errorf("begun again it is %s, and not %s", again.Ref, p.Ref())
	}
	later(t, house, time.Minute)
	b.becomes(t, p.Ref(), payment.PaymentProcessing)
	later(t, house, time.Minute)
	is(t, house, p.Id, payment.PaymentProcessing)
	_, err = payment.TakeCash(house, housetest.Acting(t, house, access.Finance, access.House), "AAAA2222", "quầy", housetest.Noon)
	housetest.Refused(t, err, "payment.processing")
	b.becomes(t, p.Ref(), payment.PaymentSucceeded)
	if won := housetest.Race(4, func(int) error { return payment.Settle(context.Background(), house, p.Id, housetest.Noon) }); won != 4 {
		t.Errorf("%d of four who heard the same were content", won)
	}
	if p = is(t, house, p.Id, payment.PaymentSucceeded); p.Received() != 500_000 || s.bills["AAAA2222"].State != payment.BillPaid {
		t.Errorf("%d came, and the bill is %s", p.Received(), s.bills["AAAA2222"].State)
	}
	if list := numbers(t, house); list != "2026-000001 receipt AAAA2222" {
		t.Errorf("receipts: %s", list)
	}
	before := b.asked()
	later(t, house, 48*time.Hour)
	if b.asked() != before || strings.Join(s.turned, ", ") != "AAAA2222 processing" {
		t.Errorf("what is over is asked for %d times; the shop heard %v", b.asked()-before, s.turned)
	}
	housetest.Well(t, house)
}

func TestMoneyElsewhereThatComesToNothing(t *testing.T) {
	t.Parallel()
	house, s, b := away(t)
	p := begun(t, house, s)
	b.becomes(t, p.Ref(), payment.PaymentProcessing)
	later(t, house, 0)
	b.becomes(t, p.Ref(), payment.PaymentFailed)
	later(t, house, 0)
	is(t, house, p.Id, payment.PaymentFailed)
	// Its time runs out: nothing is given up before the till has closed it.
	p = begun(t, house, s)
	stopped(t, house, p.Payable(), "expire", false)
	later(t, house, day-time.Second)
	is(t, house, p.Id, payment.PaymentOpen)
	later(t, house, day)
	is(t, house, p.Id, payment.PaymentExpired)
	stopped(t, house, p.Payable(), "expire", true)
	if got := strings.Join(s.turned, ", "); got != "AAAA2222 processing, AAAA2222 failed, AAAA2222 expired" {
		t.Errorf("the shop heard %s", got)
	}
	housetest.Well(t, house)
}

// Who pays while the time runs out has paid: the till is asked before anything is given up.
func TestWhoPaysAtTheLastMomentHasPaid(t *testing.T) {
	t.Parallel()
	house, s, b := away(t)
	p := begun(t, house, s)
	b.becomes(t, p.Ref(), payment.PaymentSucceeded)
	stopped(t, house, p.Payable(), "expire", false)
	later(t, house, day+time.Hour)
	is(t, house, p.Id, payment.PaymentSucceeded)
	if s.bills["AAAA2222"].State != payment.BillPaid {
		t.Error("the bill is not paid")
	}
	housetest.Well(t, house)
}

// Whatever becomes of the line to the till, it is asked again for the same, and has one session.
func TestACrashBetweenTheCallAndTheMarkBeginsNothingTwice(t *testing.T) {
	t.Parallel()
	house, s, b := away(t)
	p := ask(t, house, s, "AAAA2222", payment.Stripe)
	for _, trouble := range []string{"before", "after", "slow"} {
		b.next(trouble)
		if _, err := payment.Begin(t.Context(), house, p.Id, cashier, housetest.Noon); err == nil {
			t.Errorf("with trouble %s the till was heard", trouble)
		}
		is(t, house, p.Id, payment.PaymentCreated)
	}
	later(t, house, time.Minute)
	p = is(t, house, p.Id, payment.PaymentOpen)
	b.becomes(t, p.Ref(), payment.PaymentSucceeded)
	for _, trouble := range []string{"before", "after", "slow"} {
		b.next(trouble)
		if err := payment.SettleElsewhere(house, housetest.Noon); err == nil {
			t.Errorf("with trouble %s the till was heard", trouble)
		}
		is(t, house, p.Id, payment.PaymentOpen)
	}
	later(t, house, 0)
	if is(t, house, p.Id, payment.PaymentSucceeded); len(b.sessions) != 1 {
		t.Errorf("the till was asked for %d payments", len(b.sessions))
	}
	housetest.Well(t, house)
}

func TestATillThatSaysNo(t *testing.T) {
	t.Parallel()
	house, s, b := away(t)
	s.bills["AAAA2222"].Due = 99_999_999
	p := ask(t, house, s, "AAAA2222", payment.Stripe)
	_, err := payment.Begin(t.Context(), house, p.Id, cashier, housetest.Noon)
	housetest.Refused(t, err, "payment.amount")
	is(t, house, p.Id, payment.PaymentFailed)
	_, err = payment.Begin(t.Context(), house, p.Id, cashier, housetest.Noon)
	housetest.Refused(t, err, "payment.over")
	// A sum that is not ours is never taken for it.
	s.bills["AAAA2222"].Due = 500_000
	p = begun(t, house, s)
	b.becomes(t, p.Ref(), payment.PaymentSucceeded)
	b.alone(func() { b.named(p.Ref()).Amount = 5_000 })
	if err := payment.SettleElsewhere(house, housetest.Noon); err == nil || !strings.Contains(err.Error(), "5000") {
		t.Errorf("5.000 of 500.000: %v", err)
	}
	is(t, house, p.Id, payment.PaymentOpen)
	housetest.Well(t, house)
}

// What is over stays over, whatever is said of it later; and money that came all the same waits for a person like a late transfer.
func TestALateWordChangesNothingThatIsOver(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ verb, says, want lifecycle.State }{
		{"succeed", payment.PaymentExpired, payment.PaymentSucceeded}, {"fail", payment.PaymentExpired, payment.PaymentFailed}, {"fail", payment.PaymentSucceeded, payment.PaymentFailed},
	} {
		t.Run(string(c.verb+" "+c.says), func(t *testing.T) {
			t.Parallel()
			house, s, b := away(t)
			p := begun(t, house, s)
			b.becomes(t, p.Ref(), c.says)
			faster := func() { // while the till answers
				housetest.Refused(t, payment.PaymentLife.Fire(house, is(t, house, p.Id, payment.PaymentOpen), string(c.verb), cashier, housetest.Noon), "")
			}
			b.alone(func() { b.each = faster })
			for range 2 {
				housetest.Refused(t, payment.Settle(t.Context(), house, p.Id, housetest.Noon), "")
				b.alone(func() { b.each = nil })
			}
			p = is(t, house, p.Id, c.want)
			lines := told(t, house)
			if c.says != payment.PaymentSucceeded {
				if lines != "" || lost(t, house) != 0 {
					t.Errorf("money came that nobody sent: %s", lines)
				}
				housetest.Refused(t, lifecycle.Note(house, cashier, housetest.Noon, payment.Payments.Collection, p.Id, "come_after_all", lifecycle.With(map[string]int64{"amount_vnd": 1})), "")
				if lost(t, house) != 1 {
					t.Error("nobody sees that money is lost")
				}
				return
			}
			if lines != p.Ref()+" unmatched" {
				t.Fatalf("the lines are %s", lines)
			}
			s.bills["AAAA2222"].State, s.full["AAAA2222"] = payment.BillOver, true
			housetest.Refused(t, payment.MatchLines(house, housetest.Noon), "")
			l := one(t, house, p.Ref())
			if told(t, house) != p.Ref()+" late" || l.Amount() != 500_000 || s.bills["AAAA2222"].State != payment.BillStuck {
				t.Errorf("%s, %d, and the bill is %s", told(t, house), l.Amount(), s.bills["AAAA2222"].State)
			}
			finance := housetest.Acting(t, house, access.Finance, access.House)
			_, err := payment.SendBack(house, finance, l.Id, "hết chỗ", 0, housetest.Noon)
			housetest.Refused(t, err, "")
			housetest.Well(t, house)
		})
	}
}

// lost counts what the audit of money that came after all finds.
func lost(t testing.TB, house core.App) (n int) {
	t.Helper()
	for _, a := range payment.Audits() {
		if a.ID == "payment.after_all" {
			housetest.Refused(t, house.DB().NewQuery("SELECT count(*) FROM ("+a.SQL+")").Row(&n), "")
		}
	}
	return n
}

// Whoever cannot be given what they paid for too late is given it after all when somebody says so, and has their receipt at that moment,
// on whatever way the money came.
func TestWhatIsGivenAfterAllHasItsReceiptAtOnce(t *testing.T) {
	t.Parallel()
	house, s, b := away(t)
	p := begun(t, house, s)
	s.full["AAAA2222"] = true
	b.becomes(t, p.Ref(), payment.PaymentSucceeded)
	later(t, house, 0)
	if numbers(t, house) != "" || s.bills["AAAA2222"].State != payment.BillStuck {
		t.Fatalf("the bill is %s with the receipts %s", s.bills["AAAA2222"].State, numbers(t, house))
	}
	s.bills["AAAA2222"].State = payment.BillPaid
	for range 2 {
		housetest.Refused(t, payment.Given(house, p.Payable(), cashier, housetest.Noon), "")
	}
	if list := numbers(t, house); list != "2026-000001 receipt AAAA2222" {
		t.Errorf("receipts: %s", list)
	}
	housetest.Well(t, house)
}

// The same with orders and a transfer: the line waits for nobody as soon as a manager has overbooked, but with what was too much.
func TestAnOrderThatIsOverbookedHasItsReceiptAtOnce(t *testing.T) {
	t.Parallel()
	for sent, becomes := range map[string]string{"440000": "matched", "500000": "over"} {
		t.Run(becomes, func(t *testing.T) {
			t.Parallel()
			house, o := outsold(t)
			brought(t, house, "R1,"+sent+",VUON"+o.Code())
			if told(t, house) != "R1 late" || numbers(t, house) != "" {
				t.Fatalf("%s; receipts %s", told(t, house), numbers(t, house))
			}
			_, err := events.Overbook(house, housetest.Acting(t, house, access.Manager, access.House), o.Id, "khách quen", housetest.Noon)
			housetest.Refused(t, err, "")
			if told(t, house) != "R1 "+becomes || numbers(t, house) != "2026-000001 receipt "+o.Id {
				t.Errorf("%s; receipts %s", told(t, house), numbers(t, house))
			}
			housetest.Well(t, house)
		})
	}
}

// Who thinks again and pays another way is not charged twice: the first way is closed, also where nobody knows whether it began.
func TestWhoPaysAnotherWayClosesTheFirst(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]string{"begun": "", "perhaps begun": "after", "never begun": "before"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			house, s, b := away(t)
			p := ask(t, house, s, "AAAA2222", payment.Stripe)
			b.next(trouble)
			_, _ = payment.Begin(t.Context(), house, p.Id, cashier, housetest.Noon)
			ask(t, house, s, "AAAA2222", payment.VietQR)
			is(t, house, p.Id, payment.PaymentCancelling)
			stopped(t, house, p.Payable(), "expire", false)
			later(t, house, time.Minute)
			p = is(t, house, p.Id, payment.PaymentCancelled)
			if b.named(p.Ref()).Status != payment.PaymentExpired {
				t.Error("somebody can still pay at the till")
			}
			stopped(t, house, p.Payable(), "expire", true)
			housetest.Well(t, house)
		})
	}
}

// Who has paid both ways gets one of the two back, and keeps what was bought.
func TestWhoPaysBothWaysGetsOneBack(t *testing.T) {
	t.Parallel()
	house, s, b := away(t)
	p := begun(t, house, s)
	b.becomes(t, p.Ref(), payment.PaymentSucceeded)
	brought(t, house, "R1,500000,VUONAAAA2222")
	is(t, house, p.Id, payment.PaymentCancelling)
	later(t, house, time.Minute)
	if p = is(t, house, p.Id, payment.PaymentSucceeded); !p.SetAside() {
		t.Error("both payments count")
	}
	back, err := payment.RefundsOf(house, p.Payable())
	housetest.Refused(t, err, "")
	if len(back) != 1 || back[0].PaymentID() != p.Id || back[0].Reason() != payment.WhyDuplicate || numbers(t, house) != "2026-000001 receipt AAAA2222" {
		t.Errorf("%v goes back; receipts %s", back, numbers(t, house))
	}
	housetest.Well(t, house)
}

// While money is on its way from elsewhere, a transfer for the same waits for a person.
func TestATransferBesideMoneyOnItsWayWaitsForAPerson(t *testing.T) {
	t.Parallel()
	house, s, b := away(t)
	p := begun(t, house, s)
	b.becomes(t, p.Ref(), payment.PaymentProcessing)
	later(t, house, 0)
	brought(t, house, "R1,500000,VUONAAAA2222")
	if some, _ := one(t, house, "R1").Suggestions(); told(t, house) != "R1 unmatched" || len(some) != 1 || some[0].Why != "code" {
		t.Errorf("%s, for %v", told(t, house), some)
	}
	housetest.Well(t, house)
}

func TestMoneyElsewhereGoesBackOnce(t *testing.T) {
	t.Parallel()
	house, s, b := away(t)
	p := begun(t, house, s)
	b.becomes(t, p.Ref(), payment.PaymentSucceeded)
	later(t, house, 0)
	finance := housetest.Acting(t, house, access.Finance, access.House)
	r := wished(t, house, finance, 200_000, "ticket1")
	_, err := payment.ApproveRefund(house, finance, r.Id, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	sent := func(want string) {
		t.Helper()
		_, err := payment.SentBack(house, finance, r.Id, "FT1", "", 0, housetest.Noon)
		housetest.Refused(t, err, want)
	}
	sent("refund.elsewhere")
	stands := func(want lifecycle.State) {
		t.Helper()
		got, err := payment.Refunds.Find(house, r.Id)
		if housetest.Refused(t, err, ""); got.Status() != want {
			t.Fatalf("the refund is %s, not %s", got.Status(), want)
		}
		housetest.Well(t, house)
	}
	for _, trouble := range []string{"before", "after", "slow"} {
		b.next(trouble)
		if err := payment.SettleElsewhere(house, housetest.Noon); err == nil {
			t.Errorf("with trouble %s the till was heard", trouble)
		}
		stands(payment.RefundSubmitting)
	}
	later(t, house, 0)
	stands(payment.RefundPending)
	if len(b.returns) != 1 {
		t.Errorf("the till was asked for %d refunds", len(b.returns))
	}
	b.alone(func() { b.returns[r.Id].Status = payment.RefundSucceeded })
	later(t, house, 0)
	stands(payment.RefundSucceeded)
	if list := numbers(t, house); list != "2026-000001 receipt AAAA2222, 2026-000002 correction AAAA2222" {
		t.Errorf("receipts: %s", list)
	}
	// The bank sends it home again: it is out of the book, and a person's.
	b.alone(func() { b.returns[r.Id].Status = payment.RefundFailed })
	housetest.Refused(t, payment.SettleRefund(t.Context(), house, r.Id, housetest.Noon), "")
	stands(payment.RefundFailed)
	if p = is(t, house, p.Id, payment.PaymentSucceeded); p.Reserved() != 0 || p.Refunded() != 0 {
		t.Errorf("%d is held back and %d gone", p.Reserved(), p.Refunded())
	}
	sent("")
	// What failed is a person's, and held back for nobody meanwhile.
	b.alone(func() { b.says = payment.RefundFailed })
	r = wished(t, house, finance, 100_000)
	_, err = payment.ApproveRefund(house, finance, r.Id, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	later(t, house, 0)
	stands(payment.RefundFailed)
	sent("")
	stands(payment.RefundByHand)
}

// One writer: a call inside a transaction would hold up the whole house. The till tries to write whenever it is called.
func TestNobodyElsewhereIsCalledInsideATransaction(t *testing.T) {
	t.Parallel()
	house, s, b := away(t)
	var stuck atomic.Int32
	tries := func() {
		wrote := make(chan error, 1)
		go func() { wrote <- house.RunInTransaction(func(core.App) error { return nil }) }()
		select {
		case err := <-wrote:
			housetest.Refused(t, err, "")
		case <-time.After(100 * time.Millisecond):
			stuck.Add(1)
		}
	}
	b.alone(func() { b.each = tries })
	p := begun(t, house, s)
	b.becomes(t, p.Ref(), payment.PaymentSucceeded)
	later(t, house, 0)
	finance := housetest.Acting(t, house, access.Finance, access.House)
	r := wished(t, house, finance, 200_000)
	_, err := payment.ApproveRefund(house, finance, r.Id, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	later(t, house, 0)
	p = begun(t, house, &shop{bills: map[string]*payment.Bill{"AAAA2222": {Payable: "another", Code: "AAAA2222", Due: 1000}}})
	stopped(t, house, "another", "cancel", false)
	later(t, house, 0)
	is(t, house, p.Id, payment.PaymentCancelled)
	if stuck.Load() > 0 || b.asked() < 5 {
		t.Errorf("%d of %d calls were made inside a transaction", stuck.Load(), b.asked())
	}
	// The control: who calls inside one is caught.
	_ = house.RunInTransaction(func(core.App) error { _, _ = gatewayTo(b).Ask(t.Context(), p.Ref()); return nil })
	if stuck.Load() == 0 {
		t.Error("a call inside a transaction is not noticed")
	}
}

// An order whose money may still come from elsewhere keeps its seats: by the clock, and when its buyer calls it off.
func TestAnOrderWaitsForTheWordFromElsewhere(t *testing.T) {
	t.Parallel()
	b := opened(t)
	house := housetest.Taking(t, map[payment.Provider]payment.Gateway{payment.Stripe: gatewayTo(b)})
	sale := housetest.OnSale(t, house, 10, housetest.Noon, 200_000)
	at := func(now time.Time, o *events.Order, want lifecycle.State, seats int) {
		t.Helper()
		housetest.Refused(t, events.Expire(house, now), "")
		fresh, err := events.Orders.Find(house, o.Id)
		housetest.Refused(t, err, "")
		if held, sold := housetest.Counts(t, house, sale.Quota); fresh.Status() != want || held+sold != seats {
			t.Errorf("the order is %s with %d seats, not %s with %d", fresh.Status(), held+sold, want, seats)
		}
	}
	byCard := func() (*events.Order, *payment.Payment) {
		t.Helper()
		o := sale.Bought(t, house, 2, housetest.Noon)
		p, err := payment.Open(house, payment.Ask{Payable: o.Id, Code: o.Code(), By: payment.Stripe, Due: o.Total(), Until: o.PayBy()}, cashier, housetest.Noon)
		housetest.Refused(t, err, "")
		_, err = payment.Begin(t.Context(), house, p.Id, cashier, housetest.Noon)
		housetest.Refused(t, err, "")
		return o, is(t, house, p.Id, payment.PaymentOpen)
	}
	o, _ := byCard()
	over := o.ReleaseAt().Add(time.Minute)
	at(over, o, events.OrderAwaitingPayment, 2)
	housetest.Refused(t, payment.SettleElsewhere(house, over), "")
	at(over, o, events.OrderExpired, 0)

	called, p := byCard()
	_, err := events.CallOff(house, cashier, called.Id, housetest.Noon)
	housetest.Refused(t, err, "")
	at(housetest.Noon, called, events.OrderCancelling, 2)
	later(t, house, 0)
	at(housetest.Noon, called, events.OrderCancelled, 0)
	is(t, house, p.Id, payment.PaymentCancelled)

	// On its way it is not given up by the clock, and goes back to waiting where it comes to nothing.
	way, p := byCard()
	b.becomes(t, p.Ref(), payment.PaymentProcessing)
	later(t, house, 0)
	at(over, way, events.OrderProcessing, 2)
	b.becomes(t, p.Ref(), payment.PaymentFailed)
	later(t, house, 0)
	at(housetest.Noon, way, events.OrderAwaitingPayment, 2)

	// Who pays before the end of it has tickets, also after calling it off.
	quick, p := byCard()
	_, err = events.CallOff(house, cashier, quick.Id, housetest.Noon)
	housetest.Refused(t, err, "")
	b.becomes(t, p.Ref(), payment.PaymentSucceeded)
	later(t, house, 0)
	at(housetest.Noon, quick, events.OrderConfirmed, 4)
	housetest.Well(t, house)
}
