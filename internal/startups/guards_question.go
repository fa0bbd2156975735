package startups

import (
	"maps"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// askable refuses questions that cannot be asked. Errors: report.question_many, report.question_label, report.question_long.
func askable(t *Template) error {
	asks, err := t.Questions()
	switch {
	case err != nil:
		return fault.Field("questions", "report.question_label")
	case len(asks) > mostQuestions:
		return fault.Field("questions", "report.question_many")
	}
	for i, q := range asks {
		switch {
		case q.Key != keyAt(i) || q.LabelVI == "":
			return fault.Field("questions", "report.question_label")
		case len([]rune(q.LabelVI)) > mostLabel || len([]rune(q.LabelEN)) > mostLabel || len([]rune(q.HintVI)) > mostHint || len([]rune(q.HintEN)) > mostHint:
			return fault.Field("questions", "report.question_long")
		}
	}
	return nil
}

// words keeps what was said in words: to questions of the report's template only, and only while the report is being filled in.
// Once it is accepted they change by Revise alone, which takes no answer back that must be there.
// Errors: report.closed, report.unknown_question, report.answer_long, report.answer_missing.
func words(e *core.RecordEvent, was *core.Record) error {
	q, open, before := Requests.From(e.Record), false, map[string]string{}
	said, err := q.Answers()
	if err != nil {
		return fault.Field("answers", "report.unknown_question")
	}
	if was != nil {
		old := Requests.From(was)
		open = old.Fillable() && old.Status() == q.Status()
		if before, err = old.Answers(); err != nil {
			return err
		}
	}
	switch {
	case maps.Equal(said, before):
		return nil
	case !open && e.Context.Value(revising{}) == nil:
		return fault.Conflict("report.closed")
	}
	asks, err := questionsOf(e.App, q)
	if err != nil {
		return err
	}
	wrong := make([]error, 0, len(said))
	for key, text := range said {
		switch {
		case !slices.ContainsFunc(asks, func(ask OpenQuestion) bool { return ask.Key == key }):
			wrong = append(wrong, fault.Field("answers", "report.unknown_question"))
		case text == "" || text != tidyText(text) || len([]rune(text)) > mostAnswer:
			wrong = append(wrong, fault.Field(answerField(key), "report.answer_long"))
		}
	}
	if !open {
		wrong = append(wrong, unspoken(asks, said)...)
	}
	return fault.Fields(wrong...)
}

// leftUnsaid are the questions in words that a report must answer and does not. Error for each: report.answer_missing.
func leftUnsaid(app core.App, q *Request) (missing []error, err error) {
	asks, err := questionsOf(app, q)
	if err != nil {
		return nil, err
	}
	said, err := q.Answers()
	if err != nil {
		return nil, err
	}
	return unspoken(asks, said), nil
}

func unspoken(asks []OpenQuestion, said map[string]string) (missing []error) {
	for _, ask := range asks {
		if ask.Required && said[ask.Key] == "" {
			missing = append(missing, fault.Field(answerField(ask.Key), "report.answer_missing"))
		}
	}
	return missing
}

func questionsOf(app core.App, q *Request) ([]OpenQuestion, error) {
	t, err := Templates.Find(app, q.TemplateID())
	if err != nil {
		return nil, err
	}
	return t.Questions()
}

// answerField is what the form calls the answer to a question: no figure has a dot in its key.
func answerField(key string) string { return "answers." + key }
