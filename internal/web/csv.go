package web

import (
	"encoding/csv"
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// CSV answers with a table that a spreadsheet opens under name: UTF-8 with its mark, for otherwise Excel does not read
// Vietnamese. A cell that a spreadsheet would run as a formula is written as text.
func CSV(e *core.RequestEvent, name string, head []string, rows [][]string) error {
	h := e.Response.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	e.Response.WriteHeader(http.StatusOK)
	if _, err := e.Response.Write([]byte("\ufeff")); err != nil {
		return err
	}
	w := csv.NewWriter(e.Response)
	if err := w.Write(head); err != nil {
		return err
	}
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = inert(cell)
		}
		if err := w.Write(safe); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
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
