package payment

import (
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/locale"
	"vuon/internal/web"
)

// keeping is somebody who keeps the books of the whole house and asks for a list: with the payables that their words name.
func keeping(e *core.RequestEvent) (by access.Actor, a web.Ask, payables []string, err error) {
	if by, _, err = access.Of(e); err != nil {
		return by, a, nil, err
	}
	if err = access.MayKeepBooks(by); err != nil {
		return by, a, nil, err
	}
	a = web.Asked(e)
	if find := needs(e.App).Found; a.Search != "" && find != nil {
		payables, err = find(e.App, a.Search)
	}
	return by, a, payables, err
}

// listLines answers with what the bank says: ?q= &status= (waiting, or a state) &after= &limit= &format=csv or xlsx.
func listLines(e *core.RequestEvent) error {
	by, a, payables, err := keeping(e)
	if err != nil {
		return err
	}
	rows, err := linesListed(e.Request.Context(), e.App, a, e.Request.URL.Query().Get("status"), payables)
	if err != nil {
		return err
	}
	rows, next := web.Cut(rows, a.Limit, func(r lineRow) string { return web.Cursor(r.Booked, r.ID) })
	t := telling(e.App)
	views := make([]lineView, 0, len(rows))
	for _, r := range rows {
		v, err := t.line(r)
		if err != nil {
			return err
		}
		views = append(views, v)
	}
	if a.CSV {
		return exportLines(e, views)
	}
	w, err := waitingFor(e.App, "", 0)
	if err != nil {
		return err
	}
	to, err := needs(e.App).Account(e.App)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{
		"rows": views, "next": next, "waiting": w.Lines, "to_approve": w.ToApprove, "to_send": w.ToSend, "account": to.Bank != "",
		"may_name": access.MayGovern(by) == nil,
		"to":       map[string]any{"bin": to.Bank, "account": to.Number, "holder": to.Holder, "refund_alone_vnd": to.Alone},
	})
}

func exportLines(e *core.RequestEvent, views []lineView) error {
	table := make([][]any, 0, len(views))
	for _, v := range views {
		code, buyer := "", ""
		if v.For != nil {
			code, buyer = v.For.Code, v.For.Buyer
		}
		table = append(table, []any{instantOf(v.Booked), v.Bank, v.Account, v.Ref, v.Amount, v.Memo, v.Status, code, buyer, v.Note, v.Handled})
	}
	return web.CSV(e, "bank-lines.csv", []string{"booked_at", "bank", "account", "ref", "amount_vnd", "memo", "status", "order", "buyer", "note", "handled_by"}, table)
}

// instantOf reads a column for a spreadsheet; nothing for none.
func instantOf(text string) any {
	at, err := time.Parse("2006-01-02 15:04:05.000Z", text)
	if err != nil {
		return nil
	}
	return at.In(locale.Zone)
}

// listRefunds answers with refunds: ?q= &status= (waiting, or a state) &after= &limit= &format=csv or xlsx.
func listRefunds(e *core.RequestEvent) error {
	by, a, payables, err := keeping(e)
	if err != nil {
		return err
	}
	rows, err := refundsListed(e.Request.Context(), e.App, a, e.Request.URL.Query().Get("status"), payables)
	if err != nil {
		return err
	}
	to, err := needs(e.App).Account(e.App)
	if err != nil {
		return err
	}
	rows, next := web.Cut(rows, a.Limit, func(r refundRow) string { return web.Cursor(r.AskedAt, r.ID) })
	t := telling(e.App)
	views := make([]refundView, 0, len(rows))
	for _, r := range rows {
		v, err := t.refund(r, by.ID, to.Alone)
		if err != nil {
			return err
		}
		views = append(views, v)
	}
	if a.CSV {
		return exportRefunds(e, views)
	}
	return e.JSON(http.StatusOK, web.ListOf(views, next))
}

func exportRefunds(e *core.RequestEvent, views []refundView) error {
	table := make([][]any, 0, len(views))
	for _, v := range views {
		code, buyer := "", ""
		if v.For != nil {
			code, buyer = v.For.Code, v.For.Buyer
		}
		table = append(table, []any{instantOf(v.AskedAt), code, buyer, v.Amount, v.Reason, v.Status, v.Requested, v.Approved, v.BankRef, instantOf(v.DoneAt), v.Note})
	}
	return web.CSV(e, "refunds.csv", []string{"asked_at", "order", "buyer", "amount_vnd", "reason", "status", "requested_by", "approved_by", "bank_ref", "done_at", "note"}, table)
}
