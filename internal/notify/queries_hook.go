package notify

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/web"
)

// activeHooks are called.
func activeHooks(app core.App) ([]*Hook, error) {
	return Hooks.All(app, dbx.HashExp{"status": string(HookActive)})
}

// allHooks lists them by name.
func allHooks(app core.App) ([]*Hook, error) {
	return Hooks.Query(app.RecordQuery(Hooks.Collection).OrderBy("title", "id"))
}

// happened lists what the journal says of some topics after a place in it, the oldest first.
func happened(app core.App, topics []string, after int, from time.Time, limit int64) ([]*lifecycle.Entry, error) {
	names, err := json.Marshal(topics)
	if err != nil {
		return nil, err
	}
	return lifecycle.Journal.Query(app.RecordQuery(lifecycle.Journal.Collection).
		AndWhere(dbx.NewExp("seq > {:after} AND at >= {:from}", dbx.Params{"after": after, "from": record.Stamp(from)})).
		AndWhere(dbx.NewExp("+notice IN (SELECT value FROM json_each({:topics}))", dbx.Params{"topics": string(names)})). // plus: by its place, not through all that ever happened
		OrderBy("seq").Limit(limit))
}

// insertCalls notes what a hook is to be told; topic "" tells each entry under its own.
func insertCalls(tx core.App, hook string, entries []*lifecycle.Entry, topic string, now time.Time) error {
	rows := make([]map[string]any, len(entries))
	for i, e := range entries {
		id, as := core.GenerateDefaultRandomId(), topic
		if as == "" {
			as = e.Notice()
		}
		body, err := bodyOf(id, as, e)
		if err != nil {
			return err
		}
		rows[i] = map[string]any{"id": id, "hook": hook, "seq": e.Seq(), "topic": as, "body": body, "at": record.Stamp(e.At()), "next_at": record.Stamp(now)}
	}
	return insertAll(tx, `INSERT INTO hook_calls (id, hook, seq, topic, body, at, next_at)
		SELECT value->>'id', value->>'hook', value->>'seq', value->>'topic', value->>'body', value->>'at', value->>'next_at'
		FROM json_each({:rows})`, rows)
}

// moveCursor notes up to where a hook has been told. It is no edit: nobody who edits the hook meanwhile has to start anew.
func moveCursor(tx core.App, h *Hook, seq int) error {
	h.setCursor(seq)
	_, err := tx.NonconcurrentDB().NewQuery("UPDATE hooks SET cursor = {:seq} WHERE id = {:id}").
		Bind(dbx.Params{"seq": seq, "id": h.Id}).Execute()
	return err
}

// dueCalls lists the calls to a hook that are to be made at now, the longest overdue first.
func dueCalls(app core.App, hook string, now time.Time, limit int64) ([]*HookCall, error) {
	return HookCalls.Query(app.RecordQuery(HookCalls.Collection).
		AndWhere(dbx.HashExp{"hook": hook}).
		AndWhere(dbx.NewExp("next_at != '' AND next_at <= {:now}", dbx.Params{"now": record.Stamp(now)})).
		OrderBy("next_at", "seq").Limit(limit))
}

// claimCall makes a call the caller's own. Of any number of callers one gets true.
func claimCall(app core.App, id string, now time.Time) (key string, taken bool, err error) {
	key = core.GenerateDefaultRandomId()
	n, err := changed(app.NonconcurrentDB().NewQuery(`
		UPDATE hook_calls SET claim = {:key}, attempts = attempts + 1, next_at = {:lease}
		WHERE id = {:id} AND next_at != '' AND next_at <= {:now}
			AND EXISTS (SELECT 1 FROM hooks WHERE hooks.id = hook_calls.hook AND hooks.status = 'active')`).
		Bind(dbx.Params{"key": key, "lease": record.Stamp(now.Add(callLease)), "id": id, "now": record.Stamp(now)}))
	return key, n == 1, err
}

// outcome is what became of a call.
type outcome struct {
	key          string // under which it was claimed
	answer       int
	trouble      string
	done, failed bool
	next         time.Time // when it is made again; zero: never
	now          time.Time
}

// markCall writes down what became of a call, unless somebody else has claimed it meanwhile.
func markCall(tx core.App, id string, o outcome) (mine bool, err error) {
	instant := func(yes bool) string {
		if yes {
			return record.Stamp(o.now)
		}
		return ""
	}
	n, err := changed(tx.NonconcurrentDB().NewQuery(`
		UPDATE hook_calls SET claim = '', answer = {:answer}, error = {:error}, next_at = {:next}, done_at = {:done}, failed_at = {:failed}
		WHERE id = {:id} AND claim = {:key}`).
		Bind(dbx.Params{
			"answer": o.answer, "error": o.trouble, "next": stampOf(o.next), "done": instant(o.done), "failed": instant(o.failed), "id": id, "key": o.key,
		}))
	return n == 1, err
}

// markHook counts what went wrong for a hook since something went well last.
func markHook(tx core.App, id string, well bool, now time.Time) error {
	statement := `UPDATE hooks SET failures = failures + 1,
		failing_since = CASE WHEN failing_since = '' THEN {:now} ELSE failing_since END WHERE id = {:id}`
	if well {
		statement = `UPDATE hooks SET failures = 0, failing_since = '', last_ok_at = {:now} WHERE id = {:id}`
	}
	_, err := tx.NonconcurrentDB().NewQuery(statement).Bind(dbx.Params{"id": id, "now": record.Stamp(now)}).Execute()
	return err
}

// callAgain has calls made anew from the first attempt on, but those that are under way.
func callAgain(tx core.App, hook string, ids []string, now time.Time) (int, error) {
	all := make([]any, len(ids))
	for i, id := range ids {
		all[i] = id
	}
	var n int64
	for start := 0; start < len(all); start += sheaf {
		some := all[start:min(start+sheaf, len(all))]
		result, err := tx.NonconcurrentDB().Update(HookCalls.Collection,
			dbx.Params{"attempts": 0, "claim": "", "next_at": record.Stamp(now), "done_at": "", "failed_at": ""},
			dbx.And(dbx.HashExp{"hook": hook}, dbx.In("id", some...))).Execute()
		if err != nil {
			return 0, err
		}
		got, err := result.RowsAffected()
		if err != nil {
			return 0, err
		}
		n += got
	}
	return int(n), nil
}

// failedSince names the calls to a hook that were given up.
func failedSince(tx core.App, hook string, since time.Time) (ids []string, err error) {
	err = tx.DB().NewQuery("SELECT id FROM hook_calls WHERE hook = {:hook} AND failed_at != '' AND at >= {:since} ORDER BY seq").
		Bind(dbx.Params{"hook": hook, "since": record.Stamp(since)}).Column(&ids)
	return ids, err
}

// callsOf lists the calls to a hook, the newest first, one more than asked.
func callsOf(app core.App, hook string, ask web.Ask) ([]*HookCall, error) {
	q := app.RecordQuery(HookCalls.Collection).AndWhere(dbx.HashExp{"hook": hook}).OrderBy("seq DESC").Limit(int64(ask.Limit) + 1)
	if ask.After != "" {
		q.AndWhere(dbx.NewExp("seq < (SELECT seq FROM hook_calls WHERE id = {:after})", dbx.Params{"after": ask.After}))
	}
	return HookCalls.Query(q)
}

// standings counts for each hook the calls that wait and those that were given up.
func standings(app core.App) (map[string]standing, error) {
	var rows []standing
	err := app.DB().NewQuery(`SELECT hook, sum(next_at != '') AS waiting, sum(failed_at != '') AS failed FROM hook_calls GROUP BY hook`).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("count the calls: %w", err)
	}
	all := map[string]standing{}
	for _, r := range rows {
		all[r.Hook] = r
	}
	return all, nil
}

type standing struct {
	Hook    string `db:"hook"`
	Waiting int    `db:"waiting"`
	Failed  int    `db:"failed"`
}

// dropCalls forgets all calls to a hook.
func dropCalls(tx core.App, hook string) error {
	_, err := tx.NonconcurrentDB().Delete(HookCalls.Collection, dbx.HashExp{"hook": hook}).Execute()
	return err
}

// forgetCalls drops the calls that tell of what happened before an instant.
func forgetCalls(app core.App, before time.Time) (int, error) {
	n, err := changed(app.NonconcurrentDB().NewQuery("DELETE FROM hook_calls WHERE at < {:before}").Bind(dbx.Params{"before": record.Stamp(before)}))
	return int(n), err
}

// changed runs a statement and says how many rows it changed.
func changed(q *dbx.Query) (int64, error) {
	result, err := q.Execute()
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}
