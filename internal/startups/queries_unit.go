package startups

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/vn"
)

// DeclaredLine is how many startups declare a unit; Unit "" is none.
type DeclaredLine struct {
	Unit     string
	Startups int
}

// Into is where a row is read into.
func (d *DeclaredLine) Into() []any { return []any{&d.Unit, &d.Startups} }

const (
	declaring = ` FROM startups s WHERE s.id IN (SELECT n.startup FROM enrolments n WHERE ` + inCohorts + `)`

	declaredLines = `SELECT s.admin_unit, count(*)` + declaring + ` GROUP BY s.admin_unit ORDER BY s.admin_unit`

	twiceLines = `SELECT count(*) FROM (SELECT n.startup FROM enrolments n WHERE ` + inCohorts + ` GROUP BY n.startup HAVING count(*) > 1)`

	unitRowLines = `SELECT s.id AS startup, s.slug, s.name, s.sort_key AS sorted, s.admin_unit AS last` + declaring + ` AND s.admin_unit IN (SELECT value FROM json_each({:units}))`
)

// Declaring counts the startups that declare an administrative unit.
func Declaring(app core.App, unit string) (int, error) {
	n, err := app.CountRecords(Startups.Collection, dbx.HashExp{"admin_unit": unit})
	return int(n), err
}

// declaredIn counts the startups that somebody sums up by the unit that they declare.
func declaredIn(app core.App, e eye) ([]DeclaredLine, error) {
	lines, err := linesOf[DeclaredLine](app, declaredLines, dbx.Params{"whole": e.cohorts == nil, "cohorts": record.InJSON(e.cohorts)})
	if err != nil {
		return nil, fmt.Errorf("count startups by unit: %w", err)
	}
	return lines, nil
}

// enrolledTwice is how many of the startups that somebody sums up were in two cohorts.
func enrolledTwice(app core.App, e eye) (n int, err error) {
	if err = app.DB().NewQuery(twiceLines).Bind(dbx.Params{"whole": e.cohorts == nil, "cohorts": record.InJSON(e.cohorts)}).Row(&n); err != nil {
		return 0, fmt.Errorf("count startups of two cohorts: %w", err)
	}
	return n, nil
}

// rowsOfUnits are the startups that declare one of some units, by their names, each with how much of it is counted.
func rowsOfUnits(app core.App, e eye, units *vn.Units, landings map[string]vn.Landing, p page) ([]UnitRow, error) {
	params := dbx.Params{"whole": e.cohorts == nil, "cohorts": record.InJSON(e.cohorts), "units": record.InJSON(slices.Sorted(maps.Keys(landings)))}
	found, err := rowsFound(app, unitRowLines, "s.id", params, p)
	rows := make([]UnitRow, 0, len(found))
	for _, f := range found {
		at := landings[f.Last]
		row := UnitRow{Startup: Named{f.Startup, f.Slug, f.Name}, Share: at.Share, Estimated: at.Estimated, sortKey: f.Sorted}
		if f.Last != "" {
			name := nameOf(units, f.Last)
			row.Declared = &name
		}
		rows = append(rows, row)
	}
	return rows, err
}
