package intake

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vuon/internal/fault"
)

// Schema is the list of questions of a form version.
type Schema []Question

// Question is one of them.
type Question struct {
	Key             string   `json:"key"`
	Type            string   `json:"type"` // one of the types below
	LabelVI         string   `json:"label_vi"`
	LabelEN         string   `json:"label_en"`
	HelpVI          string   `json:"help_vi"`
	HelpEN          string   `json:"help_en"`
	Required        bool     `json:"required"`
	Max             int      `json:"max,omitempty"` // characters of a text, or the largest number; 0 for the house's own bound
	Options         []Option `json:"options,omitempty"`
	ReviewerVisible bool     `json:"reviewer_visible"`  // whether judges read the answer
	MapsTo          string   `json:"maps_to,omitempty"` // the property of the startup that it becomes: sector, headcount
}

// Option is one answer to a choice.
type Option struct {
	Value   string `json:"value"`
	LabelVI string `json:"label_vi"`
	LabelEN string `json:"label_en"`
}

// The types of a question.
const (
	askText    = "text"
	askLong    = "long"
	askChoice  = "choice"
	askMoney   = "money"
	askNumber  = "number"
	askDate    = "date"
	askConsent = "consent"
)

// What a question without a bound of its own takes.
const (
	mostText   = 300
	mostLong   = 10000
	mostNumber = 1_000_000_000_000_000
)

var questionKey = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// Check refuses a schema that cannot be answered. Error: form.schema, with the key of the question.
func (s Schema) Check() error {
	seen := map[string]bool{}
	for _, q := range s {
		known := slices.Contains([]string{askText, askLong, askChoice, askMoney, askNumber, askDate, askConsent}, q.Type)
		if !questionKey.MatchString(q.Key) || seen[q.Key] || !known || q.LabelVI == "" || q.Max < 0 || !q.optionsFit() {
			return fault.Field("schema", "form.schema", "key", q.Key)
		}
		seen[q.Key] = true
	}
	if len(s) == 0 {
		return fault.Field("schema", "form.schema", "key", "")
	}
	return nil
}

func (q Question) optionsFit() bool {
	seen := map[string]bool{}
	for _, o := range q.Options {
		if o.Value == "" || o.LabelVI == "" || seen[o.Value] {
			return false
		}
		seen[o.Value] = true
	}
	return (q.Type == askChoice) == (len(q.Options) > 0)
}

// Answers are what was answered, by the key of the question. Numbers are int64, or float64 when they come from JSON.
type Answers map[string]any

// Tidy returns the answers as they are stored: text in normal form without loose ends, numbers whole, nothing empty.
// Errors, one for each question at fault: answer.unknown, answer.unreadable, answer.too_long, answer.too_large.
func (s Schema) Tidy(given Answers) (Answers, error) {
	tidied := Answers{}
	var wrong []error
	for key, value := range given {
		i := slices.IndexFunc(s, func(q Question) bool { return q.Key == key })
		if i < 0 {
			wrong = append(wrong, fault.Field("answers."+key, "answer.unknown"))
			continue
		}
		neat, err := s[i].tidy(value)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		if neat != nil {
			tidied[key] = neat
		}
	}
	return tidied, fault.Fields(wrong...)
}

// Complete refuses answers in which a required one is missing. Error: answer.required, one for each.
func (s Schema) Complete(given Answers) error {
	var missing []error
	for _, q := range s {
		if value, there := given[q.Key]; q.Required && (!there || value == false) {
			missing = append(missing, fault.Field("answers."+q.Key, "answer.required"))
		}
	}
	return fault.Fields(missing...)
}

// tidy returns one answer as it is stored, or nil for none.
func (q Question) tidy(value any) (any, error) {
	name := "answers." + q.Key
	if value == nil || value == "" {
		return nil, nil //nolint:nilnil // no answer is no error
	}
	switch q.Type {
	case askMoney, askNumber:
		return q.number(name, value)
	case askConsent:
		if yes, ok := value.(bool); ok {
			return yes, nil
		}
		return nil, fault.Field(name, "answer.unreadable")
	}
	text, ok := value.(string)
	if !ok || !utf8.ValidString(text) {
		return nil, fault.Field(name, "answer.unreadable")
	}
	if text = tidy(text); text == "" {
		return nil, nil //nolint:nilnil // blanks are no answer
	}
	switch {
	case q.Type == askChoice && !slices.ContainsFunc(q.Options, func(o Option) bool { return o.Value == text }):
		return nil, fault.Field(name, "answer.unreadable")
	case q.Type == askDate:
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			return nil, fault.Field(name, "answer.unreadable")
		}
	case q.Type == askText:
		text = strings.Join(strings.Fields(text), " ")
	}
	if most := q.most(); utf8.RuneCountInString(text) > most {
		return nil, fault.Field(name, "answer.too_long", "max", fmt.Sprint(most))
	}
	return text, nil
}

// number reads a whole number that is not negative.
func (q Question) number(name string, value any) (any, error) {
	var n float64
	switch v := value.(type) {
	case float64:
		n = v
	case int64:
		n = float64(v)
	case int:
		n = float64(v)
	case json.Number:
		f, err := v.Float64()
		if err != nil {
			return nil, fault.Field(name, "answer.unreadable")
		}
		n = f
	default:
		return nil, fault.Field(name, "answer.unreadable")
	}
	switch most := q.most(); {
	case n < 0 || n != math.Trunc(n):
		return nil, fault.Field(name, "answer.unreadable")
	case n > float64(most):
		return nil, fault.Field(name, "answer.too_large", "max", fmt.Sprint(most))
	}
	return int64(n), nil
}

func (q Question) most() int {
	switch {
	case q.Max > 0:
		return q.Max
	case q.Type == askLong:
		return mostLong
	case q.Type == askMoney, q.Type == askNumber:
		return mostNumber
	}
	return mostText
}

// mapped finds the answer that becomes a property of the startup; nil without one.
func (s Schema) mapped(to string, given Answers) any {
	for _, q := range s {
		if q.MapsTo == to {
			return given[q.Key]
		}
	}
	return nil
}

// tidy brings text into normal form, so that two people who type the same letters store the same bytes.
func tidy(text string) string { return strings.TrimSpace(norm.NFC.String(text)) }
