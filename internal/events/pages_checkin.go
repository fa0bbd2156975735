package events

import (
	"encoding/json"
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/web"
)

// checkinPath is where phones look at tickets. Its service worker keeps what lies below it, and nothing else of the house.
const checkinPath = "/checkin/"

// checkinFrame is the page of the phones at the door.
var checkinFrame = web.Frame{
	Title: "checkin.title", Entry: "checkin/main.js", Styles: []string{"css/checkin.css"}, Manifest: checkinPath + "app.webmanifest",
}

// toCheckin leads who typed no slash at the end to where the page is.
func toCheckin(e *core.RequestEvent) error {
	return e.Redirect(http.StatusPermanentRedirect, checkinPath)
}

func showCheckin(e *core.RequestEvent) error { return web.Framed(e, checkinFrame) }

func showWorker(e *core.RequestEvent) error {
	return web.Worker(e, "checkin/sw.js", checkinPath, checkinFrame, "img/icon-180.png", "img/icon-512.png",
		"fonts/be-vietnam-pro-vietnamese-600-normal.woff2", "fonts/be-vietnam-pro-latin-600-normal.woff2")
}

// showManifest tells a phone how to install the door on its first screen.
func showManifest(e *core.RequestEvent) error {
	site, err := web.Of(e.App)
	if err != nil {
		return err
	}
	lang := locale.Asked(e.Request.Header.Get("Accept-Language")) // browsers ask for a manifest without cookies
	type icon struct {
		Src     string `json:"src"`
		Sizes   string `json:"sizes"`
		Type    string `json:"type"`
		Purpose string `json:"purpose,omitempty"`
	}
	body, err := json.Marshal(map[string]any{
		"name": site.Text(lang, "checkin.title"), "short_name": site.Text(lang, "checkin.title"), "lang": lang,
		"id": checkinPath, "start_url": checkinPath, "scope": checkinPath, "display": "standalone", "orientation": "portrait",
		"theme_color": "#0f3325", "background_color": "#f7f5ee",
		"icons": []icon{
			{site.Assets.Path("img/icon-512.png"), "512x512", "image/png", "any"},
			{site.Assets.Path("img/icon-180.png"), "180x180", "image/png", ""},
		},
	})
	if err != nil {
		return err
	}
	return web.Text(e, "application/manifest+json", body)
}
