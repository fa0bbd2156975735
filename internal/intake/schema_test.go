package intake_test

import (
	"encoding/json"
	"strings"
	"testing"

	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/intake"
)

var questions = intake.Schema{
	{Key: "name", Type: "text", LabelVI: "Tên", Required: true, Max: 5},
	{Key: "story", Type: "long", LabelVI: "Chuyện"},
	{Key: "sector", Type: "choice", LabelVI: "Lĩnh vực", Options: []intake.Option{{Value: "health", LabelVI: "Y tế"}, {Value: "energy", LabelVI: "Năng lượng"}}},
	{Key: "raised", Type: "money", LabelVI: "Vốn"},
	{Key: "people", Type: "number", LabelVI: "Người", Max: 100},
	{Key: "since", Type: "date", LabelVI: "Từ"},
	{Key: "terms", Type: "consent", LabelVI: "Đồng ý", Required: true},
}

// Answers are stored as they were meant: in normal form, without loose ends, whole numbers.
func TestAnswersAreTidied(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		`{"name":"  Thủ  Dầu "}`: "answer.too_long", // nine letters, however they are composed
		`{"name":" Đà\u0303 "}`:  `{"name":"Đà̃"}`,
		`{"name":"a\n b"}`:       `{"name":"a b"}`,
		`{"story":" a\n b "}`:    `{"story":"a\n b"}`,
		`{"name":"  "}`:          `{}`,
		`{"name":null}`:          `{}`,
		`{"name":""}`:            `{}`,
		`{"name":5}`:             "answer.unreadable",
		`{"name":["a"]}`:         "answer.unreadable",
		`{"sector":"health"}`:    `{"sector":"health"}`,
		`{"sector":"Health"}`:    "answer.unreadable",
		`{"raised":1250000}`:     `{"raised":1250000}`,
		`{"raised":1.5}`:         "answer.unreadable",
		`{"raised":"1250000"}`:   "answer.unreadable",
		`{"raised":-1}`:          "answer.unreadable",
		`{"raised":1e16}`:        "answer.too_large",
		`{"people":101}`:         "answer.too_large",
		`{"people":0}`:           `{"people":0}`,
		`{"since":"2026-02-30"}`: "answer.unreadable",
		`{"since":"2026-02-28"}`: `{"since":"2026-02-28"}`,
		`{"terms":false}`:        `{"terms":false}`,
		`{"terms":"yes"}`:        "answer.unreadable",
		`{"colour":"red"}`:       "answer.unknown",
	} {
		var answers intake.Answers
		if err := json.Unmarshal([]byte(given), &answers); err != nil {
			t.Fatal(err)
		}
		tidied, err := questions.Tidy(answers)
		got := fault.Code(err)
		if err == nil {
			raw, err := json.Marshal(tidied)
			if err != nil {
				t.Fatal(err)
			}
			got = string(raw)
		}
		if got != want {
			t.Errorf("%s became %s, want %s", given, got, want)
		}
	}
}

// A form with three mistakes says so in one answer.
func TestAllMistakesAreToldAtOnce(t *testing.T) {
	t.Parallel()
	_, err := questions.Tidy(intake.Answers{"name": "quá dài rồi", "people": 1.5, "colour": "red"})
	if f := fault.As(err); f == nil || len(f.Also) != 2 {
		t.Errorf("told: %v", err)
	}
	err = questions.Complete(intake.Answers{"terms": false})
	f := fault.As(err)
	if f == nil || f.Code != "answer.required" || f.Field != "answers.name" || len(f.Also) != 1 || f.Also[0].Field != "answers.terms" {
		t.Errorf("told: %v", err)
	}
	housetest.Refused(t, questions.Complete(intake.Answers{"name": "An", "terms": true}), "")
}

func TestTidyTwiceIsTidyOnce(t *testing.T) {
	t.Parallel()
	once, err := questions.Tidy(intake.Answers{"story": " Nước\u0301  sạch\n\n", "people": 3.0})
	housetest.Refused(t, err, "")
	twice, err := questions.Tidy(once)
	housetest.Refused(t, err, "")
	a, _ := json.Marshal(once)
	b, _ := json.Marshal(twice)
	if string(a) != string(b) {
		t.Errorf("%s and %s", a, b)
	}
}

func TestAFormMustBeAnswerable(t *testing.T) {
	t.Parallel()
	good := func() intake.Schema {
		return intake.Schema{{Key: "a", Type: "text", LabelVI: "A"}, {Key: "b", Type: "choice", LabelVI: "B", Options: []intake.Option{{Value: "x", LabelVI: "X"}}}}
	}
	housetest.Refused(t, good().Check(), "")
	for name, spoil := range map[string]func(intake.Schema){
		"two of one key":    func(s intake.Schema) { s[1].Key = "a" },
		"a key with blanks": func(s intake.Schema) { s[0].Key = "my key" },
		"no label":          func(s intake.Schema) { s[0].LabelVI = "" },
		"unknown type":      func(s intake.Schema) { s[0].Type = "colour" },
		"no options":        func(s intake.Schema) { s[1].Options = nil },
		"options of text":   func(s intake.Schema) { s[0].Options = s[1].Options },
		"an empty option":   func(s intake.Schema) { s[1].Options = []intake.Option{{}} },
		"negative bound":    func(s intake.Schema) { s[0].Max = -1 },
		"a very long key":   func(s intake.Schema) { s[0].Key = strings.Repeat("k", 41) },
	} {
		s := good()
		spoil(s)
		if fault.Code(s.Check()) != "form.schema" {
			t.Errorf("%s: the form passes", name)
		}
	}
	housetest.Refused(t, intake.Schema{}.Check(), "form.schema")
}

func TestAPublishedFormNeverChanges(t *testing.T) {
	t.Parallel()
	house := housetest.App(t)
	staff := housetest.StaffActing(t, house)
	v, err := intake.NewForms(house, staff, "short", "Ngắn", "", questions, housetest.Noon)
	housetest.Refused(t, err, "")
	v, err = intake.EditForm(house, staff, v.Id, questions[:1], 0, housetest.Noon)
	housetest.Refused(t, err, "")
	v, err = intake.MoveForm(house, staff, v.Id, "publish", housetest.Noon)
	housetest.Refused(t, err, "")
	v.Ask(questions)
	housetest.Refused(t, house.Save(v), "form.frozen")

	// Who edits a published version gets the next draft.
	next, err := intake.EditForm(house, staff, v.Id, questions, 0, housetest.Noon)
	housetest.Refused(t, err, "")
	if next.Id == v.Id || next.Number() != 2 || next.Status() != intake.FormDraft {
		t.Errorf("version %d is %s", next.Number(), next.Status())
	}
}
