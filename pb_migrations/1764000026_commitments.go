package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What judges take upon themselves in a round, how long a round waits for what was begun, and what was asked beyond a
// judge's number.
func init() {
	m.Register(func(app core.App) error {
		users, err := found(app, "users")
		if err != nil {
			return err
		}
		rounds, err := found(app, "rounds")
		if err != nil {
			return err
		}
		assignments, err := found(app, "assignments")
		if err != nil {
			return err
		}

		rounds.Fields.Add(whole("grace_min"), instant("grace_until"))
		if err := app.Save(rounds); err != nil {
			return err
		}

		if err := exec(app, "DROP TRIGGER assignments_without_conflict"); err != nil {
			return err
		}
		assignments.Fields.Add(text("beyond", 1000), instant("reopened_until"))
		assignments.AddIndex("assignments_round", false, "round, judge, status", "")
		if err := app.Save(assignments); err != nil {
			return err
		}
		if err := exec(app, `CREATE TRIGGER assignments_without_conflict BEFORE INSERT ON assignments
			 WHEN EXISTS (SELECT 1 FROM conflicts c WHERE c.judge = NEW.judge AND c.subject_type = NEW.subject_type
				AND c.subject = NEW.subject AND c.status != 'dismissed')
			 BEGIN SELECT RAISE(ABORT, 'the judge has a conflict of interest'); END`); err != nil {
			return err
		}

		commitments := core.NewBaseCollection("judge_commitments")
		commitments.Fields.Add(
			one("round", rounds), one("judge", users), whole("asked"), whole("capacity"), instant("accepted_at"), text("declined_because", 1000),
			choice("status", "invited", "accepted", "declined"), rev(),
		)
		dates(commitments)
		commitments.AddIndex("judge_commitments_once", true, "round, judge", "")
		commitments.AddIndex("judge_commitments_judge", false, "judge, status", "")
		return app.Save(commitments)
	}, nil)
}
