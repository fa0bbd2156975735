package site

import (
	"encoding/json"
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/web"
)

// manifest tells a phone how to keep the workspace among its apps.
func manifest(e *core.RequestEvent) error {
	site, err := web.Of(e.App)
	if err != nil {
		return err
	}
	centre, err := Ours(e.App)
	if err != nil {
		return err
	}
	type icon struct {
		Src   string `json:"src"`
		Sizes string `json:"sizes"`
		Type  string `json:"type"`
	}
	body, err := json.Marshal(map[string]any{
		"name":             centre.Name.Text(locale.Vietnamese),
		"short_name":       centre.Short,
		"lang":             "vi",
		"start_url":        "/app/",
		"scope":            "/",
		"display":          "standalone",
		"background_color": "#f7f5ee",
		"theme_color":      "#0f3325",
		"icons": []icon{
			{site.Assets.Path("site/logo.svg"), "any", "image/svg+xml"},
			{site.Assets.Path("img/icon-180.png"), "180x180", "image/png"},
			{site.Assets.Path("img/icon-512.png"), "512x512", "image/png"},
		},
	})
	if err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	return web.Text(e, "application/manifest+json", body)
}
