package startups

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// foundRow is a row behind a figure of a portfolio, as its queries find it.
type foundRow struct {
	Startup, Slug, Name, Sorted, Last, Cohort, Status, Day string
	Now, Base                                              int64
	Told, Paper                                            bool
}

// row is what every row tells.
func (f foundRow) row() PortfolioRow {
	return PortfolioRow{Startup: Named{f.Startup, f.Slug, f.Name}, Cohort: f.Cohort, Status: f.Status, On: f.Day, sortKey: f.Sorted, last: f.Last}
}

const (
	rowOfStartup = `SELECT s.id AS startup, s.slug, s.name, s.sort_key AS sorted, `

	enrolledAll = rowOfStartup + `n.id AS last, n.cohort, n.status, n.joined_on AS day
		FROM startups s CROSS JOIN enrolments n ON n.startup = s.id WHERE ` + inCohorts
	begunAll     = enrolledAll + ` AND n.joined_on != ''`
	graduatedAll = rowOfStartup + `n.id AS last, n.cohort, n.status, n.left_on AS day
		FROM startups s CROSS JOIN enrolments n ON n.startup = s.id WHERE n.status = 'graduated' AND ` + inCohorts
	gainedAll = gained + `, w AS (SELECT g.startup, g.base, g.latest, n.cohort, n.status, n.joined_on` + ofGained + `) ` + rowOfStartup + `w.startup AS last, w.cohort, w.status,
		w.joined_on AS day, CAST(substr(w.latest, 17) AS INTEGER) AS now, w.base, substr(w.latest, 16, 1) = '1' AS paper FROM w JOIN startups s ON s.id = w.startup WHERE true`
	raisedAll = rowOfStartup + `f.id AS last, coalesce(c.cohort, '') AS cohort, f.kind AS status, f.closed_on AS day, f.amount_vnd AS now,
		f.state = 'value' AS told, f.document != '' AS paper FROM startups s CROSS JOIN funding_rounds f ON f.startup = s.id` + standingRounds
)

// rowsFound are rows behind a figure, by the startups' names. last is the column that tells two rows of one startup apart.
func rowsFound(app core.App, query, last string, params dbx.Params, p page) ([]foundRow, error) {
	var found []foundRow
	query += p.rest(last, params) + " ORDER BY s.sort_key, s.id, " + last + p.end(params)
	if err := app.DB().NewQuery(query).Bind(params).All(&found); err != nil {
		return nil, fmt.Errorf("open a figure of the portfolio: %w", err)
	}
	return found, nil
}

// enrolledRows are the enrolments behind a step of the funnel, by the startups' names.
func enrolledRows(app core.App, step string, params dbx.Params, p page) ([]PortfolioRow, error) {
	query := map[string]string{"enrolled": enrolledAll, "active": begunAll, "graduated": graduatedAll}[step]
	found, err := rowsFound(app, query, "n.id", picked(params, "whole", "cohorts"), p)
	rows := make([]PortfolioRow, 0, len(found))
	for _, f := range found {
		rows = append(rows, f.row())
	}
	return rows, err
}

// gainRows are the startups behind what was gained, by their names.
func gainRows(app core.App, params dbx.Params, p page) ([]PortfolioRow, error) {
	found, err := rowsFound(app, gainedAll, "w.startup", picked(params, gainAsks...), p)
	rows := make([]PortfolioRow, 0, len(found))
	for _, f := range found {
		row, change := f.row(), f.Now-f.Base
		row.Now, row.Base, row.Change, row.Paper = &f.Now, &f.Base, &change, f.Paper
		rows = append(rows, row)
	}
	return rows, err
}

// capitalRows are the rounds behind what was raised, by the startups' names. One whose amount nobody tells has none.
func capitalRows(app core.App, params dbx.Params, p page) ([]PortfolioRow, error) {
	found, err := rowsFound(app, raisedAll, "f.id", picked(params, "whole", "all", "cohorts", "until"), p)
	rows := make([]PortfolioRow, 0, len(found))
	for _, f := range found {
		row := f.row()
		if row.Paper = f.Paper; f.Told {
			row.Now = &f.Now
		}
		rows = append(rows, row)
	}
	return rows, err
}

// roundsOf are the rounds that somebody sums up until a day, the earliest first.
func roundsOf(app core.App, params dbx.Params) ([]roundLine, error) {
	list, err := linesOf[roundLine](app, roundLines, picked(params, "whole", "all", "cohorts", "until"))
	if err != nil {
		return nil, fmt.Errorf("list rounds of funding: %w", err)
	}
	return list, nil
}
