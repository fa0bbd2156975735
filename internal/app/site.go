package app

import (
	"io/fs"
	"os"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/site"
	"vuon/internal/web"
)

// bindSite gives the pages their files, their words and whose house this is. An address is linked to only where a room
// serves it, so that the head and the foot grow with the house.
func bindSite(app core.App, cfg Config, deps Deps, words *locale.Dictionary) error {
	pages, err := web.Open(web.Deps{
		Files: deps.Public, Live: cfg.PublicDir != "", Origin: cfg.PublicURL, Words: words, Centre: site.Ours,
		Known: cfg.Identity.name(), Serves: serves,
	})
	if err != nil {
		return err
	}
	web.Bind(app, pages)
	return nil
}

// publicFiles are the browser's files, with those of the operator's folder before the ones in the binary.
func publicFiles(cfg Config, deps Deps) fs.FS {
	if cfg.PublicDir == "" {
		return deps.Public
	}
	return web.Over(os.DirFS(cfg.PublicDir), deps.Public)
}
