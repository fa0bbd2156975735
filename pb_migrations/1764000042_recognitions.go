package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What others have certified of a startup, and what it has raised. A round of funding never changes: whoever finds a mistake
// writes another row that corrects it.
func init() {
	m.Register(func(app core.App) error {
		startups, err := found(app, "startups")
		if err != nil {
			return err
		}
		papers, err := found(app, "startup_documents")
		if err != nil {
			return err
		}

		recognitions := core.NewBaseCollection("recognitions")
		recognitions.Fields.Add(
			one("startup", startups),
			choice("type", "sci_tech_enterprise", "innovative_startup", "patent", "utility_solution", "industrial_design", "trademark",
				"copyright", "iso", "award", "other"),
			words("title", 200), text("number", 80), text("issuer", 200), day("issued_on"), day("expires_on"), paper("document", papers),
			text("note", 2000), text("decided_by", 80), instant("decided_at"), text("reason", 1000),
			choice("status", "claimed", "verified", "expired", "revoked"), rev(),
		)
		dates(recognitions)
		recognitions.AddIndex("recognitions_startup", false, "startup, status", "")
		recognitions.AddIndex("recognitions_expiring", false, "status, expires_on", "")
		recognitions.AddIndex("recognitions_number", true, "startup, type, number", "number != '' AND status != 'revoked'")

		rounds := core.NewBaseCollection("funding_rounds")
		rounds.Fields.Add(
			one("startup", startups),
			choice("kind", "own", "grant", "loan", "pre_seed", "seed", "bridge", "series_a", "series_b", "later", "other"),
			choice("state", "value", "refused"), whole("amount_vnd"),
			&core.TextField{Name: "closed_on", Required: true, Pattern: `^\d{4}-\d{2}-\d{2}$`},
			text("investors", 1000), flag("disclosed"), paper("document", papers),
			text("corrects", 15), flag("void"), text("reason", 1000), text("by", 80), moment("at"),
		)
		rounds.AddIndex("funding_rounds_startup", false, "startup, closed_on", "")
		rounds.AddIndex("funding_rounds_corrects", true, "corrects", "corrects != ''")

		for _, c := range []*core.Collection{recognitions, rounds} {
			if err := app.Save(c); err != nil {
				return err
			}
		}
		if err := appendOnly(app, "funding_rounds"); err != nil {
			return err
		}
		return exec(app,
			`CREATE TRIGGER recognitions_moves BEFORE UPDATE OF status ON recognitions
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN (
				'claimed>verified', 'claimed>expired', 'claimed>revoked', 'verified>expired', 'verified>revoked', 'verified>claimed',
				'expired>claimed', 'expired>revoked')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
		)
	}, nil)
}
