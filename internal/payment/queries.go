package payment

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// working is the payment of a payable that may still bring money, nil where there is none.
func working(app core.App, payable string) (*Payment, error) {
	p, err := Payments.First(app, dbx.And(dbx.HashExp{"payable": payable}, dbx.In("status", lifecycle.Values(atWork...)...)))
	return record.OrNone(p, err)
}

// lettingGo says whether a gateway elsewhere has yet to say that nobody pays for a payable any more.
func lettingGo(app core.App, payable string) (bool, error) {
	p, err := record.OrNone(Payments.First(app, dbx.HashExp{"payable": payable, "status": string(PaymentCancelling)}))
	return p != nil, err
}

// hanging lists what gateways elsewhere have yet to say: payments and refunds. In no order: one on which a gateway hangs keeps no
// other waiting for ever.
func hanging(app core.App, by []Provider) (payments, refunds []string, err error) {
	if len(by) == 0 {
		return nil, nil, nil
	}
	ways := make([]any, len(by))
	for i, way := range by {
		ways[i] = string(way)
	}
	if err = app.RecordQuery(Payments.Collection).Select("id").AndWhere(dbx.In("provider", ways...)).
		AndWhere(dbx.In("status", lifecycle.Values(append([]lifecycle.State{PaymentCancelling}, atWork...)...)...)).
		OrderBy("random()").Limit(askedAtOnce).Column(&payments); err != nil {
		return nil, nil, fmt.Errorf("list payments that hang: %w", err)
	}
	err = app.RecordQuery(Refunds.Collection).Select("refunds.id").
		InnerJoin(Payments.Collection, dbx.NewExp("payments.id = refunds.payment")).AndWhere(dbx.In("payments.provider", ways...)).
		AndWhere(dbx.In("refunds.status", string(RefundApproved), string(RefundSubmitting), string(RefundPending))).
		OrderBy("random()").Limit(askedAtOnce).Column(&refunds)
	if err != nil {
		return nil, nil, fmt.Errorf("list refunds that hang: %w", err)
	}
	return payments, refunds, nil
}

// askedAtOnce is how many payments and refunds are asked about in one round.
const askedAtOnce = 500

// succeeded is the payment by which a payable was paid, the latest; nil where there is none.
func succeeded(app core.App, payable string) (*Payment, error) {
	all, err := Payments.Query(app.RecordQuery(Payments.Collection).
		AndWhere(dbx.HashExp{"payable": payable, "status": string(PaymentSucceeded), "duplicate": false}).OrderBy("paid_at DESC", "created DESC", "id DESC").Limit(1))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// PaymentsOf lists the payments of a payable, the oldest first.
func PaymentsOf(app core.App, payable string) ([]*Payment, error) {
	return Payments.Query(app.RecordQuery(Payments.Collection).AndWhere(dbx.HashExp{"payable": payable}).OrderBy("created ASC", "id ASC"))
}

// RefundsOf lists what goes back of a payable, the oldest first.
func RefundsOf(app core.App, payable string) ([]*Refund, error) {
	return Refunds.Query(app.RecordQuery(Refunds.Collection).AndWhere(dbx.HashExp{"payable": payable}).OrderBy("asked_at ASC", "id ASC"))
}

// ReceiptsOf lists the receipts of a payable, the oldest first.
func ReceiptsOf(app core.App, payable string) ([]*Receipt, error) {
	return Receipts.Query(app.RecordQuery(Receipts.Collection).AndWhere(dbx.HashExp{"payable": payable}).OrderBy("year ASC", "seq ASC"))
}

// receiptOf is the receipt of a payment or a refund, nil where it has none.
func receiptOf(app core.App, cause string) (*Receipt, error) {
	r, err := Receipts.First(app, dbx.HashExp{"cause": cause})
	return record.OrNone(r, err)
}

// partsOf lists the lines that paid for a part of a payment, with the rest to come.
func partsOf(app core.App, payment string) ([]*Line, error) {
	return Lines.All(app, dbx.HashExp{"payment": payment, "status": string(LinePartial)})
}

// lineNamed is the line of a name, nil where there is none.
func lineNamed(app core.App, bank, account, ref string) (*Line, error) {
	l, err := Lines.First(app, dbx.HashExp{"bank": bank, "account": account, "bank_ref": ref})
	return record.OrNone(l, err)
}

func statementKnown(app core.App, sum string) (*Statement, error) {
	s, err := Statements.First(app, dbx.HashExp{"sha256": sum})
	return record.OrNone(s, err)
}

// untried lists lines that nobody has looked at, the oldest first, at most a thousand.
func untried(app core.App) ([]*Line, error) {
	return Lines.Query(app.RecordQuery(Lines.Collection).AndWhere(dbx.HashExp{"status": string(LineUnmatched), "payment": ""}).
		AndWhere(dbx.NewExp("coalesce(suggestion, 'null') IN ('null', '')")).OrderBy("booked_at ASC", "id ASC").Limit(1000))
}

// lateFor lists the lines whose money counts for a payment of what could not be had any more.
func lateFor(app core.App, payment string) ([]*Line, error) {
	return Lines.All(app, dbx.HashExp{"payment": payment, "status": string(LineLate)})
}

// waitingFrom lists the lines that count for a payment and that a person must clear.
func waitingFrom(app core.App, payment string) ([]*Line, error) {
	return Lines.All(app, dbx.HashExp{"payment": payment}, dbx.In("status", lifecycle.Values(waiting...)...))
}

// asking lists the open payments whose rest is exactly an amount, the newest first: few, and those asked for before an instant.
func asking(app core.App, rest Dong, before time.Time) ([]*Payment, error) {
	return Payments.Query(app.RecordQuery(Payments.Collection).
		AndWhere(dbx.HashExp{"status": string(PaymentOpen)}).AndWhere(dbx.In("provider", string(VietQR), string(Invoice))).
		AndWhere(dbx.NewExp("amount_vnd - received_vnd = {:rest} AND asked_at <= {:before}", dbx.Params{"rest": rest, "before": record.Stamp(before)})).
		OrderBy("asked_at DESC", "id DESC").Limit(5))
}

// wished is how much of a payment refunds ask for that nobody has approved or cancelled.
func wished(app core.App, payment string) (sum Dong, err error) {
	err = app.RecordQuery(Refunds.Collection).Select("coalesce(sum(amount_vnd), 0)").
		AndWhere(dbx.HashExp{"payment": payment, "status": string(RefundRequested)}).Row(&sum)
	return sum, err
}

// refundOfLine is the refund of a line's money that is not cancelled, nil where there is none.
func refundOfLine(app core.App, line string) (*Refund, error) {
	r, err := Refunds.First(app, dbx.And(dbx.HashExp{"line": line}, dbx.Not(dbx.HashExp{"status": string(RefundCancelled)})))
	return record.OrNone(r, err)
}

// hold reserves some of a payment for a refund, in one statement: of two who want the last of it one gets it. false: there is not
// so much left. Less than nothing gives back.
func hold(tx core.App, payment string, amount Dong) (bool, error) {
	done, err := tx.NonconcurrentDB().NewQuery(`UPDATE payments SET refund_reserved_vnd = refund_reserved_vnd + {:n}, rev = rev + 1
		WHERE id = {:id} AND status = 'succeeded' AND refund_reserved_vnd + {:n} BETWEEN 0 AND received_vnd`).
		Bind(dbx.Params{"id": payment, "n": amount}).Execute()
	if err != nil {
		return false, fmt.Errorf("hold back for a refund of %s: %w", payment, err)
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

// draw takes the next number of a year, in the transaction of its receipt.
func draw(tx core.App, year int) (seq int, err error) {
	if _, err = tx.NonconcurrentDB().NewQuery(`INSERT INTO receipt_counters (id, year, last, created, updated)
		VALUES ({:id}, {:year}, 1, strftime('%Y-%m-%d %H:%M:%fZ'), strftime('%Y-%m-%d %H:%M:%fZ'))
		ON CONFLICT (year) DO UPDATE SET last = last + 1, updated = excluded.updated`).
		Bind(dbx.Params{"id": core.GenerateDefaultRandomId(), "year": year}).Execute(); err != nil {
		return 0, fmt.Errorf("draw a number of %d: %w", year, err)
	}
	err = tx.NonconcurrentDB().NewQuery("SELECT last FROM receipt_counters WHERE year = {:year}").Bind(dbx.Params{"year": year}).Row(&seq)
	return seq, err
}

// splits counts the parts of a line.
func splits(app core.App, line string) (n int, err error) {
	err = app.RecordQuery(Lines.Collection).Select("count(*)").AndWhere(dbx.HashExp{"split_of": line}).Row(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return n, err
}
