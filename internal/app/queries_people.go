package app

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/people"
)

// scopeOf is one row over which a role may reach, whatever its kind.
type scopeOf dbx.NullStringMap

func (r scopeOf) title() locale.Pair {
	if name, ok := r["name_vi"]; ok {
		return locale.Pair{VI: name.String, EN: r["name_en"].String}
	}
	return locale.Pair{VI: r["title_vi"].String, EN: r["title_en"].String}
}

// scopeRow reads a row over which a role may reach. table is one of ours. Error: record.not_found.
func scopeRow(app core.App, table, id string) (scopeOf, error) {
	row := dbx.NullStringMap{}
	err := app.DB().Select("*").From(table).Where(dbx.HashExp{"id": id}).One(row)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, fault.NotFound("record.not_found")
	case err != nil:
		return nil, fmt.Errorf("read scope %s %s: %w", table, id, err)
	}
	return scopeOf(row), nil
}

// membershipsOf lists the startups that somebody belongs to, by name.
func membershipsOf(app core.App, user string) ([]people.Startup, error) {
	all := []people.Startup{}
	err := app.DB().NewQuery(`SELECT s.id, s.slug, s.name, m.role, m.is_admin AS admin FROM startup_members m
		JOIN startups s ON s.id = m.startup WHERE m.user = {:user} AND m.left_on = '' ORDER BY s.sort_key, s.id`).
		Bind(dbx.Params{"user": user}).All(&all)
	if err != nil {
		return nil, fmt.Errorf("list the startups of %s: %w", user, err)
	}
	return all, nil
}
