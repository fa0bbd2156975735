package web

import (
	"encoding/csv"
	"fmt"
	"iter"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"
	"github.com/xuri/excelize/v2"

	"vuon/internal/locale"
)

// Day is a local calendar day, YYYY-MM-DD, as a cell of a table.
type Day string

// Address is one that a cell of a table leads to.
type Address string

// Sheet answers with a table for a spreadsheet, as ?format= says: csv, or xlsx. name stands before the ending. A cell is a
// string, an int, an int64, a float64, a time.Time, a Day, an Address, or nil for nothing: numbers and dates are such in a xlsx,
// and text never becomes a formula, whoever wrote it. Rows are read one by one; an error of the first ones refuses the request,
// a later one of a csv ends it short.
func Sheet(e *core.RequestEvent, name string, head []string, rows iter.Seq2[[]any, error]) error {
	next, stop := iter.Pull2(rows)
	defer stop()
	var first [][]any
	for len(first) < lookedAt {
		row, err, more := next()
		if err != nil {
			return err
		}
		if !more {
			break
		}
		first = append(first, row)
	}
	all := func(yield func([]any, error) bool) {
		for _, row := range first {
			if !yield(row, nil) {
				return
			}
		}
		for len(first) == lookedAt {
			row, err, more := next()
			if !more || !yield(row, err) {
				return
			}
		}
	}
	if e.Request.URL.Query().Get("format") == "xlsx" {
		return xlsx(e, name, head, widths(head, first), all)
	}
	return plain(e, name, head, all)
}

// Rows hands over rows that are in memory already.
func Rows[C any](rows [][]C) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		for _, row := range rows {
			cells := make([]any, len(row))
			for i, c := range row {
				cells[i] = c
			}
			if !yield(cells, nil) {
				return
			}
		}
	}
}

// lookedAt is how many rows say how wide the columns are.
const lookedAt = 100

const (
	narrowest = 9.0
	widest    = 60.0
)

func widths(head []string, rows [][]any) []float64 {
	all := make([]float64, len(head))
	fit := func(i int, text string) {
		if i < len(all) {
			all[i] = min(widest, max(all[i], narrowest, float64(utf8.RuneCountInString(text))+3))
		}
	}
	for i, title := range head {
		fit(i, title)
	}
	for _, row := range rows {
		for i, cell := range row {
			fit(i, text(cell))
		}
	}
	return all
}

func attach(e *core.RequestEvent, kind, name string) {
	h := e.Response.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	e.Response.WriteHeader(http.StatusOK)
}

// xlsx writes rows as they come and sends the book when it is whole.
func xlsx(e *core.RequestEvent, name string, head []string, wide []float64, rows iter.Seq2[[]any, error]) error {
	book := excelize.NewFile()
	defer book.Close() //nolint:errcheck // its folder of the moment is all that is left
	page := book.GetSheetName(0)
	out, err := book.NewStreamWriter(page)
	if err != nil {
		return err
	}
	style := func(s *excelize.Style) (id int) {
		if err == nil {
			id, err = book.NewStyle(s)
		}
		return id
	}
	moments, days := "dd/mm/yyyy hh:mm", "dd/mm/yyyy"
	looks := looks{
		head:   style(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}),
		text:   style(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}),
		moment: style(&excelize.Style{CustomNumFmt: &moments}), day: style(&excelize.Style{CustomNumFmt: &days}),
		whole: style(&excelize.Style{NumFmt: 3}), link: style(&excelize.Style{Font: &excelize.Font{Color: "0563C1", Underline: "single"}}),
	}
	for i, w := range wide {
		if err == nil {
			err = out.SetColWidth(i+1, i+1, w)
		}
	}
	if err == nil {
		err = out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	}
	top := make([]any, len(head))
	for i, title := range head {
		top[i] = excelize.Cell{StyleID: looks.head, Value: title}
	}
	if err == nil {
		err = out.SetRow("A1", top)
	}
	at := 1
	for row, wrong := range rows {
		if err == nil {
			err = wrong
		}
		if err != nil {
			break
		}
		at++
		cells := make([]any, len(row))
		for i, cell := range row {
			cells[i] = looks.cell(cell)
		}
		err = out.SetRow("A"+strconv.Itoa(at), cells)
	}
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		return fmt.Errorf("write the table %s: %w", name, err)
	}
	attach(e, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name+".xlsx")
	return book.Write(e.Response)
}

// looks are the styles of cells.
type looks struct{ head, text, moment, day, whole, link int }

// longestCell is what a spreadsheet holds in one cell, in letters.
const longestCell = 32767

func (l looks) cell(v any) any {
	switch v := v.(type) {
	case nil:
		return nil
	case time.Time:
		if v.IsZero() {
			return nil
		}
		here := v.In(locale.Zone)
		return excelize.Cell{StyleID: l.moment, Value: time.Date(here.Year(), here.Month(), here.Day(), here.Hour(), here.Minute(), here.Second(), 0, time.UTC)}
	case Day:
		if at, err := time.Parse(time.DateOnly, string(v)); err == nil {
			return excelize.Cell{StyleID: l.day, Value: at}
		}
		return string(v)
	case int:
		return excelize.Cell{StyleID: l.whole, Value: v}
	case int64:
		return excelize.Cell{StyleID: l.whole, Value: v}
	case float64:
		return v
	case Address:
		return excelize.Cell{StyleID: l.link, Value: string(v)}
	}
	said := []rune(text(v))
	return excelize.Cell{StyleID: l.text, Value: string(said[:min(len(said), longestCell)])}
}

// plain writes UTF-8 with its mark, for otherwise Excel does not read Vietnamese. A cell that a spreadsheet would run as a
// formula is written as text.
func plain(e *core.RequestEvent, name string, head []string, rows iter.Seq2[[]any, error]) error {
	attach(e, "text/csv; charset=utf-8", name+".csv")
	if _, err := e.Response.Write([]byte("\ufeff")); err != nil {
		return err
	}
	w := csv.NewWriter(e.Response)
	if err := w.Write(head); err != nil {
		return err
	}
	for row, err := range rows {
		if err != nil {
			return err
		}
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = text(cell)
			if _, written := cell.(string); written {
				safe[i] = inert(safe[i])
			}
		}
		if err := w.Write(safe); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// text is what a cell says without a style.
func text(cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case Day:
		return string(v)
	case Address:
		return string(v)
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.In(locale.Zone).Format("2006-01-02 15:04")
	}
	return fmt.Sprint(cell)
}

// inert puts an apostrophe before what a spreadsheet would take for a formula, also behind blanks. A plain number stays one.
func inert(cell string) string {
	bare := strings.TrimLeft(cell, " \t\r\n")
	negative := len(cell) > 1 && cell[0] == '-' && strings.Trim(cell[1:], "0123456789.,") == ""
	if cell == "" || negative {
		return cell
	}
	if strings.ContainsAny(cell[:1], "\t\r") || bare != "" && strings.ContainsAny(bare[:1], "=+-@") {
		return "'" + cell
	}
	return cell
}
