package site

import (
	"regexp"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Describe changes what the centre says of itself, from the revision that the editor has read. Managers of the whole
// house only. edit is handed the words as they stand.
// Errors: access.sign_in, access.needs_manager, record.stale.
func Describe(app core.App, by access.Actor, rev int, edit func(*Description) error, now time.Time) (*Centre, error) {
	if err := access.MayGovern(by); err != nil {
		return nil, err
	}
	centre, err := TheCentre(app)
	if err != nil {
		return nil, err
	}
	return record.Change(app, Centres, centre.Id, func(tx core.App, c *Centre) error {
		said := c.Description()
		if err := edit(&said); err != nil {
			return err
		}
		c.describe(said)
		record.At(c, rev)
		if err := tx.Save(c); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, "centre", c.Id, "describe")
	})
}

// NameAccount says where transfers to the centre go, and up to which sum one person alone may send some back. Orders that wait for
// money keep the account that their picture shows. Managers of the whole house only.
// Errors: access.sign_in, access.needs_manager, record.stale, centre.account.
func NameAccount(app core.App, by access.Actor, a Account, rev int, now time.Time) (*Centre, error) {
	if err := access.MayGovern(by); err != nil {
		return nil, err
	}
	a.Bank, a.Number, a.Holder = strings.TrimSpace(a.Bank), strings.TrimSpace(a.Number), strings.TrimSpace(a.Holder)
	if !account.MatchString(a.Bank+" "+a.Number) || a.Alone < 0 {
		return nil, fault.Field("account", "centre.account")
	}
	centre, err := TheCentre(app)
	if err != nil {
		return nil, err
	}
	return record.Change(app, Centres, centre.Id, func(tx core.App, c *Centre) error {
		c.bank(a)
		record.At(c, rev)
		if err := tx.Save(c); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, "centre", c.Id, "name_account")
	})
}

// account is a bank's number and that of an account, as a picture of a transfer can hold them.
var account = regexp.MustCompile(`^[0-9]{6} [0-9A-Za-z]{1,19}$`)
