package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A board card bears the decision that holds: the last amendment that a second person confirmed, or else what was decided.
// Whatever writes the first decision onto a card again is corrected at once.
func init() {
	m.Register(func(app core.App) error {
		return exec(app,
			`CREATE TRIGGER board_cards_held AFTER UPDATE OF decision ON board_cards
				WHEN NEW.decision != '' AND NEW.decision != coalesce(`+heldOutcome("NEW.application")+`, NEW.decision)
				BEGIN UPDATE board_cards SET decision = `+heldOutcome("NEW.application")+` WHERE id = NEW.id; END`,
			`CREATE TRIGGER board_cards_confirmed AFTER UPDATE OF status ON decision_amendments WHEN NEW.status = 'confirmed' BEGIN
				UPDATE board_cards SET decision = `+heldOutcome("NEW.application")+` WHERE application = NEW.application; END`,
			`UPDATE board_cards SET decision = `+heldOutcome("board_cards.application")+` WHERE application IN
				(SELECT application FROM decision_amendments WHERE status = 'confirmed')`,
		)
	}, nil)
}

func heldOutcome(application string) string {
	return `(SELECT h.new_outcome FROM decision_amendments h WHERE h.application = ` + application + ` AND h.status = 'confirmed'
		ORDER BY h.settled_at DESC, h.rowid DESC LIMIT 1)`
}
