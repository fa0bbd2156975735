package form

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vuon/internal/fault"
)

// Schema is the list of questions of a form version, in the order in which they are asked.
type Schema []Question

// What a form holds at most, so that one page can show it and one row can keep what is answered.
const (
	mostQuestions = 120
	mostOptions   = 200
	mostColumns   = 8
)

// Together is how many megabytes the files of one application may have, all questions taken together. A form promises no more.
const Together = 200

var key = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// Check refuses a schema that cannot be answered, with every fault at its question: the field is schema.<n>.<property>, n
// from 0. Errors: form.empty, form.too_many, form.key, form.key_twice, form.type, form.label, form.bounds, form.options,
// form.columns, form.show_if, form.class, form.maps_to, form.files, form.files_together.
func (s Schema) Check() error {
	switch {
	case len(s) == 0:
		return fault.Field("schema", "form.empty")
	case len(s) > mostQuestions:
		return fault.Field("schema", "form.too_many", "max", fmt.Sprint(mostQuestions))
	}
	var wrong []error
	keys, uses := map[string]bool{}, map[string]bool{}
	together := 0
	for n, q := range s {
		at := func(property, code string) {
			wrong = append(wrong, fault.Field(fmt.Sprintf("schema.%d.%s", n, property), code))
		}
		switch {
		case !key.MatchString(q.Key):
			at("key", "form.key")
		case keys[q.Key]:
			at("key", "form.key_twice")
		}
		q.check(at)
		if q.ShowIf != nil && !q.ShowIf.fits(s[:n]) {
			at("show_if", "form.show_if")
		}
		if q.MapsTo != "" && (uses[q.MapsTo] || !q.mappable()) {
			at("maps_to", "form.maps_to")
		}
		if most, mb := q.Files(); q.Type == File && q.filesFit() {
			if together += most * mb; together > Together && together-most*mb <= Together {
				wrong = append(wrong, fault.Field(fmt.Sprintf("schema.%d.max_mb", n), "form.files_together", "max", fmt.Sprint(Together), "mb", fmt.Sprint(together)))
			}
		}
		keys[q.Key], uses[q.MapsTo] = true, true
	}
	return fault.Fields(wrong...)
}

// Neat returns the questions as they are stored: words in normal form and without loose ends, and of each question only what
// its type knows. What is wrong with them stays wrong; Check tells.
func (s Schema) Neat() Schema {
	tidied := make(Schema, 0, len(s))
	for _, q := range s {
		tidied = append(tidied, q.tidied())
	}
	return tidied
}

// Find returns the question of a key.
func (s Schema) Find(key string) (Question, bool) {
	if i := slices.IndexFunc(s, func(q Question) bool { return q.Key == key }); i >= 0 {
		return s[i], true
	}
	return Question{}, false
}

// Mapped finds the answer that becomes a property of the startup; nil without one.
func (s Schema) Mapped(to string, given Answers) any {
	for _, q := range s {
		if q.MapsTo == to {
			return given[q.Key]
		}
	}
	return nil
}

// ForJudges are the questions whose answers a judge reads; in a blind round those that cannot tell who wrote them.
func (s Schema) ForJudges(blind bool) Schema {
	return s.which(func(q Question) bool {
		return q.ReviewerVisible && (!blind || q.BlindSafe && q.PIIClass != Sensitive)
	})
}

// ForExport are the questions whose answers leave in a table. Sensitive ones leave only when a manager asks for them.
func (s Schema) ForExport(sensitive bool) Schema {
	return s.which(func(q Question) bool { return sensitive || q.PIIClass != Sensitive })
}

func (s Schema) which(keep func(Question) bool) Schema {
	some := Schema{}
	for _, q := range s {
		if keep(q) {
			some = append(some, q)
		}
	}
	return some
}

// Neat brings text into normal form, so that two people who type the same letters store the same bytes. Letters that no page
// can show are left out.
func Neat(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(norm.NFC.String(text))
}

// line is Neat for what stands on one line.
func line(text string) string { return strings.Join(strings.Fields(Neat(text)), " ") }
