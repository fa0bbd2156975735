package notify

import (
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
)

// speech is what the house says at one moment: its own words, and those that managers have put in their place. Each
// delivery and each answer asks anew, so that every process says the newest.
type speech struct {
	words   *locale.Dictionary
	shelf   *shelf
	changed map[wordingKey]text
}

type wordingKey struct {
	kind string
	lang locale.Lang
}

func (p *Post) speech(app core.App) (speech, error) {
	shelf, err := p.texts()
	if err != nil {
		return speech{}, err
	}
	s := speech{p.needs.Words, shelf, map[wordingKey]text{}}
	all, err := Wordings.All(app)
	for _, w := range all {
		s.changed[wordingKey{w.Kind(), w.Lang()}] = w.text()
	}
	return s, err
}

// with is the same speech with one kind told in other words.
func (s speech) with(kind string, lang locale.Lang, t text) speech {
	s.changed = map[wordingKey]text{{kind, lang}: t}
	return s
}

// mailOnly says whether a kind has words for its mail that are not those of its inbox line.
func (s speech) mailOnly(kind string) bool {
	_, ok := s.shelf.kinds[locale.Vietnamese][kind]
	return ok
}

// original is how the house itself tells a kind: in the words of its file, or in those of its inbox line.
func (s speech) original(kind string, lang locale.Lang) text {
	if t, ok := s.shelf.kinds[lang][kind]; ok {
		return t
	}
	return text{subject: s.words.Text(lang, "notice."+kind+".title"), body: []string{s.words.Text(lang, "notice."+kind+".body")}}
}

// told is how a kind is told now.
func (s speech) told(kind string, lang locale.Lang) text {
	t, ok := s.changed[wordingKey{kind, lang}]
	if !ok {
		return s.original(kind, lang)
	}
	if t.button == "" {
		t.button = s.original(kind, lang).button
	}
	return t
}

// mail is what a mail says, its slots still open. Under the words of an inbox line stands what is to be said of the secret link
// that the mail carries.
func (s speech) mail(lang locale.Lang, what content) text {
	t := s.told(what.kind, lang)
	if what.secret != "" && !s.mailOnly(what.kind) {
		link := s.told("link."+what.secret, lang)
		t.body = slices.Concat(t.body, link.body)
		if t.button == "" {
			t.button = link.button
		}
	}
	if t.button == "" {
		t.button = s.shelf.frame[lang].button
	}
	return t
}

// line is the title and the body of an inbox line.
func (s speech) line(lang locale.Lang, kind string, args map[string]string) (title, body string) {
	args = spoken(lang, args)
	if t, ok := s.changed[wordingKey{kind, lang}]; ok && !s.mailOnly(kind) {
		return filled(t.subject, args), filled(strings.Join(t.body, " "), args)
	}
	values := flat(args)
	return s.words.Text(lang, "notice."+kind+".title", values...), s.words.Text(lang, "notice."+kind+".body", values...)
}

// name is what a kind is called.
func (s speech) name(lang locale.Lang, kind string) string {
	return s.words.Text(lang, "notice_kind."+kind)
}
