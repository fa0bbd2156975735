package startups

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/record"
	"vuon/internal/startups/seal"
)

// BankAccounts are where the centre sends a startup's money: one for a purpose. What they say is sealed with a key that is not
// in the database, and bound to its row; who reads a copy of the database reads none of it. One that was taken away keeps its
// row and loses its number.
var BankAccounts = record.Of[BankAccount]("bank_accounts")

// BankAccount is one of them.
type BankAccount struct{ core.BaseRecordProxy }

// accountPurposes are what money is sent for; their words are account.for_<code>.
var accountPurposes = []string{"seed", "grant", "refund", "other"}

// AccountFields is what an account is, in the clear. It is never stored, logged or told as such.
type AccountFields struct {
	Bank   string `json:"bank"`
	Holder string `json:"holder"`
	Number string `json:"number"` // digits
}

// StartupID is whose account it is.
func (b *BankAccount) StartupID() string { return b.GetString("startup") }

// Purpose is one of accountPurposes.
func (b *BankAccount) Purpose() string { return b.GetString("purpose") }

// SealedWith names the key that opens it.
func (b *BankAccount) SealedWith() string { return b.GetString("sealed_with") }

// At is when its number was written.
func (b *BankAccount) At() time.Time { return b.GetDateTime("at").Time() }

// By is who wrote it.
func (b *BankAccount) By() string { return b.GetString("by") }

// Removed says whether it was taken away.
func (b *BankAccount) Removed() bool { return !b.GetDateTime("removed_at").IsZero() }

func (b *BankAccount) sealed() string { return b.GetString("payload") }

// bound is what the number is tied to: this row, of this startup.
func (b *BankAccount) bound() string { return "bank_accounts/" + b.Id + "/" + b.StartupID() }

// seal puts what the account is into the row. Error: account.no_key.
func (b *BankAccount) seal(ring *seal.Ring, random io.Reader, f AccountFields) error {
	plain, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("seal account %s: %w", b.Id, err)
	}
	sealed, with, err := ring.Seal(random, plain, b.bound())
	if err != nil {
		return unsealed(err)
	}
	b.Set("payload", sealed)
	b.Set("sealed_with", with)
	return nil
}

// open reads what the account is. Errors: account.no_key, account.other_key.
func (b *BankAccount) open(ring *seal.Ring) (f AccountFields, err error) {
	plain, err := ring.Open(b.sealed(), b.SealedWith(), b.bound())
	if err != nil {
		return f, unsealed(err)
	}
	if err := json.Unmarshal(plain, &f); err != nil {
		return f, fmt.Errorf("read account %s: it holds something else", b.Id) // not the cause: it would quote what was read
	}
	return f, nil
}

func unsealed(err error) error {
	switch {
	case errors.Is(err, seal.ErrNoKey):
		return fault.Conflict("account.no_key")
	case errors.Is(err, seal.ErrOtherKey):
		return fault.Conflict("account.other_key")
	}
	return err
}

func (b *BankAccount) written(by string, now time.Time, rev int) {
	record.At(b, rev)
	b.Set("by", by)
	b.Set("at", now)
}

func (b *BankAccount) remove(by string, now time.Time) {
	b.Set("removed_at", now)
	b.Set("removed_by", by)
	b.Set("payload", "")
}

func (b *BankAccount) sameRoots(was *BankAccount) bool {
	return b.StartupID() == was.StartupID() && b.Purpose() == was.Purpose()
}

// newAccount describes an account that is not yet stored.
func newAccount(app core.App, startup, purpose string) (*BankAccount, error) {
	b, err := BankAccounts.New(app)
	if err != nil {
		return nil, err
	}
	b.Id = core.GenerateDefaultRandomId() // the number is bound to it
	b.Set("startup", startup)
	b.Set("purpose", purpose)
	return b, nil
}

// tidy takes out of a number what people write between its digits, and refuses what is none. Errors: account.bank,
// account.holder, account.number.
func (f AccountFields) tidy() (AccountFields, error) {
	f.Bank, f.Holder = strings.Join(strings.Fields(f.Bank), " "), strings.Join(strings.Fields(f.Holder), " ")
	f.Number = strings.NewReplacer(" ", "", "\u00a0", "", ".", "", "-", "").Replace(f.Number)
	var wrong []error
	if f.Bank == "" || len([]rune(f.Bank)) > 120 {
		wrong = append(wrong, fault.Field("bank", "account.bank"))
	}
	if f.Holder == "" || len([]rune(f.Holder)) > 120 {
		wrong = append(wrong, fault.Field("holder", "account.holder"))
	}
	if len(f.Number) < 6 || len(f.Number) > 19 || strings.Trim(f.Number, "0123456789") != "" {
		wrong = append(wrong, fault.Field("number", "account.number"))
	}
	return f, fault.Fields(wrong...)
}

// masked is a number of which the last digits can be read: four, and two of a short one.
func masked(number string) string {
	shown := 4
	if len(number) < 10 {
		shown = 2
	}
	return "•••• " + number[max(0, len(number)-shown):]
}
