package site

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/vn"
	"vuon/internal/web"
)

// linksOf are the links from and to a unit.
func linksOf(app core.App, unit string) ([]*UnitLink, error) {
	return UnitLinks.All(app, dbx.NewExp("old = {:unit} OR new = {:unit}", dbx.Params{"unit": unit}))
}

// restingOn counts what of the units and links rests on a unit.
func restingOn(app core.App, unit string) (n int, err error) {
	err = app.DB().NewQuery(`SELECT (SELECT count(*) FROM admin_units WHERE parent = {:unit} OR came_from = {:unit})
		+ (SELECT count(*) FROM admin_unit_links WHERE old = {:unit} OR new = {:unit})`).Bind(dbx.Params{"unit": unit}).Row(&n)
	return n, err
}

// unitNamed is a unit beside another one.
type unitNamed struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	Share int    `json:"share"` // of the one that ended, in ten-thousandths
}

// unitLine is a unit in a list, with what it was and what it became.
type unitLine struct {
	ID           string      `db:"id"             json:"id"`
	Code         string      `db:"code"           json:"code"`
	Level        string      `db:"level"          json:"level"`
	Kind         string      `db:"kind"           json:"kind"`
	Name         string      `db:"name"           json:"name"`
	Also         string      `db:"also"           json:"also"`
	Parent       string      `db:"parent"         json:"parent"`
	ParentName   string      `db:"parent_name"    json:"parent_name"`
	CameFrom     string      `db:"came_from"      json:"came_from"`
	CameFromName string      `db:"came_from_name" json:"came_from_name"`
	ValidFrom    string      `db:"valid_from"     json:"valid_from"`
	ValidTo      string      `db:"valid_to"       json:"valid_to"`
	Source       string      `db:"source"         json:"source"`
	Checked      bool        `db:"checked"        json:"checked"`
	Guessed      bool        `db:"guessed"        json:"guessed"` // nobody has checked what became of it
	Rev          int         `db:"rev"            json:"rev"`
	Befores      string      `db:"befores"        json:"-"`
	Afters       string      `db:"afters"         json:"-"`
	SortKey      string      `db:"sort_key"       json:"-"`
	Kin          bool        `db:"kin"            json:"-"` // it is found by the name of another unit
	Before       []unitNamed `db:"-"              json:"before"`
	After        []unitNamed `db:"-"              json:"after"` // one without an id: where a share went is not known
}

// unitAsk is which units somebody wants to see.
type unitAsk struct {
	web.Ask
	after  []string
	level  string
	when   string // now, past: those that stand on a day, those that had ended by then; began: both; "" is all
	on     string
	ids    []string // these alone
	within string   // the unit in which they lie, or from which they came
}

const (
	unitLines = `SELECT u.id, u.code, u.level, u.kind, u.name, u.also, u.parent, u.came_from, u.valid_from, u.valid_to, u.source, u.checked, u.rev, u.sort_key, instr(u.search_key, {:q}) = 0 AS kin,
			coalesce(p.name, '') AS parent_name, coalesce(c.name, '') AS came_from_name,
			EXISTS (SELECT 1 FROM admin_unit_links l WHERE l.old = u.id AND l.checked = 0) AS guessed,
			(SELECT coalesce(json_group_array(json_object('id', o.id, 'kind', o.kind, 'name', o.name, 'share', l.share) ORDER BY l.share DESC, o.sort_key), '[]')
				FROM admin_unit_links l JOIN admin_units o ON o.id = l.old WHERE l.new = u.id) AS befores,
			(SELECT coalesce(json_group_array(json_object('id', coalesce(o.id, ''), 'kind', coalesce(o.kind, ''), 'name', coalesce(o.name, ''), 'share', l.share) ORDER BY l.share DESC, l.new = '', o.sort_key), '[]')
				FROM admin_unit_links l LEFT JOIN admin_units o ON o.id = l.new WHERE l.old = u.id) AS afters
		FROM admin_units u LEFT JOIN admin_units p ON p.id = u.parent LEFT JOIN admin_units c ON c.id = u.came_from
		WHERE ({:level} = '' OR u.level = {:level}) AND ({:ids} = '[]' OR u.id IN (SELECT value FROM json_each({:ids})))
			AND ({:within} = '' OR u.parent = {:within} OR u.came_from = {:within})
			AND CASE {:when} WHEN 'now' THEN u.valid_from <= {:on} AND (u.valid_to = '' OR u.valid_to >= {:on})
				WHEN 'past' THEN u.valid_to != '' AND u.valid_to < {:on} WHEN 'began' THEN u.valid_from <= {:on} ELSE true END
			AND (instr(u.search_key, {:q}) > 0 OR EXISTS (SELECT 1 FROM admin_unit_links l JOIN admin_units o ON o.id IN (l.old, l.new)
				WHERE u.id IN (l.old, l.new) AND instr(o.search_key, {:q}) > 0))
			AND ({:key} = '' OR (instr(u.search_key, {:q}) = 0, u.sort_key, u.id) > ({:kin}, {:key}, {:id}))
		ORDER BY kin, u.sort_key, u.id LIMIT {:limit}`
)

// unitsAsked lists units by their Vietnamese names; one row more than the limit tells that there is another page. A unit is found
// by the name of what it was and what it became, too, behind those that are called so themselves.
func unitsAsked(ctx context.Context, app core.App, a unitAsk) ([]unitLine, error) {
	ids := "[]"
	if len(a.ids) > 0 {
		raw, err := json.Marshal(a.ids)
		if err != nil {
			return nil, err
		}
		ids = string(raw)
	}
	params := dbx.Params{
		"level": a.level, "when": a.when, "on": a.on, "q": vn.Fold(a.Search), "ids": ids, "within": a.within, "kin": 0, "key": "", "id": "", "limit": int64(a.Limit) + 1,
	}
	if a.after != nil {
		params["key"], params["id"] = a.after[1], a.after[2]
		if a.after[0] == "kin" {
			params["kin"] = 1
		}
	}
	var rows []unitLine
	if err := app.DB().NewQuery(unitLines).WithContext(ctx).Bind(params).All(&rows); err != nil {
		return nil, fmt.Errorf("list administrative units: %w", err)
	}
	for i := range rows {
		r := &rows[i]
		for _, told := range []struct {
			text string
			into *[]unitNamed
		}{{r.Befores, &r.Before}, {r.Afters, &r.After}} {
			if err := json.Unmarshal([]byte(told.text), told.into); err != nil {
				return nil, fmt.Errorf("read what became of unit %s: %w", r.ID, err)
			}
		}
	}
	return rows, nil
}
