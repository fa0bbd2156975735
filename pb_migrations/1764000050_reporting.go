package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What staff ask startups for is edited by staff: figures that keep their meaning once somebody was asked for them, or are
// followed by another version; one template of a kind in use. Besides, secret links that no longer open say why.
func init() {
	m.Register(func(app core.App) error {
		kpis, err := found(app, "kpis")
		if err != nil {
			return err
		}
		kpis.Fields.Add(
			data("map", 4), whole("version"), flag("retired"),
			&core.RelationField{Name: "replaces", CollectionId: kpis.Id, MaxSelect: 1}, rev(),
		)
		kpis.AddIndex("kpis_replaces", true, "replaces", "replaces != ''")
		if err := app.Save(kpis); err != nil {
			return err
		}
		if err := exec(app, `UPDATE report_templates SET active = 0 WHERE active = 1 AND EXISTS (SELECT 1 FROM report_templates o
			WHERE o.period = report_templates.period AND o.active = 1 AND o.id < report_templates.id)`); err != nil {
			return err
		}
		templates, err := found(app, "report_templates")
		if err != nil {
			return err
		}
		templates.AddIndex("report_templates_in_use", true, "period", "active = 1")
		if err := app.Save(templates); err != nil {
			return err
		}
		requests, err := found(app, "report_requests")
		if err != nil {
			return err
		}
		spent := core.NewBaseCollection("spent_links")
		spent.Fields.Add(one("request", requests), secret("token_hash", 64), choice("because", "replaced", "revoked"), moment("at"), text("by", 80))
		spent.AddIndex("spent_links_token", true, "token_hash", "")
		if err := app.Save(spent); err != nil {
			return err
		}
		if err := appendOnly(app, "spent_links"); err != nil {
			return err
		}
		return exec(app,
			`UPDATE kpis SET version = 1, rev = 1, map = CASE key
				WHEN 'revenue' THEN '{"nbia":"Revenue"}'
				WHEN 'jobs' THEN '{"nbia":"Full-time employees (32 hours)","icf":"Knowledge workforce"}'
				WHEN 'funding' THEN '{"nbia":"Debt, equity and grants","icf":"Innovation"}'
				ELSE '{}' END`,
			// What a figure is never changes under those who answered it: the laws of the house say so too, and speak first.
			`CREATE TRIGGER kpis_never_go BEFORE DELETE ON kpis
				WHEN EXISTS (SELECT 1 FROM kpi_readings r WHERE r.kpi = OLD.id)
				OR EXISTS (SELECT 1 FROM report_templates t, json_each(t.kpis) asks WHERE asks.value = OLD.id)
				BEGIN SELECT RAISE(ABORT, 'a figure that was asked for stays'); END`,
			`CREATE TRIGGER kpis_stay BEFORE UPDATE OF unit, direction, agg ON kpis
				WHEN (OLD.unit != NEW.unit OR OLD.direction != NEW.direction OR OLD.agg != NEW.agg)
				AND (EXISTS (SELECT 1 FROM kpi_readings r WHERE r.kpi = OLD.id) OR EXISTS (SELECT 1 FROM report_templates t, json_each(t.kpis) asks
					WHERE asks.value = OLD.id AND EXISTS (SELECT 1 FROM report_requests q WHERE q.template = t.id)))
				BEGIN SELECT RAISE(ABORT, 'a figure that was asked for stays'); END`,
		)
	}, nil)
}
