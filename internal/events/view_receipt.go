package events

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/payment"
	"vuon/internal/web"
)

// billed is what a receipt says of an order for ever, as the book of money keeps it.
type billed struct {
	Code    string     `json:"code"`
	TitleVI string     `json:"title_vi"`
	TitleEN string     `json:"title_en"`
	Starts  time.Time  `json:"starts_at"`
	Buyer   string     `json:"buyer"`
	Invoice *Invoice   `json:"invoice"`
	Seats   []billedOf `json:"lines"` // one for each ticket
	VAT     Dong       `json:"vat_vnd"`
}

type billedOf struct {
	NameVI string `json:"name_vi"`
	NameEN string `json:"name_en"`
	Price  Dong   `json:"price_vnd"`
}

// Event is what the tickets were for.
func (b billed) Event() locale.Pair { return locale.Pair{VI: b.TitleVI, EN: b.TitleEN} }

// Lines counts the tickets by their kind and price.
func (b billed) Lines() (lines []orderLine) {
	for _, seat := range b.Seats {
		name := locale.Pair{VI: seat.NameVI, EN: seat.NameEN}
		i := slices.IndexFunc(lines, func(l orderLine) bool { return l.Name == name && l.Sum == seat.Price*Dong(l.Count) })
		if i < 0 {
			i = len(lines)
			lines = append(lines, orderLine{Name: name})
		}
		lines[i].Count++
		lines[i].Sum += seat.Price
	}
	return lines
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
	Of      billed
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
			Of     billed `json:"of"`
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
