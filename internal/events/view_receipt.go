package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/payment"
	"vuon/internal/web"
)

// receiptPage are the receipts of an order, as they were issued.
type receiptPage struct {
	Order    *Order
	Path     string
	Receipts []issued
}

// issued is one receipt.
type issued struct {
	Number string
	At     time.Time
	Kind   string // one, back for money that went back, or mended for words that were wrong
	Amount Dong   // below nothing where it went back
	Of     payment.Sold
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
		amount, of, err := r.Told()
		if err != nil {
			return err
		}
		one := issued{Number: r.Number(), At: r.IssuedAt(), Kind: "one", Amount: amount, Of: of}
		switch {
		case amount < 0:
			one.Kind = "back"
		case r.Kind() == payment.ReceiptCorrection:
			one.Kind = "mended"
		}
		p.Receipts = append(p.Receipts, one)
	}
	return web.Render(e, Pages, "receipt", web.Page{Key: "receipt_page", Section: "/events", Private: true, Data: p})
}
