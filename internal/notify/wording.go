package notify

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/record"
)

// Wordings are the words that managers have put in the place of the house's own, one row for a kind and a language.
var Wordings = record.Of[Wording]("notice_texts")

// Wording is how one kind of notice is told in one language.
type Wording struct{ core.BaseRecordProxy }

// Kind is the key of a rule, or of a mail that no rule sends.
func (w *Wording) Kind() string { return w.GetString("kind") }

// Lang is the language of the words.
func (w *Wording) Lang() locale.Lang { return locale.Lang(w.GetString("lang")) }

// text reads the words: paragraphs are parted by empty lines.
func (w *Wording) text() text {
	return text{subject: w.GetString("subject"), button: w.GetString("button"), body: paragraphs(w.GetString("body"))}
}

func (w *Wording) setKind(kind string, lang locale.Lang) {
	w.Set("kind", kind)
	w.Set("lang", string(lang))
}

func (w *Wording) setText(t text) {
	w.Set("subject", t.subject)
	w.Set("body", strings.Join(t.body, "\n\n"))
	w.Set("button", t.button)
}
