package intake

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// target is a card that an act is done to. Without an application it is not there.
type target struct {
	Card        string `db:"card"`
	Application string `db:"application"`
	Title       string `db:"title"`
	Rev         int    `db:"rev"`
}

const targetOf = "SELECT a.id AS card, a.application, a.title, s.rev FROM board_cards a JOIN screenings s ON s.id = a.id WHERE "

// namedCards are the cards of some ids, in their order. What is not there comes back without an application.
func namedCards(app core.App, intake string, r reader, ids []string) ([]target, string, error) {
	where, params := Sift{}.where(intake, r)
	params["ids"] = record.InJSON(ids)
	var found []target
	if err := app.DB().NewQuery(targetOf + where + " AND a.id IN (SELECT value FROM json_each({:ids}))").Bind(params).All(&found); err != nil {
		return nil, "", fmt.Errorf("look for cards of %s: %w", intake, err)
	}
	by := map[string]target{}
	for _, t := range found {
		by[t.Card] = t
	}
	all := make([]target, 0, len(ids))
	for _, id := range ids {
		t, there := by[id]
		if !there {
			t = target{Card: id}
		}
		all = append(all, t)
	}
	return all, "", nil
}

// siftedCards are a batch of the cards that a filter finds, by id: a card that leaves the filter meanwhile is not missed.
func siftedCards(app core.App, intake string, r reader, f Sift, after string, limit int) ([]target, string, error) {
	where, params := f.where(intake, r)
	params["after"], params["limit"] = after, limit+1
	var found []target
	if err := app.DB().NewQuery(targetOf + where + " AND a.id > {:after} ORDER BY a.id LIMIT {:limit}").Bind(params).All(&found); err != nil {
		return nil, "", fmt.Errorf("look for cards of %s: %w", intake, err)
	}
	if len(found) <= limit {
		return found, "", nil
	}
	return found[:limit], found[limit-1].Card, nil
}

// titleOn is what stands on a card, for a list of what was refused.
func titleOn(app core.App, card string) (title string) {
	_ = app.DB().NewQuery("SELECT title FROM board_cards WHERE id = {:id}").Bind(dbx.Params{"id": card}).Row(&title)
	return title
}

// seatsOf are the assignments of some judges to an application.
func seatsOf(app core.App, application string, judges []string) ([]seated, error) {
	seats := []seated{}
	err := app.DB().NewQuery(`SELECT id AS assignment, rev FROM assignments WHERE subject_type = 'application' AND subject = {:application}
		AND judge IN (SELECT value FROM json_each({:judges})) ORDER BY id`).
		Bind(dbx.Params{"application": application, "judges": record.InJSON(judges)}).All(&seats)
	if err != nil {
		return nil, fmt.Errorf("list who was asked to judge %s: %w", application, err)
	}
	return seats, nil
}

// wholly runs a verb inside a larger transaction so that a refusal leaves nothing of it: verbs share the transaction that
// they are called in.
func wholly(tx core.App, verb func() error) error {
	run := func(sql string) error {
		_, err := tx.DB().NewQuery(sql).Execute()
		return err
	}
	if err := run("SAVEPOINT wholly"); err != nil {
		return err
	}
	err := verb()
	if err != nil {
		if back := run("ROLLBACK TO wholly"); back != nil {
			return back
		}
	}
	if end := run("RELEASE wholly"); end != nil {
		return end
	}
	return err
}
