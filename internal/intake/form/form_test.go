package form_test

import (
	"encoding/json"
	"strings"
	"testing"

	"vuon/internal/fault"
	"vuon/internal/intake/form"
)

// every is a form with every type of question.
func every() form.Schema {
	return form.Schema{
		{Key: "name", Type: form.Text, LabelVI: "Tên", Required: true, Min: 3, Max: 5},
		{Key: "story", Type: form.Long, LabelVI: "Chuyện", Min: 4},
		{Key: "sector", Type: form.Choice, LabelVI: "Lĩnh vực", MapsTo: "sector", Options: []form.Option{{Value: "health", LabelVI: "Y tế"}, {Value: "energy", LabelVI: "Năng lượng"}}},
		{Key: "raised", Type: form.Money, LabelVI: "Vốn", Min: 1000},
		{Key: "people", Type: form.Number, LabelVI: "Người", Max: 100, MapsTo: "headcount"},
		{Key: "since", Type: form.Date, LabelVI: "Từ"},
		{Key: "needs", Type: form.Multiple, LabelVI: "Cần gì", Min: 2, Max: 2, Options: []form.Option{{Value: "money", LabelVI: "Vốn"}, {Value: "lab", LabelVI: "Phòng thí nghiệm"}, {Value: "mentor", LabelVI: "Cố vấn"}}},
		{Key: "deck", Type: form.File, LabelVI: "Bản trình bày", Accept: []string{"pdf"}, MaxFiles: 2},
		{Key: "team", Type: form.Table, LabelVI: "Đội", Min: 1, MaxRows: 2, Columns: []form.Column{
			{Key: "who", LabelVI: "Ai", Type: form.Text, Required: true},
			{Key: "share", LabelVI: "Phần", Type: form.Number},
			{Key: "role", LabelVI: "Việc", Type: form.Choice, Options: []form.Option{{Value: "ceo", LabelVI: "Điều hành"}}},
		}},
		{Key: "lab", Type: form.Text, LabelVI: "Phòng nào", Required: true, ShowIf: &form.Condition{Key: "needs", Has: "lab"}},
		{Key: "why", Type: form.Text, LabelVI: "Vì sao phòng ấy", Required: true, ShowIf: &form.Condition{Key: "lab_kind", Is: "wet"}},
		{Key: "terms", Type: form.Consent, LabelVI: "Đồng ý", Required: true},
	}
}

// asked is every, with a chain: lab_kind is asked of those who need a lab, and why of those who need a wet one.
func asked(t testing.TB) form.Schema {
	t.Helper()
	s := every()
	s[9] = form.Question{
		Key: "lab_kind", Type: form.Choice, LabelVI: "Loại phòng", Required: true, ShowIf: &form.Condition{Key: "needs", Has: "lab"},
		Options: []form.Option{{Value: "wet", LabelVI: "Ướt"}, {Value: "dry", LabelVI: "Khô"}},
	}
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	return s
}

// Answers are stored as they were meant: in normal form, without loose ends, whole numbers, choices in the form's order.
func TestAnswersAreTidied(t *testing.T) {
	t.Parallel()
	questions := asked(t)
	for given, want := range map[string]string{
		`{"name":"  Thủ  Dầu "}`:             "answer.too_long",
		`{"name":" Đà\u0303 "}`:              `{"name":"Đà̃"}`,
		`{"name":"a\n b"}`:                   `{"name":"a b"}`,
		`{"name":"a\u0000\u0301"}`:           `{"name":"á"}`,
		`{"story":" a\r\n b "}`:              `{"story":"a\n b"}`,
		`{"name":"  "}`:                      `{}`,
		`{"name":null}`:                      `{}`,
		`{"name":""}`:                        `{}`,
		`{"name":5}`:                         "answer.unreadable",
		`{"name":["a"]}`:                     "answer.unreadable",
		`{"sector":"health"}`:                `{"sector":"health"}`,
		`{"sector":"Health"}`:                "answer.unreadable",
		`{"raised":1250000}`:                 `{"raised":1250000}`,
		`{"raised":1.5}`:                     "answer.unreadable",
		`{"raised":"1250000"}`:               "answer.unreadable",
		`{"raised":-1}`:                      "answer.unreadable",
		`{"raised":1e16}`:                    "answer.too_large",
		`{"raised":1e300}`:                   "answer.too_large",
		`{"people":101}`:                     "answer.too_large",
		`{"people":0}`:                       `{"people":0}`,
		`{"since":"2026-02-30"}`:             "answer.unreadable",
		`{"since":"0026-02-28"}`:             "answer.unreadable",
		`{"since":"2026-02-28"}`:             `{"since":"2026-02-28"}`,
		`{"terms":false}`:                    `{"terms":false}`,
		`{"terms":"yes"}`:                    "answer.unreadable",
		`{"colour":"red"}`:                   "answer.unknown",
		`{"needs":["mentor","lab"]}`:         `{"needs":["lab","mentor"]}`,
		`{"needs":["lab","lab"]}`:            `{"needs":["lab"]}`,
		`{"needs":[]}`:                       `{}`,
		`{"needs":"lab"}`:                    "answer.unreadable",
		`{"needs":["lab",5]}`:                "answer.unreadable",
		`{"needs":["car"]}`:                  "answer.unreadable",
		`{"needs":["lab","mentor","money"]}`: "answer.too_many",
		`{"deck":["abcdefghij12345"]}`:       `{"deck":["abcdefghij12345"]}`,
		`{"deck":["../../etc/passwd"]}`:      "answer.unreadable",
		`{"deck":[{"id":1}]}`:                "answer.unreadable",
		`{"team":[{"who":" An  Bi\u0300nh ","share":40},{}]}`:   `{"team":[{"share":40,"who":"An Bình"}]}`,
		`{"team":[{"who":"  "}]}`:                               `{}`,
		`{"team":[{"who":"An","share":"40"}]}`:                  "answer.cell",
		`{"team":[{"who":"An","role":"cto"}]}`:                  "answer.cell",
		`{"team":[{"who":"An","age":4}]}`:                       "answer.cell",
		`{"team":["An"]}`:                                       "answer.cell",
		`{"team":{"who":"An"}}`:                                 "answer.unreadable",
		`{"team":[{"who":"An"},{"who":"Ba"},{"who":"Cúc"}]}`:    "answer.too_many",
		`{"team":[{"who":"` + strings.Repeat("a", 301) + `"}]}`: "answer.cell",
	} {
		var answers form.Answers
		if err := json.Unmarshal([]byte(given), &answers); err != nil {
			t.Fatal(err)
		}
		tidied, err := questions.Tidy(answers)
		got := fault.Code(err)
		if err == nil {
			got = written(t, tidied)
		}
		if got != want {
			t.Errorf("%s became %s, want %s", given, got, want)
		}
	}
}

func written(t testing.TB, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// A form with three mistakes says so in one answer.
func TestAllMistakesAreToldAtOnce(t *testing.T) {
	t.Parallel()
	_, err := asked(t).Tidy(form.Answers{"name": "quá dài rồi", "people": 1.5, "colour": "red"})
	if f := fault.As(err); f == nil || len(f.Also) != 2 {
		t.Errorf("told: %v", err)
	}
}

func TestWhatIsMissing(t *testing.T) {
	t.Parallel()
	questions := asked(t)
	whole := func() form.Answers {
		return form.Answers{"name": "Vườn", "team": []any{map[string]any{"who": "An"}}, "needs": []any{"lab", "mentor"}, "lab_kind": "dry", "terms": true}
	}
	if err := questions.Complete(whole()); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		key   string
		value any
		want  string
	}{
		"nothing":                   {"name", nil, "answer.required answers.name"},
		"no consent":                {"terms", false, "answer.required answers.terms"},
		"two letters":               {"name", "An", "answer.too_short answers.name"},
		"three letters, decomposed": {"name", "ba\u0309n", ""},
		"one choice of two":         {"needs", []any{"mentor"}, "answer.too_few answers.needs"},
		"little money":              {"raised", 999.0, "answer.too_small answers.raised"},
		"a row without a name":      {"team", []any{map[string]any{"who": "An"}, map[string]any{"share": 3.0}}, "answer.row answers.team"},
		"a short story":             {"story", "a b", "answer.too_short answers.story"},
		"the story left out":        {"story", nil, ""},
		"the kind of lab":           {"lab_kind", nil, "answer.required answers.lab_kind"},
		"why a wet lab":             {"lab_kind", "wet", "answer.required answers.why"},
	} {
		given := whole()
		given[c.key] = c.value
		tidied, err := questions.Tidy(given)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := ""
		if f := fault.As(questions.Complete(tidied)); f != nil {
			got = f.Code + " " + f.Field
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A question that is hidden need not be answered, what it was answered is not handed in, and what hangs on it is hidden too.
func TestHiddenQuestionsCountForNothing(t *testing.T) {
	t.Parallel()
	questions := asked(t)
	given := form.Answers{"needs": []any{"lab", "money"}, "lab_kind": "wet", "why": "mẫu nước"}
	if shown := questions.Shown(given); !shown["lab_kind"] || !shown["why"] {
		t.Errorf("shown: %v", shown)
	}
	given["needs"] = []any{"mentor", "money"}
	if shown := questions.Shown(given); shown["lab_kind"] || shown["why"] {
		t.Errorf("shown although nobody needs a lab: %v", shown)
	}
	if kept := questions.Kept(given); len(kept) != 1 || kept["needs"] == nil {
		t.Errorf("kept: %v", kept)
	}
	if len(given) != 3 {
		t.Errorf("the draft lost what is hidden: %v", given)
	}
}

// Whoever has not consented is asked what those who do not consent are asked, although no answer is stored.
func TestNoConsentIsAnAnswerToAsk(t *testing.T) {
	t.Parallel()
	s := form.Schema{
		{Key: "guardian", Type: form.Consent, LabelVI: "Đã đủ 18 tuổi"},
		{Key: "parent", Type: form.Text, LabelVI: "Người giám hộ", ShowIf: &form.Condition{Key: "guardian", Is: false}},
		{Key: "many", Type: form.Number, LabelVI: "Mấy người"},
		{Key: "alone", Type: form.Text, LabelVI: "Một mình", ShowIf: &form.Condition{Key: "many", Is: 1.0}},
	}
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	if shown := s.Shown(form.Answers{"many": int64(1)}); !shown["parent"] || !shown["alone"] {
		t.Errorf("shown: %v", shown)
	}
	if shown := s.Shown(form.Answers{"guardian": true, "many": 2.0}); shown["parent"] || shown["alone"] {
		t.Errorf("shown: %v", shown)
	}
}

// Whoever reads blind reads nothing that tells who wrote, and sensitive answers leave in no table unasked.
func TestWhoReadsWhat(t *testing.T) {
	t.Parallel()
	s := form.Schema{
		{Key: "a", ReviewerVisible: true, BlindSafe: true},
		{Key: "b", ReviewerVisible: true},
		{Key: "c", BlindSafe: true},
		{Key: "d", ReviewerVisible: true, BlindSafe: true, PIIClass: form.Sensitive},
	}
	if n := len(s.ForJudges(false)); n != 3 {
		t.Errorf("judges read %d", n)
	}
	if blind := s.ForJudges(true); len(blind) != 1 || blind[0].Key != "a" {
		t.Errorf("blind judges read %v", blind)
	}
	if n := len(s.ForExport(false)); n != 3 {
		t.Errorf("%d leave", n)
	}
	if n := len(s.ForExport(true)); n != 4 {
		t.Errorf("%d leave to a manager", n)
	}
}

func TestAFormMustBeAnswerable(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(form.Schema)
		want  string
	}{
		"two of one key":       {func(s form.Schema) { s[1].Key = "name" }, "form.key_twice schema.1.key"},
		"a key with blanks":    {func(s form.Schema) { s[0].Key = "my key" }, "form.key schema.0.key"},
		"a very long key":      {func(s form.Schema) { s[0].Key = strings.Repeat("k", 41) }, "form.key schema.0.key"},
		"no label":             {func(s form.Schema) { s[0].LabelVI = "" }, "form.label schema.0.label_vi"},
		"unknown type":         {func(s form.Schema) { s[0].Type = "colour" }, "form.type schema.0.type"},
		"no options":           {func(s form.Schema) { s[2].Options = nil }, "form.options schema.2.options"},
		"options of text":      {func(s form.Schema) { s[0].Options = s[2].Options }, "form.options schema.0.options"},
		"an empty option":      {func(s form.Schema) { s[2].Options = []form.Option{{}} }, "form.options schema.2.options"},
		"one option twice":     {func(s form.Schema) { s[2].Options = append(s[2].Options, s[2].Options[0]) }, "form.options schema.2.options"},
		"negative bound":       {func(s form.Schema) { s[0].Max = -1 }, "form.bounds schema.0.max"},
		"least above most":     {func(s form.Schema) { s[0].Min = 6 }, "form.bounds schema.0.max"},
		"more than the house":  {func(s form.Schema) { s[1].Max = 20001 }, "form.bounds schema.1.max"},
		"more than there are":  {func(s form.Schema) { s[6].Max = 4 }, "form.bounds schema.6.max"},
		"a bounded date":       {func(s form.Schema) { s[5].Min = 2 }, "form.bounds schema.5.max"},
		"a table of nothing":   {func(s form.Schema) { s[8].Columns = nil }, "form.columns schema.8.columns"},
		"columns of a text":    {func(s form.Schema) { s[1].Columns = s[8].Columns }, "form.columns schema.1.columns"},
		"a table in a table":   {func(s form.Schema) { s[8].Columns[0].Type = form.Table }, "form.columns schema.8.columns"},
		"a choice of nothing":  {func(s form.Schema) { s[8].Columns[2].Options = nil }, "form.columns schema.8.columns"},
		"programs":             {func(s form.Schema) { s[7].Accept = []string{"exe"} }, "form.files schema.7.accept"},
		"300 MB in all":        {func(s form.Schema) { s[7].MaxFiles, s[7].MaxMB = 3, 100 }, "form.files_together schema.7.max_mb"},
		"a gigabyte":           {func(s form.Schema) { s[7].MaxMB = 1000 }, "form.files schema.7.accept"},
		"blind and sensitive":  {func(s form.Schema) { s[0].BlindSafe, s[0].PIIClass = true, form.Sensitive }, "form.class schema.0.pii_class"},
		"an unknown class":     {func(s form.Schema) { s[0].PIIClass = "secret" }, "form.class schema.0.pii_class"},
		"two headcounts":       {func(s form.Schema) { s[3].MapsTo = "headcount" }, "form.maps_to schema.3.maps_to"},
		"a headcount in words": {func(s form.Schema) { s[4].MapsTo, s[0].MapsTo = "", "headcount" }, "form.maps_to schema.0.maps_to"},
		"if itself":            {func(s form.Schema) { s[9].ShowIf = &form.Condition{Key: "lab_kind", Is: "wet"} }, "form.show_if schema.9.show_if"},
		"if a later one":       {func(s form.Schema) { s[9].ShowIf = &form.Condition{Key: "terms", Is: true} }, "form.show_if schema.9.show_if"},
		"if no option":         {func(s form.Schema) { s[9].ShowIf.Has = "car" }, "form.show_if schema.9.show_if"},
		"if two things":        {func(s form.Schema) { s[9].ShowIf.Is = "lab" }, "form.show_if schema.9.show_if"},
		"if nothing":           {func(s form.Schema) { s[9].ShowIf.Has = "" }, "form.show_if schema.9.show_if"},
		"if a text is":         {func(s form.Schema) { s[9].ShowIf = &form.Condition{Key: "name", Is: "An"} }, "form.show_if schema.9.show_if"},
	} {
		s := asked(t)
		c.spoil(s)
		got := ""
		if f := fault.As(s.Check()); f != nil {
			got = f.Code + " " + f.Field
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if code := fault.Code(form.Schema{}.Check()); code != "form.empty" {
		t.Errorf("an empty form: %s", code)
	}
	if code := fault.Code(make(form.Schema, 121).Check()); code != "form.too_many" {
		t.Errorf("an endless form: %s", code)
	}
}

// Who types on is not held up by one answer: what can be kept is, and each of the others is told at its question.
func TestOneWrongAnswerLeavesTheOthers(t *testing.T) {
	t.Parallel()
	given := form.Answers{"name": strings.Repeat("a", 2001), "why": "mẫu nước", "people": 101.0, "deck": "nonsense", "colour": "red"}
	kept, wrong := asked(t).Fitting(given)
	if len(kept) != 3 || kept["why"] == nil || kept["deck"] == nil || kept["colour"] == nil || len(given) != 5 {
		t.Errorf("kept: %v of %v", kept, given)
	}
	var codes []string
	for _, err := range wrong {
		codes = append(codes, fault.As(err).Code+" "+fault.As(err).Field)
	}
	if got := strings.Join(codes, ", "); got != "answer.too_long answers.name, answer.too_large answers.people" {
		t.Errorf("refused: %s", got)
	}
}
