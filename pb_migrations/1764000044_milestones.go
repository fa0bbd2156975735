package pb_migrations

import (
	"errors"
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What startups set out to reach, by when, and what shows that they have. One that is long overdue is an alert.
func init() {
	m.Register(func(app core.App) error {
		startups, err := found(app, "startups")
		if err != nil {
			return err
		}
		papers, err := found(app, "startup_documents")
		if err != nil {
			return err
		}
		milestones := core.NewBaseCollection("milestones")
		milestones.Fields.Add(
			one("startup", startups), text("title", 200), text("description", 2000), day("due_on"), whole("weight"), text("owner", 15),
			paper("document", papers), text("link", 1000), text("note", 2000), text("submitted_by", 80), instant("submitted_at"),
			text("decided_by", 80), instant("decided_at"), text("reason", 1000),
			choice("status", "planned", "in_progress", "submitted", "verified", "missed", "dropped"), rev(),
		)
		dates(milestones)
		milestones.AddIndex("milestones_startup", false, "startup, due_on", "")
		milestones.AddIndex("milestones_due", false, "status, due_on", "")
		milestones.AddIndex("milestones_list", false, "due_on, id", "")
		if err := app.Save(milestones); err != nil {
			return err
		}
		alerts, err := found(app, "alerts")
		if err != nil {
			return err
		}
		rule, ok := alerts.Fields.GetByName("rule").(*core.SelectField)
		if !ok {
			return errors.New("the rule of an alert is not chosen")
		}
		if !slices.Contains(rule.Values, "milestone_late") {
			rule.Values = append(rule.Values, "milestone_late")
		}
		if err := app.Save(alerts); err != nil {
			return err
		}
		return exec(app,
			`CREATE TRIGGER milestones_moves BEFORE UPDATE OF status ON milestones
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN (
				'planned>in_progress', 'planned>missed', 'planned>dropped', 'in_progress>submitted', 'in_progress>missed', 'in_progress>dropped',
				'submitted>in_progress', 'submitted>verified', 'submitted>dropped', 'missed>in_progress', 'missed>dropped')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
		)
	}, nil)
}
