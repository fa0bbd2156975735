package app

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/access"
	"vuon/internal/chore"
	"vuon/internal/fault"
	"vuon/internal/record"
)

// abandon writes down that the runs of a job whose lease is over have failed.
func abandon(tx core.App, job string, now time.Time) error {
	_, err := tx.NonconcurrentDB().NewQuery(`
		UPDATE job_runs SET outcome = 'failed', error = {:error}, ended_at = {:now}, lease_until = {:now}
		WHERE job = {:job} AND outcome = 'running' AND (lease_until <= {:now} OR lease_until > {:far})`).
		Bind(dbx.Params{"job": job, "error": abandoned, "now": record.Stamp(now), "far": record.Stamp(now.Add(farAhead))}).Execute()
	if err != nil {
		return fmt.Errorf("look for abandoned runs of %s: %w", job, err)
	}
	return nil
}

// claim takes a slot for the process by. Of any number of processes one gets its row and a fence; a slot that is done or was tried
// too often goes to nobody, and none does while the job is running: then the fence is 0.
func claim(app core.App, h held, by string, now time.Time) (id string, fence int, err error) {
	err = app.NonconcurrentDB().NewQuery(`
		INSERT INTO job_runs (id, job, slot, actor, outcome, lease_until, attempts, started_at, fence, ran_by)
		SELECT {:id}, {:job}, {:slot}, {:actor}, 'running', {:until}, 1, {:now},
			1 + (SELECT coalesce(max(fence), 0) FROM job_runs WHERE job = {:job}), {:by}
		WHERE NOT EXISTS (SELECT 1 FROM job_runs
			WHERE job = {:job} AND outcome = 'running' AND lease_until > {:now})
		ON CONFLICT (job, slot, actor) DO UPDATE
		SET outcome = 'running', lease_until = excluded.lease_until, attempts = attempts + 1, started_at = excluded.started_at,
			fence = excluded.fence, ran_by = excluded.ran_by, ended_at = '', error = '', did = '', took_ms = 0
		WHERE outcome != 'done' AND attempts < {:attempts}
		RETURNING id, fence`).
		Bind(dbx.Params{
			"id": core.GenerateDefaultRandomId(), "job": h.job, "slot": record.Stamp(h.slot), "actor": h.actor, "by": by,
			"until": record.Stamp(now.Add(lease)), "now": record.Stamp(now), "attempts": attempts,
		}).Row(&id, &fence)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", 0, fmt.Errorf("claim %s %s: %w", h.job, record.Stamp(h.slot), err)
	}
	return id, fence, nil
}

// mine is what must be true of a row of the ledger for its run to be still the job's only one.
const mine = `id = {:id} AND fence = {:fence} AND outcome = 'running'
	AND NOT EXISTS (SELECT 1 FROM job_runs later WHERE later.job = {:job} AND later.fence > {:fence})`

func (h held) params() dbx.Params { return dbx.Params{"id": h.id, "job": h.job, "fence": h.fence} }

// stillHeld says whether nobody has taken over what is held.
func stillHeld(app core.App, h held) (bool, error) {
	var n int
	if err := app.NonconcurrentDB().NewQuery("SELECT count(*) FROM job_runs WHERE " + mine).Bind(h.params()).Row(&n); err != nil {
		return false, fmt.Errorf("look who runs %s: %w", h.job, err)
	}
	return n > 0, nil
}

// result is how a run went.
type result struct {
	failed error
	took   time.Duration
	did    string
}

// settle closes what is held. A slot that failed is free again at once. Error: chore.ErrPassed when somebody else has
// taken the job over; then nothing is written.
func settle(app core.App, h held, now time.Time, r result) error {
	outcome, text := runDone, ""
	if r.failed != nil {
		outcome, text = runFailed, r.failed.Error()
		if letters := []rune(text); len(letters) > longest {
			text = string(letters[:longest])
		}
	}
	p := h.params()
	p["outcome"], p["error"], p["now"], p["took"], p["did"] = outcome, text, record.Stamp(now), r.took.Milliseconds(), r.did
	done, err := app.NonconcurrentDB().NewQuery(`
		UPDATE job_runs SET outcome = {:outcome}, error = {:error}, lease_until = {:now}, ended_at = {:now}, took_ms = {:took}, did = {:did}
		WHERE ` + mine).Bind(p).Execute()
	if err != nil {
		return fmt.Errorf("settle %s %s: %w", h.job, record.Stamp(h.slot), err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, fmt.Errorf("settle %s %s: %w", h.job, record.Stamp(h.slot), chore.ErrPassed))
	}
	return nil
}

// lastSettled returns the latest slot up to now that needs no more work: it is done, or was tried as often as slots are.
// What was run ahead of its time, by an operator who mistyped a year say, does not keep the job from running until then.
func lastSettled(app core.App, job string, now time.Time) (time.Time, error) {
	var slot string
	err := app.DB().NewQuery(`SELECT slot FROM job_runs WHERE job = {:job} AND slot <= {:now} AND actor = ''
		AND (outcome = 'done' OR outcome = 'failed' AND attempts >= {:attempts}) ORDER BY slot DESC LIMIT 1`).
		Bind(dbx.Params{"job": job, "now": record.Stamp(now), "attempts": attempts}).Row(&slot)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, fmt.Errorf("read what %s has done: %w", job, err)
	}
	at, err := types.ParseDateTime(slot)
	return at.Time(), err
}

// lastRun tells when a job last ended up to now, or zero.
func lastRun(app core.App, now time.Time) (time.Time, error) {
	var ended string
	err := app.DB().NewQuery("SELECT coalesce(max(ended_at), '') FROM job_runs WHERE ended_at <= {:now}").
		Bind(dbx.Params{"now": record.Stamp(now)}).Row(&ended)
	if err != nil {
		return time.Time{}, fmt.Errorf("read the ledger: %w", err)
	}
	at, err := types.ParseDateTime(ended)
	return at.Time(), err
}

// linesOf counts what an actor has written into the journal after an entry.
func linesOf(app core.App, by access.Actor, after int) (n int, err error) {
	err = app.DB().NewQuery("SELECT count(*) FROM journal WHERE seq > {:after} AND actor = {:actor}").
		Bind(dbx.Params{"after": after, "actor": by.ID}).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count what %s wrote: %w", by.ID, err)
	}
	return n, nil
}

// forgetRunsBefore removes runs that began before an instant, and says how many. What every job did last stays, for its catch-up goes
// by it, and so does what holds its greatest fence.
func forgetRunsBefore(app core.App, before, now time.Time) (int, error) {
	gone, err := app.NonconcurrentDB().NewQuery(`
		DELETE FROM job_runs WHERE started_at < {:before} AND outcome != 'running'
		AND fence < (SELECT max(top.fence) FROM job_runs top WHERE top.job = job_runs.job)
		AND id != coalesce((SELECT last.id FROM job_runs last WHERE last.job = job_runs.job AND last.actor = ''
			AND last.outcome = 'done' AND last.slot <= {:now} ORDER BY last.slot DESC LIMIT 1), '')`).
		Bind(dbx.Params{"before": record.Stamp(before), "now": record.Stamp(now)}).Execute()
	if err != nil {
		return 0, fmt.Errorf("forget old runs: %w", err)
	}
	n, err := gone.RowsAffected()
	return int(n), err
}

// jobRun is one line of the ledger, as staff read it.
type jobRun struct {
	ID       string `db:"id"          json:"id"`
	Job      string `db:"job"         json:"-"`
	Slot     string `db:"slot"        json:"slot"`
	Outcome  string `db:"outcome"     json:"outcome"`
	Lease    string `db:"lease_until" json:"lease_until"`
	Attempts int    `db:"attempts"    json:"attempts"`
	Started  string `db:"started_at"  json:"started_at"`
	Ended    string `db:"ended_at"    json:"ended_at"`
	Took     int    `db:"took_ms"     json:"took_ms"`
	Did      string `db:"did"         json:"did"` // a number; "" while it runs
	Error    string `db:"error"       json:"error"`
	Fence    int    `db:"fence"       json:"fence"`
	RanBy    string `db:"ran_by"      json:"ran_by"`     // a process
	Actor    string `db:"actor"       json:"actor"`      // who asked for it; "" is the schedule
	Name     string `db:"name"        json:"actor_name"` // theirs; "" when nobody knows it
}

const runColumns = `r.id, r.job, r.slot, r.outcome, r.lease_until, r.attempts, r.started_at, r.ended_at, r.took_ms, r.did, r.error,
	r.fence, r.ran_by, r.actor, coalesce(u.full_name, '') AS name`

// latestRuns returns the latest run of each job, on the schedule or by hand.
func latestRuns(ctx context.Context, app core.App, jobs []string) (map[string]jobRun, error) {
	names, err := json.Marshal(jobs)
	if err != nil {
		return nil, err
	}
	var rows []jobRun
	err = app.DB().NewQuery(`SELECT ` + runColumns + ` FROM json_each({:jobs}) j
		CROSS JOIN job_runs r ON r.job = j.value AND r.fence = (SELECT max(fence) FROM job_runs WHERE job = j.value)
		LEFT JOIN users u ON u.id = r.actor`).Bind(dbx.Params{"jobs": string(names)}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	runs := map[string]jobRun{}
	for _, r := range rows {
		runs[r.Job] = r
	}
	return runs, nil
}

// runsOf returns the runs of a job before a fence, the latest first, at most limit.
func runsOf(ctx context.Context, app core.App, job string, before, limit int) ([]jobRun, error) {
	rows := []jobRun{}
	err := app.DB().NewQuery(`SELECT ` + runColumns + ` FROM job_runs r LEFT JOIN users u ON u.id = r.actor
		WHERE r.job = {:job} AND r.fence < {:before} ORDER BY r.fence DESC LIMIT {:limit}`).
		Bind(dbx.Params{"job": job, "before": before, "limit": limit}).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read the ledger of %s: %w", job, err)
	}
	return rows, nil
}

// runByID reads one run. Error: record.not_found.
func runByID(app core.App, id string) (jobRun, error) {
	var row jobRun
	err := app.DB().NewQuery(`SELECT ` + runColumns + ` FROM job_runs r LEFT JOIN users u ON u.id = r.actor WHERE r.id = {:id}`).
		Bind(dbx.Params{"id": id}).One(&row)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return row, fault.NotFound("record.not_found")
	case err != nil:
		return row, fmt.Errorf("read run %s: %w", id, err)
	}
	return row, nil
}
