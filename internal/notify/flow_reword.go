package notify

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/text/unicode/norm"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/record"
)

// Words are those of one kind in one language, as a manager writes them. Paragraphs of Body are parted by empty lines. An empty
// Button is the usual one.
type Words struct {
	Subject string `json:"subject"`
	Body    string `json:"body"`
	Button  string `json:"button"`
}

// Reword has one kind told in other words from now on, in mails and in inbox lines that were told before. rev is the
// revision that the editor has read, 0 where the house still spoke for itself. Managers of the whole house only.
// Errors: access.sign_in, access.needs_manager, record.stale, text.kind, text.lang, text.missing, text.slot, text.long, text.line.
func Reword(app core.App, by access.Actor, kind string, lang locale.Lang, said Words, rev int, now time.Time) error {
	if err := access.MayGovern(by); err != nil {
		return err
	}
	return app.RunInTransaction(func(tx core.App) error {
		w, err := wordingOf(tx, kind, lang)
		if err != nil {
			return err
		}
		if err := seen(w, rev); err != nil {
			return err
		}
		w.setText(said.text())
		if err := lawOfWords(tx, w); err != nil { // before the schema, which only says that something is missing
			return err
		}
		if err := tx.Save(w); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Wordings.Collection, w.Id, "reword", lifecycle.With(map[string]string{"kind": kind, "lang": string(lang)}))
	})
}

// Unreword has one kind told in the house's own words again. Managers of the whole house only.
// Errors: access.sign_in, access.needs_manager, record.stale, text.kind, text.lang.
func Unreword(app core.App, by access.Actor, kind string, lang locale.Lang, rev int, now time.Time) error {
	if err := access.MayGovern(by); err != nil {
		return err
	}
	return app.RunInTransaction(func(tx core.App) error {
		w, err := wordingOf(tx, kind, lang)
		if err != nil || w.ProxyRecord().IsNew() {
			return err
		}
		if err := seen(w, rev); err != nil {
			return err
		}
		if err := tx.Delete(w); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Wordings.Collection, w.Id, "unreword", lifecycle.With(map[string]string{"kind": kind, "lang": string(lang)}))
	})
}

// seen refuses an editor who has read other words than those that stand. Who has read the house's own words has read
// revision 0, and does not write over those of another manager unseen.
// Error: record.stale.
func seen(w *Wording, rev int) error {
	if rev == 0 && !w.ProxyRecord().IsNew() {
		rev = -1 // to the record, 0 is an editor who says nothing
	}
	return record.Seen(w, rev)
}

// wordingOf finds what managers say of a kind; where they say nothing it is a new row, not yet stored.
// Errors: text.kind, text.lang.
func wordingOf(app core.App, kind string, lang locale.Lang) (*Wording, error) {
	p, err := of(app)
	if err != nil {
		return nil, err
	}
	s, err := p.speech(app)
	if err != nil {
		return nil, err
	}
	if lang != locale.Vietnamese && lang != locale.English {
		return nil, fault.NotFound("text.lang")
	}
	if _, ok := p.kind(s, kind); !ok {
		return nil, fault.NotFound("text.kind")
	}
	w, err := Wordings.First(app, dbx.HashExp{"kind": kind, "lang": string(lang)})
	if fault.Code(err) != "record.not_found" {
		return w, err
	}
	if w, err = Wordings.New(app); err != nil {
		return nil, err
	}
	w.setKind(kind, lang)
	return w, nil
}

func (w Words) text() text {
	tidy := func(s string) string { return strings.TrimSpace(norm.NFC.String(s)) }
	return text{subject: tidy(w.Subject), button: tidy(w.Button), body: paragraphs(tidy(w.Body))}
}

func (t text) words() Words { return Words{t.subject, strings.Join(t.body, "\n\n"), t.button} }

// speakable is one kind of thing that people are told, by notice or by mail.
type speakable struct {
	key   string
	class notice.Class // "" for a mail that no rule sends, or a part of one
}

// kinds are all that the house has words for.
func (p *Post) kinds(s speech) (all []speakable) {
	known := map[string]bool{}
	for _, rule := range p.needs.Rules() {
		if !known[rule.Key] {
			all = append(all, speakable{rule.Key, rule.Class})
		}
		known[rule.Key] = true
	}
	for kind := range s.shelf.kinds[locale.Vietnamese] {
		if !known[kind] {
			all = append(all, speakable{key: kind})
		}
	}
	return all
}

func (p *Post) kind(s speech, key string) (speakable, bool) {
	all := p.kinds(s)
	at := slices.IndexFunc(all, func(k speakable) bool { return k.key == key })
	if at < 0 {
		return speakable{}, false
	}
	return all[at], true
}

// part says whether a kind is a piece that other mails carry, with no subject of its own.
func (k speakable) part() bool { return strings.HasPrefix(k.key, "link.") }

// pressed says whether its mail has a button: a mailed code has none.
func (k speakable) pressed() bool { return !strings.HasPrefix(k.key, "code.") }

// The longest words, in characters. A telephone shows forty of a subject.
const (
	longSubject = 120
	longBody    = 2000
	longButton  = 40
)

var slot = regexp.MustCompile(`\{[a-z_]+\}`)

// slots are the open places that words of a kind may have: those of the house's own.
func (s speech) slots(k speakable) []string {
	all := []string{}
	if s.mailOnly(k.key) {
		all = append(all, "{centre}")
	}
	for _, lang := range []locale.Lang{locale.Vietnamese, locale.English} {
		t := s.original(k.key, lang)
		all = append(all, slot.FindAllString(strings.Join(append(t.body, t.subject, t.button), " "), -1)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// fits says what is wrong with the words of a kind. It cannot say whether a subject tells an outcome: that is for whoever
// writes it.
// Errors: text.kind, text.missing, text.slot, text.long, text.line.
func (p *Post) fits(s speech, kind string, t text) error {
	k, ok := p.kind(s, kind)
	if !ok {
		return fault.Field("kind", "text.kind")
	}
	allowed := s.slots(k)
	var wrong []error
	for _, part := range []struct {
		field, words string
		must, one    bool
		longest      int
	}{
		{"subject", t.subject, !k.part(), true, longSubject},
		{"body", strings.Join(t.body, "\n\n"), true, false, longBody},
		{"button", t.button, false, true, longButton},
	} {
		rest := slot.ReplaceAllStringFunc(part.words, func(found string) string {
			if slices.Contains(allowed, found) {
				return ""
			}
			return found
		})
		switch {
		case part.must && part.words == "":
			wrong = append(wrong, fault.Field(part.field, "text.missing"))
		case utf8.RuneCountInString(part.words) > part.longest:
			wrong = append(wrong, fault.Field(part.field, "text.long"))
		case strings.ContainsAny(rest, "{}"):
			wrong = append(wrong, fault.Field(part.field, "text.slot"))
		case part.one && strings.ContainsFunc(part.words, func(r rune) bool { return r < ' ' || r == '\u2028' || r == '\u2029' }):
			wrong = append(wrong, fault.Field(part.field, "text.line"))
		}
	}
	return fault.Fields(wrong...)
}
