package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The ledger of jobs learns who ran what: a fencing number that every claim of a job raises, the process that ran it, the
// person who asked for it (” for the schedule), how long it took and what it did. Runs that somebody asked for lie beside
// the scheduled ones and never in their place.
func init() {
	m.Register(func(app core.App) error {
		runs, err := found(app, "job_runs")
		if err != nil {
			return err
		}
		runs.Fields.Add(whole("fence"), text("ran_by", 40), text("actor", 80), whole("took_ms"), text("did", 20))
		runs.RemoveIndex("job_runs_slot")
		runs.AddIndex("job_runs_slot", true, "job, slot, actor", "")
		runs.AddIndex("job_runs_ended", false, "ended_at", "")
		runs.AddIndex("job_runs_running", false, "job, lease_until", "outcome = 'running'")
		if err := app.Save(runs); err != nil {
			return err
		}
		if err := exec(app, `UPDATE job_runs SET fence = numbered.n
			FROM (SELECT id, row_number() OVER (PARTITION BY job ORDER BY slot) AS n FROM job_runs) AS numbered
			WHERE numbered.id = job_runs.id`); err != nil {
			return err
		}
		runs.AddIndex("job_runs_fence", true, "job, fence", "")
		return app.Save(runs)
	}, nil)
}
