package events

import (
	"net/http"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/web"
)

// orderPage is what the page of an order shows, from the cart to the tickets.
type orderPage struct {
	Order      *Order
	Event      side
	Path       string // its secret link, in no language
	Shown      string // cart, pay or stand
	Tickets    []orderTicket
	Live       []orderTicket // those that let somebody in
	Lines      []orderLine
	Paid       bool // it costs something
	Asked      bool // staff look at it first
	Ways       []string
	Said       said
	Wrong      wrongs
	Mend       []*wrong
	Policy     *cancelRule
	Due        Dong
	Received   Dong
	Transfer   *transfer
	Waits      string // for what: vietqr, cash or invoice
	Soon       bool   // until when it is to be paid is a matter of hours
	Cancels    bool
	MailHint   string
	Stream     string
	Receipt    string
	Refund     *refundView
	Done       string // key of what was just done
	Fresh      bool   // it was confirmed a moment ago
	Again      bool   // there may be other tickets
	Waiting    bool   // somebody or something else moves it
	Tone, Icon string
}

// said is what somebody has filled in so far.
type said struct {
	Name, Email, Phone, Provider string
	Mine                         bool // the first ticket is the buyer's own
	Wants                        bool // a bill to a company
	Bill                         Invoice
	Names                        map[string]string   // by ticket
	Answers                      map[string][]string // by the id of the question's field
}

// openedOrder is the order that the link of a page opens.
func openedOrder(e *core.RequestEvent) (*Order, error) {
	o, err := OrderOf(e.App, e.Request.PathValue("code"), e.Request.PathValue("mac"))
	if fault.Code(err) == "record.not_found" {
		return nil, fault.NotFound("page.missing")
	}
	return o, err
}

// pageOfOrder is where a buyer finds the order again, without an account.
func pageOfOrder(e *core.RequestEvent) error {
	o, err := openedOrder(e)
	if err != nil {
		return err
	}
	s := said{Name: o.BuyerName(), Email: o.BuyerEmail(), Phone: o.BuyerPhone(), Provider: PayVietQR, Mine: true}
	if bill := o.Invoice(); bill != nil {
		s.Wants, s.Bill = true, *bill
	}
	return orderShown(e, o, s, nil, http.StatusOK)
}

// doneWords are what a page says that was just done, by the word in its address.
var doneWords = map[string]string{"resent": "order_page.resent", "billed": "order_page.billed", "cancelled": "order_page.cancelled_now"}

// orderShown renders the page of an order with what was filled in and what was refused.
func orderShown(e *core.RequestEvent, o *Order, s said, f *fault.Fault, status int) error {
	now := access.Now(e)
	v, err := Events.Find(e.App, o.EventID())
	if err != nil {
		return err
	}
	path, err := LinkOf(e.App, o)
	if err != nil {
		return err
	}
	p := &orderPage{
		Order: o, Event: side{v}, Path: path, Paid: o.Total() > 0, Said: s, Due: o.Total(), MailHint: masked(o.BuyerEmail()),
		Done: doneWords[e.Request.URL.Query().Get("done")], Policy: policyOf(v, now), Ways: waysToPay(v), Waits: o.Provider(),
	}
	if f != nil {
		p.Wrong, p.Mend = wrongOf(f)
	}
	if err := p.seats(e.App, web.Lang(e.Request)); err != nil {
		return err
	}
	if err := p.stands(e.App, now); err != nil {
		return err
	}
	return web.Render(e, Pages, "order", web.Page{
		Title: v.Title().Text(web.Lang(e.Request)), Section: "/events", Private: true, Status: status, Modules: []string{"site/checkout.js"}, Data: p,
	})
}

// stands decides which of its pages an order shows.
func (p *orderPage) stands(app core.App, now time.Time) (err error) {
	o := p.Order
	p.Shown, p.Tone, p.Icon = "stand", "idle", "clock"
	p.Cancels = MayCancel(o, p.Event.Event, now)
	switch o.Status() {
	case OrderCart:
		if now.Before(o.HoldUntil()) {
			p.Shown = "cart"
			return nil
		}
		p.Again = true
	case OrderAwaitingPayment:
		p.Shown, p.Soon = "pay", o.PayBy().Sub(now) < runsDown
		return p.owes(app)
	case OrderAwaitingApproval, OrderProcessing, OrderCancelling:
		p.Waiting, p.Tone = true, "info"
	case OrderConfirmed:
		p.Fresh = now.Sub(o.ConfirmedAt()) < time.Hour
		if p.Event.Mode() != Onsite && len(p.Live) > 0 && !p.Event.Past(now) {
			p.Stream = onWeb(p.Event.StreamURL())
		}
		return p.settled(app)
	case OrderNeedsAttention:
		p.Waiting, p.Tone, p.Icon = true, "warn", "warn"
	default:
		p.Again, p.Tone, p.Icon = p.Event.Status() == EventPublished && !p.Event.Past(now), "bad", "stop"
		return p.settled(app)
	}
	return nil
}

// actOnOrder does what a button of the page of an order asks for, and leads back to it.
func actOnOrder(e *core.RequestEvent) error {
	o, err := openedOrder(e)
	if err != nil {
		return err
	}
	if err := e.Request.ParseForm(); err != nil {
		return fault.Field("body", "request.unreadable")
	}
	now, by, done := access.Now(e), access.Link(o.Id), ""
	s := saidIn(e.Request.PostForm)
	switch e.Request.PathValue("verb") {
	case "submit":
		err = handIn(e, o, s, now)
	case "abandon":
		_, err = Abandon(e.App, by, o.Id, now)
	case "cancel":
		_, err = CallOff(e.App, by, o.Id, now)
		done = "cancelled"
	case "resend":
		err = Resend(e.App, by, o.Id, now)
		done = "resent"
	case "invoice":
		_, err = Bill(e.App, by, o.Id, s.Bill, now)
		done = "billed"
	default:
		return fault.NotFound("page.missing")
	}
	if f := fault.As(err); f != nil && f.Kind != fault.KindNotFound {
		return orderRefused(e, o, s, f)
	}
	if err != nil {
		return err
	}
	path, err := LinkOf(e.App, o)
	if err != nil {
		return err
	}
	if done != "" {
		path += "?done=" + done
	}
	return e.Redirect(http.StatusSeeOther, web.Path(web.Lang(e.Request), path))
}

// orderRefused shows an order again as it is now, with what was refused: somebody may have been faster.
func orderRefused(e *core.RequestEvent, o *Order, s said, f *fault.Fault) error {
	o, err := Orders.Find(e.App, o.Id)
	if err != nil {
		return err
	}
	return orderShown(e, o, s, f, statusOf(f))
}

// pageStatuses are those with which a page tells of a refusal.
var pageStatuses = map[fault.Kind]int{
	fault.KindConflict: http.StatusConflict, fault.KindGone: http.StatusGone, fault.KindTooMany: http.StatusTooManyRequests,
	fault.KindForbidden: http.StatusForbidden, fault.KindUnsigned: http.StatusForbidden,
}

func statusOf(f *fault.Fault) int {
	if status, known := pageStatuses[f.Kind]; known {
		return status
	}
	return http.StatusBadRequest
}

// saidIn reads what a form says.
func saidIn(form map[string][]string) said {
	one := func(name string) string {
		if values := form[name]; len(values) > 0 {
			return strings.TrimSpace(values[0])
		}
		return ""
	}
	s := said{
		Name: one("name"), Email: one("email"), Phone: one("phone"), Provider: one("provider"), Mine: one("mine") != "",
		Bill:  Invoice{Name: one("invoice.name"), TaxCode: one("invoice.tax_code"), Address: one("invoice.address"), Email: one("invoice.email")},
		Names: map[string]string{}, Answers: map[string][]string{},
	}
	s.Wants = s.Bill != Invoice{}
	for name, values := range form {
		if id, ok := strings.CutPrefix(name, "name."); ok {
			s.Names[id] = strings.TrimSpace(values[0])
		} else if strings.HasPrefix(name, "q.") {
			s.Answers[name] = values
		}
	}
	return s
}
