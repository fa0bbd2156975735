package notify

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// untold leaves out what has been told or written already, and what a rule says twice.
func untold(app core.App, plans []planned) ([]planned, error) {
	if len(plans) == 0 {
		return nil, nil
	}
	keys := make([]string, len(plans))
	for i, p := range plans {
		keys[i] = p.Dedup
	}
	told, err := Heard(app, keys)
	if err != nil {
		return nil, err
	}
	var fresh []planned
	for _, p := range plans {
		if !told[p.Dedup] {
			told[p.Dedup] = true
			fresh = append(fresh, p)
		}
	}
	return fresh, nil
}

// insertLines writes the inbox lines of what goes to people of the house, and names them. Ten thousand reminders fall due
// in the same minute: this is one statement, not as many saves. Nobody else may write these rows, and none of their laws
// is left out: they have none.
func insertLines(tx core.App, plans []planned, now time.Time) (ids []string, err error) {
	var rows []map[string]any
	for _, p := range plans {
		if p.User == "" || p.stale {
			continue
		}
		id := core.GenerateDefaultRandomId()
		ids = append(ids, id)
		rows = append(rows, map[string]any{
			"id": id, "user": p.User, "kind": p.rule.Key, "args": p.Args, "link": p.Link, "at": record.Stamp(now), "dedup_key": p.Dedup,
		})
	}
	return ids, insertAll(tx, `INSERT INTO inbox_items (id, user, kind, args, link, at, dedup_key)
		SELECT value->>'id', value->>'user', value->>'kind', value->'args', value->>'link', value->>'at', value->>'dedup_key'
		FROM json_each({:rows})`, rows)
}

// insertLetters queues the mails of what is to be mailed, and names those that are stale.
func insertLetters(tx core.App, plans []planned) (stale []string, err error) {
	var rows []map[string]any
	for _, p := range plans {
		if !p.Mail {
			continue
		}
		id := core.GenerateDefaultRandomId()
		if p.stale {
			stale = append(stale, id)
		}
		var calendar any
		if p.When.UID != "" {
			calendar = p.When
		}
		rows = append(rows, map[string]any{
			"id": id, "dedup_key": p.Dedup, "kind": p.rule.Key, "class": p.rule.Class, "user": p.User, "address": p.Address, "locale": p.Locale,
			"args": p.Args, "link": p.Link, "secret_kind": p.Secret.Kind, "secret_id": p.Secret.ID, "at": record.Stamp(p.mail), "gather": p.gather,
			"event": stampOf(p.Event), "until": stampOf(p.end()), "calendar": calendar, "why": p.Why,
		})
	}
	return stale, insertAll(tx, `INSERT INTO outbox (id, dedup_key, kind, class, user, address, locale, args, link, secret_kind, secret_id,
			not_before, next_at, gather, event, useful_until, calendar, why, status, rev, created, updated)
		SELECT value->>'id', value->>'dedup_key', value->>'kind', value->>'class', value->>'user', value->>'address', value->>'locale',
			value->'args', value->>'link', value->>'secret_kind', value->>'secret_id', value->>'at', value->>'at', value->>'gather',
			value->>'event', value->>'until', value->'calendar', value->>'why', 'queued', 1,
			strftime('%Y-%m-%d %H:%M:%fZ', 'now'), strftime('%Y-%m-%d %H:%M:%fZ', 'now')
		FROM json_each({:rows})`, rows)
}

func insertAll(tx core.App, statement string, rows []map[string]any) error {
	if len(rows) == 0 {
		return nil
	}
	list, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	_, err = tx.NonconcurrentDB().NewQuery(statement).Bind(dbx.Params{"rows": string(list)}).Execute()
	return err
}

// stampOf is the stamp of an instant, "" of none.
func stampOf(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return record.Stamp(at)
}

// linesBy reads some inbox lines.
func linesBy(app core.App, ids []string) ([]*InboxItem, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	return InboxItems.Query(app.RecordQuery(InboxItems.Collection).
		AndWhere(dbx.NewExp("id IN (SELECT value FROM json_each({:ids}))", dbx.Params{"ids": string(list)})))
}

// modesFor are the wishes about one kind, by person.
func modesFor(tx core.App, kind string) (map[string]Mode, error) {
	all, err := Prefs.All(tx, dbx.HashExp{"kind": kind})
	if err != nil {
		return nil, fmt.Errorf("look for what people want: %w", err)
	}
	modes := make(map[string]Mode, len(all))
	for _, p := range all {
		modes[p.User()] = p.Mode()
	}
	return modes, nil
}

// pilesAt counts, person by person, what waits at now besides what is owed, and the reminders that went since midnight. The
// plus signs keep SQLite from walking all that was ever sent, or every person's letters.
func pilesAt(app core.App, now, midnight time.Time) (piles []pile, err error) {
	err = app.DB().NewQuery(`
		SELECT user, count(*) AS waiting, coalesce(sum(gather != ''), 0) AS gathered,
			(SELECT count(*) FROM outbox s WHERE s.user = q.user AND s.user != '' AND s.class = 'R' AND +s.status = 'sent' AND s.sent_at >= {:midnight}) AS had,
			EXISTS (SELECT 1 FROM outbox d WHERE d.dedup_key = {:digest} || q.user || {:day}) AS folded
		FROM outbox q
		WHERE status = 'queued' AND next_at <= {:now} AND user != '' AND class != 'T' AND kind != {:kind} AND batch = ''
		GROUP BY +user`).
		Bind(dbx.Params{
			"now": record.Stamp(now), "midnight": record.Stamp(midnight), "digest": digestKind + ":", "day": ":" + midnight.Format(time.DateOnly), "kind": digestKind,
		}).All(&piles)
	if err != nil {
		return nil, fmt.Errorf("count what waits: %w", err)
	}
	return piles, nil
}

// pileOf lists what waits at now for one person besides what is owed, the oldest first. The plus sign keeps SQLite from
// walking what waits for everybody.
func pileOf(tx core.App, user string, now time.Time) ([]*Letter, error) {
	return Outbox.Query(tx.RecordQuery(Outbox.Collection).
		AndWhere(dbx.HashExp{"user": user, "batch": ""}).
		AndWhere(dbx.NewExp("+status = 'queued' AND user != '' AND class != 'T' AND kind != {:kind} AND +next_at <= {:now}",
			dbx.Params{"kind": digestKind, "now": record.Stamp(now)})).
		OrderBy("not_before", "id"))
}

// letterFor finds the letter of a notice.
func letterFor(tx core.App, dedup string) (*Letter, error) {
	return Outbox.First(tx, dbx.HashExp{"dedup_key": dedup})
}

// foldedInto lists what a digest tells of, the oldest first.
func foldedInto(app core.App, digest string) ([]*Letter, error) {
	return Outbox.Query(app.RecordQuery(Outbox.Collection).AndWhere(dbx.HashExp{"digest": digest}).OrderBy("not_before", "id"))
}

// kindsIn names what a digest told its reader of.
func kindsIn(app core.App, user, digest string) (kinds []string, err error) {
	err = app.DB().NewQuery("SELECT DISTINCT kind FROM outbox WHERE digest = {:digest} AND user = {:user} ORDER BY kind").
		Bind(dbx.Params{"digest": digest, "user": user}).Column(&kinds)
	return kinds, err
}

// waitingFor lists the letters of one kind that wait for one person and were handed to no carrier.
func waitingFor(tx core.App, user, kind string) ([]*Letter, error) {
	return Outbox.All(tx, dbx.HashExp{"user": user, "kind": kind, "status": string(LetterQueued), "batch": ""}, dbx.NewExp("class != 'T'"))
}

// heardOf names the kinds that a person has been told of.
func heardOf(app core.App, user string) (kinds []string, err error) {
	err = app.DB().NewQuery("SELECT DISTINCT kind FROM inbox_items WHERE user = {:user}").Bind(dbx.Params{"user": user}).Column(&kinds)
	return kinds, err
}

// suppressed says whether no mail may go to an address any more.
func suppressed(app core.App, address string) (bool, error) {
	var n int
	err := app.DB().NewQuery("SELECT count(*) FROM suppressions WHERE address = {:address} AND lifted_at = ''").
		Bind(dbx.Params{"address": strings.ToLower(address)}).Row(&n)
	return n > 0, err
}
