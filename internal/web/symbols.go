package web

import (
	"bytes"
	_ "embed"
	"html/template"
	"maps"
	"regexp"
	"slices"
	"strings"
)

//go:embed layout/symbols.svg
var drawn []byte

var (
	symbol  = regexp.MustCompile(`(?m)^<symbol id="([\w-]+)".*</symbol>$`)
	used    = regexp.MustCompile(`href="#([it]-[\w]+)"`)
	symbols = func() map[string][]byte {
		all := map[string][]byte{}
		for _, found := range symbol.FindAllSubmatch(drawn, -1) {
			all[string(found[1])] = found[0]
		}
		return all
	}()
)

// sprite is where the symbols of a page go. A fragment has no such place and brings its own.
const sprite = `<svg class="vh" aria-hidden="true" focusable="false" id="symbols"></svg>`

// withSymbols puts every drawing that the page refers to into it, once.
func withSymbols(page []byte) []byte {
	var ids []string
	for _, found := range used.FindAllSubmatch(page, -1) {
		if id := string(found[1]); symbols[id] != nil && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	var all bytes.Buffer
	all.WriteString(strings.TrimSuffix(sprite, "</svg>"))
	for _, id := range ids {
		all.Write(symbols[id])
	}
	all.WriteString("</svg>")
	if bytes.Contains(page, []byte(sprite)) {
		return bytes.Replace(page, []byte(sprite), all.Bytes(), 1)
	}
	if len(ids) == 0 {
		return page
	}
	return append(page, bytes.Replace(all.Bytes(), []byte(` id="symbols"`), nil, 1)...)
}

// named finds a quoted word in a module; it may be the name of an icon.
var named = regexp.MustCompile("[\"'`]([a-z]+)[\"'`]")

// drawings are the symbols that the modules of the workspace may draw: all tiles, and the icons whose names they say.
func (s *Site) drawings() template.HTML {
	said := map[string]bool{}
	for _, name := range s.Assets.Names() {
		if !strings.HasPrefix(name, "app/") || !strings.HasSuffix(name, ".js") {
			continue
		}
		if file, err := s.Assets.read(name); err == nil {
			for _, found := range named.FindAllSubmatch(file.plain, -1) {
				said["i-"+string(found[1])] = true
			}
		}
	}
	var all strings.Builder
	all.WriteString(`<svg class="vh" aria-hidden="true" focusable="false">`)
	for _, id := range slices.Sorted(maps.Keys(symbols)) {
		if said[id] || strings.HasPrefix(id, "t-") {
			all.Write(symbols[id])
		}
	}
	all.WriteString("</svg>")
	return template.HTML(all.String()) //nolint:gosec // our own drawings
}

// icon refers to a drawing of 24 px, tile to one of the twelve clusters.
func icon(name string, class ...string) (template.HTML, error) {
	return drawing("i-"+name, "i", "0 0 24 24", class)
}

func tile(n int, class ...string) (template.HTML, error) {
	return drawing("t-"+itoa(n), "tile", "0 0 96 96", class)
}

func drawing(id, kind, box string, class []string) (template.HTML, error) {
	if symbols[id] == nil {
		return "", errNoDrawing(id)
	}
	classes := strings.Join(append([]string{kind}, class...), " ")
	return template.HTML(`<svg class="` + template.HTMLEscapeString(classes) + `" viewBox="` + box + //nolint:gosec // our own drawing, its classes escaped
		`" aria-hidden="true"><use href="#` + id + `"/></svg>`), nil
}
