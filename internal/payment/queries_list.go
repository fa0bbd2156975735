package payment

import (
	"context"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
	"vuon/internal/web"
)

// lineRow is a line of the bank in the list.
type lineRow struct {
	ID         string `db:"id"`
	Bank       string `db:"bank"`
	Account    string `db:"account"`
	Ref        string `db:"bank_ref"`
	Booked     string `db:"booked_at"`
	Amount     Dong   `db:"amount_vnd"`
	Moved      Dong   `db:"moved_vnd"`
	Memo       string `db:"memo"`
	Status     string `db:"status"`
	Suggestion string `db:"suggestion"`
	Note       string `db:"note"`
	HandledBy  string `db:"handled_by"`
	Rev        int    `db:"rev"`
	Payable    string `db:"payable"`
	Due        Dong   `db:"due"`
	Received   Dong   `db:"received"`
	Back       string `db:"back"`   // status of the refund of its money, '' where there is none
	Refund     string `db:"refund"` // its id
}

// linesListed lists what the bank says, the newest first. waits alone: what a person must clear.
func linesListed(ctx context.Context, app core.App, a web.Ask, status string, payables []string) ([]lineRow, error) {
	from, err := a.From(2)
	if err != nil {
		return nil, err
	}
	q := app.DB().Select("l.id", "l.bank", "l.account", "l.bank_ref", "l.booked_at", "l.amount_vnd", "l.moved_vnd", "l.memo", "l.status",
		"coalesce(l.suggestion, 'null') AS suggestion", "l.note", "l.handled_by", "l.rev", "coalesce(p.payable, '') AS payable",
		"coalesce(p.amount_vnd, 0) AS due", "coalesce(p.received_vnd, 0) AS received",
		"coalesce(r.status, '') AS back", "coalesce(r.id, '') AS refund").
		From("bank_lines l").LeftJoin("payments p", dbx.NewExp("p.id = l.payment")).
		LeftJoin("refunds r", dbx.NewExp("r.line = l.id AND r.line != '' AND r.status != 'cancelled'")).
		OrderBy("l.booked_at DESC", "l.id DESC").Limit(int64(a.Limit) + 1).WithContext(ctx)
	switch status {
	case "":
	case "waiting":
		q.AndWhere(dbx.In("l.status", lifecycle.Values(waiting...)...))
	default:
		q.AndWhere(dbx.HashExp{"l.status": status})
	}
	if a.Search != "" {
		q.AndWhere(dbx.Or(dbx.Like("l.search_key", vn.Fold(a.Search)),
			dbx.NewExp("p.payable IN (SELECT value FROM json_each({:payables}))", dbx.Params{"payables": record.InJSON(payables)})))
	}
	if from != nil {
		q.AndWhere(dbx.NewExp("(l.booked_at, l.id) < ({:at}, {:id})", dbx.Params{"at": from[0], "id": from[1]}))
	}
	var rows []lineRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list what the bank says: %w", err)
	}
	return rows, nil
}

// refundRow is a refund in the list.
type refundRow struct {
	ID          string `db:"id"`
	Payable     string `db:"payable"`
	Provider    string `db:"provider"`
	Amount      Dong   `db:"amount_vnd"`
	Received    Dong   `db:"received_vnd"`
	Reserved    Dong   `db:"refund_reserved_vnd"`
	Reason      string `db:"reason"`
	RequestedBy string `db:"requested_by"`
	ApprovedBy  string `db:"approved_by"`
	BankRef     string `db:"bank_ref"`
	Note        string `db:"note"`
	AskedAt     string `db:"asked_at"`
	DoneAt      string `db:"done_at"`
	Status      string `db:"status"`
	Rev         int    `db:"rev"`
	Memo        string `db:"memo"`
}

// refundsListed lists refunds, the newest first. waits alone: what somebody must approve or send.
func refundsListed(ctx context.Context, app core.App, a web.Ask, status string, payables []string) ([]refundRow, error) {
	from, err := a.From(2)
	if err != nil {
		return nil, err
	}
	q := app.DB().Select("r.id", "r.payable", "p.provider", "r.amount_vnd", "p.received_vnd", "p.refund_reserved_vnd", "r.reason",
		"r.requested_by", "r.approved_by", "r.bank_ref", "r.note", "r.asked_at", "r.done_at", "r.status", "r.rev", "coalesce(l.memo, '') AS memo").
		From("refunds r").InnerJoin("payments p", dbx.NewExp("p.id = r.payment")).
		LeftJoin("bank_lines l", dbx.NewExp("l.id = r.line AND r.line != ''")).
		OrderBy("r.asked_at DESC", "r.id DESC").Limit(int64(a.Limit) + 1).WithContext(ctx)
	switch status {
	case "":
	case "waiting":
		q.AndWhere(dbx.In("r.status", string(RefundRequested), string(RefundApproved), string(RefundFailed)))
	default:
		q.AndWhere(dbx.HashExp{"r.status": status})
	}
	if a.Search != "" {
		q.AndWhere(dbx.Or(dbx.Like("r.bank_ref", a.Search), dbx.Like("l.search_key", vn.Fold(a.Search)),
			dbx.NewExp("r.payable IN (SELECT value FROM json_each({:payables}))", dbx.Params{"payables": record.InJSON(payables)})))
	}
	if from != nil {
		q.AndWhere(dbx.NewExp("(r.asked_at, r.id) < ({:at}, {:id})", dbx.Params{"at": from[0], "id": from[1]}))
	}
	var rows []refundRow
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list refunds: %w", err)
	}
	return rows, nil
}

// waits is how much waits for whoever keeps the books.
type waits struct {
	Lines     int `db:"lines"`
	ToApprove int `db:"approve"`
	ToSend    int `db:"send"`
}

// waitingFor counts the lines that wait for a person, and the refunds that wait for an approval and for whoever sends them by hand. Of
// those above alone, me approves none that me has asked for; "" is anybody.
func waitingFor(app core.App, me string, alone Dong) (w waits, err error) {
	err = app.DB().NewQuery(`SELECT
		(SELECT count(*) FROM bank_lines l WHERE l.status IN ('unmatched', 'partial', 'over', 'late', 'duplicate')
			AND NOT EXISTS (SELECT 1 FROM refunds r WHERE r.line = l.id AND r.line != '' AND r.status != 'cancelled')) AS lines,
		(SELECT count(*) FROM refunds WHERE status = 'requested' AND ({:me} = '' OR requested_by != {:me} OR amount_vnd <= {:alone})) AS approve,
		(SELECT count(*) FROM refunds r JOIN payments p ON p.id = r.payment
			WHERE r.status = 'failed' OR r.status = 'approved' AND p.provider IN ('vietqr', 'invoice', 'cash')) AS send`).
		Bind(dbx.Params{"me": me, "alone": alone}).One(&w)
	if err != nil {
		return w, fmt.Errorf("count what waits for finance: %w", err)
	}
	return w, nil
}
