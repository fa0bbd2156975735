package payment_test

import (
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/housetest"
	"vuon/internal/payment"
)

// paid is a house in which one thing of half a million is paid.
func paid(t testing.TB) (core.App, *shop) {
	t.Helper()
	house, s := sold(t, map[string]int64{"AAAA2222": 500_000})
	brought(t, house, "R1,500000,VUONAAAA2222")
	return house, s
}

// wished asks for some of it to go back.
func wished(t testing.TB, house core.App, by access.Actor, amount int64, tickets ...string) *payment.Refund {
	t.Helper()
	r, err := payment.RequestRefund(house, by, payment.Wish{Code: "AAAA2222", Amount: amount, Reason: "không đến được", Tickets: tickets}, housetest.Noon)
	housetest.Refused(t, err, "")
	return r
}

func TestNoMoreGoesBackThanCame(t *testing.T) {
	t.Parallel()
	house, s := paid(t)
	finance, manager := housetest.Acting(t, house, access.Finance, access.House), housetest.Acting(t, house, access.Manager, access.House)
	ask := func(amount int64, want string) {
		t.Helper()
		_, err := payment.RequestRefund(house, finance, payment.Wish{Code: "AAAA2222", Amount: amount, Reason: "x"}, housetest.Noon)
		housetest.Refused(t, err, want)
	}
	ask(500_001, "refund.too_much")
	ask(-1, "refund.amount")
	some := wished(t, house, finance, 200_000, "ticket1")
	ask(300_001, "refund.too_much")
	rest := wished(t, house, finance, 0)
	if rest.Amount() != 300_000 {
		t.Errorf("the rest is %d", rest.Amount())
	}
	for _, r := range []*payment.Refund{some, rest} {
		_, err := payment.ApproveRefund(house, manager, r.Id, 0, housetest.Noon)
		housetest.Refused(t, err, "")
	}
	if got := sorted(s.voided); got != "AAAA2222, AAAA2222ticket1" {
		t.Errorf("taken back: %s", got)
	}
	ask(1, "refund.too_much")
	_, err := payment.CancelRefund(house, finance, rest.Id, "đổi ý", 0, housetest.Noon)
	housetest.Refused(t, err, "")
	ask(300_000, "")
	_, err = payment.SentBack(house, finance, some.Id, "FT9", "", 0, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = payment.SentBack(house, finance, some.Id, "FT9", "", 0, housetest.Noon)
	housetest.Refused(t, err, "lifecycle.not_now")
	if list := numbers(t, house); list != "2026-000001 receipt AAAA2222, 2026-000002 correction AAAA2222" {
		t.Errorf("receipts: %s", list)
	}
	housetest.Well(t, house)
}

func TestAboveASumItTakesTwo(t *testing.T) {
	t.Parallel()
	house, s := paid(t)
	s.alone = 100_000
	finance, manager := housetest.Acting(t, house, access.Finance, access.House), housetest.Acting(t, house, access.Manager, access.House)
	approve := func(by access.Actor, r *payment.Refund, want string) {
		t.Helper()
		_, err := payment.ApproveRefund(house, by, r.Id, 0, housetest.Noon)
		housetest.Refused(t, err, want)
	}
	approve(finance, wished(t, house, finance, 100_000), "")
	large := wished(t, house, finance, 100_001)
	approve(finance, large, "refund.second_person")
	approve(housetest.Acting(t, house, access.Staff, access.House), large, "access.needs_finance")
	approve(manager, large, "")
}

// Money that was paid twice goes back, and what was bought stays bought.
func TestWhatWasPaidTwiceGoesBackAlone(t *testing.T) {
	t.Parallel()
	house, s := paid(t)
	finance := housetest.Acting(t, house, access.Finance, access.House)
	brought(t, house, "R2,500000,VUONAAAA2222")
	all, err := payment.RefundsOf(house, "payableAAAA2222")
	housetest.Refused(t, err, "")
	_, err = payment.ApproveRefund(house, finance, all[0].Id, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	_, err = payment.SentBack(house, finance, all[0].Id, "FT9", "", 0, housetest.Noon)
	housetest.Refused(t, err, "")
	if len(s.voided) > 0 || told(t, house) != "R1 matched, R2 returned" {
		t.Errorf("taken back: %v; lines: %s", s.voided, told(t, house))
	}
	housetest.Well(t, house)
}

func TestCashIsTakenOnceAndNeverMixed(t *testing.T) {
	t.Parallel()
	house, _ := sold(t, map[string]int64{"AAAA2222": 500_000, "BBBB3333": 300_000})
	finance := housetest.Acting(t, house, access.Finance, access.House)
	take := func(by access.Actor, code, note, want string) {
		t.Helper()
		_, err := payment.TakeCash(house, by, code, note, housetest.Noon)
		housetest.Refused(t, err, want)
	}
	take(finance, "AAAA2222", "", "payment.no_note")
	take(housetest.Acting(t, house, access.Staff, access.House), "AAAA2222", "quầy 1", "access.needs_finance")
	take(finance, "AAAA2222", "quầy 1", "")
	take(finance, "AAAA2222", "quầy 1", "payment.not_open")
	brought(t, house, "R1,100000,VUONBBBB3333", "R2,500000,VUONAAAA2222")
	take(finance, "BBBB3333", "quầy 1", "payment.part_paid")
	if got := told(t, house); got != "R1 partial, R2 duplicate" {
		t.Errorf("the lines are %s", got)
	}
	housetest.Well(t, house)
}

func TestReceiptsBeginAnewWithTheYearOfVietNam(t *testing.T) {
	t.Parallel()
	house, s := sold(t, map[string]int64{"AAAA2222": 1, "BBBB3333": 2, "CCCC4444": 3})
	newYear := time.Date(2026, 12, 31, 17, 0, 0, 0, time.UTC)
	for code, at := range map[string]time.Time{"AAAA2222": newYear.Add(-time.Second), "BBBB3333": newYear} {
		_, err := payment.TakeCash(house, housetest.Acting(t, house, access.Finance, access.House), s.bills[code].Code, "quầy", at)
		housetest.Refused(t, err, "")
	}
	if list := numbers(t, house); list != "2026-000001 receipt AAAA2222, 2027-000001 receipt BBBB3333" {
		t.Errorf("receipts: %s", list)
	}
	housetest.Well(t, house)
}

// What a picture asks is what is still to come, and the book says so to whoever pays.
func TestAPictureAsksForTheRest(t *testing.T) {
	t.Parallel()
	house, _ := sold(t, map[string]int64{"AAAA2222": 500_000})
	brought(t, house, "R1,200000,VUONAAAA2222")
	face, err := payment.FaceOf(house, "payableAAAA2222")
	housetest.Refused(t, err, "")
	if face == nil || face.Amount != 300_000 || face.Name != "Vietcombank" || face.Memo != "VUONAAAA2222" {
		t.Fatalf("the picture is %+v", face)
	}
	brought(t, house, "R2,300000,VUONAAAA2222")
	if face, err = payment.FaceOf(house, "payableAAAA2222"); err != nil || face != nil {
		t.Errorf("what is paid is still asked for: %+v (%v)", face, err)
	}
}

func TestWhatIsOverStaysOver(t *testing.T) {
	t.Parallel()
	house, s := sold(t, map[string]int64{"AAAA2222": 500_000})
	p := ask(t, house, s, "AAAA2222", payment.VietQR)
	stopped(t, house, p.Payable(), "expire", true)
	stopped(t, house, p.Payable(), "expire", true)
	stored, err := payment.Payments.Find(house, p.Id)
	housetest.Refused(t, err, "")
	housetest.Refused(t, payment.PaymentLife.Fire(house, stored, "succeed", cashier, housetest.Noon), "lifecycle.not_now")
	stored.ProxyRecord().Set("amount_vnd", 1)
	housetest.Refused(t, house.Save(stored), "payment.rooted")
	if _, err := house.NonconcurrentDB().NewQuery("UPDATE payments SET refund_reserved_vnd = 1").Execute(); err == nil {
		t.Error("plain SQL holds back what never came")
	}
}

// outsold is a house with an order of two, for 440.000, whose time is over and whose seats somebody else holds.
func outsold(t testing.TB) (core.App, *events.Order) {
	t.Helper()
	house := housetest.App(t)
	sale := housetest.OnSale(t, house, 2, housetest.Noon, 220_000)
	o := sale.Bought(t, house, 2, housetest.Noon)
	housetest.Refused(t, events.Expire(house, o.ReleaseAt()), "")
	sale.Cart(t, house, 2, housetest.Noon)
	return house, o
}

// What came too late and goes back by its order, and not by its line, waits for nobody on the line either.
func TestALineWaitsForNobodyOnceItsMoneyIsGone(t *testing.T) {
	t.Parallel()
	house, o := outsold(t)
	brought(t, house, "R1,450000,VUON"+o.Code())
	_, err := events.CancelOrder(house, housetest.StaffActing(t, house), o.Id, "hết chỗ", housetest.Noon)
	housetest.Refused(t, err, "")
	finance := housetest.Acting(t, house, access.Finance, access.House)
	sent := func(r *payment.Refund) {
		t.Helper()
		_, err := payment.ApproveRefund(house, finance, r.Id, 0, housetest.Noon)
		housetest.Refused(t, err, "refund.second_person")
		_, err = payment.ApproveRefund(house, housetest.Acting(t, house, access.Manager, access.House), r.Id, 0, housetest.Noon)
		housetest.Refused(t, err, "")
		_, err = payment.SentBack(house, finance, r.Id, "FT9", "", 0, housetest.Noon)
		housetest.Refused(t, err, "")
	}
	back, err := payment.RefundsOf(house, o.Id)
	housetest.Refused(t, err, "")
	_, err = payment.CancelRefund(house, finance, back[0].Id, "chia hai lần", 0, housetest.Noon)
	housetest.Refused(t, err, "")
	for _, c := range []struct {
		amount int64
		want   string
	}{{10_000, "R1 late"}, {0, "R1 returned"}} {
		r, err := payment.RequestRefund(house, finance, payment.Wish{Code: o.Code(), Amount: c.amount, Reason: "hết chỗ"}, housetest.Noon)
		housetest.Refused(t, err, "")
		if sent(r); told(t, house) != c.want {
			t.Errorf("after %d the line is %s, not %s", r.Amount(), told(t, house), c.want)
		}
	}
	housetest.Well(t, house)
}

// An order that was called off and paid for once more is held by the second payment: the first goes back without it.
func TestWhatWasPaidAnewIsHeldByThatMoney(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	o := housetest.OnSale(t, house, 2, housetest.Noon, 220_000).Bought(t, house, 1, housetest.Noon)
	brought(t, house, "R1,220000,VUON"+o.Code())
	_, err := events.CallOff(house, access.Link(o.Id), o.Id, housetest.Noon)
	housetest.Refused(t, err, "")
	back, err := payment.RefundsOf(house, o.Id)
	housetest.Refused(t, err, "")
	brought(t, house, "R2,220000,VUON"+o.Code())
	_, err = payment.ApproveRefund(house, housetest.Acting(t, house, access.Manager, access.House), back[0].Id, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	if o, err = events.Orders.Find(house, o.Id); err != nil || o.Status() != events.OrderConfirmed {
		t.Errorf("the order is %s, and its second payment is here (%v)", o.Status(), err)
	}
	housetest.Well(t, house)
}
