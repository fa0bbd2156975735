package events

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/web"
)

// orderRoutes are those of whoever orders: without an account, by the secret link of the order.
func orderRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/events/{slug}/catalogue":       showCatalogue,
		"POST /api/vuon/events/{slug}/orders":         takeOrder,
		"GET /api/vuon/orders/{code}/{mac}":           withLink(seeOrder),
		"POST /api/vuon/orders/{code}/{mac}/submit":   withLink(submitOrder),
		"POST /api/vuon/orders/{code}/{mac}/abandon":  withLink(abandonOrder),
		"POST /api/vuon/orders/{code}/{mac}/cancel":   withLink(cancelOrder),
		"PATCH /api/vuon/orders/{code}/{mac}/tickets": withLink(renameTickets),
		"GET /api/vuon/tickets":                       listOwn,
		"GET /api/vuon/tickets/{code}/{mac}":          seeTicket,
	}
}

// isSecretOrder says whether a path carries the secret of an order, or is answered with one. No answer to it is kept: the order has a
// key of its own.
func isSecretOrder(path string) bool {
	return strings.HasSuffix(path, "/{mac}") || strings.Contains(path, "/{mac}/") || path == "/api/vuon/events/{slug}/orders"
}

// orderView is an order as whoever has its link reads it.
type orderView struct {
	Code        string          `json:"code"`
	Link        string          `json:"link"` // /orders/{code}/{mac}
	Status      lifecycle.State `json:"status"`
	Event       string          `json:"event"` // id
	Seats       int             `json:"seats"`
	Total       Dong            `json:"total_vnd"`
	VAT         Dong            `json:"vat_vnd"`
	Provider    string          `json:"provider"`
	HoldUntil   *time.Time      `json:"hold_until"` // of a cart
	PayBy       *time.Time      `json:"pay_by"`
	Buyer       *buyerView      `json:"buyer"` // nil until it is handed in
	ApproveNote string          `json:"approve_note"`
	MayCancel   bool            `json:"may_cancel"`
	Tickets     []ticketView    `json:"tickets"` // nil where only the order was asked for
}

// buyerView is who orders.
type buyerView struct {
	Name    string   `json:"name"`
	Email   string   `json:"email"`
	Phone   string   `json:"phone"`
	Invoice *Invoice `json:"invoice"`
}

// ticketView is a ticket as whoever has its link, or that of its order, reads it.
type ticketView struct {
	ID      string          `json:"id"`
	Code    string          `json:"code"`
	Link    string          `json:"link"` // of a ticket that holds; "" of any other
	Type    string          `json:"type"`
	TypeVI  string          `json:"type_vi"`
	TypeEN  string          `json:"type_en"`
	Price   Dong            `json:"price_vnd"`
	Name    string          `json:"name"`
	Email   string          `json:"email"`
	Answers map[string]any  `json:"answers"`
	Status  lifecycle.State `json:"status"`
}

// shortly writes an order without its tickets: the answer to who reserves.
func shortly(app core.App, o *Order) (v orderView, err error) {
	v = orderView{
		Code: o.Code(), Status: o.Status(), Event: o.EventID(), Seats: o.Seats(), Total: o.Total(), VAT: o.VAT(), Provider: o.Provider(),
		PayBy: instant(o.PayBy()), ApproveNote: o.ApproveNote(),
	}
	if o.Status() == OrderCart {
		v.HoldUntil = instant(o.HoldUntil())
	}
	v.Link, err = LinkOf(app, o)
	return v, err
}

// instant is a point in time, or nil where there is none.
func instant(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

// takeOrder reserves seats for anybody: {"lines":[{"type","count"}],"unlock","locale"}. The header Idempotency-Key makes it happen
// once.
func takeOrder(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	var said struct {
		Lines  []Line      `json:"lines"`
		Unlock string      `json:"unlock"`
		Locale locale.Lang `json:"locale"`
	}
	if err := web.Body(e, &said); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(e.Request.Context(), patience)
	defer cancel()
	o, err := Reserve(ctx, e.App, Basket{
		Event: e.Request.PathValue("slug"), Lines: said.Lines, Unlock: said.Unlock, Locale: said.Locale, Key: e.Request.Header.Get("Idempotency-Key"), By: by,
	}, now)
	if err != nil {
		return err
	}
	v, err := shortly(e.App, o)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, v)
}

// withLink lets whoever has the link of an order do something with it, and answers with the order as it stands then.
func withLink(do func(e *core.RequestEvent, o *Order, by access.Actor, now time.Time) (*Order, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		o, err := OrderOf(e.App, e.Request.PathValue("code"), e.Request.PathValue("mac"))
		if err != nil {
			return err
		}
		now := access.Now(e)
		if o, err = do(e, o, access.Link(o.Id), now); err != nil {
			return err
		}
		v, err := atLength(e.App, o, now)
		if err != nil {
			return err
		}
		return e.JSON(http.StatusOK, v)
	}
}

// atLength writes an order with its tickets.
func atLength(app core.App, o *Order, now time.Time) (v orderView, err error) {
	if v, err = shortly(app, o); err != nil {
		return v, err
	}
	event, err := Events.Find(app, o.EventID())
	if err != nil {
		return v, err
	}
	v.MayCancel = MayCancel(o, event, now)
	if !o.SubmittedAt().IsZero() {
		v.Buyer = &buyerView{o.BuyerName(), o.BuyerEmail(), o.BuyerPhone(), o.Invoice()}
	}
	v.Tickets, err = ticketsOf(app, o)
	return v, err
}

// ticketsOf writes the tickets of an order.
func ticketsOf(app core.App, o *Order) ([]ticketView, error) {
	kinds, err := kindsByID(app, o.EventID())
	if err != nil {
		return nil, err
	}
	tickets, err := TicketsOf(app, o.Id)
	if err != nil {
		return nil, err
	}
	return viewsOf(app, tickets, kinds)
}

func (k *Ticket) view(app core.App, y *Type) (v ticketView, err error) {
	v = ticketView{
		ID: k.Id, Code: k.Code(), Type: k.TypeID(), TypeVI: y.NameVI(), TypeEN: y.NameEN(), Price: k.Price(), Name: k.HolderName(),
		Email: k.HolderEmail(), Answers: k.Answers(), Status: k.Status(),
	}
	if k.Status() == TicketValid {
		v.Link, err = TicketLink(app, k)
	}
	return v, err
}

func seeOrder(_ *core.RequestEvent, o *Order, _ access.Actor, _ time.Time) (*Order, error) {
	return o, nil
}

func submitOrder(e *core.RequestEvent, o *Order, _ access.Actor, now time.Time) (*Order, error) {
	var said struct {
		Buyer   Buyer    `json:"buyer"`
		Holders []Holder `json:"holders"`
	}
	if err := web.Body(e, &said); err != nil {
		return nil, err
	}
	return Submit(e.App, o.Id, said.Buyer, said.Holders, now)
}

func abandonOrder(e *core.RequestEvent, o *Order, by access.Actor, now time.Time) (*Order, error) {
	return Abandon(e.App, by, o.Id, now)
}

func cancelOrder(e *core.RequestEvent, o *Order, by access.Actor, now time.Time) (*Order, error) {
	return CallOff(e.App, by, o.Id, now)
}

// renameTickets says who comes with which ticket: {"holders":[{"ticket","name","email"}]}.
func renameTickets(e *core.RequestEvent, o *Order, by access.Actor, now time.Time) (*Order, error) {
	var said struct {
		Holders []Holder `json:"holders"`
	}
	if err := web.Body(e, &said); err != nil {
		return nil, err
	}
	return o, e.App.RunInTransaction(func(tx core.App) error {
		for _, h := range said.Holders {
			if err := owns(tx, o, h.Ticket); err != nil {
				return err
			}
			if _, err := Rename(tx, by, h.Ticket, h, now); err != nil {
				return err
			}
		}
		return nil
	})
}

// owns says whether a ticket is of an order. Error: record.not_found.
func owns(app core.App, o *Order, ticket string) error {
	_, err := ticketOfOrder(app, o.Id, ticket)
	return err
}

// seeTicket answers whoever has the link of a ticket.
func seeTicket(e *core.RequestEvent) error {
	k, err := TicketOf(e.App, e.Request.PathValue("code"), e.Request.PathValue("mac"))
	if err != nil {
		return err
	}
	y, err := Types.Find(e.App, k.TypeID())
	if err != nil {
		return err
	}
	v, err := k.view(e.App, y)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, v)
}

// offerView is a type of ticket as anybody reads it.
type offerView struct {
	ID       string    `json:"id"`
	NameVI   string    `json:"name_vi"`
	NameEN   string    `json:"name_en"`
	NoteVI   string    `json:"note_vi"`
	NoteEN   string    `json:"note_en"`
	Price    Dong      `json:"price_vnd"`
	Room     int       `json:"room"` // −1 is as many as people come
	State    SaleState `json:"state"`
	Least    int       `json:"min_per_order"`
	Most     int       `json:"max_per_order"`
	Approval bool      `json:"needs_approval"`
}

// showCatalogue answers anybody with what an event that is shown has, and with what ?unlock= opens.
func showCatalogue(e *core.RequestEvent) error {
	v, err := eventBySlug(e.App, e.Request.PathValue("slug"))
	if err != nil {
		return err
	}
	offers, err := Catalogue(e.App, v.Id, access.Now(e))
	if err != nil {
		return err
	}
	rows := make([]offerView, 0, len(offers))
	for _, o := range offers {
		if o.Visibility() == ShownToStaff || o.Visibility() == ShownByCode && !o.Unlocks(e.Request.URL.Query().Get("unlock")) {
			continue
		}
		rows = append(rows, offerView{
			o.Id, o.NameVI(), o.NameEN(), o.NoteVI(), o.NoteEN(), o.Price(), o.Room, o.State, o.Least(), o.Most(), o.NeedsApproval(),
		})
	}
	return e.JSON(http.StatusOK, web.ListOf(rows, ""))
}
