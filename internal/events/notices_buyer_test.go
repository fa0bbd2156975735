package events_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/housetest"
	"vuon/internal/notice"
	"vuon/internal/payment"
)

// told is what the rules say at an instant to a buyer, in the order of the rules: the key, and what its calendar is told.
func told(t *testing.T, house core.App, order string, now time.Time) string {
	t.Helper()
	var all []string
	for _, rule := range events.Notices() {
		due, err := rule.Due(house, now)
		housetest.Refused(t, err, "")
		for _, d := range due {
			if d.Secret.ID != order && d.Secret.Kind != "ticket" || d.At.After(now) {
				continue
			}
			say := rule.Key
			switch {
			case d.When == notice.When{}:
			case d.When.Over:
				say += "-out"
			default:
				say += "-in"
			}
			if d.Address != "lan@example.org" || d.Locale != "vi" || !d.Mail || d.Args["order"] == "" {
				t.Errorf("%+v", d)
			}
			all = append(all, say)
		}
	}
	return strings.Join(all, " ")
}

func hears(t *testing.T, house core.App, order string, now time.Time, want string) {
	t.Helper()
	if got := told(t, house, order, now); got != want {
		t.Errorf("at %s a buyer hears %q, not %q", now.Format(time.RFC3339), got, want)
	}
}

// Who has a ticket hears that it is there, the day before, and the day after; and that it ends, when it does.
func TestABuyerIsToldWhatBecomesOfTheOrder(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	s := housetest.OnSale(t, house, 10, now, 0)
	cart := s.Cart(t, house, 1, now)
	hears(t, house, cart.Id, now, "") // a cart has no buyer yet
	o := s.Bought(t, house, 2, now)
	hears(t, house, o.Id, now, "order_confirmed-in")
	hears(t, house, o.Id, now.Add(4*24*time.Hour), "")
	starts := s.Event.StartsAt()
	hears(t, house, o.Id, starts.Add(-20*time.Hour), "event_soon")
	hears(t, house, o.Id, starts.Add(26*time.Hour), "event_feedback")

	housetest.Refused(t, events.Resend(house, housetest.StaffActing(t, house), o.Id, now.Add(time.Hour)), "")
	hears(t, house, o.Id, now.Add(61*time.Minute), "order_confirmed-in order_resent-in")
	_, err := events.CallOff(house, housetest.StaffActing(t, house), o.Id, now.Add(2*time.Hour))
	housetest.Refused(t, err, "")
	hears(t, house, o.Id, now.Add(3*time.Hour), "order_cancelled-out")
	hears(t, house, o.Id, starts.Add(-20*time.Hour), "")
}

// Who owes money hears how to pay it, that the day comes, and that it is over.
func TestABuyerIsToldToPay(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	s := housetest.OnSale(t, house, 10, now, 150_000)
	o := s.Bought(t, house, 1, now)
	hears(t, house, o.Id, now, "order_received")
	hears(t, house, o.Id, o.PayBy().Add(-5*time.Hour), "order_received order_unpaid")
	over := o.ReleaseAt().Add(time.Minute)
	housetest.Refused(t, events.Expire(house, over), "")
	hears(t, house, o.Id, over, "order_expired")
}

// When there is no event, that is what its buyers are told: not that they had cancelled.
func TestBuyersAreToldThatThereIsNoEvent(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	s := housetest.OnSale(t, house, 10, now, 0)
	o := s.Bought(t, house, 1, now)
	staff := housetest.StaffActing(t, house)
	later := s.Event.StartsAt().Add(24 * time.Hour)
	ends := later.Add(time.Hour)
	_, err := events.EditEvent(house, staff, s.Event.Id, events.EventTerms{StartsAt: &later, EndsAt: &ends}, now.Add(time.Hour))
	housetest.Refused(t, err, "")
	hears(t, house, o.Id, now.Add(2*time.Hour), "order_confirmed-in event_moved-in")
	_, err = events.CallOff(house, staff, o.Id, now.Add(2*time.Hour))
	housetest.Refused(t, err, "")
	_, err = house.DB().NewQuery("UPDATE events SET status = 'cancelled' WHERE id = '" + s.Event.Id + "'").Execute()
	housetest.Refused(t, err, "")
	hears(t, house, o.Id, now.Add(3*time.Hour), "event_cancelled-out")
}

// Whose money goes back hears so, and hears when it has; whose order is over has heard it with that.
func TestABuyerIsToldOfTheirMoney(t *testing.T) {
	t.Parallel()
	house, now := housetest.App(t), housetest.Noon
	o := housetest.OnSale(t, house, 10, now, 150_000).Bought(t, house, 2, now)
	finance := housetest.Acting(t, house, access.Finance, access.House)
	_, err := payment.TakeCash(house, finance, o.Code(), "quầy", now)
	housetest.Refused(t, err, "")
	all, err := events.TicketsOf(house, o.Id)
	housetest.Refused(t, err, "")
	gives := func(amount int64, tickets ...string) {
		t.Helper()
		r, err := payment.RequestRefund(house, finance, payment.Wish{Code: o.Code(), Amount: amount, Reason: "ốm", Tickets: tickets}, now)
		housetest.Refused(t, err, "")
		hears(t, house, o.Id, now, "order_confirmed-in refund_asked")
		_, err = payment.ApproveRefund(house, housetest.Acting(t, house, access.Manager, access.House), r.Id, 0, now)
		housetest.Refused(t, err, "")
		_, err = payment.SentBack(house, finance, r.Id, "FT1", "", 0, now)
		housetest.Refused(t, err, "")
	}
	gives(150_000, all[0].Id)
	hears(t, house, o.Id, now, "order_confirmed-in refund_asked refund_paid")
	_, err = events.CancelOrder(house, housetest.StaffActing(t, house), o.Id, "mưa", now)
	housetest.Refused(t, err, "")
	hears(t, house, o.Id, now, "order_cancelled-out refund_paid")
	housetest.Well(t, house)
}
