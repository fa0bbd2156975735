package startups

import (
	"encoding/json"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// behindRow is a report on which an alert rests.
type behindRow struct {
	ID     string `db:"id"         json:"id"`
	Period string `db:"period_key" json:"period_key"`
	Status string `db:"status"     json:"status"`
	DueOn  string `db:"due_on"     json:"due_on"`
}

// reportsOfAlert are a startup's reports of the periods that an explanation names, the latest first; a baseline is of none.
func reportsOfAlert(app core.App, startup string, x Explanation) ([]behindRow, error) {
	periods := append([]string{}, x.Periods...)
	for _, f := range x.Facts {
		periods = append(periods, f.Period)
	}
	rows := []behindRow{}
	err := app.DB().NewQuery(`SELECT q.id, q.period_key, q.status, q.due_on FROM report_requests q
		WHERE q.startup = {:startup} AND q.period_key IN (SELECT value FROM json_each({:periods})) ORDER BY q.period_key DESC, q.id`).
		Bind(dbx.Params{"startup": startup, "periods": record.InJSON(periods)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for the reports behind an alert of startup %s: %w", startup, err)
	}
	return rows, nil
}

// SharedAlert is an alert as the startup's people read it.
type SharedAlert struct {
	ID       string      `db:"id"         json:"id"`
	Rule     string      `db:"rule"       json:"rule"`
	Period   string      `db:"period_key" json:"period_key"`
	Severity string      `db:"severity"   json:"severity"`
	Status   string      `db:"status"     json:"status"`
	Shared   bool        `db:"shared"     json:"shared"`
	Raw      string      `db:"explain"    json:"-"`
	Explain  Explanation `db:"-"          json:"explain"`
}

// alertsOf are the alerts of a startup that were not muted, the latest period first; only shared ones, or all.
func alertsOf(app core.App, startup string, shared bool) ([]SharedAlert, error) {
	q := app.DB().Select("id", "rule", "period_key", "severity", "status", "shared", "explain").From("alerts").
		Where(dbx.HashExp{"startup": startup}).AndWhere(dbx.Not(dbx.HashExp{"status": string(AlertMuted)})).
		OrderBy("period_key DESC", "severity DESC", "id").Limit(100)
	if shared {
		q.AndWhere(dbx.HashExp{"shared": true})
	}
	var rows []SharedAlert
	if err := q.All(&rows); err != nil {
		return nil, fmt.Errorf("list the alerts of startup %s: %w", startup, err)
	}
	for i := range rows {
		if err := json.Unmarshal([]byte(rows[i].Raw), &rows[i].Explain); err != nil {
			return nil, fmt.Errorf("read why alert %s rose: %w", rows[i].ID, err)
		}
	}
	return rows, nil
}
