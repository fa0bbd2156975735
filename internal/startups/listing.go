package startups

import (
	"encoding/base64"
	"encoding/json"
	"strconv"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// limits of a list's page.
const (
	usualPage   = 50
	largestPage = 100
	allRows     = 10_000 // of an export
)

// page is what a client asks of a list.
type page struct {
	q     string   // what is searched for, in any spelling
	after []string // where the page before ended
	limit int
	csv   bool
}

// paged reads ?q= &after= &limit= &format=csv. places is how many parts a cursor of this list has.
// Error: list.after for a cursor that this house has not made.
func paged(e *core.RequestEvent, places int) (page, error) {
	query := e.Request.URL.Query()
	p := page{q: query.Get("q"), limit: usualPage, csv: query.Get("format") == "csv"}
	if n, err := strconv.Atoi(query.Get("limit")); err == nil && n > 0 {
		p.limit = min(n, largestPage)
	}
	if p.csv {
		p.limit = allRows
	}
	text := query.Get("after")
	if text == "" || p.csv {
		return p, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(raw, &p.after) != nil || len(p.after) != places {
		return p, fault.Field("after", "list.after")
	}
	return p, nil
}

// cursor is where a page ends, as a client sends it back.
func cursor(parts ...string) string {
	raw, err := json.Marshal(parts)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// cut takes the one row more off a page that was asked for to see whether there is another page.
func cut[T any](rows []T, limit int, end func(T) string) (some []T, next string) {
	if len(rows) <= limit {
		return rows, ""
	}
	return rows[:limit], end(rows[limit-1])
}

// list is the answer of every list.
type list[T any] struct {
	Rows []T    `json:"rows"`
	Next string `json:"next"`
}

// listOf never answers null where a list is empty.
func listOf[T any](rows []T, next string) list[T] {
	if rows == nil {
		rows = []T{}
	}
	return list[T]{rows, next}
}
