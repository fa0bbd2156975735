package form

import (
	"fmt"
	"slices"

	"vuon/internal/fault"
)

// Column is one column of a table.
type Column struct {
	Key      string   `json:"key"`
	LabelVI  string   `json:"label_vi"`
	LabelEN  string   `json:"label_en"`
	Type     string   `json:"type"` // text, number, money, date or choice
	Options  []Option `json:"options,omitempty"`
	Required bool     `json:"required,omitempty"` // in every row that is written at all
}

var columnTypes = []string{Text, Number, Money, Date, Choice}

func columnsFit(some []Column) bool {
	seen := map[string]bool{}
	for _, c := range some {
		if !key.MatchString(c.Key) || seen[c.Key] || c.LabelVI == "" || !slices.Contains(columnTypes, c.Type) ||
			(c.Type == Choice) != (len(c.Options) > 0) || !optionsFit(c.Options) {
			return false
		}
		seen[c.Key] = true
	}
	return len(some) <= mostColumns
}

func (c Column) tidied() Column {
	c.Key, c.LabelVI, c.LabelEN = line(c.Key), line(c.LabelVI), line(c.LabelEN)
	if c.Type != Choice {
		c.Options = nil
	}
	c.Options = tidyOptions(c.Options)
	return c
}

// cell is a column as the question that each of its cells is.
func (c Column) cell() Question { return Question{Key: c.Key, Type: c.Type, Options: c.Options} }

// rows tidies the rows of a table: cells like answers, empty rows left out.
// Errors: answer.unreadable, answer.too_many, answer.cell with the number of the row.
func (q Question) rows(name string, value any) (any, error) {
	given, ok := list(value)
	if !ok {
		return nil, fault.Field(name, "answer.unreadable")
	}
	kept := []any{}
	for n, one := range given {
		row, err := q.row(one)
		if err != nil {
			return nil, fault.Field(name, "answer.cell", "row", fmt.Sprint(n+1))
		}
		if len(row) > 0 {
			kept = append(kept, row)
		}
	}
	switch {
	case len(kept) > q.most():
		return nil, fault.Field(name, "answer.too_many", "max", fmt.Sprint(q.most()))
	case len(kept) == 0:
		return nil, nil //nolint:nilnil // empty rows are no answer
	}
	return kept, nil
}

func (q Question) row(one any) (map[string]any, error) {
	cells, ok := one.(map[string]any)
	if !ok {
		return nil, fault.Field(q.Key, "answer.unreadable")
	}
	kept := map[string]any{}
	for key, value := range cells {
		i := slices.IndexFunc(q.Columns, func(c Column) bool { return c.Key == key })
		if i < 0 {
			return nil, fault.Field(q.Key, "answer.unknown")
		}
		neat, err := q.Columns[i].cell().tidy(value)
		if err != nil {
			return nil, err
		}
		if neat != nil {
			kept[key] = neat
		}
	}
	return kept, nil
}

// wholeRows refuses a table in which a row lacks a cell that every row must have. Error: answer.row with its number.
func (q Question) wholeRows(name string, given []any) error {
	for n, one := range given {
		row, _ := one.(map[string]any)
		for _, c := range q.Columns {
			if _, there := row[c.Key]; c.Required && !there {
				return fault.Field(name, "answer.row", "row", fmt.Sprint(n+1))
			}
		}
	}
	return nil
}

// list reads a JSON array, also one that Go code has written.
func list(value any) ([]any, bool) {
	switch v := value.(type) {
	case []any:
		return v, true
	case []string:
		some := make([]any, len(v))
		for i, one := range v {
			some[i] = one
		}
		return some, true
	case []map[string]any:
		some := make([]any, len(v))
		for i, one := range v {
			some[i] = one
		}
		return some, true
	}
	return nil, false
}
