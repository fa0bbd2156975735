package web

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/locale"
)

// shellEntry is the workspace's first module, and shellNeeds what `make web` makes for it.
const (
	shellEntry = "app/main.js"
	shellNeeds = "vendor/preact.js"
)

// Shell answers GET /app/{path...} with the workspace's empty frame: the browser draws the rest. The language is that of
// the cookie "lang", or of ?lang= in the link of a mail. What the address will need is named at once: its module, and all that this imports.
func Shell(e *core.RequestEvent) error {
	route := e.Request.PathValue("path")
	if path.Ext(route) != "" {
		return fault.NotFound("page.missing") // a missing file must not become a page
	}
	site, err := Of(e.App)
	if err != nil {
		return err
	}
	lang := chosen(e)
	set, err := site.set(own, "app", lang)
	if err != nil {
		return err
	}
	view, err := site.view(e, Page{Title: site.deps.Words.Text(lang, "app.title")})
	if err != nil {
		return err
	}
	view.Lang, view.Other, view.Known = lang, lang.Other(), site.deps.Known
	view.Ready = site.Assets.Has(shellNeeds) && site.Assets.Has(shellEntry)
	if view.Ready {
		page := site.Assets.page("/app/" + route)
		view.Preload = site.Assets.Preloads(shellEntry, page)
		if words := strings.TrimSuffix(page, ".js") + ".all." + string(lang) + ".json"; site.Assets.Has(words) {
			view.Words = site.Assets.Path(words)
		}
	}
	var body bytes.Buffer
	if err := set.ExecuteTemplate(&body, "app.html", view); err != nil {
		return err
	}
	e.Response.Header().Set("X-Robots-Tag", "noindex")
	return site.send(e, view, body.Bytes())
}

// chosen is the language of ?lang= in the link of a mail, else of the cookie "lang"; Vietnamese without either.
func chosen(e *core.RequestEvent) locale.Lang {
	wish := e.Request.URL.Query().Get("lang")
	if c, err := e.Request.Cookie("lang"); err == nil && wish == "" {
		wish = c.Value
	}
	if wish == string(locale.English) {
		return locale.English
	}
	return locale.Vietnamese
}

// routeLine is a line of the table in app/main.js: address → module.
var routeLine = regexp.MustCompile(`(?m)^\s*"(/app/[^"]*)": "([a-z-]+/[a-z-]+)",?$`)

// page names the module that draws an address of the workspace, as the table in app/main.js says; "" for none.
func (a *Assets) page(address string) string {
	main, err := a.read(shellEntry)
	if err != nil {
		return ""
	}
	asked := strings.Split(strings.Trim(address, "/"), "/")
	for _, found := range routeLine.FindAllSubmatch(main.plain, -1) {
		if fits(strings.Split(strings.Trim(string(found[1]), "/"), "/"), asked) {
			return "app/pages/" + string(found[2]) + ".js"
		}
	}
	return ""
}

// fits says whether the parts of an address are those of a pattern, where ":id" stands for any part.
func fits(pattern, asked []string) bool {
	return slices.EqualFunc(pattern, asked, func(p, a string) bool { return p == a || strings.HasPrefix(p, ":") })
}
