package startups

import (
	"fmt"
	"iter"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/web"
)

// exported reads rows of a query for a table, one by one. width is how many columns it has; cell makes of each what a table shows.
func exported(q *dbx.Query, width int, cell func(column int, text string) any) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		rows, err := q.Rows()
		if err != nil {
			yield(nil, fmt.Errorf("export: %w", err))
			return
		}
		defer rows.Close() //nolint:errcheck // what was read is read
		for rows.Next() {
			values, into := make([]any, width), make([]any, width)
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				yield(nil, fmt.Errorf("export: %w", err))
				return
			}
			for i, v := range values {
				switch v := v.(type) {
				case []byte:
					values[i] = cell(i, string(v))
				case string:
					values[i] = cell(i, v)
				}
			}
			if !yield(values, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, fmt.Errorf("export: %w", err))
		}
	}
}

// overseenOnly narrows an export to the startups that were ever in some cohorts; nil is all.
func overseenOnly(cohorts []string, params dbx.Params) string {
	if cohorts == nil {
		return ""
	}
	params["cohorts"] = record.InJSON(cohorts)
	return " AND s.id IN (SELECT n.startup FROM enrolments n WHERE n.cohort IN (SELECT value FROM json_each({:cohorts})))"
}

var startupHead = []string{
	"name", "tax_code", "founded_on", "website", "legal_name", "legal_form", "reg_no", "address", "phone", "slug", "sector", "stage", "status", "visibility",
	"area", "headcount", "one_liner_vi", "one_liner_en", "sample",
}

// allStartups are all cards and private cards, by the startups' Vietnamese names.
func allStartups(app core.App, cohorts []string) iter.Seq2[[]any, error] {
	params := dbx.Params{}
	q := app.DB().NewQuery(`SELECT s.name, p.tax_code, s.founded_on, s.website, p.legal_name, p.legal_form, p.reg_no, p.address, p.phone, s.slug, s.sector, s.stage,
			s.status, s.visibility, s.area, nullif(CAST(s.headcount AS INTEGER), 0), s.one_liner_vi, s.one_liner_en, CASE s.sample WHEN 1 THEN 'true' ELSE 'false' END
		FROM startups s JOIN startup_private p ON p.startup = s.id WHERE true` + overseenOnly(cohorts, params) + ` ORDER BY s.sort_key, s.id`).Bind(params)
	return exported(q, len(startupHead), func(column int, text string) any {
		switch {
		case column == 2 && text != "":
			return web.Day(text)
		case column == 3 && text != "":
			return web.Address(text)
		}
		return text
	})
}

var figureHead = []string{"startup", "name", "tax_code", "period", "kpi", "value", "state", "unit", "source", "grade", "comment", "report_status"}

// allFigures are the figures of startups that were handed in or came from tables, by name, figure and period. Only a state
// "value" holds one.
func allFigures(app core.App, cohorts []string) iter.Seq2[[]any, error] {
	params := dbx.Params{}
	q := app.DB().NewQuery(`SELECT s.slug, s.name, p.tax_code, r.period_key, k.key, CASE r.state WHEN 'value' THEN CAST(r.value AS INTEGER) END, r.state, k.unit, r.source, r.grade,
			r.comment, coalesce(q.status, '')
		FROM kpi_readings r JOIN startups s ON s.id = r.startup JOIN startup_private p ON p.startup = s.id JOIN kpis k ON k.id = r.kpi
		LEFT JOIN report_requests q ON q.id = r.request
		WHERE (r.request = '' OR q.status IN ('submitted', 'accepted'))` + overseenOnly(cohorts, params) + ` ORDER BY s.sort_key, s.id, k.position, r.period_key, r.id`).Bind(params)
	return exported(q, len(figureHead), func(_ int, text string) any { return text })
}
