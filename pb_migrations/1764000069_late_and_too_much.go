package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Money that came late, and more of it than was asked, pays for what is given all the same: what is too much waits on for a person.
// When a payment was asked for stands beside what was asked, so that a transfer is not taken for one of a later day.
func init() {
	m.Register(func(app core.App) error {
		payments, err := found(app, "payments")
		if err != nil {
			return err
		}
		payments.Fields.Add(instant("asked_at"))
		if err := app.Save(payments); err != nil {
			return err
		}
		return exec(app,
			`UPDATE payments SET asked_at = created WHERE params != 'null' AND params != ''`,
			`DROP TRIGGER bank_lines_moves`,
			`CREATE TRIGGER bank_lines_moves BEFORE UPDATE OF status ON bank_lines WHEN OLD.status != NEW.status
				AND OLD.status || '>' || NEW.status NOT IN (
					'unmatched>matched', 'unmatched>partial', 'unmatched>over', 'unmatched>late', 'unmatched>duplicate', 'unmatched>ignored',
					'unmatched>returned', 'ignored>unmatched', 'late>unmatched', 'partial>unmatched', 'late>matched', 'late>over', 'partial>matched',
					'over>matched', 'late>returned', 'partial>returned', 'over>returned', 'duplicate>returned')
			 BEGIN SELECT RAISE(ABORT, 'not a move of a line of the bank'); END`,
		)
	}, nil)
}
