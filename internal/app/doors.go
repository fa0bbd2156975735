package app

import (
	"fmt"
	"reflect"

	"github.com/pocketbase/pocketbase/core"
)

// factorLasts is how many seconds somebody has for the second factor after the first.
const factorLasts = 600

// hangDoors writes the ways in of the policy page into the database, as applyPolicy does the rules: what was changed
// elsewhere is overwritten with a warning.
func hangDoors(app core.App) error {
	for _, d := range doors {
		c, err := app.FindCollectionByNameOrId(d.collection)
		if err != nil {
			return fmt.Errorf("door of %s: %w", d.collection, err)
		}
		before, born := lock(c), c.AuthAlert.Enabled // PocketBase makes its collections with alerts, the house has its own
		d.hang(c)
		if reflect.DeepEqual(before, lock(c)) {
			continue
		}
		if !born {
			app.Logger().Warn("the policy page overwrote ways to sign in that were changed elsewhere", "collection", c.Name)
		}
		if err := app.Save(c); err != nil {
			return fmt.Errorf("door of %s: %w", d.collection, err)
		}
	}
	return nil
}

// hang sets how accounts are entered. PocketBase counts mailed codes as a factor only where its own are on: for people it
// closes the routes of those (package people), and mails the house's.
func (d door) hang(c *core.Collection) {
	c.AuthRule, c.ManageRule = d.may.pointer(), nil
	c.PasswordAuth.Enabled, c.PasswordAuth.IdentityFields = true, []string{core.FieldNameEmail}
	c.OTP.Enabled = true
	c.MFA.Enabled, c.MFA.Duration, c.MFA.Rule = true, factorLasts, ""
	if d.two != public {
		c.MFA.Rule = string(d.two)
	}
	if p, ok := c.Fields.GetByName(core.FieldNamePassword).(*core.PasswordField); ok {
		p.Min = d.least
	}
	c.OAuth2.Enabled = false
	c.AuthAlert.Enabled = false
}

// lock is what hang sets, for comparing.
func lock(c *core.Collection) []any {
	least := 0
	if p, ok := c.Fields.GetByName(core.FieldNamePassword).(*core.PasswordField); ok {
		least = p.Min
	}
	return []any{
		least,
		c.AuthRule, c.ManageRule, c.PasswordAuth.Enabled, c.PasswordAuth.IdentityFields, c.OTP.Enabled,
		c.MFA.Enabled, c.MFA.Duration, c.MFA.Rule, c.OAuth2.Enabled, c.AuthAlert.Enabled,
	}
}
