package form_test

import (
	"encoding/json"
	"testing"

	"vuon/internal/fault"
	"vuon/internal/intake/form"
)

// weighed tells what one rule makes of some answers, for an intake whose last day is 15 December 2026.
func weighed(t *testing.T, rule, given string) string {
	t.Helper()
	r := form.Rule{Key: "r", ReasonVI: "Vì thế"}
	var answers form.Answers
	for raw, to := range map[string]any{rule: &r, given: &answers} {
		if err := json.Unmarshal([]byte(raw), to); err != nil {
			t.Fatal(err)
		}
	}
	rules := form.Rules{r}
	if err := rules.Check(asked(t)); err != nil {
		t.Fatalf("%s: %v", rule, err)
	}
	return rules.Weigh(asked(t), answers, "2026-12-15")[0].State
}

func TestRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ rule, given, want string }{
		{`{"question":"sector","op":"eq","value":"health"}`, `{}`, form.Unknown},
		{`{"question":"sector","op":"eq","value":"health"}`, `{"sector":"health"}`, form.Ok},
		{`{"question":"sector","op":"ne","value":"health"}`, `{"sector":"health"}`, form.Fails},
		{`{"question":"sector","op":"in","value":["health","energy"]}`, `{"sector":"energy"}`, form.Ok},
		{`{"question":"sector","op":"not_in","value":["health"]}`, `{"sector":"health"}`, form.Fails},
		{`{"question":"needs","op":"has","value":"lab"}`, `{"needs":["lab","money"]}`, form.Ok},
		{`{"question":"needs","op":"has_not","value":"lab"}`, `{"needs":["lab","money"]}`, form.Fails},
		{`{"question":"people","op":"lt","value":3}`, `{"people":3}`, form.Fails},
		{`{"question":"people","op":"lte","value":3}`, `{"people":3}`, form.Ok},
		{`{"question":"people","op":"gt","value":3}`, `{"people":3}`, form.Fails},
		{`{"question":"people","op":"gte","value":3}`, `{"people":3}`, form.Ok},
		{`{"question":"people","op":"gte","value":0}`, `{"people":0}`, form.Ok},
		{`{"question":"raised","op":"lte","value":2000000000}`, `{"raised":2000000001}`, form.Fails},
		{`{"question":"story","op":"answered"}`, `{}`, form.Fails},
		{`{"question":"story","op":"answered"}`, `{"story":"có"}`, form.Ok},
		{`{"question":"terms","op":"eq","value":true}`, `{"terms":false}`, form.Fails},
		{`{"question":"since","op":"gte","value":"2021-12-15"}`, `{"since":"2021-12-15"}`, form.Ok},
		{`{"question":"since","op":"lt","value":"2021-12-15"}`, `{"since":"2021-12-15"}`, form.Fails},
		{`{"question":"since","op":"age_days_lte","value":10}`, `{"since":"2026-12-05"}`, form.Ok},
		{`{"question":"since","op":"age_days_lte","value":10}`, `{"since":"2026-12-04"}`, form.Fails},
		{`{"question":"since","op":"age_days_gte","value":10}`, `{"since":"2026-12-05"}`, form.Ok},
		{`{"question":"since","op":"age_days_gte","value":10}`, `{"since":"2026-12-06"}`, form.Fails},
		{`{"question":"lab_kind","op":"answered"}`, `{"lab_kind":"wet"}`, form.Unknown}, // hidden: nobody needs a lab
	} {
		if got := weighed(t, c.rule, c.given); got != c.want {
			t.Errorf("%s of %s is %s, want %s", c.rule, c.given, got, c.want)
		}
	}
}

func TestRulesMustBeDecidable(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ rule, want string }{
		"no key":            {`{"key":"","question":"sector","op":"eq","value":"health","reason_vi":"a"}`, "rule.key"},
		"no question":       {`{"key":"r","question":"colour","op":"eq","value":"red","reason_vi":"a"}`, "rule.question"},
		"unknown op":        {`{"key":"r","question":"sector","op":"like","value":"health","reason_vi":"a"}`, "rule.op"},
		"op of numbers":     {`{"key":"r","question":"sector","op":"lt","value":"health","reason_vi":"a"}`, "rule.op"},
		"no option":         {`{"key":"r","question":"sector","op":"eq","value":"car","reason_vi":"a"}`, "rule.value"},
		"in nothing":        {`{"key":"r","question":"sector","op":"in","value":[],"reason_vi":"a"}`, "rule.value"},
		"in a table":        {`{"key":"r","question":"sector","op":"in","value":[{"a":1}],"reason_vi":"a"}`, "rule.value"},
		"half a person":     {`{"key":"r","question":"people","op":"lt","value":1.5,"reason_vi":"a"}`, "rule.value"},
		"no day":            {`{"key":"r","question":"since","op":"lt","value":"2026-02-30","reason_vi":"a"}`, "rule.value"},
		"no reason":         {`{"key":"r","question":"sector","op":"eq","value":"health"}`, "rule.reason"},
		"blocks by silence": {`{"key":"r","question":"sector","op":"eq","value":"health","blocking":true,"reason_vi":"a"}`, "rule.optional"},
		"fine":              {`{"key":"r","question":"name","op":"answered","blocking":true,"reason_vi":"a"}`, ""},
	} {
		var r form.Rule
		if err := json.Unmarshal([]byte(c.rule), &r); err != nil {
			t.Fatal(err)
		}
		if got := fault.Code((form.Rules{r}).Check(asked(t))); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	r := form.Rule{Key: "r", Question: "name", Op: form.Answered, ReasonVI: "a"}
	if got := fault.Code((form.Rules{r, r}).Check(asked(t))); got != "rule.key" {
		t.Errorf("one key twice: %s", got)
	}
}
