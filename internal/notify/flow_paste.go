package notify

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
)

// pasted is a notice as text for a chat such as Zalo: what it says, and where it leads. A secret link never stands in it: the
// page of the house does, which asks who opens it.
func (p *Post) pasted(app core.App, title, body, link string) string {
	if link == "" {
		link = "/"
	}
	parts := []string{title, body, p.absolute(app, link)}
	text := ""
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			text += "\n\n" + part
		}
	}
	return strings.TrimSpace(text)
}

// pastedLetter is the text of a letter in the language of its reader; "" for one that holds a code or that an operator's hook
// has written.
func (p *Post) pastedLetter(app core.App, s speech, l *Letter, lang locale.Lang) (string, error) {
	if l.Held() {
		return "", nil
	}
	if lang == "" {
		lang = locale.Vietnamese
	}
	args, err := l.Args()
	if err != nil {
		return "", err
	}
	centre, err := p.needs.Centre(app)
	if err != nil {
		return "", err
	}
	args = spoken(lang, args)
	args["centre"] = centre.Text(lang)
	words := s.told(l.Kind(), lang) // without what is said of a secret link: it is not there
	return p.pasted(app, filled(words.subject, args), filled(strings.Join(words.body, "\n\n"), args), l.Link()), nil
}
