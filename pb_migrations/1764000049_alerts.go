package pb_migrations

import (
	"errors"
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// More of what the house notices: alerts that rest on figures, alerts that rest for a while or are shown to the startup, and
// whether they were right, asked when they are closed and again a month later.
func init() {
	m.Register(func(app core.App) error {
		alerts, err := found(app, "alerts")
		if err != nil {
			return err
		}
		rule, ok := alerts.Fields.GetByName("rule").(*core.SelectField)
		if !ok {
			return errors.New("the rule of an alert is not chosen")
		}
		for _, name := range []string{"revenue_fell", "runway_short", "jobs_fell", "zero_after_value", "figures_contradict"} {
			if !slices.Contains(rule.Values, name) {
				rule.Values = append(rule.Values, name)
			}
		}
		if alerts.Fields.GetByName("verdict") == nil {
			alerts.Fields.Add(
				day("muted_until"), flag("shared"), instant("closed_at"),
				option("verdict", "yes", "no", "unsure"), option("verdict_later", "yes", "no", "unsure"),
			)
		}
		alerts.AddIndex("alerts_list", false, "severity, period_key, id", "")
		alerts.AddIndex("alerts_closed", false, "closed_at", "closed_at != ''")
		if err := app.Save(alerts); err != nil {
			return err
		}
		// When an alert of before was closed, its last move says.
		return exec(app, `UPDATE alerts SET closed_at = coalesce((SELECT max(j.at) FROM journal j
			WHERE j.subject_kind = 'alerts' AND j.subject = alerts.id AND j.went_to IN ('resolved', 'muted')), '')
			WHERE status IN ('resolved', 'muted') AND closed_at = ''`)
	}, nil)
}
