package events

import (
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/payment"
)

const (
	day    = 24 * time.Hour
	recent = 3 * day // how long after a move people are still told of it, should the house have been away
)

// buyerNotices are what buyers are told, with an account or without one. Every mail carries the link to the order, which is made
// when it is sent.
func buyerNotices() []notice.Rule {
	return []notice.Rule{
		{Key: "order_asked", Class: notice.Transactional, Due: toldOf("order-ask:", "waits for approval", OrderAwaitingApproval, "order.ask")},
		{Key: "order_received", Class: notice.Transactional, Due: awaited},
		{Key: "order_confirmed", Class: notice.Transactional, Due: confirmed},
		{Key: "order_expired", Class: notice.Transactional, Due: toldOf("order-over:", "was not paid in time", OrderExpired, "order.expire")},
		{Key: "order_rejected", Class: notice.Transactional, Due: toldOf("order-no:", "was not approved", OrderCancelled, "order.reject")},
		{Key: "order_cancelled", Class: notice.Transactional, Due: calledOff(false)},
		{Key: "order_attention", Class: notice.Transactional, Due: toldOf("order-late:", "money came when the seats were gone", OrderNeedsAttention, "order.attend")},
		{Key: "order_resent", Class: notice.Transactional, Due: sentAgain},
		{Key: "refund_asked", Class: notice.Transactional, Due: goesBack},
		{Key: "refund_paid", Class: notice.Transactional, Due: wentBack},
		{Key: "event_cancelled", Class: notice.Transactional, Due: calledOff(true)},
		{Key: "event_moved", Class: notice.Transactional, Due: moved},
		{Key: "order_unpaid", Class: notice.Reminder, Due: remindPayment},
		{Key: "event_soon", Class: notice.Reminder, Due: remindBuyers},
		{Key: "event_feedback", Class: notice.Reminder, Due: askAfter},
	}
}

// told is a notice to the buyer of an order.
func (n news) told(dedup, why string) notice.Due {
	d := notice.Due{
		Dedup: dedup, User: n.User, Mail: true, Why: why, Secret: notice.Secret{Kind: "order", ID: n.ID},
		Args: map[string]string{
			"order": n.Code, "title_vi": n.TitleVI, "title_en": n.TitleEN, "at": n.Starts.Time().Format(time.RFC3339),
			"amount_vi": locale.Dong(locale.Vietnamese, n.Total), "amount_en": locale.Dong(locale.English, n.Total),
		},
	}
	if n.User == "" {
		d.Address, d.Locale = n.Email, n.Locale
	}
	return d
}

// when is the time of the event for the buyer's calendar.
func (n news) when(over bool) notice.When {
	return notice.When{UID: "order." + n.ID, Starts: n.Starts.Time(), Ends: n.Ends.Time(), Sequence: n.Times, Over: over}
}

// toldOf is a rule that tells of one move of an order, as long as the order stands where the move has brought it.
func toldOf(key, why string, still lifecycle.State, moves ...string) func(core.App, time.Time) ([]notice.Due, error) {
	return func(tx core.App, now time.Time) ([]notice.Due, error) {
		some, err := ordersMoved(tx, now.Add(-recent), moves...)
		var due []notice.Due
		for _, n := range some {
			if n.Status == string(still) && !n.Off {
				due = append(due, n.told(key+n.ID+":"+strconv.Itoa(n.Seq), why))
			}
		}
		return due, err
	}
}

// awaited tells buyers how and until when they pay.
func awaited(tx core.App, now time.Time) ([]notice.Due, error) {
	some, err := ordersMoved(tx, now.Add(-recent), "order.submit", "order.approve")
	var due []notice.Due
	for _, n := range some {
		if n.Status == string(OrderAwaitingPayment) && !n.PayBy.IsZero() {
			d := n.told("order-pay:"+n.ID+":"+strconv.Itoa(n.Seq), "waits for money")
			d.Args["until"], d.Until = n.PayBy.Time().Format(time.RFC3339), n.PayBy.Time()
			due = append(due, d)
		}
	}
	return due, err
}

// confirmed tells buyers that their tickets are there: once for each order, however the word came.
func confirmed(tx core.App, now time.Time) ([]notice.Due, error) {
	some, err := ordersMoved(tx, now.Add(-recent), "order.confirm", "order.pay", "order.overbook")
	var due []notice.Due
	seen := map[string]bool{}
	for _, n := range some {
		if n.Status != string(OrderConfirmed) || n.Off || seen[n.ID] {
			continue
		}
		seen[n.ID] = true
		d := n.told("order-ok:"+n.ID, "the tickets are valid")
		d.When = n.when(false)
		due = append(due, d)
	}
	return due, err
}

// calledOff tells buyers that their order does not hold any more: because they said so, or because there is no event.
func calledOff(event bool) func(core.App, time.Time) ([]notice.Due, error) {
	key, why := "order-off:", "the order was cancelled"
	if event {
		key, why = "event-off:", "the event was cancelled"
	}
	return func(tx core.App, now time.Time) ([]notice.Due, error) {
		some, err := ordersMoved(tx, now.Add(-recent), "order.cancel", "order.refund")
		var due []notice.Due
		for _, n := range some {
			if n.Status != string(OrderCancelled) || n.Off != event {
				continue
			}
			d := n.told(key+n.ID+":"+strconv.Itoa(n.Seq), why)
			d.When = n.when(true)
			due = append(due, d)
		}
		return due, err
	}
}

// goesBack tells buyers that some of their money is to go back. Whose order is over has heard it with that.
func goesBack(tx core.App, now time.Time) ([]notice.Due, error) {
	some, err := refundsMoved(tx, now.Add(-recent), "refunds.request")
	var due []notice.Due
	for _, n := range some {
		if n.Status != string(OrderCancelled) && n.RefundStatus != string(payment.RefundCancelled) {
			due = append(due, n.refunded("refund-asked:", "money is to go back"))
		}
	}
	return due, err
}

// wentBack tells buyers that some of their money has gone back.
func wentBack(tx core.App, now time.Time) ([]notice.Due, error) {
	some, err := refundsMoved(tx, now.Add(-recent), "refund.done_by_hand", "refund.succeed")
	var due []notice.Due
	for _, n := range some {
		if n.RefundStatus != string(payment.RefundFailed) {
			due = append(due, n.refunded("refund-paid:", "money has gone back"))
		}
	}
	return due, err
}

// refunded is a notice to the buyer of an order about one refund, once.
func (n news) refunded(key, why string) notice.Due {
	d := n.told(key+n.Refund, why)
	d.Args["amount_vi"], d.Args["amount_en"] = locale.Dong(locale.Vietnamese, n.Back), locale.Dong(locale.English, n.Back)
	return d
}

// sentAgain sends the link of an order to whoever asked for it, or whose old one is worthless now. An hour later nobody waits for it
// any more.
func sentAgain(tx core.App, now time.Time) ([]notice.Due, error) {
	some, err := ordersMoved(tx, now.Add(-time.Hour), "orders.resend", "orders.renew_link")
	var due []notice.Due
	for _, n := range some {
		d := n.told("order-again:"+n.ID+":"+strconv.Itoa(n.Seq), "asked for the link")
		d.Until = n.At.Time().Add(time.Hour)
		if n.Status == string(OrderConfirmed) {
			d.When = n.when(false)
		}
		due = append(due, d)
	}
	return due, err
}

// moved tells buyers that an event is at another time or at another place.
func moved(tx core.App, now time.Time) ([]notice.Due, error) {
	some, err := ordersOfMovedEvents(tx, now.Add(-recent))
	var due []notice.Due
	for _, n := range some {
		d := n.told("event-move:"+n.ID+":"+strconv.Itoa(n.Seq), "the event was moved")
		if n.Status == string(OrderConfirmed) {
			d.When = n.when(false)
		}
		due = append(due, d)
	}
	return due, err
}

// remindPayment tells buyers some hours before an order runs out that no money has come.
func remindPayment(tx core.App, now time.Time) ([]notice.Due, error) {
	some, err := ordersUnpaid(tx, now, now.Add(notice.Ahead+day))
	var due []notice.Due
	for _, n := range some {
		for _, step := range notice.Steps(n.PayBy.Time(), now, -6*time.Hour) {
			if step.At.After(n.At.Time()) { // nobody is reminded of what they have just ordered
				d := step.On(n.told("order-unpaid:"+n.ID, ""))
				d.Args["until"] = n.PayBy.Time().Format(time.RFC3339)
				due = append(due, d)
			}
		}
	}
	return due, err
}

// remindBuyers tells buyers the day before that they have tickets.
func remindBuyers(tx core.App, now time.Time) ([]notice.Due, error) {
	some, err := ordersStarting(tx, now, now.Add(notice.Ahead+2*day))
	var due []notice.Due
	for _, n := range some {
		for _, step := range notice.Steps(n.Starts.Time(), now, -day) {
			if step.At.After(n.At.Time()) { // who has just bought knows it
				due = append(due, step.On(n.told("event-soon:"+n.ID+":"+locale.Day(n.Starts.Time()), "")))
			}
		}
	}
	return due, err
}

// askAfter asks buyers the day after what they thought of it.
func askAfter(tx core.App, now time.Time) ([]notice.Due, error) {
	some, err := ordersOver(tx, now.Add(-8*day), now.Add(notice.Ahead))
	var due []notice.Due
	for _, n := range some {
		for _, step := range notice.Steps(n.Ends.Time(), now, day) {
			d := step.On(n.told("event-asked:"+n.ID, ""))
			d.Secret = notice.Secret{Kind: "ticket", ID: n.Ticket}
			due = append(due, d)
		}
	}
	return due, err
}
