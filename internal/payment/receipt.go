package payment

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Receipts are what the centre gives for money, numbered without gaps, each year from one. They are no invoices in the sense of
// the law: those an e-invoice provider issues from the export.
var Receipts = record.Of[Receipt]("receipts")

// Receipt is one of them. It never changes.
type Receipt struct{ core.BaseRecordProxy }

// ReceiptKind says whether money came or went back.
type ReceiptKind string

// The kinds.
const (
	ReceiptIssued     ReceiptKind = "receipt"
	ReceiptCorrection ReceiptKind = "correction"
)

// Number is what it is called: the year and its place in it.
func (r *Receipt) Number() string { return r.GetString("number") }

// Year is the year in which it was issued, in Viet Nam.
func (r *Receipt) Year() int { return r.GetInt("year") }

// Seq is its place in the year, from 1.
func (r *Receipt) Seq() int { return r.GetInt("seq") }

// Payable is what was paid for.
func (r *Receipt) Payable() string { return r.GetString("payable") }

// Kind says whether money came or went back.
func (r *Receipt) Kind() ReceiptKind { return ReceiptKind(r.GetString("kind")) }

// Corrects is the receipt that a correction corrects.
func (r *Receipt) Corrects() string { return r.GetString("corrects") }

// Cause is the payment or the refund that it tells of, or the receipt whose words it corrects: each has one receipt at most.
func (r *Receipt) Cause() string { return r.GetString("cause") }

// Snapshot is what was true when it was issued.
func (r *Receipt) Snapshot() json.RawMessage { return json.RawMessage(r.GetString("snapshot")) }

// IssuedAt is when.
func (r *Receipt) IssuedAt() time.Time { return r.GetDateTime("issued_at").Time() }

// numbered describes a receipt that is not yet stored, under a number that its transaction has drawn.
func numbered(app core.App, year, seq int, payable, cause string, kind ReceiptKind, says snapshot, by string, now time.Time) (*Receipt, error) {
	r, err := Receipts.New(app)
	if err != nil {
		return nil, err
	}
	r.Set("number", fmt.Sprintf("%d-%06d", year, seq))
	r.Set("year", year)
	r.Set("seq", seq)
	r.Set("payable", payable)
	r.Set("cause", cause)
	r.Set("kind", string(kind))
	r.Set("snapshot", says)
	r.Set("issued_at", now)
	r.Set("issued_by", by)
	return r, nil
}

func (r *Receipt) correct(first string) { r.Set("corrects", first) }
