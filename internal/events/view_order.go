package events

import (
	"strconv"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/events/qr"
	"vuon/internal/locale"
	"vuon/internal/payment"
)

// transfer is how an order is paid by a bank transfer, as its page shows it.
type transfer struct {
	Code drawing
	Rows []copied
}

// drawing is a code as a page draws it: Box is what is seen of the plane, Label the key of what it is.
type drawing struct{ Box, Path, Label string }

// copied is one line of a transfer: as people read it, and as it is pasted. A sum is read in the language of the page.
type copied struct {
	Key, Shown, Value string
	Sum               Dong
}

// qrMargin is how many white modules stand around a code on a page; the frame around it gives the rest.
const qrMargin = 2

func drawCode(text, label string) (drawing, error) {
	c, err := qr.Of(text)
	if err != nil {
		return drawing{}, err
	}
	return drawing{Box: c.ViewBox(qrMargin), Path: c.Path(), Label: label}, nil
}

// refundView is what goes back of an order: under way, or done.
type refundView struct {
	State  string // going or gone
	Amount Dong
}

// waysToPay are those among which a buyer chooses. Who sees an event from afar pays at no desk.
func waysToPay(v *Event) []string {
	if v.Mode() == Online {
		return []string{PayVietQR}
	}
	return []string{PayVietQR, PayCash}
}

// seats lists the tickets of the order, with what is asked of who comes.
func (p *orderPage) seats(app core.App, lang locale.Lang) error {
	tickets, err := TicketsOf(app, p.Order.Id)
	if err != nil {
		return err
	}
	kinds := map[string]*Type{}
	for i, k := range tickets {
		y := kinds[k.TypeID()]
		if y == nil {
			if y, err = Types.Find(app, k.TypeID()); err != nil {
				return err
			}
			kinds[y.Id] = y
		}
		p.Asked = p.Asked || y.NeedsApproval()
		one := orderTicket{Ticket: k, N: i + 1, Type: y.Name(), NameID: "name." + k.Id, Name: k.HolderName(), Shown: k.HolderName()}
		if name, said := p.Said.Names[k.Id]; said {
			one.Name = name
		}
		if one.Shown == "" {
			one.Shown = y.Name().Text(lang) + " " + strconv.Itoa(i+1)
		}
		for _, q := range y.Questions() {
			a := asking{
				ID: "q." + k.Id + "." + q.Key, Kind: q.Type, Label: locale.Pair{VI: q.LabelVI, EN: q.LabelEN}, Options: q.Options, Required: q.Required,
			}
			a.Said = p.Said.Answers[a.ID]
			one.Questions = append(one.Questions, a)
		}
		if k.Status() == TicketValid {
			if one.Path, err = TicketLink(app, k); err != nil {
				return err
			}
			p.Live = append(p.Live, one)
		}
		p.Tickets = append(p.Tickets, one)
	}
	p.Lines = linesOf(p.Tickets)
	return nil
}

// owes reads how the order is paid, and what of it is still to come.
func (p *orderPage) owes(app core.App) error {
	face, err := payment.FaceOf(app, p.Order.Id)
	if err != nil || face == nil {
		return err
	}
	p.Due, p.Received = face.Amount, max(p.Order.Total()-face.Amount, 0)
	code, err := drawCode(face.Payload, "checkout.qr_of")
	if err != nil {
		return err
	}
	bank := face.Name
	if bank == "" {
		bank = face.Bank
	}
	p.Transfer = &transfer{Code: code, Rows: []copied{
		{Key: "checkout.bank", Shown: bank, Value: bank},
		{Key: "checkout.account", Shown: face.Account, Value: face.Account},
		{Key: "checkout.account_holder", Shown: face.Holder, Value: face.Holder},
		{Key: "checkout.amount", Sum: face.Amount, Value: strconv.FormatInt(face.Amount, 10)},
		{Key: "checkout.memo", Shown: face.Memo, Value: face.Memo},
	}}
	return nil
}

// settled reads what the book of money says of an order that is over: its receipt, and what goes back.
func (p *orderPage) settled(app core.App) error {
	if !p.Paid {
		return nil
	}
	receipts, err := payment.ReceiptsOf(app, p.Order.Id)
	if err != nil {
		return err
	}
	if len(receipts) > 0 {
		p.Receipt = p.Path + "/receipt"
	}
	refunds, err := payment.RefundsOf(app, p.Order.Id)
	if err != nil || len(refunds) == 0 {
		return err
	}
	p.Refund = &refundView{State: "gone"}
	for _, r := range refunds {
		switch {
		case r.Done():
			p.Refund.Amount += r.Amount()
		case r.Status() != payment.RefundCancelled:
			p.Refund.Amount += r.Amount()
			p.Refund.State = "going"
		}
	}
	if p.Refund.Amount == 0 {
		p.Refund = nil
	}
	return nil
}
