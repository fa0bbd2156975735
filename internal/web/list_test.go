package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/web"
)

func asked(query string) web.Ask {
	e := &core.RequestEvent{}
	e.Request = httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/list?"+query, nil)
	return web.Asked(e)
}

func TestAPageHoldsAHundredRowsAndATableAll(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]int{"": 50, "limit=2": 2, "limit=1000": 100, "limit=-1": 50, "limit=x": 50} {
		if a := asked(query); a.Limit != want || a.CSV {
			t.Errorf("?%s asks for %d rows", query, a.Limit)
		}
	}
	if a := asked("format=csv&limit=2&after=x&q=a"); !a.CSV || a.Limit < 10_000_000 || a.After != "" || a.Search != "a" {
		t.Errorf("a table is cut: %+v", a)
	}
}

// In a form or in XML the fields have other names than ours: whoever sends one is told, and not that all is well.
func TestAVerbTakesJSONOnly(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{
		"application/json": "", "application/json; charset=utf-8": "", "application/x-www-form-urlencoded": "request.unreadable",
		"application/xml": "request.unreadable", "text/xml; charset=utf-8": "request.unreadable", "text/plain": "request.unreadable",
	} {
		sent := `{"name":"x"}`
		if strings.Contains(kind, "xml") {
			sent = "<a/>"
		}
		e, said := &core.RequestEvent{}, struct{ Name string }{}
		e.Request = httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/verb", strings.NewReader(sent))
		e.Request.Header.Set("Content-Type", kind)
		if err := web.Body(e, &said); fault.Code(err) != want || want == "" && said.Name != "x" {
			t.Errorf("%s is read as %+v, %v", kind, said, err)
		}
	}
}

// A number that its field cannot hold is named by its field: who sent it has to know which one, and why.
func TestANumberThatDoesNotFitIsNamed(t *testing.T) {
	t.Parallel()
	for sent, want := range map[string]string{
		`{"amount_vnd":9007199254740993}`: "", `{"amount_vnd":null}`: "",
		`{"amount_vnd":12345678901234567890}`: "number.too_large (amount_vnd)", `{"amount_vnd":-1e400}`: "number.too_large (amount_vnd)", `{"lines":[{"seats":99999999999999999999}]}`: "number.too_large (lines.seats)",
		`{"score":1e400}`:     "number.too_large (score)",
		`{"amount_vnd":12.5}`: "number.whole (amount_vnd)",
		`{"amount_vnd":"12"}`: "request.unreadable (body)", `{"name":12345678901234567890}`: "request.unreadable (body)", `{"amount_vnd":`: "request.unreadable (body)",
	} {
		e, said := &core.RequestEvent{}, struct {
			Amount *int64 `json:"amount_vnd"`
			Name   string `json:"name"`
			Lines  []struct {
				Seats int `json:"seats"`
			} `json:"lines"`
			Score *float64 `json:"score"`
		}{}
		e.Request = httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/verb", strings.NewReader(sent))
		e.Request.Header.Set("Content-Type", "application/json")
		got := ""
		if err := web.Body(e, &said); err != nil {
			got = fault.As(err).Error()
		}
		if got != want {
			t.Errorf("%s: %q, not %q", sent, got, want)
		}
	}
}

func TestACursorLeadsToWhereThePageEnded(t *testing.T) {
	t.Parallel()
	rows, next := web.Cut([]string{"a", "b", "c"}, 2, func(s string) string { return web.Cursor(s, "id\x00") })
	if len(rows) != 2 {
		t.Fatalf("a page of two holds %v", rows)
	}
	from, err := web.Ask{After: next}.From(2)
	if err != nil || from[0] != "b" || from[1] != "id\x00" {
		t.Errorf("the cursor leads to %q (%v)", from, err)
	}
	if from, err := (web.Ask{}).From(2); from != nil || err != nil {
		t.Errorf("the first page begins at %v (%v)", from, err)
	}
	for _, after := range []string{"%", "bm9wZQ", web.Cursor("one"), web.Cursor("a", "b", "c")} {
		_, err := web.Ask{After: after}.From(2)
		housetest.Refused(t, err, "list.after")
	}
	if rows, next := web.Cut([]string{"a"}, 1, func(s string) string { return s }); len(rows) != 1 || next != "" {
		t.Errorf("a full last page leads on to %q", next)
	}
}
