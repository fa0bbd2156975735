package app

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/notify"
	"vuon/internal/record"
	"vuon/internal/startups"
)

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
		"body_hash": ask.body, "status": status, "answer": answer, "at": record.Stamp(now),
	}).Execute()
	if err != nil {
		return fmt.Errorf("keep the answer to %s: %w", ask.route, err)
	}
	return nil
}

// forgetAnswers removes the answers that were kept before an instant, and says how many.
func forgetAnswers(app core.App, before time.Time) (int, error) {
	gone, err := app.NonconcurrentDB().NewQuery("DELETE FROM request_keys WHERE at < {:before}").
		Bind(dbx.Params{"before": record.Stamp(before)}).Execute()
	if err != nil {
		return 0, fmt.Errorf("forget kept answers: %w", err)
	}
	n, err := gone.RowsAffected()
	return int(n), err
}

// sqliteVersion asks the database library for its version.
func sqliteVersion(app core.App) (v string, err error) {
	err = app.DB().NewQuery("SELECT sqlite_version()").Row(&v)
	return v, err
}

// standingTriggers are the names of all triggers that the database has.
func standingTriggers(app core.App) (names []string, err error) {
	err = app.DB().NewQuery("SELECT name FROM sqlite_master WHERE type = 'trigger'").Column(&names)
	return names, err
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

// mailOf is the address of an active person, or "".
func mailOf(app core.App, user string) (mail string, err error) {
	err = app.DB().Select("email").From("users").Where(dbx.HashExp{"id": user, "status": "active"}).Row(&mail)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return mail, err
}

// provenMail is the address of an active person who has shown that it is theirs, or "".
func provenMail(app core.App, user string) (mail string, err error) {
	err = app.DB().Select("email").From("users").Where(dbx.HashExp{"id": user, "status": "active", "verified": true}).Row(&mail)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return mail, err
}

// userAt is the active person with a mail address, or "".
func userAt(app core.App, mail string) (id string, err error) {
	err = app.DB().Select("id").From("users").Where(dbx.HashExp{"email": mail, "status": "active"}).Row(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// settingsOf are PocketBase's settings as they are stored: JSON, or locked with the key.
func settingsOf(app core.App) (raw []byte, err error) {
	if err = app.DB().NewQuery("SELECT value FROM _params WHERE id = 'settings'").Row(&raw); errors.Is(err, sql.ErrNoRows) {
		return []byte("{}"), nil
	}
	return raw, err
}
