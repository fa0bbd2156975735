package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
)

// Frame is a page of scripts that stands for itself and works without a network once it was opened: the door's.
type Frame struct {
	Title    string   // key of its title
	Entry    string   // its first module, such as "checkin/main.js"
	Styles   []string // beside css/core.css
	Manifest string   // address of what installs it
}

// Framed answers with the empty frame of a page; the browser draws the rest. The language is that of the workspace.
func Framed(e *core.RequestEvent, f Frame) error {
	site, err := Of(e.App)
	if err != nil {
		return err
	}
	lang := chosen(e)
	set, err := site.set(own, "frame", lang)
	if err != nil {
		return err
	}
	view, err := site.view(e, Page{Title: site.deps.Words.Text(lang, f.Title), Data: f})
	if err != nil {
		return err
	}
	view.Lang, view.Other = lang, lang.Other()
	view.Ready = site.Assets.Has(shellNeeds) && site.Assets.Has(f.Entry)
	view.Preload = site.Assets.Preloads(f.Entry)
	view.Words = site.Assets.Path(strings.TrimSuffix(f.Entry, ".js") + ".all." + string(lang) + ".json")
	var body bytes.Buffer
	if err := set.ExecuteTemplate(&body, "frame.html", view); err != nil {
		return err
	}
	e.Response.Header().Set("X-Robots-Tag", "noindex")
	return site.send(e, view, body.Bytes())
}

// Worker answers with the service worker of a frame: its source, and before it what it is to keep: the page itself, its modules with
// those that come later, its words in both languages, its styles and the fonts. Another version of any of them is another worker.
func Worker(e *core.RequestEvent, source, page string, f Frame, more ...string) error {
	site, err := Of(e.App)
	if err != nil {
		return err
	}
	file, err := site.Assets.read(source)
	if err != nil {
		return err
	}
	kept := []string{page, f.Manifest}
	for _, name := range slices.Concat(site.Assets.closure([]*regexp.Regexp{imports, later}, f.Entry), f.Styles, more, site.fonts(locale.Vietnamese), []string{
		"css/core.css", strings.TrimSuffix(f.Entry, ".js") + ".all.vi.json", strings.TrimSuffix(f.Entry, ".js") + ".all.en.json",
	}) {
		if site.Assets.Has(name) {
			kept = append(kept, site.Assets.Path(name))
		}
	}
	list, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	body := fmt.Sprintf("const version = %q;\nconst files = %s;\n%s", site.Assets.version(), list, file.plain)
	return Text(e, kinds[".js"], []byte(body))
}

// Script answers with a module at an address of its own, as a worker needs that reaches no further than where it lies.
func Script(e *core.RequestEvent, source string) error {
	site, err := Of(e.App)
	if err != nil {
		return err
	}
	file, err := site.Assets.read(source)
	if err != nil {
		return err
	}
	return Text(e, kinds[".js"], file.plain)
}
