package web

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// The number of rows on a page of a list.
const (
	rowsUsual = 50
	rowsMost  = 100
	rowsAll   = math.MaxInt32 // a table for a spreadsheet is whole, or it is wrong
)

// Ask is which part of a list somebody asks for.
type Ask struct {
	Search string // what is searched for, as people type it
	After  string // where the page before ended; "" begins
	Limit  int    // rows at most
	CSV    bool   // a table for a spreadsheet: from the first row to the last
}

// Asked reads ?q= &after= &limit= &format=csv or xlsx.
func Asked(e *core.RequestEvent) Ask {
	query := e.Request.URL.Query()
	if format := query.Get("format"); format == "csv" || format == "xlsx" {
		return Ask{Search: query.Get("q"), Limit: rowsAll, CSV: true}
	}
	a := Ask{Search: query.Get("q"), After: query.Get("after"), Limit: rowsUsual}
	if n, err := strconv.Atoi(query.Get("limit")); err == nil && n > 0 {
		a.Limit = min(n, rowsMost)
	}
	return a
}

// From is where the page before ended, in the parts that Cursor was given; nil for the first page.
// Error: list.after for a cursor that this list has not made.
func (a Ask) From(parts int) ([]string, error) {
	if a.After == "" {
		return nil, nil
	}
	var from []string
	raw, err := base64.RawURLEncoding.DecodeString(a.After)
	if err != nil || json.Unmarshal(raw, &from) != nil || len(from) != parts {
		return nil, fault.Field("after", "list.after")
	}
	return from, nil
}

// Cursor is where a page ends, as a client sends it back.
func Cursor(parts ...string) string {
	raw, err := json.Marshal(parts)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// Cut takes the one row more off a page that was asked for to see whether there is another page. end names a row, for the
// page after it.
func Cut[T any](rows []T, limit int, end func(T) string) (page []T, next string) {
	if len(rows) <= limit {
		return rows, ""
	}
	return rows[:limit], end(rows[limit-1])
}

// List is the answer of every list. Next is the cursor of the page after, "" at the end.
type List[T any] struct {
	Rows []T    `json:"rows"`
	Next string `json:"next"`
}

// ListOf never answers null where a list is empty.
func ListOf[T any](rows []T, next string) List[T] {
	if rows == nil {
		rows = []T{}
	}
	return List[T]{rows, next}
}

// Body reads what a request sends into a value; without any the value stays as it is. Our verbs speak JSON: in a form or in XML
// the fields have other names, so that such a request would change nothing and be told that it has.
// Errors: request.unreadable, and for a number that its field cannot hold number.too_large or number.whole.
func Body(e *core.RequestEvent, into any) error {
	kind, _, _ := strings.Cut(e.Request.Header.Get("Content-Type"), ";")
	foreign := strings.HasSuffix(kind, "xml") || kind == "application/x-www-form-urlencoded"
	err := e.BindBody(into)
	var misfit *json.UnmarshalTypeError
	if errors.As(err, &misfit) {
		return unfit(misfit)
	}
	if err != nil || foreign && e.Request.ContentLength != 0 {
		return fault.Field("body", "request.unreadable")
	}
	return nil
}

// unfit says what is wrong with a value that does not fit its field: a number is too large, or not a whole one; anything else
// was written by no page of ours.
func unfit(m *json.UnmarshalTypeError) error {
	text, number := strings.CutPrefix(m.Value, "number ")
	n, _ := strconv.ParseFloat(text, 64) // one that is too large for it is infinite
	switch kind := m.Type.Kind(); {
	case !number, kind != reflect.Int && kind != reflect.Int64 && kind != reflect.Float64:
		return fault.Field("body", "request.unreadable")
	case n != math.Trunc(n):
		return fault.Field(m.Field, "number.whole")
	}
	return fault.Field(m.Field, "number.too_large")
}
