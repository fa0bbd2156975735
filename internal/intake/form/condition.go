package form

import (
	"slices"
)

// Condition says when a question is asked: by the answer to an earlier one. Exactly one of Is, Any and Has is set.
type Condition struct {
	Key string   `json:"key"`
	Is  any      `json:"is,omitempty"`  // the value of a choice, whether somebody consents, or a whole number
	Any []string `json:"any,omitempty"` // one of these values of a choice, or at least one of them in a multiple choice
	Has string   `json:"has,omitempty"` // this value in a multiple choice
}

// fits says whether a condition can be read from the questions before its own. A question after it, or itself, is none of
// them: that is how circles are refused.
func (c Condition) fits(before Schema) bool {
	q, there := before.Find(c.Key)
	set := 0
	for _, one := range []bool{c.Is != nil, len(c.Any) > 0, c.Has != ""} {
		if one {
			set++
		}
	}
	switch {
	case !there, set != 1:
		return false
	case c.Has != "":
		return q.Type == Multiple && q.has(c.Has)
	case len(c.Any) > 0:
		return (q.Type == Choice || q.Type == Multiple) && !slices.ContainsFunc(c.Any, func(v string) bool { return !q.has(v) })
	}
	switch is := c.Is.(type) {
	case string:
		return q.Type == Choice && q.has(is)
	case bool:
		return q.Type == Consent
	}
	_, whole := integer(c.Is)
	return whole && (q.Type == Number || q.Type == Money)
}

// holds says whether an answer meets the condition; nil is no answer and meets none but "has not consented".
func (c Condition) holds(answer any) bool {
	some, many := list(answer)
	switch {
	case c.Has != "":
		return many && slices.Contains(some, any(c.Has))
	case len(c.Any) > 0 && many:
		return slices.ContainsFunc(c.Any, func(v string) bool { return slices.Contains(some, any(v)) })
	case len(c.Any) > 0:
		text, _ := answer.(string)
		return slices.Contains(c.Any, text)
	}
	return same(c.Is, answer)
}

// Shown are the keys of the questions that stand on the page, given the answers so far. What was answered to a hidden
// question counts for nothing, so that hiding one hides what hangs on it.
func (s Schema) Shown(given Answers) map[string]bool {
	shown := make(map[string]bool, len(s))
	for _, q := range s {
		if q.ShowIf == nil {
			shown[q.Key] = true
			continue
		}
		var answer any
		if shown[q.ShowIf.Key] {
			answer = given[q.ShowIf.Key]
			if before, _ := s.Find(q.ShowIf.Key); before.Type == Consent && answer == nil {
				answer = false
			}
			shown[q.Key] = q.ShowIf.holds(answer)
		}
	}
	return shown
}

// Kept are the answers to the questions that are shown in the end: those that are handed in.
func (s Schema) Kept(given Answers) Answers {
	shown, kept := s.Shown(given), Answers{}
	for key, value := range given {
		if shown[key] {
			kept[key] = value
		}
	}
	return kept
}

// same compares two answers as JSON would, whichever way their numbers are kept.
func same(a, b any) bool {
	n, whole := integer(a)
	m, also := integer(b)
	if whole || also {
		return whole && also && n == m
	}
	switch a.(type) {
	case string, bool:
		return a == b
	}
	return false
}
