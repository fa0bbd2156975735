package events

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
	"golang.org/x/text/unicode/norm"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Orders are what people want of the tickets of one event. They are never deleted.
var Orders = record.Of[Order]("orders")

// Order is one of them.
type Order struct{ core.BaseRecordProxy }

// The states of an order; doc.go draws them.
const (
	OrderCart             lifecycle.State = "cart"
	OrderAwaitingApproval lifecycle.State = "awaiting_approval"
	OrderAwaitingPayment  lifecycle.State = "awaiting_payment"
	OrderProcessing       lifecycle.State = "processing"
	OrderCancelling       lifecycle.State = "cancelling"
	OrderConfirmed        lifecycle.State = "confirmed"
	OrderExpired          lifecycle.State = "expired"
	OrderAbandoned        lifecycle.State = "abandoned"
	OrderCancelled        lifecycle.State = "cancelled"
	OrderNeedsAttention   lifecycle.State = "needs_attention"
)

// OrderLife is every legal move of an order. Money may come for one whose time is over: pay takes it back where there are seats,
// attend puts it before somebody of the house where there are none.
var OrderLife = lifecycle.Table{
	Collection: Orders.Collection,
	Start:      OrderCart,
	Ends:       []lifecycle.State{OrderAbandoned},
	Moves: []lifecycle.Move{
		lifecycle.Moved("order", "submit", OrderAwaitingPayment, OrderCart),
		lifecycle.Moved("order", "ask", OrderAwaitingApproval, OrderCart),
		lifecycle.Moved("order", "confirm", OrderConfirmed, OrderCart, OrderAwaitingApproval),
		lifecycle.Moved("order", "approve", OrderAwaitingPayment, OrderAwaitingApproval),
		lifecycle.Moved("order", "reject", OrderCancelled, OrderAwaitingApproval),
		lifecycle.Moved("order", "abandon", OrderAbandoned, OrderCart),
		lifecycle.Moved("order", "expire", OrderExpired, OrderCart, OrderAwaitingPayment, OrderProcessing),
		lifecycle.Moved("order", "process", OrderProcessing, OrderAwaitingPayment),
		lifecycle.Moved("order", "fail", OrderAwaitingPayment, OrderProcessing),
		lifecycle.Moved("order", "pay", OrderConfirmed, OrderAwaitingPayment, OrderProcessing, OrderCancelling, OrderExpired, OrderCancelled, OrderNeedsAttention),
		lifecycle.Moved("order", "call_off", OrderCancelling, OrderAwaitingPayment, OrderProcessing),
		lifecycle.Moved("order", "cancel", OrderCancelled, OrderAwaitingApproval, OrderCancelling, OrderConfirmed),
		lifecycle.Moved("order", "attend", OrderNeedsAttention, OrderExpired, OrderCancelled),
		lifecycle.Moved("order", "overbook", OrderConfirmed, OrderNeedsAttention),
		lifecycle.Moved("order", "refund", OrderCancelled, OrderNeedsAttention),
	},
}

// The ways in which an order is paid; their words are order_provider.<code>.
const (
	PayFree    = "free"
	PayVietQR  = "vietqr"
	PayCash    = "cash"
	PayInvoice = "invoice"
)

// Invoice is to whom a bill is written.
type Invoice struct {
	Name    string `json:"name"`
	TaxCode string `json:"tax_code"`
	Address string `json:"address"`
	Email   string `json:"email"`
}

// Status is where the order stands.
func (o *Order) Status() lifecycle.State { return lifecycle.State(o.GetString("status")) }

// Code is what people and banks call it: eight characters, the last of which proves the others.
func (o *Order) Code() string { return o.GetString("code") }

// EventID is what it is an order for.
func (o *Order) EventID() string { return o.GetString("event") }

// BuyerName is who orders.
func (o *Order) BuyerName() string { return o.GetString("buyer_name") }

// BuyerEmail is where mails about it go.
func (o *Order) BuyerEmail() string { return o.GetString("buyer_email") }

// EmailKey is the mailbox behind the address: what counts where seats for each person are counted.
func (o *Order) EmailKey() string { return o.GetString("email_key") }

// BuyerPhone is how else to reach them, or empty.
func (o *Order) BuyerPhone() string { return o.GetString("buyer_phone") }

// UserID is the account it was made from, or empty.
func (o *Order) UserID() string { return o.GetString("user") }

// Locale is the language in which they are told of it.
func (o *Order) Locale() locale.Lang { return locale.Lang(o.GetString("locale")) }

// Total is what it costs, tax included.
func (o *Order) Total() Dong { return int64(o.GetInt("total_vnd")) }

// VAT is the tax in it.
func (o *Order) VAT() Dong { return int64(o.GetInt("vat_vnd")) }

// Provider is how it is paid; empty while nobody has said.
func (o *Order) Provider() string { return o.GetString("provider") }

// Invoice is to whom a bill is written; nil where none was asked for.
func (o *Order) Invoice() *Invoice {
	i := &Invoice{}
	if json.Unmarshal([]byte(o.GetString("invoice")), i) != nil || *i == (Invoice{}) {
		return nil
	}
	return i
}

// HoldUntil is how long a cart holds its seats.
func (o *Order) HoldUntil() time.Time { return o.GetDateTime("hold_until").Time() }

// created is when somebody began it.
func (o *Order) created() time.Time { return o.GetDateTime("created").Time() }

// PayBy is until when it is to be paid, as people are told; zero where there is nothing to pay.
func (o *Order) PayBy() time.Time { return o.GetDateTime("pay_by").Time() }

// ReleaseAt is when its seats are given up for lack of money.
func (o *Order) ReleaseAt() time.Time { return o.GetDateTime("release_at").Time() }

// SubmittedAt is when it was handed in; zero is not yet.
func (o *Order) SubmittedAt() time.Time { return o.GetDateTime("submitted_at").Time() }

// ConfirmedAt is when its tickets became valid; zero is not yet.
func (o *Order) ConfirmedAt() time.Time { return o.GetDateTime("confirmed_at").Time() }

// ApproveNote is what staff said when they approved or rejected it.
func (o *Order) ApproveNote() string { return o.GetString("approve_note") }

// LinkGen counts the secret links it has had.
func (o *Order) LinkGen() int { return o.GetInt("link_gen") }

// Seats is how many were ordered.
func (o *Order) Seats() int { return o.GetInt("seats") }

// Holds says whether its tickets hold seats that are not yet sold.
func (o *Order) Holds() bool {
	switch o.Status() {
	case OrderCart, OrderAwaitingApproval, OrderAwaitingPayment, OrderProcessing, OrderCancelling:
		return true
	}
	return false
}

// AwaitsMoney says whether a payment for it is looked for.
func (o *Order) AwaitsMoney() bool {
	return o.Status() == OrderAwaitingPayment || o.Status() == OrderProcessing
}

// Buyer is who orders, and how they pay.
type Buyer struct {
	Name     string   `json:"name"`
	Email    string   `json:"email"`
	Phone    string   `json:"phone"`
	Provider string   `json:"provider"` // vietqr or cash; of no account where there is nothing to pay
	Invoice  *Invoice `json:"invoice"`
}

func (o *Order) setBuyer(b Buyer, user string) {
	o.Set("buyer_name", b.Name)
	o.Set("buyer_email", b.Email)
	o.Set("email_key", MailboxOf(b.Email))
	o.Set("buyer_phone", b.Phone)
	if b.Invoice != nil {
		o.setInvoice(*b.Invoice)
	}
	if user != "" {
		o.Set("user", user)
	}
	o.refreshKeys()
}

// refreshKeys writes what the order is found by.
func (o *Order) refreshKeys() {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, o.BuyerPhone())
	o.Set("search_key", shortened(vn.Fold(strings.Join([]string{o.BuyerName(), o.BuyerEmail(), o.Code(), digits}, " ")), 500))
}

func (o *Order) setInvoice(to Invoice)       { o.Set("invoice", to) }
func (o *Order) setSubmitted(now time.Time)  { o.Set("submitted_at", now) }
func (o *Order) setConfirmed(now time.Time)  { o.Set("confirmed_at", now) }
func (o *Order) setProvider(code string)     { o.Set("provider", code) }
func (o *Order) setApproveNote(words string) { o.Set("approve_note", words) }
func (o *Order) renewLink()                  { o.Set("link_gen", o.LinkGen()+1) }

func (o *Order) setDeadlines(payBy, releaseAt time.Time) {
	o.Set("pay_by", payBy)
	o.Set("release_at", releaseAt)
}

// stored is the row as the committer has stored it.
func (o *Order) stored(a *ask) {
	o.Id = a.id
	for name, value := range map[string]any{
		"code": a.code, "event": a.event, "user": userOf(a.By), "locale": string(a.Locale), "total_vnd": a.total, "vat_vnd": a.vat, "key": a.Key,
		"hold_until": a.now.Add(holdFor), "link_gen": 1, "seats": a.seats, "status": string(OrderCart), "rev": 1,
	} {
		o.Set(name, value)
	}
	at, _ := types.ParseDateTime(a.now)
	o.SetRaw("created", at)
	o.SetRaw("updated", at)
	o.MarkAsNotNew()
}

// userOf is the account of who acts, or empty.
func userOf(by access.Actor) string {
	if by.Signed() {
		return by.ID
	}
	return ""
}

// sameRoots says whether both are the same order of the same things.
func (o *Order) sameRoots(was *Order) bool {
	return o.Code() == was.Code() && o.EventID() == was.EventID() && o.Total() == was.Total() && o.VAT() == was.VAT() && o.Seats() == was.Seats() &&
		o.GetString("key") == was.GetString("key")
}

// sameMarks says whether nothing changed that only a move may set. The day to pay by is set by Postpone, which moves nothing.
func (o *Order) sameMarks(was *Order) bool {
	for _, name := range [...]func(*Order) time.Time{
		(*Order).HoldUntil, (*Order).SubmittedAt, (*Order).ConfirmedAt,
	} {
		if !name(o).Equal(name(was)) {
			return false
		}
	}
	return o.Provider() == was.Provider()
}

// MailboxOf is the mailbox behind a mail address: without capitals, without what stands after a plus, and for Google's own also
// without the dots, which that house does not read.
func MailboxOf(address string) string {
	name, host, ok := strings.Cut(strings.ToLower(norm.NFC.String(strings.TrimSpace(address))), "@")
	if !ok {
		return ""
	}
	name, _, _ = strings.Cut(name, "+")
	if host == "gmail.com" || host == "googlemail.com" {
		name, host = strings.ReplaceAll(name, ".", ""), "gmail.com"
	}
	return name + "@" + host
}
