package form

import (
	"slices"

	"vuon/internal/locale"
)

// Question is one question of a form.
type Question struct {
	Key             string     `json:"key"`
	Type            string     `json:"type"` // one of the types below
	LabelVI         string     `json:"label_vi"`
	LabelEN         string     `json:"label_en"`
	HelpVI          string     `json:"help_vi"`
	HelpEN          string     `json:"help_en"`
	Required        bool       `json:"required"`
	Min             int        `json:"min,omitempty"` // characters of a text, the smallest number, the fewest choices or rows; counts only when handed in
	Max             int        `json:"max,omitempty"` // characters of a text, the largest number, the most choices; 0 for the house's own bound
	Options         []Option   `json:"options,omitempty"`
	Columns         []Column   `json:"columns,omitempty"`
	MaxRows         int        `json:"max_rows,omitempty"` // of a table; 0 for the house's own bound
	ShowIf          *Condition `json:"show_if,omitempty"`  // nil: it is always asked
	ReviewerVisible bool       `json:"reviewer_visible"`   // whether judges read the answer
	BlindSafe       bool       `json:"blind_safe,omitempty"`
	PIIClass        string     `json:"pii_class,omitempty"` // "", basic or sensitive: what the law on personal data makes of it
	MapsTo          string     `json:"maps_to,omitempty"`   // the property of the startup that it becomes, and is prefilled from: a key of uses
	Accept          []string   `json:"accept,omitempty"`    // kinds of files: pdf, image, office
	MaxFiles        int        `json:"max_files,omitempty"`
	MaxMB           int        `json:"max_mb,omitempty"` // of each file
}

// Option is one answer to a choice.
type Option struct {
	Value   string `json:"value"`
	LabelVI string `json:"label_vi"`
	LabelEN string `json:"label_en"`
}

// The types of a question.
const (
	Text     = "text"
	Long     = "long"
	Number   = "number"
	Money    = "money"
	Date     = "date"
	Choice   = "choice"
	Multiple = "multiple"
	File     = "file"
	Table    = "table"
	Consent  = "consent"
)

// What the law on personal data makes of an answer. Sensitive ones are never read in a blind round, and leave in no table
// unless a manager asks.
const (
	Basic     = "basic"
	Sensitive = "sensitive"
)

// What a question without a bound of its own takes.
const (
	mostText   = 300
	mostLong   = 10000
	mostNumber = 1_000_000_000_000_000
	mostRows   = 20
	mostFiles  = 5
	mostMB     = 20
)

// What the largest bounds are that a form may set.
const (
	limitText  = 2000
	limitLong  = 20000
	limitRows  = 100
	limitFiles = 20
	limitMB    = 100
)

var (
	types = []string{Text, Long, Number, Money, Date, Choice, Multiple, File, Table, Consent}
	uses  = map[string][]string{
		"name": {Text}, "one_liner": {Text, Long}, "sector": {Choice}, "stage": {Choice}, "founded_on": {Date}, "area": {Text}, "website": {Text},
		"headcount": {Number},
	}
	accepts = []string{"pdf", "image", "office"}
)

// Label is the question in both languages.
func (q Question) Label() locale.Pair { return locale.Pair{VI: q.LabelVI, EN: q.LabelEN} }

// Help says in both languages how to answer.
func (q Question) Help() locale.Pair { return locale.Pair{VI: q.HelpVI, EN: q.HelpEN} }

// Letters is how many characters an answer may have; 0 for what is not written freely.
func (q Question) Letters() int {
	if q.Type == Text || q.Type == Long {
		return q.most()
	}
	return 0
}

// Label is the option in both languages.
func (o Option) Label() locale.Pair { return locale.Pair{VI: o.LabelVI, EN: o.LabelEN} }

// Files are the bounds of a file question: how many, and how many megabytes each.
func (q Question) Files() (most, megabytes int) {
	return or(q.MaxFiles, mostFiles), or(q.MaxMB, mostMB)
}

// check tells what is wrong with a question by itself.
func (q Question) check(at func(property, code string)) {
	if !slices.Contains(types, q.Type) {
		at("type", "form.type")
		return
	}
	if q.LabelVI == "" {
		at("label_vi", "form.label")
	}
	if !q.boundsFit() {
		at("max", "form.bounds")
	}
	if (q.Type == Choice || q.Type == Multiple) != (len(q.Options) > 0) || !optionsFit(q.Options) {
		at("options", "form.options")
	}
	if (q.Type == Table) != (len(q.Columns) > 0) || !columnsFit(q.Columns) {
		at("columns", "form.columns")
	}
	if !slices.Contains([]string{"", Basic, Sensitive}, q.PIIClass) || q.BlindSafe && q.PIIClass == Sensitive {
		at("pii_class", "form.class")
	}
	if !q.filesFit() {
		at("accept", "form.files")
	}
}

func (q Question) boundsFit() bool {
	if q.Min < 0 || q.Max < 0 || q.MaxRows < 0 || q.Max > 0 && q.Min > q.Max {
		return false
	}
	switch q.Type {
	case Text:
		return q.Max <= limitText && q.Min <= q.most()
	case Long:
		return q.Max <= limitLong && q.Min <= q.most()
	case Number, Money:
		return q.Max <= mostNumber
	case Multiple:
		return q.Max <= len(q.Options) && q.Min <= len(q.Options)
	case Table:
		return q.Max == 0 && q.MaxRows <= limitRows && q.Min <= q.most()
	case Choice, Date, File, Consent:
		return q.Max == 0 && q.Min == 0
	}
	return true
}

func (q Question) filesFit() bool {
	for _, kind := range q.Accept {
		if !slices.Contains(accepts, kind) {
			return false
		}
	}
	return q.MaxFiles >= 0 && q.MaxFiles <= limitFiles && q.MaxMB >= 0 && q.MaxMB <= limitMB
}

func (q Question) mappable() bool { return slices.Contains(uses[q.MapsTo], q.Type) }

func optionsFit(some []Option) bool {
	seen := map[string]bool{}
	for _, o := range some {
		if o.Value == "" || len(o.Value) > 80 || o.LabelVI == "" || seen[o.Value] {
			return false
		}
		seen[o.Value] = true
	}
	return len(some) <= mostOptions
}

func (q Question) has(option string) bool { return hasOption(q.Options, option) }

func hasOption(some []Option, value string) bool {
	return slices.ContainsFunc(some, func(o Option) bool { return o.Value == value })
}

// most is the bound of an answer: characters, the largest number, choices, rows or files.
func (q Question) most() int {
	switch q.Type {
	case Long:
		return or(q.Max, mostLong)
	case Money, Number:
		return or(q.Max, mostNumber)
	case Multiple:
		return or(q.Max, len(q.Options))
	case Table:
		return or(q.MaxRows, mostRows)
	case File:
		return or(q.MaxFiles, mostFiles)
	}
	return or(q.Max, mostText)
}

// tidied is a question as it is stored.
func (q Question) tidied() Question {
	q.Key, q.LabelVI, q.LabelEN = line(q.Key), line(q.LabelVI), line(q.LabelEN)
	q.HelpVI, q.HelpEN = Neat(q.HelpVI), Neat(q.HelpEN)
	if q.Type != Choice && q.Type != Multiple {
		q.Options = nil
	}
	if q.Type != Table {
		q.Columns, q.MaxRows = nil, 0
	}
	if q.Type != File {
		q.Accept, q.MaxFiles, q.MaxMB = nil, 0, 0
	}
	if slices.Contains([]string{Choice, Date, File, Consent}, q.Type) {
		q.Min, q.Max = 0, 0
	}
	q.Options = tidyOptions(q.Options)
	columns := make([]Column, 0, len(q.Columns))
	for _, c := range q.Columns {
		columns = append(columns, c.tidied())
	}
	if q.Columns = columns; len(columns) == 0 {
		q.Columns = nil
	}
	return q
}

func tidyOptions(some []Option) []Option {
	if len(some) == 0 {
		return nil
	}
	tidied := make([]Option, 0, len(some))
	for _, o := range some {
		tidied = append(tidied, Option{Neat(o.Value), line(o.LabelVI), line(o.LabelEN)})
	}
	return tidied
}

func or(bound, house int) int {
	if bound > 0 {
		return bound
	}
	return house
}
