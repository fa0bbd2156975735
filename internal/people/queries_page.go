package people

import (
	"encoding/base64"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/record"
)

// search is what a list is asked for.
type search struct {
	words string // what people type; found without regard to marks and capitals
	role  string // only who holds it
	after string // the cursor of the page before
	limit int
}

// like is a pattern that finds text anywhere; what people type is text, never a pattern.
func like(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}

// paged cuts one page out of what q selects, in the order of search_key. A cursor is the key and the id of the last row.
func paged[P core.RecordProxy](k record.Kind[P], q *dbx.SelectQuery, s search, key func(P) string) ([]P, string, error) {
	if s.after != "" {
		key, id, err := cursor(s.after)
		if err != nil {
			return nil, "", err
		}
		q.AndWhere(dbx.NewExp("(search_key, id) > ({:key}, {:id})", dbx.Params{"key": key, "id": id}))
	}
	page, err := k.Query(q.OrderBy("search_key", "id").Limit(int64(s.limit + 1)))
	if err != nil || len(page) <= s.limit {
		return page, "", err
	}
	last := page[s.limit-1]
	return page[:s.limit], cursorOf(key(last), last.ProxyRecord().Id), nil
}

// cursorOf names the last row of a page, for the page after it.
func cursorOf(key, id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(key + "\x00" + id))
}

// cursor reads one again. Error: request.cursor.
func cursor(s string) (key, id string, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	key, id, ok := strings.Cut(string(raw), "\x00")
	if err != nil || !ok {
		return "", "", fault.Field("after", "request.cursor")
	}
	return key, id, nil
}
