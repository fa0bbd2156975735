package payment

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/payment/vietqr"
)

// Gateway is somebody who takes money for the house, in our words. It is never called inside a transaction unless it needs
// nobody else (atHand), and it must bear being asked the same thing again: the key of an Intent and of a Return names one thing
// for ever. An error that is a fault is a no; any other says that nobody knows what it did, and it is asked again.
type Gateway interface {
	// Begin asks for money. The same intent twice is one.
	Begin(ctx context.Context, i Intent) (Started, error)

	// Ask is what became of it.
	Ask(ctx context.Context, ref string) (Fact, error)

	// Close ends it, so that nobody can pay any more, and says what it came to: somebody may have been faster.
	Close(ctx context.Context, ref string) (Fact, error)

	// Return sends money back, or says what became of what it sends: the same return twice is one. Error: ErrByHand.
	Return(ctx context.Context, r Return) (Fact, error)
}

// ErrByHand says that a person must send the money back.
var ErrByHand = errors.New("this money goes back by hand")

// Intent is what a gateway is asked for. It is stored before it is sent, and sent again as it was stored.
type Intent struct {
	Key    string    `json:"key"`  // id of the payment
	Code   string    `json:"code"` // what is paid for, as people call it
	Amount Dong      `json:"amount_vnd"`
	Until  time.Time `json:"until"`
	Bank   string    `json:"bin,omitempty"` // to whose account
	Number string    `json:"account,omitempty"`
	Holder string    `json:"holder,omitempty"`
	Memo   string    `json:"memo,omitempty"`
}

// Started is what a gateway made of an intent: it is open, or, where there was nothing to pay, it has succeeded at once.
type Started struct {
	Ref    string
	Status lifecycle.State
	Page   string // where people pay, elsewhere
}

// Fact is what a gateway says of a payment or a refund. An empty status says that it cannot tell, and that the book stands.
type Fact struct {
	Status lifecycle.State
	Amount Dong
}

// Return is what a gateway is asked to send back.
type Return struct {
	Key    string // id of the refund
	Ref    string // of the payment
	Amount Dong
}

// atHand are the gateways that need nobody else: nothing, a picture of a transfer, a desk, an organisation that pays later.
// What came of it says the bank's statement or the person at the desk.
type atHand struct{ provider Provider }

// Begin opens, and refuses what could not be paid. Errors: payment.amount, payment.no_account.
func (g atHand) Begin(ctx context.Context, i Intent) (Started, error) {
	if err := ctx.Err(); err != nil {
		return Started{}, err
	}
	switch {
	case g.provider == Free && i.Amount == 0:
		return Started{Status: PaymentSucceeded}, nil
	case g.provider == Free || i.Amount <= 0 || i.Amount > vietqr.Greatest:
		return Started{}, fault.Field("amount", "payment.amount")
	case (g.provider == VietQR || g.provider == Invoice) && i.Bank != "": // without an account it waits, and FaceOf says that there is none
		if _, err := i.transfer(i.Amount).Payload(); err != nil {
			return Started{}, fault.Conflict("payment.no_account")
		}
	}
	return Started{Status: PaymentOpen}, nil
}

// Ask cannot tell.
func (g atHand) Ask(ctx context.Context, _ string) (Fact, error) { return Fact{}, ctx.Err() }

// Close needs nobody's word: what comes after it is money that came late.
func (g atHand) Close(ctx context.Context, _ string) (Fact, error) {
	return Fact{Status: PaymentCancelled}, ctx.Err()
}

// Return is a person's.
func (g atHand) Return(ctx context.Context, _ Return) (Fact, error) {
	return Fact{}, errors.Join(ErrByHand, ctx.Err())
}

// transfer is what a buyer's bank is asked to do.
func (i Intent) transfer(amount Dong) vietqr.Transfer {
	return vietqr.Transfer{Bank: i.Bank, Account: i.Number, Amount: amount, Memo: i.Memo}
}

// AtHand is the gateway of a provider that needs nobody else. Error: payment.provider.
func AtHand(by Provider) (Gateway, error) {
	switch by {
	case Free, VietQR, Cash, Invoice:
		return atHand{by}, nil
	case Stripe: // lives elsewhere
	}
	return nil, fault.Conflict("payment.provider")
}

// gatewayOf is who takes money on this way, and whether they live elsewhere. Error: payment.provider.
func gatewayOf(app core.App, by Provider) (g Gateway, away bool, err error) {
	if g, ok := gateways(app)[by]; ok {
		return g, true, nil
	}
	g, err = AtHand(by)
	return g, false, err
}

// gateways are those elsewhere, by the way on which they take money.
func gateways(app core.App) map[Provider]Gateway {
	more, _ := app.Store().Get(gatewaysKey).(map[Provider]Gateway)
	return more
}

// intent reads what was stored.
func (p *Payment) intent() (i Intent, err error) {
	if err := json.Unmarshal(p.Params(), &i); err != nil {
		return i, fmt.Errorf("read what payment %s asked: %w", p.Id, err)
	}
	return i, nil
}
