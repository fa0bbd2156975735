package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Who went on from a round, and why: written once, when a person confirms what the rule proposes.
func init() {
	m.Register(func(app core.App) error {
		rounds, err := found(app, "rounds")
		if err != nil {
			return err
		}
		results := core.NewBaseCollection("round_results")
		results.Fields.Add(
			one("round", rounds), choice("subject_type", "application", "entry"), words("subject", 15), whole("place"),
			choice("proposed", "advanced", "stayed"), choice("outcome", "advanced", "stayed"), data("why", 10), text("changed_because", 1000), moment("at"),
		)
		results.AddIndex("round_results_once", true, "round, subject_type, subject", "")
		results.AddIndex("round_results_outcome", false, "round, outcome", "")
		if err := app.Save(results); err != nil {
			return err
		}
		return appendOnly(app, "round_results")
	}, nil)
}
