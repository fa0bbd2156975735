package intake

import (
	"encoding/json"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// mattersAmended are the applications whose decision was amended since an instant, but for what an appeal led to.
func mattersAmended(app core.App, since time.Time) ([]matter, error) {
	return matters(app, "amended decisions", `
		SELECT `+paperColumns+`, j.seq, j.at FROM journal j JOIN applications a ON a.id = j.subject JOIN intakes i ON i.id = a.intake
		WHERE j.notice IN ('application.amend_admit', 'application.amend_reject', 'application.amend_waitlist') AND j.at >= {:since}
			AND NOT EXISTS (SELECT 1 FROM decision_amendments m WHERE m.application = a.id AND m.appeal != '' AND m.settled_at = j.at)
		ORDER BY j.seq`, dbx.Params{"since": record.Stamp(since)})
}

// mattersOfOffers are the applications whose offer was moved since an instant. What an amendment takes back is told by it, and
// has no reason of its own.
func mattersOfOffers(app core.App, since time.Time, moves ...string) ([]matter, error) {
	return matters(app, "offers that were changed", `
		SELECT `+paperColumns+`, o.id AS offer, j.seq, j.at
		FROM journal j JOIN offers o ON o.id = j.subject JOIN applications a ON a.id = o.application JOIN intakes i ON i.id = a.intake
		WHERE j.notice IN (SELECT value FROM json_each({:moves})) AND j.at >= {:since} AND (j.verb != 'revoke' OR j.reason != '') ORDER BY j.seq`,
		dbx.Params{"moves": record.InJSON(moves), "since": record.Stamp(since)})
}

// mattersOfAppeals are the applications whose appeal was filed or moved since an instant.
func mattersOfAppeals(app core.App, since time.Time, moves ...string) ([]matter, error) {
	return matters(app, "appeals that were moved", `
		SELECT `+paperColumns+`, p.id AS appeal, p.due_on, p.panel, j.seq, j.at
		FROM journal j JOIN appeals p ON p.id = j.subject JOIN applications a ON a.id = p.application JOIN intakes i ON i.id = a.intake
		WHERE j.notice IN (SELECT value FROM json_each({:moves})) AND j.at >= {:since} ORDER BY j.seq`,
		dbx.Params{"moves": record.InJSON(moves), "since": record.Stamp(since)})
}

// mattersAppealed are the applications with an appeal that is to be answered between two days.
func mattersAppealed(app core.App, from, to string) ([]matter, error) {
	return matters(app, "appeals to answer", `
		SELECT `+paperColumns+`, p.id AS appeal, p.due_on, p.panel, p.filed_at AS at
		FROM appeals p JOIN applications a ON a.id = p.application JOIN intakes i ON i.id = a.intake
		WHERE p.status IN ('filed', 'admissible', 'under_review') AND p.due_on >= {:from} AND p.due_on <= {:to} ORDER BY p.filed_at, p.id`,
		dbx.Params{"from": from, "to": to})
}

// panel are the people who hear the appeal of a matter.
func (p matter) panel() []string {
	var who []string
	if err := json.Unmarshal([]byte(p.Panel), &who); err != nil {
		return nil
	}
	return who
}

// intakesAfter lists the intakes in which something waits for staff after a release: an appeal, an amendment, or somebody on
// the waiting list.
func intakesAfter(app core.App) ([]*Intake, error) {
	return Intakes.Query(app.RecordQuery(Intakes.Collection).AndWhere(dbx.NewExp(`
		id IN (SELECT intake FROM appeals WHERE status IN ('filed', 'admissible', 'under_review')
			UNION SELECT intake FROM decision_amendments WHERE status = 'proposed'
			UNION SELECT intake FROM waitlists WHERE places != '[]')`)).OrderBy("closes_at ASC", "id ASC"))
}
