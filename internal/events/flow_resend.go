package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// How often the mail of an order is sent again: who looks for it in vain finds it no sooner for asking twice.
const (
	resendPause = 2 * time.Minute
	resendDay   = 5
)

// Resend has the mail of an order sent again, with its link. Whoever has the link, and staff and managers over the event.
// Errors: access.sign_in, record.not_found; order.resend_wait, order.no_mail.
func Resend(app core.App, by access.Actor, id string, now time.Time) error {
	_, err := record.Change(app, Orders, id, func(tx core.App, o *Order) error {
		if by.ID != access.Link(o.Id).ID {
			if err := access.MayWorkOn(by, PathOf(o.EventID())...); err != nil {
				return err
			}
		}
		if o.BuyerEmail() == "" || o.SubmittedAt().IsZero() {
			return fault.Conflict("order.no_mail")
		}
		last, n, err := resent(tx, o.Id, now.Add(-day))
		switch {
		case err != nil:
			return err
		case n >= resendDay || now.Sub(last) < resendPause:
			return fault.TooMany("order.resend_wait")
		}
		return lifecycle.Note(tx, by, now, Orders.Collection, o.Id, "resend")
	})
	return err
}

// Bill notes to whom the bill of an order is written, as long as there is something to bill. Whoever has the link, and staff and
// managers over the event. Errors: access.sign_in, record.not_found, order.no_bill, invoice.name, invoice.tax_code, invoice.address,
// invoice.email.
func Bill(app core.App, by access.Actor, id string, to Invoice, now time.Time) (*Order, error) {
	return record.Change(app, Orders, id, func(tx core.App, o *Order) error {
		if by.ID != access.Link(o.Id).ID {
			if err := access.MayWorkOn(by, PathOf(o.EventID())...); err != nil {
				return err
			}
		}
		if o.Total() == 0 || o.Status() != OrderConfirmed && !o.AwaitsMoney() && o.Status() != OrderAwaitingApproval {
			return fault.Conflict("order.no_bill")
		}
		to, err := tidyInvoice(to)
		if err != nil {
			return err
		}
		o.setInvoice(to)
		if err := tx.Save(o); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Orders.Collection, o.Id, "bill")
	})
}
