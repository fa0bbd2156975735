package notify

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/web"
)

// letterOf finds the letter that a carrier speaks of, by its name for it or by ours; nil if it is none of ours.
func letterOf(tx core.App, told Told) (*Letter, error) {
	for _, where := range []dbx.HashExp{{"provider_id": told.Provider}, {"id": told.Letter}} {
		if where["provider_id"] == "" || where["id"] == "" {
			continue
		}
		if found, err := Outbox.All(tx, where); err != nil || len(found) > 0 {
			return first(found), err
		}
	}
	return nil, nil //nolint:nilnil // whoever asks knows what to do with nobody's letter
}

func first(letters []*Letter) *Letter {
	if len(letters) == 0 {
		return nil
	}
	return letters[0]
}

// heardBefore says whether a carrier has told this already.
func heardBefore(tx core.App, event string) (bool, error) {
	found, err := MailEvents.All(tx, dbx.HashExp{"event": event})
	return len(found) > 0, err
}

// unapplied lists what a letter has not followed yet, the oldest first.
func unapplied(tx core.App, letter string) ([]*MailEvent, error) {
	return MailEvents.Query(tx.RecordQuery(MailEvents.Collection).
		AndWhere(dbx.HashExp{"letter": letter, "applied_at": ""}).OrderBy("at", "id"))
}

// copiesOf lists the letters with which one was sent again.
func copiesOf(tx core.App, letter string) ([]*Letter, error) {
	return Outbox.All(tx, dbx.HashExp{"again": letter})
}

// letters lists the outbox, the newest first, one more than asked: of one status, if one is named. Kind, person and address may
// be searched by their beginnings.
func letters(app core.App, ask web.Ask, status string) ([]*Letter, error) {
	q := app.RecordQuery(Outbox.Collection).OrderBy("created DESC", "id DESC").Limit(int64(ask.Limit) + 1)
	if ask.After != "" {
		q.AndWhere(dbx.NewExp("(created, id) < (SELECT created, id FROM outbox WHERE id = {:after})", dbx.Params{"after": ask.After}))
	}
	if status != "" {
		q.AndWhere(dbx.HashExp{"status": status})
	}
	if search := ask.Search; search != "" {
		people := dbx.NewExp(`user IN (SELECT id FROM users WHERE email LIKE {:like} ESCAPE '\')`, dbx.Params{"like": beginning(search)})
		q.AndWhere(dbx.Or(
			dbx.Like("kind", search).Match(false, true), dbx.Like("address", search).Match(false, true),
			dbx.HashExp{"status": search}, dbx.HashExp{"user": search}, people,
		))
	}
	return Outbox.Query(q)
}

// beginning is a pattern for what begins with a text.
func beginning(text string) string {
	return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(text) + "%"
}

// Backlog is what waits in the outbox.
type Backlog struct {
	Queued  int    `db:"queued"  json:"queued"`  // may go, or will
	Overdue int    `db:"overdue" json:"overdue"` // should have gone an hour ago
	Oldest  string `db:"oldest"  json:"oldest"`  // when the longest overdue should have gone; "" for none
	Lost    int    `db:"lost"    json:"lost"`    // nobody knows whether they arrived
	Failed  int    `db:"failed"  json:"failed"`  // in the last day
}

// BacklogAt counts what waits at now.
func BacklogAt(app core.App, now time.Time) (b Backlog, err error) {
	err = app.DB().NewQuery(`
		SELECT (SELECT count(*) FROM outbox WHERE status = 'queued') AS queued,
			(SELECT count(*) FROM outbox WHERE status = 'queued' AND next_at < {:hour}) AS overdue,
			(SELECT coalesce(min(not_before), '') FROM outbox WHERE status = 'queued' AND next_at < {:hour}) AS oldest,
			(SELECT count(*) FROM outbox WHERE status = 'lost') AS lost,
			(SELECT count(*) FROM outbox WHERE status = 'failed' AND next_at > {:day}) AS failed`).
		Bind(dbx.Params{"hour": record.Stamp(now.Add(-time.Hour)), "day": record.Stamp(now.Add(-24 * time.Hour))}).One(&b)
	if err != nil {
		return b, fmt.Errorf("count what waits in the outbox: %w", err)
	}
	return b, nil
}

// closed lists the addresses to which no mail goes, the newest first, one more than asked. They may be searched by their beginnings.
func closed(app core.App, ask web.Ask) ([]*Suppression, error) {
	q := app.RecordQuery(Suppressions.Collection).AndWhere(dbx.HashExp{"lifted_at": ""}).OrderBy("at DESC", "id DESC").Limit(int64(ask.Limit) + 1)
	if ask.After != "" {
		q.AndWhere(dbx.NewExp("(at, id) < (SELECT at, id FROM suppressions WHERE id = {:after})", dbx.Params{"after": ask.After}))
	}
	if ask.Search != "" {
		q.AndWhere(dbx.Like("address", strings.ToLower(ask.Search)).Match(false, true))
	}
	return Suppressions.Query(q)
}
