package web_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/xuri/excelize/v2"

	"vuon/internal/web"
)

// sheet asks for a table in a format, and returns what came.
func sheet(t *testing.T, format string, rows [][]any) *httptest.ResponseRecorder {
	t.Helper()
	e := &core.RequestEvent{}
	w := httptest.NewRecorder()
	e.Request, e.Response = httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/list?format="+format, nil), w
	if err := web.Sheet(e, "bang", tableHead, web.Rows(rows)); err != nil {
		t.Fatal(err)
	}
	return w
}

var (
	tableHead = []string{"Tên dự án", "Suất", "Điểm", "Nộp lúc", "Ngày", "Trang"}
	sent      = time.Date(2026, 11, 25, 16, 30, 0, 0, time.UTC)
	tableRows = [][]any{
		{"Đèn đường ữ ặ ễ", 1234567, 4.5, sent, web.Day("2026-12-01"), web.Address("https://vuon.example/app/x")},
		{`=HYPERLINK("http://evil.example","xem")`, int64(-5), 0.25, time.Time{}, web.Day("chưa rõ"), nil},
		{"+84 28", 0, nil, nil, nil, nil},
		{"-2+3+cmd|' /C calc'!A0", 0, nil, nil, nil, nil},
		{"@SUM(A1)", 0, nil, nil, nil, nil},
		{"\t=1+1", 0, nil, nil, nil, nil},
		{"\r=1+1", 0, nil, nil, nil, nil},
		{"0901234567", 0, nil, nil, nil, nil},
		{"a\x01b", 0, nil, nil, nil, nil},
		{strings.Repeat("ộ", 40000), 0, nil, nil, nil, nil},
	}
)

func TestABookHoldsNumbersDatesAndNeverAFormula(t *testing.T) {
	t.Parallel()
	w := sheet(t, "xlsx", tableRows)
	if !strings.Contains(w.Header().Get("Content-Disposition"), `"bang.xlsx"`) {
		t.Error(w.Header())
	}
	book, err := excelize.OpenReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	page := book.GetSheetName(0)
	for at, want := range map[string]string{
		"A1": "Tên dự án", "A2": "Đèn đường ữ ặ ễ", "B2": "1,234,567", "C2": "4.5", "D2": "25/11/2026 23:30", "E2": "01/12/2026", "F2": "https://vuon.example/app/x",
		"A3": `=HYPERLINK("http://evil.example","xem")`, "B3": "-5", "C3": "0.25", "D3": "", "E3": "chưa rõ",
		"A4": "+84 28", "A5": "-2+3+cmd|' /C calc'!A0", "A6": "@SUM(A1)", "A9": "0901234567",
	} {
		if got, err := book.GetCellValue(page, at); err != nil || got != want {
			t.Errorf("%s holds %q (%v), want %q", at, got, err, want)
		}
	}
	for i := range tableRows {
		for j := range tableHead {
			at, _ := excelize.CoordinatesToCellName(j+1, i+2)
			if f, err := book.GetCellFormula(page, at); err != nil || f != "" {
				t.Errorf("%s is the formula %q (%v)", at, f, err)
			}
			kind, err := book.GetCellType(page, at)
			text := kind == excelize.CellTypeInlineString || kind == excelize.CellTypeSharedString
			if _, written := tableRows[i][j].(string); err != nil || written != text && j == 0 {
				t.Errorf("%s is of type %d (%v)", at, kind, err)
			}
		}
	}
	if long, _ := book.GetCellValue(page, "A11"); len([]rune(long)) != 32767 {
		t.Errorf("the longest cell holds %d letters", len([]rune(long)))
	}
	panes, err := book.GetPanes(page)
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the head is not frozen: %+v (%v)", panes, err)
	}
	if wide, err := book.GetColWidth(page, "A"); err != nil || wide < 40 {
		t.Errorf("column A is %f wide (%v)", wide, err)
	}
}

func TestACSVHoldsTheSameAsText(t *testing.T) {
	t.Parallel()
	w := sheet(t, "csv", tableRows)
	all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(w.Body.String(), "\ufeff"))).ReadAll()
	if err != nil || len(all) != len(tableRows)+1 {
		t.Fatalf("%d rows (%v)", len(all), err)
	}
	if got := strings.Join(all[1], "|"); got != "Đèn đường ữ ặ ễ|1234567|4.5|2026-11-25 23:30|2026-12-01|https://vuon.example/app/x" {
		t.Error(got)
	}
	if all[2][0] != `'=HYPERLINK("http://evil.example","xem")` || all[2][1] != "-5" || all[3][0] != "'+84 28" {
		t.Errorf("%q %q %q", all[2][0], all[2][1], all[3][0])
	}
}

// What fails before anything was sent is refused, and not half a table.
func TestATableThatCannotBeReadIsRefused(t *testing.T) {
	t.Parallel()
	broken := errors.New("the disk is gone")
	for _, format := range []string{"csv", "xlsx"} {
		e, w := &core.RequestEvent{}, httptest.NewRecorder()
		e.Request, e.Response = httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/list?format="+format, nil), w
		err := web.Sheet(e, "bang", tableHead, func(yield func([]any, error) bool) {
			_ = yield([]any{"a"}, nil) && yield(nil, broken)
		})
		if !errors.Is(err, broken) || w.Body.Len() > 0 {
			t.Errorf("%s: %v after %d bytes", format, err, w.Body.Len())
		}
	}
	many := func(yield func([]any, error) bool) {
		for range 150 {
			if !yield([]any{"a"}, nil) {
				return
			}
		}
		yield(nil, broken)
	}
	e, w := &core.RequestEvent{}, httptest.NewRecorder()
	e.Request, e.Response = httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/list?format=xlsx", nil), w
	if err := web.Sheet(e, "bang", tableHead, many); !errors.Is(err, broken) || w.Body.Len() > 0 {
		t.Errorf("a book that ends short: %v after %d bytes", err, w.Body.Len())
	}
}
