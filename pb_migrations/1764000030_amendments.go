package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What was decided otherwise by two people, and what applicants say against a decision.
func init() {
	m.Register(func(app core.App) error {
		users, err := found(app, "users")
		if err != nil {
			return err
		}
		applications, err := found(app, "applications")
		if err != nil {
			return err
		}
		intakes, err := found(app, "intakes")
		if err != nil {
			return err
		}
		decisions, err := found(app, "decisions")
		if err != nil {
			return err
		}

		amendments := core.NewBaseCollection("decision_amendments")
		amendments.Fields.Add(
			one("decision", decisions), one("application", applications), one("intake", intakes),
			choice("new_outcome", "admitted", "rejected", "waitlisted"), text("feedback", 4000), words("reason", 2000), text("appeal", 15),
			one("proposed_by", users), moment("proposed_at"), text("confirmed_by", 15), instant("settled_at"),
			choice("status", "proposed", "confirmed", "refused", "withdrawn"), rev(),
		)
		dates(amendments)
		amendments.AddIndex("decision_amendments_open", true, "decision", "status = 'proposed'")
		amendments.AddIndex("decision_amendments_application", false, "application, settled_at", "")
		amendments.AddIndex("decision_amendments_intake", false, "intake, status", "")
		if err := app.Save(amendments); err != nil {
			return err
		}

		appeals := core.NewBaseCollection("appeals")
		appeals.Fields.Add(
			one("application", applications), one("intake", intakes), choice("kind", "decision", "amendment", "rule_out"), words("about", 15),
			words("words", 4000), moment("filed_at"), day("due_on"), many("panel", users, 7),
			option("finding", "uphold", "reject"), option("new_outcome", "admitted", "waitlisted"), text("answer", 4000),
			text("found_by", 15), instant("found_at"), text("confirmed_by", 15), instant("settled_at"),
			choice("status", "filed", "admissible", "inadmissible", "under_review", "upheld", "rejected", "closed"), rev(),
		)
		dates(appeals)
		appeals.AddIndex("appeals_once", true, "application, about", "")
		appeals.AddIndex("appeals_intake", false, "intake, status", "")
		appeals.AddIndex("appeals_status", false, "status, filed_at, id", "")
		if err := app.Save(appeals); err != nil {
			return err
		}

		return exec(app,
			`CREATE TRIGGER decision_amendments_moves BEFORE UPDATE OF status ON decision_amendments
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN (
				'proposed>confirmed', 'proposed>refused', 'proposed>withdrawn')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
			`CREATE TRIGGER decision_amendments_stay BEFORE DELETE ON decision_amendments
			 BEGIN SELECT RAISE(ABORT, 'an amendment stays'); END`,
			`CREATE TRIGGER decision_amendments_two_people BEFORE UPDATE ON decision_amendments
			 WHEN NEW.confirmed_by != '' AND NEW.confirmed_by = NEW.proposed_by
			 BEGIN SELECT RAISE(ABORT, 'an amendment takes two people'); END`,
			`CREATE TRIGGER appeals_moves BEFORE UPDATE OF status ON appeals
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN (
				'filed>admissible', 'filed>inadmissible', 'admissible>under_review', 'under_review>upheld', 'under_review>rejected',
				'inadmissible>closed', 'upheld>closed', 'rejected>closed')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
			`CREATE TRIGGER appeals_stay BEFORE DELETE ON appeals
			 BEGIN SELECT RAISE(ABORT, 'an appeal stays'); END`,
			`DROP TRIGGER applications_moves`,
			`CREATE TRIGGER applications_moves BEFORE UPDATE OF status ON applications
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN (
				'draft>submitted', 'draft>withdrawn',
				'submitted>needs_info', 'submitted>in_review', 'submitted>ineligible', 'submitted>withdrawn',
				'needs_info>submitted', 'needs_info>in_review', 'needs_info>withdrawn',
				'ineligible>submitted',
				'in_review>needs_info', 'in_review>ineligible', 'in_review>withdrawn',
				'in_review>admitted', 'in_review>rejected', 'in_review>waitlisted',
				'waitlisted>admitted', 'waitlisted>rejected', 'waitlisted>withdrawn',
				'rejected>admitted', 'rejected>waitlisted', 'admitted>rejected',
				'admitted>enrolled', 'admitted>declined', 'admitted>offer_expired')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
		)
	}, nil)
}
