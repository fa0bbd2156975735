package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Identities: who a provider of identities says somebody is, and the errands of browsers that go there and come back.
func init() {
	m.Register(func(app core.App) error {
		users, err := found(app, "users")
		if err != nil {
			return err
		}
		identities := core.NewBaseCollection("identities")
		identities.Fields.Add(
			words("issuer", 300), &core.TextField{Name: "subject", Max: 255, Required: true, Hidden: true}, one("user", users),
			moment("linked_at"), instant("last_at"),
		)
		identities.AddIndex("identities_once", true, "issuer, subject", "")
		identities.AddIndex("identities_user", true, "user, issuer", "")
		if err := app.Save(identities); err != nil {
			return err
		}

		errands := core.NewBaseCollection("identity_errands")
		errands.Fields.Add(
			&core.TextField{Name: "key", Max: 64, Required: true, Hidden: true}, choice("purpose", "sign_in", "link"),
			text("user", 15), text("way", 500), option("locale", "vi", "en"), moment("expires_at"),
			instant("back_at"), text("issuer", 300), secret("subject", 255), secret("email", 254), flag("email_verified"),
			secret("full_name", 120), flag("strong"), instant("used_at"),
		)
		errands.AddIndex("identity_errands_key", true, "key", "")
		errands.AddIndex("identity_errands_expiry", false, "expires_at", "")
		return app.Save(errands)
	}, nil)
}
