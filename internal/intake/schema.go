package intake

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"vuon/internal/intake/form"
	"vuon/internal/judging"
)

// What an intake asks, and what people answer. Package form holds their rules.
type (
	// Schema is the list of questions of a form version.
	Schema = form.Schema
	// Question is one of them.
	Question = form.Question
	// Option is one answer to a choice.
	Option = form.Option
	// Condition says when a question is asked.
	Condition = form.Condition
	// Column is one column of a table.
	Column = form.Column
	// Answers are what was answered, by the key of the question.
	Answers = form.Answers
	// Rules are what an intake asks of those who apply.
	Rules = form.Rules
)

// tidy brings text into normal form, so that two people who type the same letters store the same bytes.
func tidy(text string) string { return strings.TrimSpace(norm.NFC.String(text)) }

// forJudge is an answer as judges read it, with the words of what was chosen: they do not see the form.
func forJudge(q Question, value any) judging.Answer {
	said := judging.Answer{Key: q.Key, LabelVI: q.LabelVI, LabelEN: q.LabelEN, Value: value}
	some, _ := value.([]any)
	switch q.Type {
	case form.Choice:
		if o, there := chosen(q.Options, value); there {
			said.TextVI, said.TextEN = o.LabelVI, o.LabelEN
		}
	case form.Multiple:
		picked := []any{}
		for _, one := range some {
			picked = append(picked, spoken(q.Options, one))
		}
		said.Value = picked
	case form.Table:
		if len(some) > 0 {
			said.Value = grid(q.Columns, some)
		}
	}
	return said
}

// grid is a table as judges read it: columns with their words, and rows of cells in their order.
func grid(columns []Column, rows []any) map[string]any {
	head, body := []any{}, [][]any{}
	for _, c := range columns {
		head = append(head, map[string]any{"label_vi": c.LabelVI, "label_en": c.LabelEN, "type": c.Type})
	}
	for _, one := range rows {
		cells, _ := one.(map[string]any)
		row := []any{}
		for _, c := range columns {
			row = append(row, spoken(c.Options, cells[c.Key]))
		}
		body = append(body, row)
	}
	return map[string]any{"columns": head, "rows": body}
}

// spoken is the option that a value names, in both languages; the value itself where there are none.
func spoken(some []Option, value any) any {
	if o, there := chosen(some, value); there {
		return map[string]any{"label_vi": o.LabelVI, "label_en": o.LabelEN}
	}
	return value
}

func chosen(some []Option, value any) (Option, bool) {
	if i := slices.IndexFunc(some, func(o Option) bool { return o.Value == value }); i >= 0 {
		return some[i], true
	}
	return Option{}, false
}
