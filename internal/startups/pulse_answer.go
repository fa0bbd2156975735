package startups

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// PulseAnswers are what was answered, by nobody in particular: no person, no time, and in the order of chance.
var PulseAnswers = record.Of[PulseAnswer]("pulse_answers")

// PulseAnswer is what one person said.
type PulseAnswer struct{ core.BaseRecordProxy }

// PulseID is what was asked.
func (a *PulseAnswer) PulseID() string { return a.GetString("pulse") }

// Said are the answers by question: a whole number on a scale, one of the options, or words. What was left out is not there.
func (a *PulseAnswer) Said() (said map[string]any, err error) {
	if err := json.Unmarshal([]byte(a.GetString("answers")), &said); err != nil {
		return nil, fmt.Errorf("read answer %s: %w", a.Id, err)
	}
	return said, nil
}

// tidied are answers as they are kept: what was asked and nothing else, blanks left out.
// Errors: pulse.unknown_question, pulse.answer, pulse.empty, text.unseen.
func tidied(asks []PulseQuestion, said map[string]any) (map[string]any, error) {
	kept := map[string]any{}
	for key, v := range said {
		at := slices.IndexFunc(asks, func(q PulseQuestion) bool { return q.Key == key })
		if at < 0 {
			return nil, fault.Field("answers", "pulse.unknown_question")
		}
		if v == nil || v == "" {
			continue
		}
		if text, is := v.(string); is && strings.ContainsFunc(text, vn.Unseen) { // plain SQL writes it, past the law of records
			return nil, fault.Field(key, "text.unseen")
		}
		fits, clean := asks[at].takes(v)
		if !fits {
			return nil, fault.Field(key, "pulse.answer")
		}
		if clean != "" {
			kept[key] = clean
		}
	}
	if len(kept) == 0 {
		return nil, fault.Field("answers", "pulse.empty")
	}
	return kept, nil
}

// takes says whether an answer fits a question, and how it is kept.
func (q PulseQuestion) takes(v any) (fits bool, clean any) {
	text, isText := v.(string)
	switch q.Type {
	case askScale:
		n, ok := v.(float64)
		return ok && n == math.Trunc(n) && n >= 0 && n <= mostScale, v
	case askChoice:
		return isText && slices.ContainsFunc(q.Options, func(o PulseOption) bool { return o.Value == text }), v
	}
	text = strings.TrimSpace(text)
	return isText && len([]rune(text)) <= mostLetters, text
}
