package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/notify"
	"vuon/internal/startups"
)

// stamp writes an instant as PocketBase stores it, so that text order is time order.
func stamp(at time.Time) string { return at.UTC().Format(types.DefaultDateLayout) }

type keptRow struct {
	body, answer string
	status       int
}

// keptAnswer finds the answer to a request that was made before; nil when it was not.
func keptAnswer(tx core.App, ask asked) (*keptRow, error) {
	var kept keptRow
	err := tx.DB().NewQuery("SELECT body_hash, status, answer FROM request_keys WHERE actor = {:actor} AND route = {:route} AND key = {:key}").
		Bind(dbx.Params{"actor": ask.actor, "route": ask.route, "key": ask.key}).Row(&kept.body, &kept.status, &kept.answer)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, nil //nolint:nilnil // a request that was not made before is no error
	case err != nil:
		return nil, fmt.Errorf("look for the answer to %s: %w", ask.route, err)
	}
	return &kept, nil
}

func keepAnswer(tx core.App, ask asked, status int, answer string, now time.Time) error {
	_, err := tx.NonconcurrentDB().Insert("request_keys", dbx.Params{
		"id": core.GenerateDefaultRandomId(), "actor": ask.actor, "route": ask.route, "key": ask.key,
		"body_hash": ask.body, "status": status, "answer": answer, "at": stamp(now),
	}).Execute()
	if err != nil {
		return fmt.Errorf("keep the answer to %s: %w", ask.route, err)
	}
	return nil
}

// forgetAnswers removes the answers that were kept before an instant.
func forgetAnswers(app core.App, before time.Time) error {
	_, err := app.NonconcurrentDB().NewQuery("DELETE FROM request_keys WHERE at < {:before}").
		Bind(dbx.Params{"before": stamp(before)}).Execute()
	return err
}

// sqliteVersion asks the database library for its version.
func sqliteVersion(app core.App) (v string, err error) {
	err = app.DB().NewQuery("SELECT sqlite_version()").Row(&v)
	return v, err
}

// triggerStands says whether the database has a trigger of this name.
func triggerStands(app core.App, name string) (bool, error) {
	var n int
	err := app.DB().NewQuery("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name = {:name}").
		Bind(dbx.Params{"name": name}).Row(&n)
	return n > 0, err
}

// appliedMigrations lists the migrations that the database has seen, and when the first of them ran.
func appliedMigrations(app core.App) (files []string, first time.Time, err error) {
	var rows []struct {
		File    string `db:"file"`
		Applied int64  `db:"applied"`
	}
	if err := app.DB().NewQuery("SELECT file, applied FROM _migrations ORDER BY applied").All(&rows); err != nil {
		return nil, time.Time{}, fmt.Errorf("read the applied migrations: %w", err)
	}
	for i, r := range rows {
		files = append(files, r.File)
		if i == 0 {
			first = time.UnixMicro(r.Applied)
		}
	}
	return files, first, nil
}

// claim takes a slot for this process. Of any number of processes one gets true; a slot that is done, or leased, or was
// tried too often, goes to nobody.
func claim(app core.App, job string, slot, now time.Time) (bool, error) {
	result, err := app.NonconcurrentDB().NewQuery(`
		INSERT INTO job_runs (id, job, slot, outcome, lease_until, attempts, started_at)
		VALUES ({:id}, {:job}, {:slot}, 'running', {:until}, 1, {:now})
		ON CONFLICT (job, slot) DO UPDATE
		SET outcome = 'running', lease_until = excluded.lease_until, attempts = attempts + 1, started_at = excluded.started_at
		WHERE outcome != 'done' AND lease_until <= {:now} AND attempts < {:attempts}`).
		Bind(dbx.Params{
			"id": core.GenerateDefaultRandomId(), "job": job, "slot": stamp(slot),
			"until": stamp(now.Add(lease)), "now": stamp(now), "attempts": attempts,
		}).Execute()
	if err != nil {
		return false, fmt.Errorf("claim %s %s: %w", job, stamp(slot), err)
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// settle closes a claimed slot. A slot that failed is free again at once.
func settle(app core.App, job string, slot, now time.Time, failed error) error {
	outcome, text := "done", ""
	if failed != nil {
		outcome, text = "failed", failed.Error()
	}
	_, err := app.NonconcurrentDB().NewQuery(`
		UPDATE job_runs SET outcome = {:outcome}, error = {:error}, lease_until = {:now}, ended_at = {:now}
		WHERE job = {:job} AND slot = {:slot}`).
		Bind(dbx.Params{"outcome": outcome, "error": text, "now": stamp(now), "job": job, "slot": stamp(slot)}).Execute()
	if err != nil {
		return fmt.Errorf("settle %s %s: %w", job, stamp(slot), err)
	}
	return nil
}

// lastDone returns the latest slot up to now that job has done, or zero. What was run ahead of its time, by an operator who
// mistyped a year say, does not keep the job from running until then.
func lastDone(app core.App, job string, now time.Time) (time.Time, error) {
	var slot string
	err := app.DB().NewQuery("SELECT slot FROM job_runs WHERE job = {:job} AND outcome = 'done' AND slot <= {:now} ORDER BY slot DESC LIMIT 1").
		Bind(dbx.Params{"job": job, "now": stamp(now)}).Row(&slot)
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
		Bind(dbx.Params{"now": stamp(now)}).Row(&ended)
	if err != nil {
		return time.Time{}, fmt.Errorf("read the ledger: %w", err)
	}
	at, err := types.ParseDateTime(ended)
	return at.Time(), err
}

// probeWrite takes the write lock and changes nothing.
func probeWrite(app core.App) error {
	return app.RunInTransaction(func(tx core.App) error {
		_, err := tx.NonconcurrentDB().NewQuery("UPDATE job_runs SET attempts = attempts WHERE id = ''").Execute()
		return err
	})
}

// namesOf tells the names of the people who acted in entries, by id. Erased people and the house itself have none.
func namesOf(app core.App, entries []*lifecycle.Entry) (map[string]string, error) {
	ids := []any{}
	for _, e := range entries {
		ids = append(ids, e.Actor())
	}
	var rows []struct {
		ID   string `db:"id"`
		Name string `db:"full_name"`
	}
	if err := app.DB().Select("id", "full_name").From("users").Where(dbx.In("id", ids...)).All(&rows); err != nil {
		return nil, fmt.Errorf("read names: %w", err)
	}
	names := map[string]string{}
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	return names, nil
}

// readerOf tells whom a mail to a user goes to. Nobody writes to people who were suspended or erased.
func readerOf(app core.App, user string) (notify.Reader, error) {
	var row struct {
		Name   string `db:"full_name"`
		Email  string `db:"email"`
		Locale string `db:"locale"`
		Status string `db:"status"`
	}
	err := app.DB().Select("full_name", "email", "locale", "status").From("users").Where(dbx.HashExp{"id": user}).One(&row)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return notify.Reader{ID: user, Gone: true}, nil
	case err != nil:
		return notify.Reader{}, fmt.Errorf("read whom a mail goes to: %w", err)
	}
	return notify.Reader{ID: user, Name: row.Name, Address: row.Email, Lang: locale.Lang(row.Locale), Gone: row.Status != "active"}, nil
}

// jobRun is one line of the ledger, as staff read it.
type jobRun struct {
	Job      string `db:"job"        json:"-"`
	Slot     string `db:"slot"       json:"slot"`
	Outcome  string `db:"outcome"    json:"outcome"`
	Attempts int    `db:"attempts"   json:"attempts"`
	Started  string `db:"started_at" json:"started_at"`
	Ended    string `db:"ended_at"   json:"ended_at"`
	Error    string `db:"error"      json:"error"`
}

// latestRuns returns the newest line of the ledger of every job.
func latestRuns(ctx context.Context, app core.App) (map[string]jobRun, error) {
	var rows []jobRun
	err := app.DB().NewQuery(`
		SELECT job, slot, outcome, attempts, started_at, ended_at, error FROM job_runs r
		WHERE slot = (SELECT max(slot) FROM job_runs WHERE job = r.job)`).WithContext(ctx).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	runs := map[string]jobRun{}
	for _, r := range rows {
		runs[r.Job] = r
	}
	return runs, nil
}

// cohortRow is what other rooms may know of a cohort.
type cohortRow struct {
	ID        string `db:"id"`
	Programme string `db:"programme"`
	Capacity  int    `db:"capacity"`
	TitleVI   string `db:"title_vi"`
	TitleEN   string `db:"title_en"`
}

// cohortByID finds a cohort. Error: record.not_found.
func cohortByID(app core.App, id string) (cohortRow, error) {
	var row cohortRow
	err := app.DB().Select("id", "programme", "capacity", "title_vi", "title_en").From("cohorts").Where(dbx.HashExp{"id": id}).One(&row)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return row, fault.NotFound("record.not_found")
	case err != nil:
		return row, fmt.Errorf("read cohort %s: %w", id, err)
	}
	return row, nil
}

// cohortTitles lists every cohort with its programme, the newest first.
func cohortTitles(app core.App) ([]startups.Cohort, error) {
	var rows []cohortRow
	err := app.DB().Select("id", "programme", "capacity", "title_vi", "title_en").From("cohorts").
		OrderBy("starts_on DESC", "id").All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list the cohorts: %w", err)
	}
	list := make([]startups.Cohort, 0, len(rows))
	for _, r := range rows {
		list = append(list, startups.Cohort{ID: r.ID, Programme: r.Programme, Title: locale.Pair{VI: r.TitleVI, EN: r.TitleEN}})
	}
	return list, nil
}

// fullName is the name of a person, or "" when nobody knows it.
func fullName(app core.App, user string) (name string, err error) {
	err = app.DB().Select("full_name").From("users").Where(dbx.HashExp{"id": user}).Row(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return name, err
}

// userAt is the active person with a mail address, or "".
func userAt(app core.App, mail string) (id string, err error) {
	err = app.DB().Select("id").From("users").Where(dbx.HashExp{"email": mail, "status": "active"}).Row(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}
