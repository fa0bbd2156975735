package web

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// CSV answers with a table that a spreadsheet opens under name, which ends in .csv: as such, or as xlsx where ?format= asks for
// it. Cells are those of Sheet; C is string where all of them are text.
func CSV[C any](e *core.RequestEvent, name string, head []string, rows [][]C) error {
	return Sheet(e, strings.TrimSuffix(name, ".csv"), head, Rows(rows))
}
