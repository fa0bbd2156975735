package payment

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/vn"
)

// receipt gives the receipt of a payment that came whole, once.
func receipt(tx core.App, p *Payment, by access.Actor, now time.Time) error {
	about, err := needs(tx).Snapshot(tx, p.Payable())
	if err != nil {
		return err
	}
	_, err = issue(tx, p.Payable(), p.Id, "", snapshot{p.Amount(), about}, "", by, now)
	return err
}

// issue draws the next number and stores the receipt under it, in one transaction: a number that is drawn is a receipt. A cause has one
// receipt, and keeps it.
func issue(tx core.App, payable, cause, corrects string, says snapshot, why string, by access.Actor, now time.Time) (*Receipt, error) {
	if known, err := receiptOf(tx, cause); err != nil || known != nil {
		return known, err
	}
	year := vn.DayOf(now).Year()
	seq, err := draw(tx, year)
	if err != nil {
		return nil, err
	}
	kind := ReceiptIssued
	if corrects != "" {
		kind = ReceiptCorrection
	}
	r, err := numbered(tx, year, seq, payable, cause, kind, says, by.ID, now)
	if err != nil {
		return nil, err
	}
	r.correct(corrects)
	if err := tx.Save(r); err != nil {
		return nil, fmt.Errorf("issue a receipt for %s: %w", cause, err)
	}
	return r, lifecycle.Note(tx, by, now, Receipts.Collection, r.Id, "issue", lifecycle.Because(why),
		lifecycle.With(map[string]any{"number": r.Number(), "cause": cause}))
}

// Correct issues another receipt where the words of one were wrong, as a name or a tax code: of who bought it says what is true now, of
// what they bought what it has said, and no money moves. Each is corrected once; what was wrong again is corrected in the correction. Finance and managers over it, with
// a reason. Errors: access.sign_in, access.needs_finance, record.not_found, receipt.no_reason, receipt.corrected, receipt.same.
func Correct(app core.App, by access.Actor, id, reason string, now time.Time) (r *Receipt, err error) {
	if err := access.MayKeepBooksAnywhere(by); err != nil {
		return nil, err
	}
	if bare(reason) == "" {
		return nil, fault.Field("reason", "receipt.no_reason")
	}
	err = app.RunInTransaction(func(tx core.App) error {
		was, err := Receipts.Find(tx, id)
		if err != nil {
			return err
		}
		if err := mayKeep(tx, by, was.Payable()); err != nil {
			return err
		}
		switch later, err := receiptOf(tx, was.Id); {
		case err != nil:
			return err
		case later != nil:
			return fault.Conflict("receipt.corrected")
		}
		_, said, err := was.Told()
		if err != nil {
			return err
		}
		is, err := needs(tx).Snapshot(tx, was.Payable())
		if err != nil {
			return err
		}
		is = is.sameSums(said)
		switch same, err := alike(said, is); {
		case err != nil:
			return err
		case same:
			return fault.Conflict("receipt.same")
		}
		r, err = issue(tx, was.Payable(), was.Id, was.Id, snapshot{0, is}, bare(reason), by, now)
		return err
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// alike says whether two receipts would say the same.
func alike(a, b Sold) (bool, error) {
	one, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	other, err := json.Marshal(b)
	return bytes.Equal(one, other), err
}
