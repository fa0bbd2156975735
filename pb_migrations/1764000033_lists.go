package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What lists are ordered by. A board card is everything by which an application that was handed in is looked for, in one
// row: triggers write it and nobody else, so that a board of ten thousand is read along an index, a page at a time.
func init() {
	m.Register(func(app core.App) error {
		applications, err := found(app, "applications")
		if err != nil {
			return err
		}
		applications.Fields.Add(text("sort_key", 620))
		if err := app.Save(applications); err != nil {
			return err
		}
		cards := core.NewBaseCollection("board_cards")
		cards.Fields.Add(
			words("application", 15), words("intake", 15), words("lane", 20), text("status", 20), text("decision", 20), text("applicant", 15), text("startup", 15),
			text("owner", 15), text("proposal", 20), text("title", 200), text("title_key", 240), text("name_key", 240), text("sort_key", 620),
			text("sector", 80), instant("handed_at"), whole("submit_no"), whole("asked"), whole("done"), whole("total"), whole("spread"),
			text("by_rank", 640), whole("by_mean"),
		)
		cards.AddIndex("board_cards_application", true, "application", "")
		cards.AddIndex("board_cards_rank", false, "intake, lane, by_rank, id", "")
		cards.AddIndex("board_cards_mean", false, "intake, lane, by_mean, id", "")
		cards.AddIndex("board_cards_newest", false, "intake, lane, handed_at, id", "")
		cards.AddIndex("board_cards_title", false, "intake, sort_key, id, title_key, name_key, applicant, startup", "") // a search reads nothing else
		cards.AddIndex("board_cards_decided", false, "intake, decision, status", "decision != ''")
		cards.AddIndex("board_cards_applicant", false, "applicant, intake", "")
		cards.AddIndex("board_cards_startup", false, "startup, intake", "startup != ''")
		if err := app.Save(cards); err != nil {
			return err
		}
		return exec(app,
			`INSERT INTO board_cards (id, application, intake, lane) SELECT id, application, intake, status FROM screenings`,
			`UPDATE applications SET sort_key = search_key`,
			cardsUpdate("1", cardsAll), cardsUpdate("1", cardsTally),
			`CREATE TRIGGER board_cards_made AFTER INSERT ON screenings BEGIN
				INSERT INTO board_cards (id, application, intake, lane) VALUES (NEW.id, NEW.application, NEW.intake, NEW.status);`+
				cardsUpdate("board_cards.id = NEW.id", cardsAll)+";"+cardsUpdate("board_cards.id = NEW.id", cardsTally)+"; END",
			`CREATE TRIGGER board_cards_moved AFTER UPDATE ON screenings BEGIN `+cardsUpdate("board_cards.id = NEW.id", cardsAll)+"; END",
			`CREATE TRIGGER board_cards_gone AFTER DELETE ON screenings BEGIN DELETE FROM board_cards WHERE id = OLD.id; END`,
			`CREATE TRIGGER board_cards_handed AFTER INSERT ON application_snapshots BEGIN `+
				cardsUpdate("board_cards.application = NEW.application", cardsAll)+"; END",
			`CREATE TRIGGER board_cards_stand AFTER UPDATE OF status, startup, submit_no, sort_key ON applications
				WHEN NEW.submit_no > 0 BEGIN `+cardsUpdate("board_cards.application = NEW.id", cardsAll)+"; END",
			`CREATE TRIGGER board_cards_decided AFTER INSERT ON decisions BEGIN `+cardsUpdate("board_cards.application = NEW.application", cardsAll)+"; END",
			`CREATE TRIGGER board_cards_amended AFTER UPDATE ON decisions BEGIN `+cardsUpdate("board_cards.application = NEW.application", cardsAll)+"; END",
			`CREATE TRIGGER board_cards_named AFTER UPDATE OF search_key ON users WHEN OLD.search_key != NEW.search_key BEGIN
				UPDATE board_cards SET name_key = NEW.search_key WHERE applicant = NEW.id; END`,
			`CREATE TRIGGER board_cards_asked AFTER INSERT ON assignments WHEN NEW.subject_type = 'application' BEGIN `+
				cardsUpdate("board_cards.application = NEW.subject", cardsTally)+"; END",
			`CREATE TRIGGER board_cards_seated AFTER UPDATE ON assignments WHEN NEW.subject_type = 'application' AND OLD.status != NEW.status BEGIN `+
				cardsUpdate("board_cards.application = NEW.subject", cardsTally)+"; END",
			`CREATE TRIGGER board_cards_scored AFTER INSERT ON score_sheets BEGIN `+cardsUpdate(cardsOfSheet, cardsTally)+"; END",
			`CREATE TRIGGER board_cards_rescored AFTER UPDATE ON score_sheets WHEN OLD.status != NEW.status OR OLD.total != NEW.total BEGIN `+
				cardsUpdate(cardsOfSheet, cardsTally)+"; END",
		)
	}, nil)
}

const cardsOfSheet = `board_cards.application = (SELECT a.subject FROM assignments a WHERE a.id = NEW.assignment AND a.subject_type = 'application')`

// cardsAll is what stands on a card of its application, as it was last handed in, of its screening and of its decision.
const cardsAll = `(lane, owner, proposal, status, applicant, startup, decision, title, title_key, name_key, sort_key, sector, handed_at, submit_no, by_rank) =
	(SELECT s.status, s.owner, s.proposal, a.status, a.applicant, a.startup, coalesce(d.outcome, ''), coalesce(n.title, a.title),
		CASE WHEN coalesce(n.title, a.title) = a.title THEN a.search_key ELSE board_cards.title_key END, coalesce(u.search_key, ''),
		CASE WHEN coalesce(n.title, a.title) = a.title THEN a.sort_key ELSE board_cards.sort_key END,
		coalesce(json_extract(n.answers, '$.sector'), ''), coalesce(n.at, ''), a.submit_no,
		printf('%09d', CASE s.rank WHEN 0 THEN 999999999 ELSE s.rank END) || ' ' ||
			CASE WHEN coalesce(n.title, a.title) = a.title THEN a.sort_key ELSE board_cards.sort_key END
	FROM screenings s JOIN applications a ON a.id = s.application
	LEFT JOIN application_snapshots n ON n.application = a.id AND n.number = a.submit_no
	LEFT JOIN users u ON u.id = a.applicant LEFT JOIN decisions d ON d.application = a.id WHERE s.id = board_cards.id)`

// cardsTally is what the sheets over an application come to. by_mean is turned round: the best comes first, and who has none
// last.
const cardsTally = `asked = (SELECT count(*) FROM assignments a WHERE a.subject_type = 'application' AND a.subject = board_cards.application
		AND a.status IN ('offered', 'accepted', 'in_progress', 'completed')),
	(done, total, spread, by_mean) = (SELECT count(*), coalesce(sum(s.total), 0), coalesce(max(s.total) - min(s.total), 0),
		CASE count(*) WHEN 0 THEN 9007199254740991 ELSE -sum(s.total) / count(*) END
	FROM assignments a JOIN score_sheets s ON s.assignment = a.id AND s.status IN ('submitted', 'sealed', 'counted')
	WHERE a.subject_type = 'application' AND a.subject = board_cards.application)`

func cardsUpdate(which, what string) string {
	// A card whose application is gone keeps what it says: every row of a test or of a repair need not be whole.
	return `UPDATE board_cards SET ` + what + ` WHERE ` + which +
		` AND EXISTS (SELECT 1 FROM screenings s JOIN applications a ON a.id = s.application WHERE s.id = board_cards.id)`
}
