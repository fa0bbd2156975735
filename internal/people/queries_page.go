package people

import (
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/web"
)

// search is what a list is asked for.
type search struct {
	web.Ask
	role string // only who holds it
}

// like is a pattern that finds text anywhere; what people type is text, never a pattern.
func like(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}

// paged cuts one page out of what q selects, in the order of search_key. A cursor is the key and the id of the last row.
func paged[P core.RecordProxy](k record.Kind[P], q *dbx.SelectQuery, s search, key func(P) string) ([]P, string, error) {
	from, err := s.From(2)
	if err != nil {
		return nil, "", err
	}
	if from != nil {
		q.AndWhere(dbx.NewExp("(search_key, id) > ({:key}, {:id})", dbx.Params{"key": from[0], "id": from[1]}))
	}
	return cutOf(k, q.OrderBy("search_key", "id"), s, key)
}

// latest cuts one page out of what q selects, by the instant in a column, the newest first.
func latest[P core.RecordProxy](k record.Kind[P], q *dbx.SelectQuery, s search, column string, at func(P) time.Time) ([]P, string, error) {
	from, err := s.From(2)
	if err != nil {
		return nil, "", err
	}
	if from != nil {
		q.AndWhere(dbx.NewExp("("+column+", id) < ({:at}, {:id})", dbx.Params{"at": from[0], "id": from[1]}))
	}
	return cutOf(k, q.OrderBy(column+" DESC", "id DESC"), s, func(p P) string { return record.Stamp(at(p)) })
}

// cutOf reads a page and names its end by key and id.
func cutOf[P core.RecordProxy](k record.Kind[P], q *dbx.SelectQuery, s search, key func(P) string) ([]P, string, error) {
	found, err := k.Query(q.Limit(int64(s.Limit) + 1))
	page, next := web.Cut(found, s.Limit, func(p P) string { return web.Cursor(key(p), p.ProxyRecord().Id) })
	return page, next, err
}
