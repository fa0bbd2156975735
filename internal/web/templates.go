package web

import (
	"embed"
	"fmt"
	"hash/fnv"
	"html/template"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"vuon/internal/locale"
	"vuon/internal/vn"
)

//go:embed layout/*.html pages/*.html
var layout embed.FS

// own are the pages that belong to no room: a refusal and the workspace's frame.
var own = NewPages("web", layout)

// set returns the parsed template of a page in one language. It is parsed when it is first asked for: a command that
// serves nobody, and most tests, never pay for it.
func (s *Site) set(pages Pages, name string, lang locale.Lang) (*template.Template, error) {
	key := pages.room + "/" + name + "." + string(lang)
	if kept, ok := s.sets.Load(key); ok {
		return kept.(*template.Template), nil
	}
	set, err := template.New("layout.html").Funcs(s.funcs(lang)).Option("missingkey=error").ParseFS(layout, "layout/*.html")
	if err != nil {
		return nil, fmt.Errorf("parse the layout: %w", err)
	}
	if pages.files != nil {
		shared, err := fs.Glob(pages.files, "pages/_*.html")
		if err != nil {
			return nil, err
		}
		if set, err = set.ParseFS(pages.files, append(shared, "pages/"+name+".html")...); err != nil {
			return nil, fmt.Errorf("parse page %s of %s: %w", name, pages.room, err)
		}
	}
	s.sets.Store(key, set)
	return set, nil
}

// Check parses every template of a room in both languages, so that a start or a test may refuse a broken one.
func (s *Site) Check(pages Pages) error {
	names, err := fs.Glob(pages.files, "pages/[^_]*.html")
	if err != nil {
		return err
	}
	for _, file := range names {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "pages/"), ".html")
		for _, lang := range []locale.Lang{locale.Vietnamese, locale.English} {
			if _, err := s.set(pages, name, lang); err != nil {
				return err
			}
		}
	}
	return nil
}

// funcs are the words of the templates in one language; doc.go lists them.
func (s *Site) funcs(lang locale.Lang) template.FuncMap {
	words := s.deps.Words
	return template.FuncMap{
		"t": func(key string, values ...any) string { return words.Text(lang, key, texts(values)...) },
		"n": func(key string, n any, values ...any) string {
			return words.Plural(lang, key, whole(n), texts(values)...)
		},
		"both":     func(p locale.Pair) template.HTML { return both(words, lang, p) },
		"text":     func(p locale.Pair) string { return p.Text(lang) },
		"path":     func(path string) string { return Path(lang, path) },
		"elsewise": func(path string) string { return Path(lang.Other(), path) },
		"serves":   s.deps.Serves,
		"asset":    s.Assets.Path,
		"has":      s.Assets.Has,
		"fonts":    s.fonts,
		"logo":     s.Assets.logo, // small enough to come with the page

		"date":      func(t time.Time) string { return locale.Date(lang, t) },
		"longdate":  func(t time.Time) string { return locale.LongDate(lang, t) },
		"shortdate": locale.ShortDate,
		"clock":     locale.Clock,
		"moment":    locale.Moment,
		"month":     func(t time.Time) string { return locale.Month(lang, t) },
		"day":       func(t time.Time) string { return t.In(locale.Zone).Format("02") },
		"span":      func(from, to time.Time) string { return locale.Span(lang, from, to) },
		"iso":       func(t time.Time) string { return t.In(locale.Zone).Format(time.RFC3339) },
		"ago":       func(t, now time.Time) string { return words.Relative(lang, t, now) },
		"within":    func(days int, t, now time.Time) bool { return t.Sub(now) <= time.Duration(days)*24*time.Hour },
		"left":      func(t, now time.Time) string { return words.Deadline(lang, t, now) },

		"number":    func(v float64, decimals int) string { return locale.Number(lang, v, decimals) },
		"whole":     func(n any) string { return locale.Whole(lang, whole(n)) },
		"percent":   func(share float64, decimals int) string { return locale.Percent(lang, share, decimals) },
		"dong":      func(n any) string { return locale.Dong(lang, whole(n)) },
		"headline":  func(n any) template.HTML { return headline(locale.DongShort(lang, whole(n))) },
		"dongshort": func(n any) string { return locale.DongShort(lang, whole(n)) },

		"icon": icon, "tile": tile, "mark": mark, "face": face, "sprite": func() template.HTML { return sprite },
		"paragraphs": paragraphs,
		"list":       func(v ...any) []any { return v },
		"add":        func(a, b int) int { return a + b },
		"empty":      empty,
	}
}

// fonts are the files without which a headline would be drawn twice, if `make web` has fetched them.
func (s *Site) fonts(lang locale.Lang) []string {
	var some []string
	for _, script := range map[locale.Lang][]string{locale.Vietnamese: {"vietnamese", "latin"}, locale.English: {"latin"}}[lang] {
		if file := "fonts/be-vietnam-pro-" + script + "-400-normal.woff2"; s.Assets.Has(file) {
			some = append(some, file)
		}
	}
	return some
}

// texts writes values for the slots of a key: {name} {value} pairs.
func texts(values []any) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = fmt.Sprint(v)
	}
	return all
}

// whole takes any of Go's whole numbers; other values are 0.
func whole(n any) int64 {
	v, err := strconv.ParseInt(fmt.Sprint(n), 10, 64)
	if err != nil {
		return 0
	}
	return v
}

// both writes a text of two languages. One that is not translated says so and says what language it is in.
func both(words *locale.Dictionary, lang locale.Lang, p locale.Pair) template.HTML {
	text, written := p.In(lang)
	safe := template.HTMLEscapeString(text)
	if written == lang || text == "" {
		return template.HTML(safe) //nolint:gosec // escaped above
	}
	return template.HTML(fmt.Sprintf(`<span lang="%s">%s</span> <small class="tag">%s</small>`, //nolint:gosec // escaped above
		written, safe, template.HTMLEscapeString(words.Text(lang, "page.untranslated"))))
}

// paragraphs writes a plain text of people: an empty line parts paragraphs, a line end breaks a line.
func paragraphs(text string) template.HTML {
	var b strings.Builder
	for part := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			b.WriteString("<p>" + strings.ReplaceAll(template.HTMLEscapeString(part), "\n", "<br>") + "</p>")
		}
	}
	return template.HTML(b.String()) //nolint:gosec // escaped above
}

// headline sets the unit of an amount smaller than its figure: 86,4 tỷ đồng.
func headline(amount string) template.HTML {
	figure, unit, _ := strings.Cut(amount, " ")
	return template.HTML(template.HTMLEscapeString(figure) + " <small>" + template.HTMLEscapeString(unit) + "</small>") //nolint:gosec // escaped here
}

// mark is three houses and the seed where they meet.
func mark() template.HTML {
	return `<svg class="mark" viewBox="0 0 40 40" aria-hidden="true"><path class="m4" d="M20 17.4a10.5 10.5 0 0 1 3.7 6.4 10.5 10.5 0 0 1-7.4 0 10.5 10.5 0 0 1 3.7-6.4z"/><circle class="m1" cx="20" cy="14" r="10.5"/><circle class="m2" cx="13.3" cy="25.5" r="10.5"/><circle class="m3" cx="26.7" cy="25.5" r="10.5"/></svg>`
}

// face stands in for a picture: initials on a colour that the name decides. With the class "org" it is a leaf.
func face(name string, class ...string) template.HTML {
	org := len(class) > 0 && class[0] == "org"
	return template.HTML(fmt.Sprintf(`<span class="av h%d %s" aria-hidden="true">%s</span>`, //nolint:gosec // escaped here
		Hue(name), template.HTMLEscapeString(strings.Join(class, " ")), template.HTMLEscapeString(Initials(name, org))))
}

// Initials are two letters: of the family name and the given name of a person, of the first two words of an organisation.
func Initials(name string, org bool) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "·"
	}
	letters := []rune(words[0])[:1]
	if len(words) > 1 {
		second := words[len(words)-1]
		if org {
			second = words[1]
		}
		letters = append(letters, []rune(second)[0])
	}
	return strings.ToUpper(string(letters))
}

// Hue is one of the six colours of faces, always the same for a name.
func Hue(name string) int {
	sum := fnv.New32a()
	sum.Write([]byte(vn.Fold(name)))
	return int(sum.Sum32() % 6)
}

// nothing is a list with nothing in it: what it is, why, and what to do next.
type nothing struct{ Icon, Title, Why, Button, Path string }

// empty takes a drawing, the keys of a title and of a reason, and the key and address of a button if there is one.
func empty(icon, title, why string, next ...string) nothing {
	n := nothing{Icon: icon, Title: title, Why: why}
	if len(next) == 2 {
		n.Button, n.Path = next[0], next[1]
	}
	return n
}

func itoa(n int) string { return strconv.Itoa(n) }

func errNoDrawing(id string) error { return fmt.Errorf("there is no drawing %s", id) }
