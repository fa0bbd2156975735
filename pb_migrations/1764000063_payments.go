package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Money: what is to be paid and was, what went back, what the bank says, and the receipts. Rows are never deleted. What is paid
// for is named by its id alone: this part of the house knows no order.
func init() {
	m.Register(func(app core.App) error {
		if err := chargeable(app); err != nil {
			return err
		}
		payments, err := paid(app)
		if err != nil {
			return err
		}
		if err := returned(app, payments); err != nil {
			return err
		}
		if err := stated(app); err != nil {
			return err
		}
		return receipted(app)
	}, nil)
}

// chargeable gives the centre the account to which money is sent, and the sum up to which one person alone sends some back.
// The column that was meant for the account never held anything.
func chargeable(app core.App) error {
	centre, err := found(app, "centre")
	if err != nil {
		return err
	}
	centre.Fields.RemoveByName("bank_account")
	centre.Fields.Add(text("bank_bin", 6), text("bank_number", 19), text("bank_holder", 120), whole("refund_alone_vnd"))
	return app.Save(centre)
}

func paid(app core.App) (*core.Collection, error) {
	payments := core.NewBaseCollection("payments")
	payments.Fields.Add(
		text("payable", 15), choice("provider", "free", "vietqr", "cash", "invoice", "stripe"),
		whole("amount_vnd"), whole("received_vnd"), text("provider_ref", 255), data("params", 16),
		whole("refund_reserved_vnd"), whole("refunded_vnd"), flag("duplicate"), instant("paid_at"), text("confirmed_by", 40), text("note", 1000),
		choice("status", "created", "open", "processing", "succeeded", "failed", "expired", "cancelling", "cancelled"), rev(),
	)
	dates(payments)
	payments.AddIndex("payments_one_at_work", true, "payable", "payable != '' AND status != 'succeeded' AND status != 'failed' AND status != 'expired' AND status != 'cancelling' AND status != 'cancelled'")
	payments.AddIndex("payments_ref", true, "provider, provider_ref", "provider_ref != ''")
	payments.AddIndex("payments_payable", false, "payable, id", "")
	payments.AddIndex("payments_open", false, "amount_vnd, id", "status = 'open'")
	if err := app.Save(payments); err != nil {
		return nil, err
	}
	return payments, exec(app,
		`CREATE TRIGGER payments_moves BEFORE UPDATE OF status ON payments WHEN OLD.status != NEW.status
			AND OLD.status || '>' || NEW.status NOT IN ('created>open', 'created>succeeded', 'created>failed', 'created>cancelled',
				'open>processing', 'open>succeeded', 'open>failed', 'open>expired', 'open>cancelling', 'open>cancelled',
				'processing>succeeded', 'processing>failed', 'cancelling>cancelled', 'cancelling>succeeded')
		 BEGIN SELECT RAISE(ABORT, 'not a move of a payment'); END`,
		`CREATE TRIGGER payments_sums BEFORE UPDATE ON payments WHEN NEW.received_vnd < 0 OR NEW.refund_reserved_vnd < 0
			OR NEW.refunded_vnd < 0 OR NEW.refund_reserved_vnd > NEW.received_vnd OR NEW.refunded_vnd > NEW.refund_reserved_vnd
		 BEGIN SELECT RAISE(ABORT, 'more would go back than came'); END`,
		`CREATE TRIGGER payments_never_go BEFORE DELETE ON payments
		 BEGIN SELECT RAISE(ABORT, 'payments are never deleted'); END`,
	)
}

func returned(app core.App, payments *core.Collection) error {
	refunds := core.NewBaseCollection("refunds")
	refunds.Fields.Add(
		one("payment", payments), text("payable", 15), text("line", 15), whole("amount_vnd"), text("reason", 1000), data("tickets", 60),
		text("requested_by", 40), text("approved_by", 40), text("bank_ref", 100), text("note", 1000), instant("asked_at"), instant("done_at"),
		choice("status", "requested", "approved", "submitting", "pending", "succeeded", "failed", "manual_done", "cancelled"), rev(),
	)
	dates(refunds)
	refunds.AddIndex("refunds_payment", false, "payment, id", "")
	refunds.AddIndex("refunds_payable", false, "payable, id", "")
	refunds.AddIndex("refunds_list", false, "status, asked_at, id", "")
	refunds.AddIndex("refunds_once", true, "line", "line != '' AND status != 'cancelled'")
	if err := app.Save(refunds); err != nil {
		return err
	}
	return exec(app,
		`CREATE TRIGGER refunds_moves BEFORE UPDATE OF status ON refunds WHEN OLD.status != NEW.status
			AND OLD.status || '>' || NEW.status NOT IN ('requested>approved', 'requested>cancelled', 'approved>cancelled', 'approved>submitting',
				'approved>manual_done', 'submitting>pending', 'submitting>succeeded', 'submitting>failed', 'pending>succeeded', 'pending>failed',
				'succeeded>failed', 'failed>manual_done')
		 BEGIN SELECT RAISE(ABORT, 'not a move of a refund'); END`,
		`CREATE TRIGGER refunds_never_go BEFORE DELETE ON refunds
		 BEGIN SELECT RAISE(ABORT, 'refunds are never deleted'); END`,
	)
}

func stated(app core.App) error {
	statements := core.NewBaseCollection("statements")
	statements.Fields.Add(
		words("bank", 20), text("account", 40), text("file_name", 200), words("sha256", 64), whole("rows"), text("imported_by", 40), moment("at"), rev(),
	)
	dates(statements)
	statements.AddIndex("statements_file", true, "sha256", "")
	if err := app.Save(statements); err != nil {
		return err
	}
	lines := core.NewBaseCollection("bank_lines")
	lines.Fields.Add(
		one("statement", statements), words("bank", 20), text("account", 40), words("bank_ref", 120), moment("booked_at"), whole("amount_vnd"),
		text("memo", 1000), text("search_key", 1400), text("payment", 15), text("split_of", 15), whole("moved_vnd"),
		choice("status", "unmatched", "matched", "partial", "over", "late", "duplicate", "ignored", "returned"),
		data("suggestion", 8), text("note", 1000), text("handled_by", 40), rev(),
	)
	dates(lines)
	lines.AddIndex("bank_lines_once", true, "bank, account, bank_ref", "bank_ref != ''")
	lines.AddIndex("bank_lines_list", false, "booked_at, id", "")
	lines.AddIndex("bank_lines_queue", false, "status, booked_at, id", "")
	lines.AddIndex("bank_lines_payment", false, "payment", "payment != ''")
	lines.AddIndex("bank_lines_split", false, "split_of", "split_of != ''")
	if err := app.Save(lines); err != nil {
		return err
	}
	return exec(app,
		`CREATE TRIGGER bank_lines_moves BEFORE UPDATE OF status ON bank_lines WHEN OLD.status != NEW.status
			AND OLD.status || '>' || NEW.status NOT IN (
				'unmatched>matched', 'unmatched>partial', 'unmatched>over', 'unmatched>late', 'unmatched>duplicate', 'unmatched>ignored',
				'unmatched>returned', 'ignored>unmatched', 'late>unmatched', 'partial>unmatched', 'late>matched', 'partial>matched', 'over>matched',
				'late>returned', 'partial>returned', 'over>returned', 'duplicate>returned')
		 BEGIN SELECT RAISE(ABORT, 'not a move of a line of the bank'); END`,
		`CREATE TRIGGER bank_lines_stay BEFORE UPDATE ON bank_lines WHEN OLD.bank != NEW.bank OR OLD.account != NEW.account
			OR OLD.bank_ref != NEW.bank_ref OR OLD.booked_at != NEW.booked_at OR OLD.amount_vnd != NEW.amount_vnd OR OLD.memo != NEW.memo
			OR OLD.split_of != NEW.split_of OR NEW.moved_vnd < 0 OR NEW.moved_vnd > OLD.amount_vnd
		 BEGIN SELECT RAISE(ABORT, 'what the bank says stays as it is'); END`,
		`CREATE TRIGGER bank_lines_never_go BEFORE DELETE ON bank_lines
		 BEGIN SELECT RAISE(ABORT, 'what the bank says is never deleted'); END`,
	)
}

func receipted(app core.App) error {
	counters := core.NewBaseCollection("receipt_counters")
	counters.Fields.Add(whole("year"), whole("last"))
	dates(counters)
	counters.AddIndex("receipt_counters_year", true, "year", "")
	if err := app.Save(counters); err != nil {
		return err
	}
	receipts := core.NewBaseCollection("receipts")
	receipts.Fields.Add(
		words("number", 20), whole("year"), whole("seq"), words("payable", 15), choice("kind", "receipt", "correction"), text("corrects", 15),
		words("cause", 15), data("snapshot", 200), moment("issued_at"), text("issued_by", 40),
	)
	dates(receipts)
	receipts.AddIndex("receipts_number", true, "number", "")
	receipts.AddIndex("receipts_seq", true, "year, seq", "")
	receipts.AddIndex("receipts_payable", false, "payable, id", "")
	receipts.AddIndex("receipts_cause", true, "cause", "")
	if err := app.Save(receipts); err != nil {
		return err
	}
	return appendOnly(app, "receipts")
}
