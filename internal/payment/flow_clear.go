package payment

import (
	"fmt"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// onLine changes a line by somebody who keeps the books of the whole house: what the bank says belongs to no event.
func onLine(app core.App, by access.Actor, id string, rev int, change func(tx core.App, l *Line) error) (*Line, error) {
	if err := access.MayKeepBooks(by); err != nil {
		return nil, err
	}
	return record.Change(app, Lines, id, func(tx core.App, l *Line) error {
		if err := record.Seen(l, rev); err != nil {
			return err
		}
		back, err := refundOfLine(tx, l.Id)
		switch {
		case err != nil:
			return err
		case back != nil && !back.Done():
			return fault.Conflict("bank.going_back")
		}
		return change(tx, l)
	})
}

// Assign says for what a line pays, where its memo did not: as if the memo had said it. Finance and managers of the whole house.
// Errors: access.sign_in, access.needs_finance, record.not_found, record.stale, bank.no_code, bank.counted, bank.going_back,
// payment.not_asked, payment.part_paid, lifecycle.not_now.
func Assign(app core.App, by access.Actor, id, code, note string, rev int, now time.Time) (*Line, error) {
	return onLine(app, by, id, rev, func(tx core.App, l *Line) error {
		b, err := coded(tx, code)
		if err != nil {
			return err
		}
		if err := unmatch(tx, l, by, now); err != nil {
			return err
		}
		return settle(tx, l, b, by, bare(note), now)
	})
}

// coded is the bill of a code that somebody typed. Error: bank.no_code.
func coded(app core.App, code string) (Bill, error) {
	b, err := needs(app).Bill(app, code)
	if fault.Code(err) == "record.not_found" {
		return b, fault.Field("code", "bank.no_code")
	}
	return b, err
}

// unmatch takes a line back to where nobody has said what it is for.
func unmatch(tx core.App, l *Line, by access.Actor, now time.Time) error {
	if err := detach(tx, l, by, now); err != nil {
		return err
	}
	if l.Status() == LineUnmatched {
		return nil
	}
	return LineLife.Fire(tx, l, "reopen", by, now)
}

// Ignore says that a line is no money for what is sold here. Finance and managers of the whole house, with a reason; it can be
// reopened. Errors: as Assign, and bank.no_reason.
func Ignore(app core.App, by access.Actor, id, reason string, rev int, now time.Time) (*Line, error) {
	return because(app, by, id, reason, rev, func(tx core.App, l *Line) error {
		if l.PaymentID() != "" {
			return fault.Conflict("bank.counted")
		}
		return LineLife.Fire(tx, l, "ignore", by, now, lifecycle.Because(l.Note()))
	})
}

// Reopen lets a line wait again: one that was ignored, that came late or that pays for a part. Finance and managers of the whole
// house, with a reason. Errors: as Ignore.
func Reopen(app core.App, by access.Actor, id, reason string, rev int, now time.Time) (*Line, error) {
	return because(app, by, id, reason, rev, func(tx core.App, l *Line) error {
		if err := detach(tx, l, by, now); err != nil {
			return err
		}
		return LineLife.Fire(tx, l, "reopen", by, now, lifecycle.Because(l.Note()))
	})
}

// Keep says that what came beyond the sum stays here, as its payer agreed. Finance and managers of the whole house, with a reason.
// Errors: as Ignore.
func Keep(app core.App, by access.Actor, id, reason string, rev int, now time.Time) (*Line, error) {
	return because(app, by, id, reason, rev, func(tx core.App, l *Line) error {
		if l.Status() != LineOver {
			return fault.Conflict("lifecycle.not_now")
		}
		return LineLife.Fire(tx, l, "match", by, now, lifecycle.Because(l.Note()))
	})
}

// because is onLine with a reason, which the line keeps.
func because(app core.App, by access.Actor, id, reason string, rev int, change func(tx core.App, l *Line) error) (*Line, error) {
	return onLine(app, by, id, rev, func(tx core.App, l *Line) error {
		if bare(reason) == "" {
			return fault.Field("reason", "bank.no_reason")
		}
		l.handled(by.ID, bare(reason))
		return change(tx, l)
	})
}

// SendBack asks for a line's money to go back: what was too much of it, or all of it where it counts for nothing that stands.
// The line waits on until somebody has sent it. Finance and managers of the whole house, with a reason.
// Errors: as Ignore, and refund.too_much.
func SendBack(app core.App, by access.Actor, id, reason string, rev int, now time.Time) (*Line, error) {
	return because(app, by, id, reason, rev, func(tx core.App, l *Line) error {
		if !l.Waits() {
			return fault.Conflict("lifecycle.not_now")
		}
		p, amount, err := returnable(tx, l, by, now)
		if err != nil {
			return err
		}
		if err := tx.Save(l); err != nil {
			return err
		}
		_, err = wish(tx, p, l.Id, amount, l.Note(), nil, by, now)
		return err
	})
}

// returnable is the payment that holds what of a line may go back, and how much. Money of a part, or of nobody, is set aside first.
func returnable(tx core.App, l *Line, by access.Actor, now time.Time) (*Payment, Dong, error) {
	if l.PaymentID() == "" {
		p, err := aside(tx, l, "", by, now)
		return p, l.Left(), err
	}
	p, err := Payments.Find(tx, l.PaymentID())
	switch {
	case err != nil:
		return nil, 0, err
	case l.Status() == LineOver:
		return p, min(p.Received()-p.Amount(), l.Left()), nil
	case l.Status() == LinePartial:
		if err := detach(tx, l, by, now); err != nil {
			return nil, 0, err
		}
		p, err = aside(tx, l, p.Payable(), by, now)
	}
	return p, l.Left(), err
}

// Split lets what is too much of a line pay for something else: an organisation pays twice in one transfer. The rest becomes a
// line of its own. Finance and managers of the whole house. Errors: as Assign.
func Split(app core.App, by access.Actor, id, code string, rev int, now time.Time) (rest *Line, err error) {
	_, err = onLine(app, by, id, rev, func(tx core.App, l *Line) error {
		b, err := coded(tx, code)
		if err != nil {
			return err
		}
		if l.Status() != LineOver {
			return fault.Conflict("lifecycle.not_now")
		}
		if rest, err = cut(tx, l, by, now); err != nil {
			return err
		}
		return settle(tx, rest, b, by, "", now)
	})
	if err != nil {
		return nil, err
	}
	return rest, nil
}

// cut takes what is too much off a line and its payment.
func cut(tx core.App, l *Line, by access.Actor, now time.Time) (*Line, error) {
	p, err := Payments.Find(tx, l.PaymentID())
	if err != nil {
		return nil, err
	}
	n, err := splits(tx, l.Id)
	if err != nil {
		return nil, err
	}
	more := min(p.Received()-p.Amount(), l.Left())
	rest, err := newLine(tx, l.StatementID(), l.Bank(), l.Account(), l.Ref()+"#"+strconv.Itoa(n+1), l.BookedAt(), more, l.Memo())
	if err != nil {
		return nil, err
	}
	rest.partOf(l)
	p.receive(-more)
	l.moveOut(more)
	l.handled(by.ID, l.Note())
	for _, row := range []core.Model{p, rest} {
		if err := tx.Save(row); err != nil {
			return nil, fmt.Errorf("split %s: %w", l.Id, err)
		}
	}
	return rest, LineLife.Fire(tx, l, "match", by, now, lifecycle.With(map[string]any{"rest": rest.Id, "amount_vnd": more}))
}
