package payment

import (
	"net/http"
	"strconv"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

// receiptView is a receipt as the list shows it.
type receiptView struct {
	ID       string    `json:"id"`
	Number   string    `json:"number"`
	Kind     string    `json:"kind"`
	Amount   Dong      `json:"amount_vnd"`
	To       string    `json:"to"`
	Of       Sold      `json:"of"`
	Sums     []SoldSum `json:"sums"`
	IssuedAt string    `json:"issued_at"`
	IssuedBy string    `json:"issued_by"`
	Corrects *numbers  `json:"corrects"`
	Mended   *numbers  `json:"mended"`
}

// numbers are another receipt, by its number.
type numbers struct {
	ID     string `json:"id"`
	Number string `json:"number"`
}

func (t *teller) receipt(r receiptRow) (receiptView, error) {
	said, err := readSnapshot(r.Snapshot)
	v := receiptView{
		ID: r.ID, Number: r.Number, Kind: r.Kind, Amount: said.Amount, To: said.Of.To(), Of: said.Of, Sums: said.Of.Sums(), IssuedAt: r.IssuedAt, IssuedBy: t.name(r.IssuedBy),
	}
	v.Of.Lines = nil
	if r.Of != "" {
		v.Corrects = &numbers{r.OfID, r.Of}
	}
	if r.Mended != "" {
		v.Mended = &numbers{r.MendedID, r.Mended}
	}
	return v, err
}

// listReceipts answers with receipts: ?q= &kind= (receipt or correction) &after= &limit= &format=csv or xlsx. The table holds what
// whoever issues invoices by the law must know.
func listReceipts(e *core.RequestEvent) error {
	_, a, payables, err := keeping(e)
	if err != nil {
		return err
	}
	rows, err := receiptsListed(e.Request.Context(), e.App, a, e.Request.URL.Query().Get("kind"), payables)
	if err != nil {
		return err
	}
	rows, next := web.Cut(rows, a.Limit, func(r receiptRow) string { return web.Cursor(strconv.Itoa(r.Year), strconv.Itoa(r.Seq)) })
	t := telling(e.App)
	views := make([]receiptView, 0, len(rows))
	for _, r := range rows {
		v, err := t.receipt(r)
		if err != nil {
			return err
		}
		views = append(views, v)
	}
	if a.CSV {
		return exportReceipts(e, views)
	}
	return e.JSON(http.StatusOK, web.ListOf(views, next))
}

func exportReceipts(e *core.RequestEvent, views []receiptView) error {
	table := make([][]any, 0, len(views))
	for _, v := range views {
		var corrects string
		if v.Corrects != nil {
			corrects = v.Corrects.Number
		}
		to := v.Of.Invoice
		if to == nil {
			to = &Payer{}
		}
		tax := v.Of.VAT
		if v.Amount == 0 { // words alone: the receipt that it corrects has told it
			tax = 0
		}
		table = append(table, []any{v.Number, instantOf(v.IssuedAt), v.Kind, corrects, v.Amount, tax, v.Of.Code, v.Of.TitleVI, v.Of.Buyer, to.Name, to.TaxCode, to.Address, to.Email, v.IssuedBy})
	}
	return web.CSV(e, "receipts.csv", []string{
		"number", "issued_at", "kind", "corrects", "amount_vnd", "vat_vnd", "order", "event", "buyer", "invoice_name", "tax_code", "address", "email", "issued_by",
	}, table)
}

// showReceipt answers with one receipt, to whoever keeps the books over what it is for.
func showReceipt(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayKeepBooksAnywhere(by); err != nil {
		return err
	}
	r, err := Receipts.Find(e.App, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	if err := mayKeep(e.App, by, r.Payable()); err != nil {
		return err
	}
	return answerReceipt(e, r.Id)
}

// correctReceipt takes {"reason"} and answers with the receipt that corrects.
func correctReceipt(e *core.RequestEvent) error {
	by, now, s, err := sent[clearing](e)
	if err != nil {
		return err
	}
	r, err := Correct(e.App, by, e.Request.PathValue("id"), s.Reason, now)
	if err != nil {
		return err
	}
	return answerReceipt(e, r.Id)
}

func answerReceipt(e *core.RequestEvent, id string) error {
	row, err := receiptShown(e.Request.Context(), e.App, id)
	if err != nil {
		return err
	}
	v, err := telling(e.App).receipt(row)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, v)
}
