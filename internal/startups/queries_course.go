package startups

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/startups/watch"
)

// course is what a startup has told, and the reports in which it did, by month.
type course struct {
	watch.Course
	reports map[string]string
}

// coursesFrom reads what startups told of the months from first to last: in reports that were handed in, or in tables. some nil
// is all of them. What a report tells goes before what a table does.
func coursesFrom(app core.App, first, last string, some []string) (map[string]*course, error) {
	among := ""
	if some != nil {
		among = ` AND r.startup IN (SELECT value FROM json_each({:some}))`
	}
	rows, err := app.DB().NewQuery(`SELECT r.startup, k.key, r.period_key, r.state, r.value, r.request
		FROM kpis k JOIN kpi_readings r ON r.kpi = k.id AND r.period_key BETWEEN {:first} AND {:last}
		LEFT JOIN report_requests q ON q.id = r.request LEFT JOIN report_templates t ON t.id = q.template
		WHERE k.key IN (SELECT value FROM json_each({:kpis})) AND r.period_key GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'
			AND (r.request = '' OR q.status IN ('submitted', 'accepted') AND t.period = 'month')` + among).
		Bind(dbx.Params{"first": first, "last": last, "kpis": record.InJSON(watch.KPIs()), "some": record.InJSON(some)}).Rows()
	if err != nil {
		return nil, fmt.Errorf("read what startups told from %s to %s: %w", first, last, err)
	}
	defer func() { _ = rows.Close() }() // what went wrong is asked of rows.Err
	courses := map[string]*course{}
	for rows.Next() {
		var startup, kpi, month, state, request string
		var value int64
		if err := rows.Scan(&startup, &kpi, &month, &state, &value, &request); err != nil {
			return nil, fmt.Errorf("read what startups told from %s to %s: %w", first, last, err)
		}
		c := courses[startup]
		if c == nil {
			c = &course{reports: map[string]string{}}
			courses[startup] = c
		}
		if request != "" {
			c.reports[month] = request
		}
		_, told := c.Of(kpi, month)
		switch {
		case state == string(Given) && (request != "" || !told):
			c.Tell(kpi, month, value)
		case state == string(NotOurs):
			c.Never(kpi, month)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read what startups told from %s to %s: %w", first, last, err)
	}
	return courses, withRounds(app, courses, first, last)
}

// withRounds adds to what startups told the rounds of funding that they closed, of those who told anything.
func withRounds(app core.App, courses map[string]*course, first, last string) error {
	var rounds []struct {
		Startup string `db:"startup"`
		Month   string `db:"month"`
		Came    int64  `db:"came"`
	}
	err := app.DB().NewQuery(`SELECT f.startup, substr(f.closed_on, 1, 7) AS month, sum(f.amount_vnd) AS came FROM funding_rounds f
		WHERE f.closed_on BETWEEN {:first} || '-01' AND {:last} || '-31' AND f.state = 'value' AND f.void = 0
			AND NOT EXISTS (SELECT 1 FROM funding_rounds o WHERE o.corrects = f.id)
		GROUP BY f.startup, month`).Bind(dbx.Params{"first": first, "last": last}).All(&rounds)
	if err != nil {
		return fmt.Errorf("read the rounds of funding from %s to %s: %w", first, last, err)
	}
	for _, r := range rounds {
		if c := courses[r.Startup]; c != nil {
			c.Tell(watch.Rounds, r.Month, r.Came)
		}
	}
	return nil
}
