package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What a cohort is asked without being known by its answers, and what its startups are given.
//
// An answer to a pulse has no person and no time: neither a date nor an author, and the order of its rows is chance. Who has
// answered is another table, which has no time either, so that one cannot be laid beside the other.
func init() {
	m.Register(func(app core.App) error {
		startups, err := found(app, "startups")
		if err != nil {
			return err
		}
		users, err := found(app, "users")
		if err != nil {
			return err
		}
		pulses := core.NewBaseCollection("pulses")
		pulses.Fields.Add(
			words("cohort", 15), whole("number"), words("title_vi", 200), text("title_en", 200), data("questions", 32), day("closes_on"),
			instant("opened_at"), text("made_by", 80), choice("status", "draft", "open", "closed"), rev(),
		)
		dates(pulses)
		pulses.AddIndex("pulses_once", true, "cohort, number", "cohort != ''")
		pulses.AddIndex("pulses_open", false, "status, closes_on", "")
		if err := app.Save(pulses); err != nil {
			return err
		}
		answers := core.NewBaseCollection("pulse_answers")
		answers.Fields.Add(one("pulse", pulses), data("answers", 32))
		answers.AddIndex("pulse_answers_pulse", false, "pulse", "")
		voters := core.NewBaseCollection("pulse_voters")
		voters.Fields.Add(one("pulse", pulses), one("user", users))
		voters.AddIndex("pulse_voters_once", true, "pulse, user", "")

		supports := core.NewBaseCollection("supports")
		supports.Fields.Add(
			one("startup", startups), words("cohort", 15), choice("kind", "money", "perk"), words("title", 200), text("note", 2000), whole("amount_vnd"),
			text("proposed_by", 80), instant("proposed_at"), text("confirmed_by", 80), instant("confirmed_at"), text("handed_by", 80), instant("handed_at"),
			text("received_by", 80), instant("received_at"), text("reason", 1000),
			choice("status", "proposed", "confirmed", "handed", "received", "refused"), rev(),
		)
		dates(supports)
		supports.AddIndex("supports_cohort", false, "cohort, status", "")
		supports.AddIndex("supports_startup", false, "startup, status", "")
		supports.AddIndex("supports_waiting", false, "status, proposed_at", "")
		for _, c := range []*core.Collection{answers, voters, supports} {
			if err := app.Save(c); err != nil {
				return err
			}
		}
		for _, table := range []string{"pulse_answers", "pulse_voters"} {
			if err := appendOnly(app, table); err != nil {
				return err
			}
		}
		return exec(app,
			`CREATE TRIGGER pulses_moves BEFORE UPDATE OF status ON pulses
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN ('draft>open', 'open>closed')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
			`CREATE TRIGGER pulses_stay BEFORE UPDATE ON pulses WHEN OLD.status != 'draft' AND (OLD.cohort != NEW.cohort OR OLD.number != NEW.number
				OR OLD.questions IS NOT NEW.questions)
			 BEGIN SELECT RAISE(ABORT, 'what was asked stays as it was asked'); END`,
			`CREATE TRIGGER pulse_answers_while_open BEFORE INSERT ON pulse_answers
			 WHEN NOT EXISTS (SELECT 1 FROM pulses p WHERE p.id = NEW.pulse AND p.status = 'open')
			 BEGIN SELECT RAISE(ABORT, 'nobody asks any more'); END`,
			`CREATE TRIGGER supports_moves BEFORE UPDATE OF status ON supports
			 WHEN OLD.status != NEW.status AND (OLD.status || '>' || NEW.status) NOT IN (
				'proposed>confirmed', 'proposed>refused', 'confirmed>handed', 'confirmed>refused', 'handed>received', 'handed>confirmed')
			 BEGIN SELECT RAISE(ABORT, 'no such move'); END`,
			`CREATE TRIGGER supports_two_people BEFORE UPDATE ON supports
			 WHEN NEW.kind = 'money' AND NEW.status IN ('confirmed', 'handed', 'received') AND (NEW.confirmed_by = '' OR NEW.confirmed_by = NEW.proposed_by)
			 BEGIN SELECT RAISE(ABORT, 'money takes two people'); END`,
			`CREATE TRIGGER supports_stay BEFORE UPDATE ON supports WHEN OLD.status != 'proposed' AND (OLD.startup != NEW.startup OR OLD.cohort != NEW.cohort
				OR OLD.kind != NEW.kind OR OLD.amount_vnd != NEW.amount_vnd OR OLD.title != NEW.title OR OLD.proposed_by != NEW.proposed_by)
			 BEGIN SELECT RAISE(ABORT, 'what was confirmed stays as it was confirmed'); END`,
			`CREATE TRIGGER supports_never_go BEFORE DELETE ON supports BEGIN SELECT RAISE(ABORT, 'what was given stays in the books'); END`,
		)
	}, nil)
}
