package events_test

import (
	"context"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
)

var now = housetest.Noon

// counts ends the test unless a quota counts so many seats as held and as sold.
func counts(t *testing.T, app core.App, q *events.Quota, held, sold int) {
	t.Helper()
	if h, s := housetest.Counts(t, app, q); h != held || s != sold {
		t.Fatalf("held %d and sold %d, want %d and %d", h, s, held, sold)
	}
}

func stands(t *testing.T, app core.App, o *events.Order, want lifecycle.State) *events.Order {
	t.Helper()
	fresh, err := events.Orders.Find(app, o.Id)
	housetest.Refused(t, err, "")
	if fresh.Status() != want {
		t.Fatalf("the order is %s, want %s", fresh.Status(), want)
	}
	return fresh
}

func TestAFreeOrderIsConfirmedAtOnce(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 10, now, 0)
	o := s.Cart(t, house, 2, now)
	counts(t, house, s.Quota, 2, 0)
	if !events.SoundCode(o.Code()) || o.Seats() != 2 || !o.HoldUntil().Equal(now.Add(15*time.Minute)) {
		t.Errorf("the cart is %v", o.FieldsData())
	}
	stored, err := events.Orders.Find(house, o.Id)
	housetest.Refused(t, err, "")
	if a, b := o.PublicExport(), stored.PublicExport(); len(a) != len(b) {
		t.Errorf("made %v, stored %v", a, b)
	} else {
		for name := range a {
			if core.NewRecord(o.Collection()).Collection().Fields.GetByName(name) != nil && o.GetString(name) != stored.GetString(name) {
				t.Errorf("%s was made %q and stored %q", name, o.GetString(name), stored.GetString(name))
			}
		}
	}
	_, err = events.Submit(house, o.Id, housetest.Buying("lan@example.org"), nil, now)
	housetest.Refused(t, err, "")
	counts(t, house, s.Quota, 0, 2)
	stands(t, house, o, events.OrderConfirmed)
	_, err = events.Submit(house, o.Id, housetest.Buying("other@example.org"), nil, now) // a second click
	housetest.Refused(t, err, "")
	if again := stands(t, house, o, events.OrderConfirmed); again.BuyerEmail() != "lan@example.org" {
		t.Errorf("the second click changed the buyer to %s", again.BuyerEmail())
	}
	housetest.Well(t, house)
}

func TestAnOrderThatIsPaidTooLateTakesItsSeatsAgain(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 4, now, 110_000)
	o := s.Bought(t, house, 3, now)
	o = stands(t, house, o, events.OrderAwaitingPayment)
	if o.Total() != 330_000 || o.VAT() != 30_000 || !o.PayBy().Equal(now.Add(24*time.Hour)) || !o.ReleaseAt().Equal(o.PayBy().Add(2*time.Hour)) {
		t.Errorf("total %d, VAT %d, pay by %s, release at %s", o.Total(), o.VAT(), o.PayBy(), o.ReleaseAt())
	}
	housetest.Refused(t, events.Expire(house, o.ReleaseAt().Add(-time.Millisecond)), "")
	stands(t, house, o, events.OrderAwaitingPayment)
	housetest.Refused(t, events.Expire(house, o.ReleaseAt()), "")
	stands(t, house, o, events.OrderExpired)
	counts(t, house, s.Quota, 0, 0)
	late := o.ReleaseAt().Add(time.Hour)
	_, err := events.Pay(house, o.Id, "payment00000001", access.Job("test"), late)
	housetest.Refused(t, err, "")
	stands(t, house, o, events.OrderConfirmed)
	counts(t, house, s.Quota, 0, 3)
	_, err = events.Pay(house, o.Id, "payment00000002", access.Job("test"), late) // paid twice is paid
	housetest.Refused(t, err, "")
	counts(t, house, s.Quota, 0, 3)
	housetest.Well(t, house)
}

func TestMoneyThatComesWhenTheSeatsAreGoneNeedsAttention(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 4, now, 110_000)
	first, second := s.Bought(t, house, 3, now), s.Bought(t, house, 1, now)
	late := now.Add(27 * time.Hour)
	housetest.Refused(t, events.Expire(house, late), "")
	s.Cart(t, house, 2, late)
	for _, o := range []*events.Order{first, second} {
		_, err := events.Pay(house, o.Id, "payment00000001", access.Job("test"), late)
		housetest.Refused(t, err, "")
	}
	stands(t, house, first, events.OrderNeedsAttention)
	stands(t, house, second, events.OrderConfirmed)
	counts(t, house, s.Quota, 2, 1)
	_, err := events.Overbook(house, housetest.StaffActing(t, house), first.Id, "khách quen", late)
	housetest.Refused(t, err, "access.needs_manager")
	_, err = events.Overbook(house, housetest.Acting(t, house, access.Manager, access.House), first.Id, "khách quen", late)
	housetest.Refused(t, err, "")
	stands(t, house, first, events.OrderConfirmed)
	counts(t, house, s.Quota, 2, 4)
	_, err = events.Reserve(context.Background(), house, s.Wants(1), late) // nobody buys above it for that
	housetest.Refused(t, err, "order.sold_out")
	housetest.Well(t, house)
}

// Whose tickets ended one after the other and who pays once more has all of them again.
func TestMoneyAfterAllTakesEverySeatOfTheOrder(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 9, now, 110_000)
	staff := housetest.StaffActing(t, house)
	o := s.Bought(t, house, 3, now)
	pays := func(at time.Time) {
		t.Helper()
		_, err := events.Pay(house, o.Id, "payment00000001", access.Job("test"), at)
		housetest.Refused(t, err, "")
		counts(t, house, s.Quota, 0, 3)
	}
	pays(now)
	tickets, err := events.TicketsOf(house, o.Id)
	housetest.Refused(t, err, "")
	_, err = events.VoidTicket(house, staff, tickets[1].Id, "bận", now.Add(time.Minute))
	housetest.Refused(t, err, "")
	_, err = events.CancelOrder(house, staff, o.Id, "trùng", now.Add(2*time.Minute))
	housetest.Refused(t, err, "")
	counts(t, house, s.Quota, 0, 0)
	pays(now.Add(time.Hour))
	_, err = events.CancelOrder(house, staff, o.Id, "trùng", now.Add(2*time.Hour))
	housetest.Refused(t, err, "")
	pays(now.Add(3 * time.Hour))
	housetest.Well(t, house)
}

func TestSeatsComeBackOnce(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 10, now, 0, 50_000)
	staff := housetest.StaffActing(t, house)
	cart := s.Cart(t, house, 2, now)
	for range 2 {
		_, err := events.Abandon(house, access.Link(cart.Id), cart.Id, now)
		housetest.Refused(t, err, "")
	}
	housetest.Refused(t, events.Expire(house, now.Add(time.Hour)), "")
	counts(t, house, s.Quota, 0, 0)
	o := s.Bought(t, house, 3, now)
	_, err := events.CancelOrder(house, staff, o.Id, "  ", now)
	housetest.Refused(t, err, "order.no_reason")
	for range 2 {
		_, err := events.CancelOrder(house, staff, o.Id, "trùng", now)
		housetest.Refused(t, err, "")
		_, err = events.CallOff(house, access.Link(o.Id), o.Id, now)
		housetest.Refused(t, err, "")
		housetest.Refused(t, events.Withdraw(house, o.Id, nil, "trùng", staff, now), "")
	}
	stands(t, house, o, events.OrderCancelled)
	counts(t, house, s.Quota, 0, 0)
	housetest.Well(t, house)
}

func TestABuyerCancelsAsTheEventSays(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 10, now, 0)
	late := s.Event.StartsAt().Add(-24 * time.Hour)
	o := s.Bought(t, house, 1, now)
	_, err := events.CallOff(house, access.Link(o.Id), o.Id, late)
	housetest.Refused(t, err, "order.no_cancel")
	_, err = events.CallOff(house, access.Link(o.Id), o.Id, late.Add(-time.Millisecond))
	housetest.Refused(t, err, "")
	housetest.Well(t, house)
}

func TestATicketEndsByItselfAndTheOrderWithItsLast(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 10, now, 0)
	staff := housetest.StaffActing(t, house)
	o := s.Bought(t, house, 2, now)
	tickets, err := events.TicketsOf(house, o.Id)
	housetest.Refused(t, err, "")
	_, err = events.SuspendTicket(house, staff, tickets[0].Id, "khiếu nại", now)
	housetest.Refused(t, err, "")
	counts(t, house, s.Quota, 0, 2)
	_, err = events.RestoreTicket(house, staff, tickets[0].Id, "", now)
	housetest.Refused(t, err, "")
	for i, k := range tickets {
		_, err = events.VoidTicket(house, staff, k.Id, "không đến được", now)
		housetest.Refused(t, err, "")
		counts(t, house, s.Quota, 0, 1-i)
		_, err = events.VoidTicket(house, staff, k.Id, "không đến được", now)
		housetest.Refused(t, err, "lifecycle.not_now")
	}
	stands(t, house, o, events.OrderCancelled)
	housetest.Well(t, house)
}

func TestStaffLookFirst(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 10, now, 0, 100_000)
	for _, y := range s.Types {
		housetest.Change(t, house, y, map[string]any{"needs_approval": true})
	}
	staff := housetest.StaffActing(t, house)
	free, no := s.Bought(t, house, 1, now), s.Bought(t, house, 1, now)
	s.Types = s.Types[1:]
	paid := s.Bought(t, house, 1, now)
	counts(t, house, s.Quota, 3, 0)
	for _, o := range []*events.Order{free, paid} {
		stands(t, house, o, events.OrderAwaitingApproval)
		_, err := events.Approve(house, housetest.Acting(t, house, access.Staff, access.Scope{Type: access.Event, ID: "elsewhere000000"}), o.Id, "", now)
		housetest.Refused(t, err, "record.not_found")
		_, err = events.Approve(house, staff, o.Id, "mời bạn", now)
		housetest.Refused(t, err, "")
	}
	_, err := events.Reject(house, staff, no.Id, "hết chỗ cho đơn vị của bạn", now)
	housetest.Refused(t, err, "")
	stands(t, house, free, events.OrderConfirmed)
	stands(t, house, paid, events.OrderAwaitingPayment)
	stands(t, house, no, events.OrderCancelled)
	counts(t, house, s.Quota, 1, 1)
	housetest.Well(t, house)
}

func TestAMailboxHasNoMoreSeatsThanOneMayHave(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 20, now, 0)
	housetest.Change(t, house, s.Event, map[string]any{"per_email_limit": 3})
	submit := func(count int, email string) error {
		_, err := events.Submit(house, s.Cart(t, house, count, now).Id, housetest.Buying(email), nil, now)
		return err
	}
	housetest.Refused(t, submit(2, "mai.lan@gmail.com"), "")
	for _, other := range []string{"MaiLan@gmail.com", "mailan+2@gmail.com", "m.a.i.lan@googlemail.com"} {
		housetest.Refused(t, submit(2, other), "order.per_email")
	}
	housetest.Refused(t, submit(1, "mailan+3@gmail.com"), "")
	housetest.Refused(t, submit(2, "mai.lan@example.org"), "")
	housetest.Well(t, house)
}

func TestWhatWasOrderedKeepsItsPrice(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	s := housetest.OnSale(t, house, 10, now, 110_000)
	o := s.Cart(t, house, 2, now)
	housetest.Change(t, house, s.Types[0], map[string]any{"price_vnd": 990_000})
	housetest.Change(t, house, s.Event, map[string]any{"vat_rate": 8})
	_, err := events.Submit(house, o.Id, housetest.Buying("lan@example.org"), nil, now)
	housetest.Refused(t, err, "")
	if o = stands(t, house, o, events.OrderAwaitingPayment); o.Total() != 220_000 || o.VAT() != 20_000 {
		t.Errorf("total %d, VAT %d", o.Total(), o.VAT())
	}
	for _, sql := range []string{"UPDATE orders SET total_vnd = 1", "UPDATE tickets SET price_vnd = 1", "DELETE FROM orders", "DELETE FROM tickets", "UPDATE quotas SET held = 11", "UPDATE quotas SET sold = -1"} {
		if _, err := house.DB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("%s was let through", sql)
		}
	}
	housetest.Well(t, house)
}
