package record

import (
	"strconv"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"vuon/internal/fault"
	"vuon/internal/vn"
)

// Legible refuses, in the texts of every collection, characters that steer a machine and that nobody sees (vn.Unseen). They end a
// text early in other programs, hide what stands behind them in a terminal, and make a table or a feed that nobody can read.
// What a row holds already stays. Error, for each field: text.unseen.
func Legible(app core.App) {
	law := func(e *core.RecordEvent) error {
		if err := legible(e.Record); err != nil {
			return err
		}
		return e.Next()
	}
	app.OnRecordCreateExecute().Bind(&hook.Handler[*core.RecordEvent]{
		Id: "record.legible", Priority: priorityGuard, Func: law, // against every writer of a new row
	})
	app.OnRecordUpdateExecute().Bind(&hook.Handler[*core.RecordEvent]{
		Id: "record.legible", Priority: priorityGuard, Func: law, // against every writer of a stored row
	})
}

func legible(row *core.Record) error {
	var wrong []error
	for _, f := range row.Collection().Fields {
		name := f.GetName()
		switch f.(type) {
		case *core.TextField, *core.EditorField:
			if text := row.GetString(name); strings.ContainsFunc(text, vn.Unseen) && row.Original().GetString(name) != text {
				wrong = append(wrong, fault.Field(name, "text.unseen"))
			}
		case *core.JSONField:
			if raw := row.GetString(name); unseenIn(raw) && row.Original().GetString(name) != raw {
				wrong = append(wrong, fault.Field(name, "text.unseen"))
			}
		}
	}
	return fault.Fields(wrong...)
}

// unseenIn says whether a text of JSON, which can hold such a character only as an escape, holds one.
func unseenIn(raw string) bool {
	for i := 0; i+1 < len(raw); i++ {
		if raw[i] != '\\' {
			continue
		}
		i++ // the letter behind a backslash belongs to it, another backslash too
		switch raw[i] {
		case 'b', 'f':
			return true
		case 'u':
			if i+4 < len(raw) {
				if r, err := strconv.ParseUint(raw[i+1:i+5], 16, 16); err == nil && vn.Unseen(rune(r)) {
					return true
				}
			}
		}
	}
	return strings.ContainsFunc(raw, vn.Unseen) // a DEL needs no escape
}
