package form

import (
	"fmt"
	"slices"
	"time"

	"vuon/internal/fault"
	"vuon/internal/locale"
)

// Rules are what an intake asks of those who apply, in the order in which they are told.
type Rules []Rule

// Rule is one of them: what the answer to a question must be. A blocking one lets nobody hand in who fails it; any other is
// told to them and to staff.
type Rule struct {
	Key      string `json:"key"`
	Question string `json:"question"`
	Op       string `json:"op"` // one of the comparisons below
	Value    any    `json:"value,omitempty"`
	Blocking bool   `json:"blocking,omitempty"`
	ReasonVI string `json:"reason_vi"` // why the rule is there, told to whoever fails it
	ReasonEN string `json:"reason_en"`
}

// Reason is why the rule is there, in both languages.
func (r Rule) Reason() locale.Pair { return locale.Pair{VI: r.ReasonVI, EN: r.ReasonEN} }

// The comparisons. Dates compare as days; an age is counted in local days up to the last day of the intake, as it was
// announced: an extension makes nobody younger.
const (
	Eq       = "eq"
	Ne       = "ne"
	In       = "in"
	NotIn    = "not_in"
	Has      = "has"     // a multiple choice contains the value
	HasNot   = "has_not" // it does not
	Lt       = "lt"
	Lte      = "lte"
	Gt       = "gt"
	Gte      = "gte"
	Answered = "answered"
	AgeMost  = "age_days_lte"
	AgeLeast = "age_days_gte"
)

// What a rule makes of the answers so far.
const (
	Ok      = "ok"
	Fails   = "fails"
	Unknown = "unknown" // not answered yet, or not asked of this applicant
)

const mostRules = 40

// comparisons are those that fit the answers of a type.
var comparisons = map[string][]string{
	Text:     {Answered},
	Long:     {Answered},
	File:     {Answered},
	Table:    {Answered},
	Consent:  {Eq, Answered},
	Choice:   {Eq, Ne, In, NotIn, Answered},
	Multiple: {Has, HasNot, Answered},
	Number:   {Eq, Ne, Lt, Lte, Gt, Gte, Answered},
	Money:    {Eq, Ne, Lt, Lte, Gt, Gte, Answered},
	Date:     {Lt, Lte, Gt, Gte, AgeMost, AgeLeast, Answered},
}

// Weighed is what became of one rule.
type Weighed struct {
	Rule     string `json:"rule"`
	Question string `json:"question"`
	State    string `json:"state"` // ok, fails or unknown
	Blocking bool   `json:"blocking"`
	ReasonVI string `json:"reason_vi"`
	ReasonEN string `json:"reason_en"`
}

// Check refuses rules that no answer to the questions could meet or break, with every fault at its rule: the field is
// rules.<n>.<property>, n from 0. Errors: rule.too_many, rule.key, rule.question, rule.op, rule.value, rule.reason, and
// rule.optional for a blocking rule about a question that may be left out.
func (r Rules) Check(s Schema) error {
	if len(r) > mostRules {
		return fault.Field("rules", "rule.too_many", "max", fmt.Sprint(mostRules))
	}
	var wrong []error
	seen := map[string]bool{}
	for n, one := range r {
		at := func(property, code string) {
			wrong = append(wrong, fault.Field(fmt.Sprintf("rules.%d.%s", n, property), code))
		}
		if !key.MatchString(one.Key) || seen[one.Key] {
			at("key", "rule.key")
		}
		seen[one.Key] = true
		if one.ReasonVI == "" {
			at("reason_vi", "rule.reason")
		}
		q, there := s.Find(one.Question)
		switch {
		case !there:
			at("question", "rule.question")
		case !slices.Contains(comparisons[q.Type], one.Op):
			at("op", "rule.op")
		case !one.valueFits(q):
			at("value", "rule.value")
		case one.Blocking && !q.Required && one.Op != Answered:
			at("blocking", "rule.optional")
		}
	}
	return fault.Fields(wrong...)
}

// Neat returns the rules as they are stored.
func (r Rules) Neat() Rules {
	tidied := make(Rules, 0, len(r))
	for _, one := range r {
		one.Key, one.Question, one.Op = line(one.Key), line(one.Question), line(one.Op)
		one.ReasonVI, one.ReasonEN = Neat(one.ReasonVI), Neat(one.ReasonEN)
		if text, ok := one.Value.(string); ok {
			one.Value = Neat(text)
		}
		tidied = append(tidied, one)
	}
	return tidied
}

func (r Rule) valueFits(q Question) bool {
	n, whole := integer(r.Value)
	text, _ := r.Value.(string)
	switch r.Op {
	case Answered:
		return r.Value == nil
	case AgeMost, AgeLeast:
		return whole && n >= 0 && n <= 100_000
	case In, NotIn:
		some, many := list(r.Value)
		return many && len(some) > 0 && !slices.ContainsFunc(some, func(v any) bool {
			text, ok := v.(string)
			return !ok || !q.has(text)
		})
	}
	switch q.Type {
	case Choice, Multiple:
		return q.has(text)
	case Consent:
		_, yes := r.Value.(bool)
		return yes
	case Date:
		_, err := time.Parse(time.DateOnly, text)
		return err == nil
	}
	return whole && n >= 0 && n <= mostNumber
}

// Weigh tells for each rule whether the answers meet it. lastDay is the last local day of the intake, YYYY-MM-DD. A question
// that is hidden from this applicant, or that they have not come to yet, leaves its rule unknown.
func (r Rules) Weigh(s Schema, given Answers, lastDay string) []Weighed {
	shown, weighed := s.Shown(given), []Weighed{}
	for _, one := range r {
		w := Weighed{one.Key, one.Question, Unknown, one.Blocking, one.ReasonVI, one.ReasonEN}
		answer := given[one.Question]
		switch {
		case !shown[one.Question]:
		case one.Op == Answered:
			w.State = told(answer != nil && answer != false)
		case answer != nil:
			w.State = told(one.met(answer, lastDay))
		}
		weighed = append(weighed, w)
	}
	return weighed
}

func told(met bool) string {
	if met {
		return Ok
	}
	return Fails
}

// met says whether an answer meets the rule.
func (r Rule) met(answer any, lastDay string) bool {
	some, _ := list(r.Value)
	chosen, _ := list(answer)
	switch r.Op {
	case Eq:
		return same(r.Value, answer)
	case Ne:
		return !same(r.Value, answer)
	case In:
		return slices.ContainsFunc(some, func(v any) bool { return same(v, answer) })
	case NotIn:
		return !slices.ContainsFunc(some, func(v any) bool { return same(v, answer) })
	case Has:
		return slices.Contains(chosen, r.Value)
	case HasNot:
		return !slices.Contains(chosen, r.Value)
	case AgeMost, AgeLeast:
		age, known := days(answer, lastDay)
		most, _ := integer(r.Value)
		return known && (r.Op == AgeMost && age <= most || r.Op == AgeLeast && age >= most)
	}
	order, known := compare(answer, r.Value)
	switch r.Op {
	case Lt:
		return known && order < 0
	case Lte:
		return known && order <= 0
	case Gt:
		return known && order > 0
	case Gte:
		return known && order >= 0
	}
	return false
}

// compare orders two numbers, or two days.
func compare(a, b any) (order int, known bool) {
	n, whole := integer(a)
	m, also := integer(b)
	if whole && also {
		return int(max(min(n-m, 1), -1)), true
	}
	day, isDay := a.(string)
	other, alsoDay := b.(string)
	switch {
	case !isDay || !alsoDay:
		return 0, false
	case day < other:
		return -1, true
	case day > other:
		return 1, true
	}
	return 0, true
}

// days counts the local days from an answered day up to the last one of the intake.
func days(answer any, lastDay string) (n int64, known bool) {
	text, _ := answer.(string)
	from, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, false
	}
	to, err := time.Parse(time.DateOnly, lastDay)
	if err != nil {
		return 0, false
	}
	return int64(to.Sub(from).Hours() / 24), true
}
