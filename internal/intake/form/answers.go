package form

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"

	"vuon/internal/fault"
)

// Answers are what was answered, by the key of the question. Numbers are int64, or float64 when they come from JSON; a
// multiple choice and files are lists of text, a table is a list of rows by the key of the column.
type Answers map[string]any

var fileID = regexp.MustCompile(`^[a-z0-9]{15}$`)

// Filled are the answers that the record of a startup gives, by property. What is no answer to its question – another type,
// an option that is not there, more or less than its bounds – is left empty, as is what the record does not say.
func (s Schema) Filled(record map[string]any) Answers {
	given := Answers{}
	for _, q := range s {
		value, said := record[q.MapsTo]
		if q.MapsTo == "" || !said || value == 0 {
			continue
		}
		if neat, err := q.tidy(value); err == nil && neat != nil && q.complete(neat) == nil {
			given[q.Key] = neat
		}
	}
	return given
}

// Properties are the answers that become properties of a startup's record, by property: of questions that are asked.
func (s Schema) Properties(given Answers) map[string]any {
	record, shown := map[string]any{}, s.Shown(given)
	for _, q := range s {
		if value := given[q.Key]; q.MapsTo != "" && shown[q.Key] && value != nil {
			record[q.MapsTo] = value
		}
	}
	return record
}

// Tidy returns the answers as they are stored: text in normal form without loose ends, numbers whole, choices in the order of
// their options, nothing empty. Tidying twice is tidying once.
// Errors, one for each question at fault: answer.unknown, answer.unreadable, answer.too_long, answer.too_large,
// answer.too_many, answer.cell.
func (s Schema) Tidy(given Answers) (Answers, error) {
	tidied := Answers{}
	var wrong []error
	for key, value := range given {
		q, there := s.Find(key)
		if !there {
			wrong = append(wrong, fault.Field("answers."+key, "answer.unknown"))
			continue
		}
		neat, err := q.tidy(value)
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

// Fitting parts what somebody wrote into what can be kept and, as faults of their fields in the order of the questions, what
// cannot. An unknown key is kept, for Tidy to refuse the whole; so are files, whose rows say what they are.
func (s Schema) Fitting(given Answers) (kept Answers, wrong []error) {
	kept = maps.Clone(given)
	for _, q := range s {
		if value, said := given[q.Key]; said && q.Type != File {
			if _, err := q.tidy(value); err != nil {
				delete(kept, q.Key)
				wrong = append(wrong, err)
			}
		}
	}
	return kept, wrong
}

// Complete refuses answers in which a shown question lacks what it must have. Errors, one for each: answer.required,
// answer.too_short, answer.too_small, answer.too_few, answer.row.
func (s Schema) Complete(given Answers) error {
	var missing []error
	shown := s.Shown(given)
	for _, q := range s {
		if shown[q.Key] {
			missing = append(missing, q.complete(given[q.Key]))
		}
	}
	return fault.Fields(missing...)
}

func (q Question) complete(value any) error {
	name := "answers." + q.Key
	if value == nil || value == false {
		if q.Required {
			return fault.Field(name, "answer.required")
		}
		return nil
	}
	short := func(n int, code string) error {
		if n < q.Min {
			return fault.Field(name, code, "min", fmt.Sprint(q.Min))
		}
		return nil
	}
	switch v := value.(type) {
	case string:
		if q.Type == Text || q.Type == Long {
			return short(utf8.RuneCountInString(v), "answer.too_short")
		}
	case []any:
		if err := short(len(v), "answer.too_few"); err != nil || q.Type != Table {
			return err
		}
		return q.wholeRows(name, v)
	default:
		if n, whole := integer(v); whole && n < int64(q.Min) {
			return fault.Field(name, "answer.too_small", "min", fmt.Sprint(q.Min))
		}
	}
	return nil
}

// tidy returns one answer as it is stored, or nil for none.
func (q Question) tidy(value any) (any, error) {
	name := "answers." + q.Key
	if value == nil || value == "" {
		return nil, nil //nolint:nilnil // no answer is no error
	}
	switch q.Type {
	case Money, Number:
		return q.number(name, value)
	case Consent:
		if yes, ok := value.(bool); ok {
			return yes, nil
		}
		return nil, fault.Field(name, "answer.unreadable")
	case Multiple, File:
		return q.several(name, value)
	case Table:
		return q.rows(name, value)
	}
	text, ok := value.(string)
	if !ok || !utf8.ValidString(text) {
		return nil, fault.Field(name, "answer.unreadable")
	}
	if text = Neat(text); text == "" {
		return nil, nil //nolint:nilnil // blanks are no answer
	}
	switch q.Type {
	case Choice:
		if !q.has(text) {
			return nil, fault.Field(name, "answer.unreadable")
		}
		return text, nil
	case Date:
		if day, err := time.Parse(time.DateOnly, text); err != nil || day.Year() < 1900 {
			return nil, fault.Field(name, "answer.unreadable")
		}
	case Text:
		text = line(text)
	}
	if most := q.most(); utf8.RuneCountInString(text) > most {
		return nil, fault.Field(name, "answer.too_long", "max", fmt.Sprint(most))
	}
	return text, nil
}

// several tidies a list: values of options in the order of the options, or files in the order in which they were put.
func (q Question) several(name string, value any) (any, error) {
	given, ok := list(value)
	if !ok {
		return nil, fault.Field(name, "answer.unreadable")
	}
	chosen := []any{}
	for _, one := range given {
		text, ok := one.(string)
		switch {
		case !ok, q.Type == File && !fileID.MatchString(text), q.Type == Multiple && !q.has(Neat(text)):
			return nil, fault.Field(name, "answer.unreadable")
		case q.Type == Multiple:
			text = Neat(text)
		}
		if !slices.Contains(chosen, any(text)) {
			chosen = append(chosen, text)
		}
	}
	if most := q.most(); len(chosen) > most {
		return nil, fault.Field(name, "answer.too_many", "max", fmt.Sprint(most))
	}
	if q.Type == Multiple {
		place := func(v any) int { return slices.IndexFunc(q.Options, func(o Option) bool { return o.Value == v }) }
		slices.SortFunc(chosen, func(a, b any) int { return place(a) - place(b) })
	}
	if len(chosen) == 0 {
		return nil, nil //nolint:nilnil // an empty list is no answer
	}
	return chosen, nil
}

// number reads a whole number that is not negative.
func (q Question) number(name string, value any) (any, error) {
	n, whole := integer(value)
	switch most := q.most(); {
	case !whole || n < 0:
		return nil, fault.Field(name, "answer.unreadable")
	case n > int64(most):
		return nil, fault.Field(name, "answer.too_large", "max", fmt.Sprint(most))
	}
	return n, nil
}

// integer reads a whole number of JSON or of Go code.
func integer(value any) (int64, bool) {
	var n float64
	switch v := value.(type) {
	case int64:
		return v, true
	case int:
		return int64(v), true
	case float64:
		n = v
	case json.Number:
		f, err := v.Float64()
		if err != nil {
			return 0, false
		}
		n = f
	default:
		return 0, false
	}
	if n != math.Trunc(n) || math.IsInf(n, 0) {
		return 0, false
	}
	return int64(max(min(n, 1<<62), -1<<62)), true // more than any bound is still more than the bound
}
