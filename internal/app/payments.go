package app

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/events"
	"vuon/internal/fault"
	"vuon/internal/payment"
	"vuon/internal/site"
)

// paymentNeeds are what the book of money may know of what is paid for.
func paymentNeeds() payment.Needs {
	return payment.Needs{
		Bill: func(app core.App, code string) (payment.Bill, error) {
			o, err := events.OrderCoded(app, code)
			if err != nil {
				return payment.Bill{}, err
			}
			return billOf(app, o)
		},
		BillOf: func(app core.App, id string) (payment.Bill, error) {
			o, err := events.Orders.Find(app, id)
			if err != nil {
				return payment.Bill{}, err
			}
			return billOf(app, o)
		},
		Codes: events.CodesIn,
		Paid: func(tx core.App, id string, p *payment.Payment, by access.Actor, now time.Time) error {
			_, err := events.Pay(tx, id, p.Id, by, now)
			return err
		},
		Turned: func(tx core.App, id string, p *payment.Payment, by access.Actor, now time.Time) error {
			_, err := events.Follow(tx, id, p.Status() == payment.PaymentProcessing, by, now)
			return err
		},
		Withdrawn: events.Withdraw,
		Snapshot:  boughtBy,
		Found:     events.OrdersFound,
		Account:   accountOf,
		Person:    fullName,
	}
}

// billOf is an order as the book of money sees it.
func billOf(app core.App, o *events.Order) (payment.Bill, error) {
	v, err := events.Events.Find(app, o.EventID())
	if err != nil {
		return payment.Bill{}, err
	}
	b := payment.Bill{
		Payable: o.Id, Code: o.Code(), Title: v.Title(), Buyer: o.BuyerName(), Due: o.Total(), Until: o.PayBy(), Path: v.Path(),
		State: payment.BillUnready,
	}
	switch o.Status() {
	case events.OrderAwaitingPayment, events.OrderProcessing, events.OrderCancelling:
		b.State = payment.BillOpen
	case events.OrderConfirmed:
		b.State = payment.BillPaid
	case events.OrderNeedsAttention:
		b.State = payment.BillStuck
	case events.OrderExpired, events.OrderCancelled:
		b.State = payment.BillOver
	}
	return b, nil
}

// boughtBy is who has what at what price, as it stands on the rows that were written when it was reserved. Tickets that an order lost
// and has taken again are others.
func boughtBy(app core.App, id string) (s payment.Sold, err error) {
	o, err := events.Orders.Find(app, id)
	if err != nil {
		return s, err
	}
	v, err := events.Events.Find(app, o.EventID())
	if err != nil {
		return s, err
	}
	tickets, err := events.TicketsOf(app, o.Id)
	if err != nil {
		return s, err
	}
	s = payment.Sold{
		Code: o.Code(), TitleVI: v.Title().VI, TitleEN: v.Title().EN, Starts: v.StartsAt(), Buyer: o.BuyerName(), Invoice: (*payment.Payer)(o.Invoice()),
		Total: o.Total(), VAT: o.VAT(), Lines: []payment.SoldLine{},
	}
	for _, k := range tickets {
		if !k.Live() {
			continue
		}
		y, err := events.Types.Find(app, k.TypeID())
		if err != nil {
			return s, err
		}
		s.Lines = append(s.Lines, payment.SoldLine{ID: k.Id, Code: k.Code(), NameVI: y.NameVI(), NameEN: y.NameEN(), Price: k.Price(), VAT: k.VAT()})
	}
	return s, nil
}

// askMoney, stopMoney and giveBack are what orders ask of the book of money.
func askMoney(tx core.App, o *events.Order, by access.Actor, now time.Time) error {
	_, err := payment.Open(tx, payment.Ask{
		Payable: o.Id, Code: o.Code(), By: payment.Provider(o.Provider()), Due: o.Total(), Until: o.PayBy(),
	}, by, now)
	return err
}

func giveBack(tx core.App, o *events.Order, reason string, by access.Actor, now time.Time) error {
	_, err := payment.Owe(tx, o.Id, 0, reason, nil, by, now)
	if fault.Code(err) == "refund.nothing" { // it went back before
		return nil
	}
	return err
}

// accountOf is where transfers to the centre go.
func accountOf(app core.App) (payment.Account, error) {
	c, err := site.TheCentre(app)
	if fault.Code(err) == "record.not_found" {
		return payment.Account{}, nil
	}
	if err != nil {
		return payment.Account{}, err
	}
	a := c.Account()
	return payment.Account{Bank: a.Bank, Number: a.Number, Holder: a.Holder, Alone: a.Alone}, nil
}
