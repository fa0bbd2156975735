package form_test

import (
	"encoding/json"
	"testing"

	"vuon/internal/intake/form"
)

// Whatever people, programs and attackers send as answers is refused, or stored in a form that tidying leaves alone; and what
// was stored can be weighed, completed and cut without a surprise.
func FuzzTidyTwiceIsTidyOnce(f *testing.F) {
	for _, seed := range []string{
		`{"name":" Nu\u031bo\u031b\u0301c  ","story":"a\r\nb\u0000\u0301"}`, `{"needs":["mentor","lab","lab"],"lab_kind":"wet"}`,
		`{"team":[{"who":"An","share":1e9,"role":"ceo"},{}]}`, `{"deck":["abcdefghij12345"]}`, `{"people":1e300,"raised":-0}`,
		`{"since":"2026-02-28","terms":false}`, `{"story":"\u2000\u0301 \ufeff","name":"\ud800"}`, `null`, `{"team":[[]]}`,
	} {
		f.Add(seed)
	}
	questions := asked(f)
	rules := form.Rules{
		{Key: "a", Question: "since", Op: form.AgeMost, Value: 5.0},
		{Key: "b", Question: "needs", Op: form.Has, Value: "lab"},
		{Key: "c", Question: "people", Op: form.Gte, Value: 2.0},
		{Key: "d", Question: "sector", Op: form.In, Value: []any{"health"}},
	}
	f.Fuzz(func(t *testing.T, raw string) {
		var given form.Answers
		if json.Unmarshal([]byte(raw), &given) != nil {
			return
		}
		once, err := questions.Tidy(given)
		if err != nil {
			return
		}
		stored := written(t, once)
		var read form.Answers
		if err := json.Unmarshal([]byte(stored), &read); err != nil {
			t.Fatal(err)
		}
		twice, err := questions.Tidy(read)
		if err != nil {
			t.Fatalf("%s was stored and is refused now: %v", stored, err)
		}
		if again := written(t, twice); again != stored {
			t.Fatalf("%s became %s", stored, again)
		}
		kept := questions.Kept(read)
		if (questions.Complete(read) == nil) != (questions.Complete(kept) == nil) {
			t.Fatalf("hidden answers count: %s", stored)
		}
		if len(rules.Weigh(questions, read, "2026-12-15")) != len(rules) {
			t.Fatal("a rule was lost")
		}
	})
}

// Whatever is sent as the questions of a form can be stored and checked, and is in its one form after the first time.
func FuzzNeatTwiceIsNeatOnce(f *testing.F) {
	f.Add(`[{"key":" a ","type":"choice","label_vi":"e\u0302\u0301","options":[{"value":"x"}],"show_if":{"key":"a","is":[1]}}]`)
	f.Add(`[{"key":"a","type":"table","columns":[{"key":"b","type":"text"}],"min":-4},{"show_if":{"key":"a","any":["x"],"is":{"x":1}}}]`)
	f.Fuzz(func(t *testing.T, raw string) {
		var s form.Schema
		if json.Unmarshal([]byte(raw), &s) != nil {
			return
		}
		once := s.Neat()
		if a, b := written(t, once), written(t, once.Neat()); a != b {
			t.Fatalf("%s became %s", a, b)
		}
		if once.Check() == nil {
			once.Shown(form.Answers{})
		}
	})
}
