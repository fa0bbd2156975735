package startups

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// answeredTo says whether somebody was asked for a KPI, or has answered.
func answeredTo(app core.App, kpi string) (used bool, err error) {
	all, err := kpisInUse(app, kpi)
	return len(all) > 0, err
}

// kpisInUse are the ids of KPIs that somebody was asked for or has answered, all of them or one.
func kpisInUse(app core.App, one string) (ids []string, err error) {
	err = app.DB().NewQuery(`SELECT k.id FROM kpis k WHERE ({:one} = '' OR k.id = {:one}) AND (
			EXISTS (SELECT 1 FROM kpi_readings r WHERE r.kpi = k.id) OR EXISTS (SELECT 1 FROM report_templates t, json_each(t.kpis) asks
				WHERE asks.value = k.id AND EXISTS (SELECT 1 FROM report_requests q WHERE q.template = t.id)))`).
		Bind(dbx.Params{"one": one}).Column(&ids)
	if err != nil {
		return nil, fmt.Errorf("look for who was asked: %w", err)
	}
	return ids, nil
}

// templateUses counts the reports that were asked for by each template.
func templateUses(app core.App) (map[string]int, error) {
	var rows []struct {
		Template string `db:"template"`
		N        int    `db:"n"`
	}
	if err := app.DB().NewQuery(`SELECT template, count(*) AS n FROM report_requests GROUP BY template`).All(&rows); err != nil {
		return nil, fmt.Errorf("count reports by template: %w", err)
	}
	uses := map[string]int{}
	for _, r := range rows {
		uses[r.Template] = r.N
	}
	return uses, nil
}

// lastPlace is the last position of those that are asked for.
func lastPlace(app core.App) (n int, err error) {
	err = app.DB().NewQuery(`SELECT coalesce(max(position), 0) FROM kpis WHERE position < {:retired}`).Bind(dbx.Params{"retired": retiredFrom}).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("look for the last KPI: %w", err)
	}
	return n, nil
}
