package app_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// What everybody may see is the same whoever asks.
func plain(path map[string]string) func(testing.TB, core.App) scene {
	return func(testing.TB, core.App) scene { return scene{path: path, over: access.House} }
}

var _ = stage(map[string]func(testing.TB, core.App) scene{
	"GET /{$}":              plain(map[string]string{"$": ""}),
	"GET /en/{$}":           plain(map[string]string{"$": ""}),
	"GET /privacy":          plain(nil),
	"GET /en/privacy":       plain(nil),
	"GET /accessibility":    plain(nil),
	"GET /en/accessibility": plain(nil),
	"GET /app/{path...}":    plain(map[string]string{"path...": "startups/report"}),
	"GET /api/vuon/centre":  plain(nil),
	"PATCH /api/vuon/centre": func(testing.TB, core.App) scene {
		return scene{over: access.House, body: `{"short": "Ươm"}`}
	},
	"GET /robots.txt":            plain(nil),
	"GET /sitemap.xml":           plain(nil),
	"GET /manifest.webmanifest":  plain(nil),
	"GET /favicon.ico":           plain(nil),
	"GET /v/{version}/{path...}": plain(map[string]string{"version": "old", "path...": "css/core.css"}),
})
