package web

import (
	"bytes"
	_ "embed"
	"html/template"
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

var (
	// named finds a quoted word in a module; it may be the name of an icon.
	named = regexp.MustCompile("[\"'`]([a-z]+)[\"'`]")
	// tiled finds the number of a tile, or that a page draws one whose number it knows only when it is drawn.
	tiled = regexp.MustCompile(`(?:\btile=|\$\{Tile\} n=)\$\{(\d*)`)
)

// drawn are the symbols that a module of the workspace may draw, and all that it imports now or later.
func (a *Assets) drawn(entry string) map[string]bool {
	drawn := map[string]bool{}
	for _, name := range a.closure([]*regexp.Regexp{imports, later}, entry) {
		file, err := a.read(name)
		if err != nil || strings.HasPrefix(name, "vendor/") {
			continue
		}
		for _, found := range named.FindAllSubmatch(file.plain, -1) {
			drawn["i-"+string(found[1])] = true
		}
		if !strings.HasPrefix(name, "app/pages/") {
			continue // a part draws the tile that a page names
		}
		for _, found := range tiled.FindAllSubmatch(file.plain, -1) {
			if n := string(found[1]); n != "" {
				drawn["t-"+n] = true
				continue
			}
			for id := range symbols {
				drawn[id] = drawn[id] || strings.HasPrefix(id, "t-")
			}
		}
	}
	return drawn
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
