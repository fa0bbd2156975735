package site

import (
	"slices"

	"vuon/internal/lifecycle"
)

// Audits are what must be true of the room's rows at any time.
func Audits() []lifecycle.Audit {
	return slices.Concat([]lifecycle.Audit{
		{
			ID: "site.one_holiday", Says: "a day stands once in the calendar, and is a day that there is",
			SQL: `SELECT min(id) AS id FROM holidays GROUP BY day HAVING count(*) > 1
				UNION SELECT id FROM holidays WHERE date(day) IS NOT day`,
		},
		{
			ID: "site.worked_weekend", Says: "only a weekend is worked to make up, and only a working day is swapped",
			SQL: `SELECT id FROM holidays WHERE kind = 'makeup_workday' AND strftime('%w', day) NOT IN ('0', '6')
				OR kind = 'swap_off' AND strftime('%w', day) IN ('0', '6')`,
		},
	}, unitAudits())
}
