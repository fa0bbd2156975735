package intake

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// Arrival is how many applications came to an intake of a cohort, and how many of them were admitted, whatever became of the
// offer then. What a withdrawn application came to before its release is told by nobody: it counts as handed in.
type Arrival struct {
	Intake, TitleVI, TitleEN, Cohort string
	Handed, Admitted                 int
}

// Arrivals counts what was handed in to each intake that fills a cohort, but for the reader's own. An intake counts what was
// admitted once that is released. The caller narrows it to the cohorts that the reader may know of.
func Arrivals(app core.App, by access.Actor) ([]Arrival, error) {
	r, err := readerOf(app, by)
	if err != nil {
		return nil, err
	}
	rows, err := app.DB().NewQuery(`SELECT i.id, i.title_vi, i.title_en, i.cohort, count(a.id),
			coalesce(sum(a.status IN ('admitted', 'enrolled', 'declined', 'offer_expired')), 0)
		FROM intakes i LEFT JOIN applications a ON a.intake = i.id AND a.submit_no > 0 AND ` + strange + `
		WHERE i.cohort != '' AND i.status != 'draft' GROUP BY i.id ORDER BY i.closes_at DESC, i.id`).Bind(r.params(dbx.Params{})).Rows()
	if err != nil {
		return nil, fmt.Errorf("count what came to intakes: %w", err)
	}
	defer rows.Close() //nolint:errcheck // what was read is read
	var list []Arrival
	for rows.Next() {
		var a Arrival
		if err := rows.Scan(a.Into()...); err != nil {
			return nil, fmt.Errorf("read what came to an intake: %w", err)
		}
		list = append(list, a)
	}
	return list, rows.Err()
}

// Into is where a row of the query is read into, column by column.
func (a *Arrival) Into() []any {
	return []any{&a.Intake, &a.TitleVI, &a.TitleEN, &a.Cohort, &a.Handed, &a.Admitted}
}
