package startups

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/chore"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Accounts lists where a startup's money goes. Its admins, finance and managers over it.
// Errors: access.sign_in, record.not_found, startup.needs_admin.
func Accounts(app core.App, by access.Actor, startup string) ([]*BankAccount, error) {
	if err := mayHold(app, by, startup); err != nil {
		return nil, err
	}
	all, err := BankAccounts.All(app, dbx.HashExp{"startup": startup, "removed_at": ""})
	slices.SortFunc(all, func(a, b *BankAccount) int { return strings.Compare(a.Purpose()+a.Id, b.Purpose()+b.Id) })
	return all, err
}

// AddAccount says where a startup's money goes for a purpose. Its admins only. The journal learns the purpose and no digit.
// Errors: access.sign_in, record.not_found, startup.needs_admin, account.purpose, account.twice, account.bank, account.holder,
// account.number, account.no_key.
func AddAccount(app core.App, by access.Actor, startup, purpose string, f AccountFields, now time.Time) (b *BankAccount, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if _, err := Startups.Find(tx, startup); err != nil {
			return err
		}
		if err := mayAdmin(tx, by, startup); err != nil {
			return err
		}
		if !known(accountPurposes, purpose) {
			return fault.Field("purpose", "account.purpose")
		}
		there, err := tx.CountRecords(BankAccounts.Collection, dbx.HashExp{"startup": startup, "purpose": purpose, "removed_at": ""})
		switch {
		case err != nil:
			return err
		case there > 0:
			return fault.Conflict("account.twice")
		}
		if b, err = newAccount(tx, startup, purpose); err != nil {
			return err
		}
		if err := writeAccount(tx, by, b, f, 0, now); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, BankAccounts.Collection, b.Id, "add", b.told())
	})
	if err != nil {
		return nil, err
	}
	return b, nil
}

// ChangeAccount writes another number for the same purpose. The startup's admins only.
// Errors: as AddAccount, and record.stale.
func ChangeAccount(app core.App, by access.Actor, id string, f AccountFields, rev int, now time.Time) (*BankAccount, error) {
	return onAccount(app, by, id, func(tx core.App, b *BankAccount) error {
		if err := writeAccount(tx, by, b, f, rev, now); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, BankAccounts.Collection, b.Id, "change", b.told())
	})
}

// writeAccount seals a number into its row.
func writeAccount(tx core.App, by access.Actor, b *BankAccount, f AccountFields, rev int, now time.Time) error {
	f, err := f.tidy()
	if err != nil {
		return err
	}
	needs := asked(tx)
	if err := b.seal(needs.Seals, needs.Random, f); err != nil {
		return err
	}
	b.written(by.ID, now, rev)
	return tx.Save(b)
}

// told is what the journal learns of an account: whose it is, and what for.
func (b *BankAccount) told() lifecycle.Telling {
	return lifecycle.With(map[string]string{"startup": b.StartupID(), "purpose": b.Purpose()})
}

// DropAccount takes an account away, with its number. The startup's admins only. Errors: access.sign_in, record.not_found,
// startup.needs_admin.
func DropAccount(app core.App, by access.Actor, id string, now time.Time) error {
	_, err := onAccount(app, by, id, func(tx core.App, b *BankAccount) error {
		b.remove(by.ID, now)
		if err := tx.Save(b); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, BankAccounts.Collection, b.Id, "drop", b.told())
	})
	return err
}

// onAccount changes a living account by an admin of its startup. Who may read it is told what is missing; to everybody else it
// does not exist.
func onAccount(app core.App, by access.Actor, id string, change func(core.App, *BankAccount) error) (*BankAccount, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	return record.Change(app, BankAccounts, id, func(tx core.App, b *BankAccount) error {
		if err := mayHold(tx, by, b.StartupID()); err != nil {
			return unknown(err)
		}
		if b.Removed() {
			return fault.NotFound("record.not_found")
		}
		m, err := seat(tx, by, b.StartupID())
		switch {
		case err != nil:
			return err
		case m == nil || !m.Admin():
			return fault.Forbidden("startup.needs_admin")
		}
		return change(tx, b)
	})
}

// unknown makes every refusal that of a row that is not there.
func unknown(err error) error {
	if fault.Code(err) == "startup.needs_admin" {
		return fault.NotFound("record.not_found")
	}
	return err
}

// Reveal tells the whole number of an account. The startup's admins, finance and managers over it; the journal says who read
// it and when. Errors: access.sign_in, record.not_found, account.no_key, account.other_key.
func Reveal(app core.App, by access.Actor, id string, now time.Time) (f AccountFields, err error) {
	if err := access.MaySignedIn(by); err != nil {
		return f, err
	}
	_, err = record.Change(app, BankAccounts, id, func(tx core.App, b *BankAccount) error {
		if err := mayHold(tx, by, b.StartupID()); err != nil {
			return unknown(err)
		}
		if b.Removed() {
			return fault.NotFound("record.not_found")
		}
		if f, err = b.open(asked(tx).Seals); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, BankAccounts.Collection, b.Id, "reveal", b.told())
	})
	if err != nil {
		return AccountFields{}, err
	}
	return f, nil
}

// ResealAccounts seals anew what was sealed with an earlier secret, so that the earlier one can be forgotten.
func ResealAccounts(app core.App, _ time.Time) error {
	ring := asked(app).Seals
	run := chore.Of(app, "reseal_accounts")
	if ring.Name() == "" {
		return nil
	}
	old, err := BankAccounts.All(app, dbx.HashExp{"removed_at": ""}, dbx.Not(dbx.HashExp{"sealed_with": ring.Name()}))
	if err != nil {
		return err
	}
	var failed error
	done := 0
	for _, b := range old {
		_, err := record.Change(app, BankAccounts, b.Id, func(tx core.App, b *BankAccount) error {
			if b.Removed() || b.SealedWith() == ring.Name() {
				return nil
			}
			f, err := b.open(ring)
			if err != nil {
				return err
			}
			if err := b.seal(ring, asked(tx).Random, f); err != nil {
				return err
			}
			done++
			return tx.Save(b)
		})
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("seal account %s anew: %w", b.Id, err))
		}
	}
	run.Did(done)
	return failed
}
