package events

import (
	"encoding/json"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/payment"
	"vuon/internal/web"
)

// Billed is what a receipt says of an order for ever: who bought what, at what price, with what tax.
type Billed struct {
	Order   string       `json:"order"`
	Event   locale.Pair  `json:"event"`
	Starts  time.Time    `json:"starts_at"`
	Buyer   string       `json:"buyer"`
	Invoice *Invoice     `json:"invoice"`
	Lines   []BilledLine `json:"lines"`
	Total   Dong         `json:"total_vnd"`
	VAT     Dong         `json:"vat_vnd"`
}

// BilledLine is how many of a kind were bought.
type BilledLine struct {
	Name  locale.Pair `json:"name"`
	Count int         `json:"count"`
	Sum   Dong        `json:"sum_vnd"`
}

// BilledOf is what a receipt says of an order as it stands. Error: record.not_found.
func BilledOf(app core.App, order string) (Billed, error) {
	o, err := Orders.Find(app, order)
	if err != nil {
		return Billed{}, err
	}
	v, err := Events.Find(app, o.EventID())
	if err != nil {
		return Billed{}, err
	}
	p := orderPage{Order: o, Event: side{v}}
	if err := p.seats(app, locale.Vietnamese); err != nil {
		return Billed{}, err
	}
	b := Billed{
		Order: o.Code(), Event: v.Title(), Starts: v.StartsAt(), Buyer: o.BuyerName(), Invoice: o.Invoice(), Total: o.Total(), VAT: o.VAT(),
	}
	for _, l := range p.Lines {
		b.Lines = append(b.Lines, BilledLine(l))
	}
	return b, nil
}

// receiptPage are the receipts of an order, as they were issued.
type receiptPage struct {
	Order    *Order
	Path     string
	Receipts []issued
}

// issued is one receipt.
type issued struct {
	Number  string
	At      time.Time
	Back    bool // it tells of money that went back
	Amount  Dong
	Of      Billed
	Special string // to whom it is made out
}

// pageOfReceipt shows the receipts of an order, ready to be printed.
func pageOfReceipt(e *core.RequestEvent, o *Order) error {
	all, err := payment.ReceiptsOf(e.App, o.Id)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return fault.NotFound("page.missing")
	}
	p := receiptPage{Order: o}
	if p.Path, err = LinkOf(e.App, o); err != nil {
		return err
	}
	for _, r := range all {
		var told struct {
			Amount Dong   `json:"amount_vnd"`
			Of     Billed `json:"of"`
		}
		if err := json.Unmarshal(r.Snapshot(), &told); err != nil {
			return err
		}
		one := issued{Number: r.Number(), At: r.IssuedAt(), Back: r.Kind() == payment.ReceiptCorrection, Amount: told.Amount, Of: told.Of, Special: told.Of.Buyer}
		if to := told.Of.Invoice; to != nil && to.Name != "" {
			one.Special = to.Name
		}
		p.Receipts = append(p.Receipts, one)
	}
	return web.Render(e, Pages, "receipt", web.Page{Key: "receipt_page", Section: "/events", Private: true, Data: p})
}
