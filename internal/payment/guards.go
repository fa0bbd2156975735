package payment

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// BillState says what may become of money for a payable.
type BillState string

// The states of a bill.
const (
	BillUnready BillState = "unready" // nothing is to be paid yet: a cart, or it waits for approval
	BillOpen    BillState = "open"    // it waits for money
	BillPaid    BillState = "paid"
	BillStuck   BillState = "stuck" // it was paid too late, and a person must say what becomes of it
	BillOver    BillState = "over"  // it ran out or was cancelled; money that comes may still revive it
)

// Bill is what the book must know of a payable.
type Bill struct {
	Payable string
	Code    string // by which people and banks call it
	Title   locale.Pair
	Buyer   string
	Due     Dong
	State   BillState
	Until   time.Time      // the last instant to pay; zero: none
	Path    []access.Scope // where it stands, for the roles that reach over it
	Link    string         // its page in the workspace
}

// Account is the centre's account at a bank, and how much one person alone may send back.
type Account struct {
	Bank   string // bank identification number
	Number string
	Holder string
	Alone  Dong // a refund above it takes two people
}

// Needs are the facts that this room asks of whoever is paid. The roof fills them in.
type Needs struct {
	// Bill is what a code stands for. A missing one is the fault "record.not_found".
	Bill func(app core.App, code string) (Bill, error)

	// BillOf is the bill of a payable. A missing one is the fault "record.not_found".
	BillOf func(app core.App, payable string) (Bill, error)

	// Codes lists the codes in a transfer's memo whose check digit is right, each once.
	Codes func(memo string) []string

	// Paid tells the payable that it is paid whole. It runs in the transaction of the payment. What ran out is revived if it
	// can be; if it cannot, its bill is stuck afterwards, and that is no error.
	Paid func(tx core.App, payable string, p *Payment, by access.Actor, now time.Time) error

	// Turned tells the payable that a payment elsewhere is on its way (processing), or came to nothing: failed, expired, cancelled.
	Turned func(tx core.App, payable string, p *Payment, by access.Actor, now time.Time) error

	// Withdrawn tells the payable that its money goes back: these parts of it hold no more, all of it where none is named.
	// It runs in the transaction in which the refund is approved, and bears being told twice.
	Withdrawn func(tx core.App, payable string, parts []string, reason string, by access.Actor, now time.Time) error

	// Snapshot is what a receipt says of a payable: of what is had of it now.
	Snapshot func(app core.App, payable string) (Sold, error)

	// Found lists the payables that people search for by words: names, codes. Few, and none where nothing fits.
	Found func(app core.App, words string) ([]string, error)

	// Account is where transfers go. Its bank is empty where the centre has named none.
	Account func(app core.App) (Account, error)

	// Person is what somebody is called, by id.
	Person func(app core.App, id string) (string, error)
}

const (
	needsKey    = "payment.needs"
	gatewaysKey = "payment.gateways"
)

// needs are those of the house. Bind has set them.
func needs(app core.App) Needs {
	n, _ := app.Store().Get(needsKey).(Needs)
	return n
}

// Tables are the lives of the room's rows.
func Tables() []lifecycle.Table { return []lifecycle.Table{PaymentLife, RefundLife, LineLife} }

// Bind puts the room's laws in place. more are the gateways elsewhere.
func Bind(app core.App, given Needs, more map[Provider]Gateway) {
	app.Store().Set(needsKey, given)
	app.Store().Set(gatewaysKey, more)
	for _, table := range Tables() {
		table.Guard(app)
	}
	record.Guard{ID: "payment.roots", Collection: Payments.Collection, Law: asked}.Bind(app)
	record.Guard{ID: "payment.refund", Collection: Refunds.Collection, Law: goesBack}.Bind(app)
	record.Guard{ID: "payment.line", Collection: Lines.Collection, Law: said}.Bind(app)
	record.Revised(app, Payments.Collection, Refunds.Collection, Lines.Collection)
}

// asked keeps what was asked, and that no more goes back than came. Errors: payment.rooted, payment.sums.
func asked(e *core.RecordEvent, was *core.Record) error {
	p := Payments.From(e.Record)
	switch {
	case was != nil && !p.sameRoots(Payments.From(was)):
		return fault.Conflict("payment.rooted")
	case p.Amount() < 0 || p.Received() < 0 || p.Reserved() < 0 || p.Reserved() > p.Received() || p.Refunded() > p.Reserved():
		return fault.Conflict("payment.sums")
	}
	return nil
}

// goesBack keeps what a refund is for. Errors: refund.rooted, refund.amount.
func goesBack(e *core.RecordEvent, was *core.Record) error {
	r := Refunds.From(e.Record)
	switch {
	case was != nil && !r.sameRoots(Refunds.From(was)):
		return fault.Conflict("refund.rooted")
	case r.Amount() < 1:
		return fault.Field("amount", "refund.amount")
	}
	return nil
}

// said keeps what the bank said. Error: bank.rooted.
func said(e *core.RecordEvent, was *core.Record) error {
	if was != nil && !Lines.From(e.Record).sameFacts(Lines.From(was)) {
		return fault.Conflict("bank.rooted")
	}
	return nil
}
