package app

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/payment"
	"vuon/internal/site"
)

// paymentNeeds are what the book of money may know of what is paid for.
func paymentNeeds() payment.Needs {
	return payment.Needs{
		Bill: func(core.App, string) (payment.Bill, error) {
			return payment.Bill{}, fault.NotFound("record.not_found")
		},
		BillOf: func(core.App, string) (payment.Bill, error) {
			return payment.Bill{}, fault.NotFound("record.not_found")
		},
		Codes:   func(string) []string { return nil },
		Account: accountOf,
		Person:  fullName,
	}
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
