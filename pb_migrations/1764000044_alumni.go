package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What became of startups after they graduated: five questions a year for five years, answered by a link. A figure that was not
// told is no zero: its state says so.
func init() {
	m.Register(func(app core.App) error {
		startups, err := found(app, "startups")
		if err != nil {
			return err
		}
		alumni := core.NewBaseCollection("alumni_reports")
		alumni.Fields.Add(
			one("startup", startups), whole("year"), moment("asked_at"), day("due_on"), secret("token_hash", 64), instant("token_expires"),
			instant("answered_at"), text("answered_by", 80), option("fate", "active", "dormant", "closed", "acquired", "merged", "ipo"),
			option("jobs_state", "value", "refused"), whole("jobs"), option("revenue_state", "value", "refused"), whole("revenue_vnd"),
			option("raised_state", "value", "refused"), whole("raised_vnd"), text("wish", 2000),
			choice("status", "open", "answered", "silent"), rev(),
		)
		dates(alumni)
		alumni.AddIndex("alumni_reports_once", true, "startup, year", "")
		alumni.AddIndex("alumni_reports_due", false, "status, due_on", "")
		alumni.AddIndex("alumni_reports_token", true, "token_hash", "token_hash != ''")
		if err := app.Save(alumni); err != nil {
			return err
		}
		return exec(app,
			`CREATE TRIGGER alumni_reports_moves BEFORE UPDATE OF status ON alumni_reports
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN ('open>answered', 'open>silent')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
		)
	}, nil)
}
