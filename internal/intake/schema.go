package intake

import (
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

// forJudge is an answer as judges read it.
func forJudge(q Question, value any) judging.Answer {
	said := judging.Answer{Key: q.Key, LabelVI: q.LabelVI, LabelEN: q.LabelEN, Value: value}
	for _, o := range q.Options {
		if o.Value == value {
			said.TextVI, said.TextEN = o.LabelVI, o.LabelEN
		}
	}
	return said
}
