package app

import (
	"os"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/site"
	"vuon/internal/web"
)

// bindSite gives the pages their files, their words and whose house this is. An address is linked to only where a room
// serves it, so that the head and the foot grow with the house.
func bindSite(app core.App, cfg Config, deps Deps, words *locale.Dictionary) error {
	routes, files := Routes(), deps.Public
	if cfg.PublicDir != "" {
		files = web.Over(os.DirFS(cfg.PublicDir), deps.Public)
	}
	pages, err := web.Open(web.Deps{
		Files: files, Live: cfg.PublicDir != "", Origin: cfg.PublicURL, Words: words, Centre: site.Ours,
		Serves: func(path string) bool { return routes["GET "+path] != nil },
	})
	if err != nil {
		return err
	}
	web.Bind(app, pages)
	return nil
}
