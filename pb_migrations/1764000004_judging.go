package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Rounds in which people judge what others handed in: applications today, contest entries in the same way.
func init() {
	m.Register(func(app core.App) error {
		users, err := found(app, "users")
		if err != nil {
			return err
		}

		rounds := core.NewBaseCollection("rounds")
		rounds.Fields.Add(
			choice("owner_type", "intake", "contest"), words("owner", 15), whole("number"), words("title_vi", 200), text("title_en", 200),
			choice("type", "screening", "rubric", "pairwise", "ranking", "audience"),
			data("rubric", 50), whole("rubric_version"), instant("frozen_at"), flag("blind"),
			choice("others_visible", "never", "after_own"), whole("per_subject"), instant("opens_at"), instant("closes_at"),
			data("advance_rule", 10), data("ties", 10),
			choice("status", "configured", "assigning", "assigned", "open", "grace", "closed", "computed", "advanced"), rev(),
		)
		dates(rounds)
		rounds.AddIndex("rounds_number", true, "owner_type, owner, number", "")
		if err := app.Save(rounds); err != nil {
			return err
		}

		assignments := core.NewBaseCollection("assignments")
		assignments.Fields.Add(
			one("round", rounds), choice("subject_type", "application", "entry"), words("subject", 15), one("judge", users),
			text("alias", 12), instant("due_at"), text("declined_because", 1000),
			choice("status", "proposed", "offered", "accepted", "declined", "expired", "in_progress", "completed",
				"recused", "revoked", "conflict_found"), rev(),
		)
		dates(assignments)
		assignments.AddIndex("assignments_once", true, "round, subject_type, subject, judge", "")
		assignments.AddIndex("assignments_judge", false, "judge, status", "")
		assignments.AddIndex("assignments_subject", false, "subject_type, subject", "")
		if err := app.Save(assignments); err != nil {
			return err
		}

		sheets := core.NewBaseCollection("score_sheets")
		sheets.Fields.Add(
			one("assignment", assignments), one("round", rounds), one("judge", users), whole("rubric_version"), data("scores", 10), whole("total"),
			option("recommendation", "yes", "maybe", "no"), text("comment", 4000), text("note", 4000), instant("submitted_at"),
			text("excluded_because", 1000),
			choice("status", "empty", "draft", "submitted", "sealed", "counted", "excluded"), rev(),
		)
		dates(sheets)
		sheets.AddIndex("score_sheets_assignment", true, "assignment", "")
		sheets.AddIndex("score_sheets_round", false, "round, status", "")
		if err := app.Save(sheets); err != nil {
			return err
		}

		revisions := core.NewBaseCollection("score_sheet_revisions")
		revisions.Fields.Add(
			one("sheet", sheets), whole("number"), data("scores", 10), whole("total"), option("recommendation", "yes", "maybe", "no"),
			text("comment", 4000), moment("at"), text("by", 80), text("reason", 1000),
		)
		revisions.AddIndex("score_sheet_revisions_number", true, "sheet, number", "")

		conflicts := core.NewBaseCollection("conflicts")
		conflicts.Fields.Add(
			one("judge", users), choice("subject_type", "application", "entry"), words("subject", 15),
			choice("kind", "declared", "derived", "reported"), text("basis", 200), text("note", 1000),
			text("decided_by", 80), text("decided_because", 1000),
			choice("status", "raised", "confirmed", "dismissed", "pinned"), rev(),
		)
		dates(conflicts)
		conflicts.AddIndex("conflicts_once", true, "judge, subject_type, subject, kind", "")
		for _, c := range []*core.Collection{revisions, conflicts} {
			if err := app.Save(c); err != nil {
				return err
			}
		}
		if err := appendOnly(app, "score_sheet_revisions"); err != nil {
			return err
		}
		return exec(app,
			`CREATE TRIGGER score_sheets_moves BEFORE UPDATE OF status ON score_sheets
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN (
				'empty>draft', 'empty>excluded', 'draft>submitted', 'draft>excluded', 'submitted>sealed', 'submitted>excluded',
				'sealed>counted', 'sealed>submitted', 'sealed>excluded', 'counted>excluded')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
			`CREATE TRIGGER assignments_without_conflict BEFORE INSERT ON assignments
			 WHEN EXISTS (SELECT 1 FROM conflicts c WHERE c.judge = NEW.judge AND c.subject_type = NEW.subject_type
				AND c.subject = NEW.subject AND c.status != 'dismissed')
			 BEGIN SELECT RAISE(ABORT, 'the judge has a conflict of interest'); END`,
		)
	}, nil)
}
