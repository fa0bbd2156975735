package demo

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// stamp writes an instant as PocketBase stores it; the zero time is "".
func stamp(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return record.Stamp(at)
}

// row is what is stored in one row, by column.
type row map[string]any

// plant stores rows in a table, past every hook: history comes in by the ten thousand. All rows have the columns of the
// first. What the table has of rev, created and updated is filled in.
func plant(tx core.App, table string, rows []row) error {
	has, err := tx.TableColumns(table)
	if err != nil {
		return fmt.Errorf("look at table %s: %w", table, err)
	}
	columns := slices.Sorted(maps.Keys(rows[0]))
	for _, name := range columns {
		if !slices.Contains(has, name) && name != "created" {
			return fmt.Errorf("table %s has no column %s", table, name)
		}
	}
	for _, extra := range []string{"rev", "created", "updated"} {
		if slices.Contains(has, extra) && !slices.Contains(columns, extra) {
			columns = append(columns, extra)
		}
	}
	columns = slices.DeleteFunc(columns, func(name string) bool { return !slices.Contains(has, name) })
	into := tx.NonconcurrentDB().NewQuery("INSERT INTO " + table + " (" + strings.Join(columns, ", ") +
		") VALUES ({:" + strings.Join(columns, "}, {:") + "})").Prepare()
	defer into.Close() //nolint:errcheck // the transaction tells what went wrong
	for _, r := range rows {
		values := dbx.Params{}
		for _, name := range columns {
			value, ok := r[name]
			switch {
			case !ok && name == "rev":
				value = 1
			case !ok && name == "updated":
				value = r["created"]
			case !ok:
				return fmt.Errorf("a row of %s has no %s", table, name)
			}
			values[name] = value
		}
		if _, err := into.Bind(values).Execute(); err != nil {
			return fmt.Errorf("plant %v in %s: %w", r["id"], table, err)
		}
	}
	return nil
}

// ask lets a template ask questions in words.
func ask(tx core.App, template, questions string) error {
	_, err := tx.NonconcurrentDB().Update("report_templates", dbx.Params{"questions": questions}, dbx.HashExp{"id": template}).Execute()
	return err
}

// describe writes down whose house the demo shows.
func describe(tx core.App, centre row) error {
	_, err := tx.NonconcurrentDB().Update("centre", dbx.Params(centre), dbx.HashExp{"singleton": "the"}).Execute()
	return err
}
