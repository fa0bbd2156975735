package record

import (
	"encoding/json"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/fault"
)

// Stamp writes an instant as PocketBase stores it, so that text order is time order.
func Stamp(at time.Time) string { return at.UTC().Format(types.DefaultDateLayout) }

// InJSON hands a list or a map of plain values to SQLite as one value, for json_each to take apart. Nothing is an empty list.
func InJSON(value any) string {
	raw, err := json.Marshal(value)
	if err != nil || string(raw) == "null" {
		return "[]"
	}
	return string(raw)
}

// OrNone turns "there is none" into nil, where that is an answer.
func OrNone[P any](p *P, err error) (*P, error) {
	if fault.Code(err) == "record.not_found" {
		return nil, nil //nolint:nilnil // nothing is there, and that is no error
	}
	return p, err
}

// ByID are rows by their ids.
func ByID[P core.RecordProxy](rows []P) map[string]P {
	by := make(map[string]P, len(rows))
	for _, row := range rows {
		by[row.ProxyRecord().Id] = row
	}
	return by
}

// Sent sets a field of which a client has said something.
func Sent[T any](row core.RecordProxy, field string, value *T) {
	if value != nil {
		row.ProxyRecord().Set(field, *value)
	}
}
