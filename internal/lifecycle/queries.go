package lifecycle

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// head returns the place and the hash of the newest entry; zero values while the chain is empty.
func head(app core.App) (seq int, hash string, err error) {
	err = app.DB().NewQuery("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").Row(&seq, &hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, "", fmt.Errorf("read the newest journal entry: %w", err)
	}
	return seq, hash, nil
}

// pen writes entries, one after the other, with one prepared statement. Plain SQL: nothing hooks into the journal, and history
// comes in by the ten thousand.
type pen struct {
	insert *dbx.Query
	values dbx.Params // the same map for every entry
}

func open(tx core.App) pen {
	p := pen{values: dbx.Params{"id": ""}}
	p.insert = tx.NonconcurrentDB().NewQuery(`INSERT INTO journal (id, seq, at, actor, actor_role, subject_kind, subject, verb, came_from,
		went_to, reason, detail, notice, request, prev, hash) VALUES ({:id}, {:seq}, {:at}, {:actor}, {:role}, {:kind}, {:subject}, {:verb},
		{:from}, {:to}, {:reason}, {:detail}, {:notice}, {:request}, {:prev}, {:hash})`).Prepare().Bind(p.values)
	return p
}

func (p pen) close() error { return p.insert.Close() }

func (p pen) write(r Row, seq int, prev, hash string) error {
	v := p.values
	v["id"], v["seq"], v["at"], v["actor"], v["role"] = record.IDAt(r.At), seq, record.Stamp(r.At), r.Actor, r.ActorRole
	v["kind"], v["subject"], v["verb"], v["from"], v["to"] = r.SubjectKind, r.Subject, r.Verb, string(r.From), string(r.To)
	v["reason"], v["detail"], v["notice"], v["request"], v["prev"], v["hash"] = r.Reason, r.detail, r.Notice, r.request, prev, hash
	_, err := p.insert.Execute()
	return err
}

// after returns the entries that follow seq, oldest first, at most limit.
func after(app core.App, seq, limit int) ([]*Entry, error) {
	return Journal.Query(app.RecordQuery(Journal.Collection).
		AndWhere(dbx.NewExp("seq > {:seq}", dbx.Params{"seq": seq})).OrderBy("seq ASC").Limit(int64(limit)))
}

// Told returns the entries about one row, oldest first.
func Told(app core.App, collection, row string) ([]*Entry, error) {
	return Journal.Query(app.RecordQuery(Journal.Collection).
		AndWhere(dbx.HashExp{"subject_kind": collection, "subject": row}).OrderBy("seq ASC"))
}

// Since returns the entries that carry one notice key and happened at or after an instant, oldest first.
func Since(app core.App, notice string, from time.Time) ([]*Entry, error) {
	return Journal.Query(app.RecordQuery(Journal.Collection).
		AndWhere(dbx.HashExp{"notice": notice}).
		AndWhere(dbx.NewExp("at >= {:from}", dbx.Params{"from": record.Stamp(from)})).OrderBy("seq ASC"))
}

// Latest returns the newest entries before seq (0 for the very newest), newest first, at most limit.
func Latest(app core.App, before, limit int) ([]*Entry, error) {
	q := app.RecordQuery(Journal.Collection).OrderBy("seq DESC").Limit(int64(limit))
	if before > 0 {
		q.AndWhere(dbx.NewExp("seq < {:seq}", dbx.Params{"seq": before}))
	}
	return Journal.Query(q)
}
