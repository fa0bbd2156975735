package web

import (
	"bytes"
	"path"
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
// the cookie "lang". What the address will need is named at once: /app/startups/report also names
// app/pages/startups/report.js, if there is such a module.
func Shell(e *core.RequestEvent) error {
	route := e.Request.PathValue("path")
	if path.Ext(route) != "" {
		return fault.NotFound("page.missing") // a missing file must not become a page
	}
	site, err := Of(e.App)
	if err != nil {
		return err
	}
	lang := locale.Vietnamese
	if c, err := e.Request.Cookie("lang"); err == nil && c.Value == string(locale.English) {
		lang = locale.English
	}
	set, err := site.set(own, "app", lang)
	if err != nil {
		return err
	}
	view, err := site.view(e, Page{Title: site.deps.Words.Text(lang, "app.title")})
	if err != nil {
		return err
	}
	view.Lang, view.Other = lang, lang.Other()
	view.Ready = site.Assets.Has(shellNeeds) && site.Assets.Has(shellEntry)
	if view.Ready {
		view.Preload = site.Assets.Preloads(shellEntry, shellPages(route)...)
	}
	var body bytes.Buffer
	if err := set.ExecuteTemplate(&body, "app.html", view); err != nil {
		return err
	}
	e.Response.Header().Set("X-Robots-Tag", "noindex")
	return site.send(e, view, body.Bytes())
}

// shellPages are the modules that an address of the workspace may mean.
func shellPages(route string) []string {
	parts := strings.Split(strings.Trim(route, "/"), "/")
	switch {
	case parts[0] == "":
		return []string{"app/pages/home/home.js"}
	case len(parts) == 1:
		return []string{"app/pages/" + parts[0] + "/" + parts[0] + ".js", "app/pages/" + parts[0] + "/list.js"}
	}
	return []string{"app/pages/" + parts[0] + "/" + parts[1] + ".js"}
}
