package site

import (
	"context"
	"embed"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

//go:embed pages/*.html
var files embed.FS

// Pages are the room's templates.
var Pages = web.NewPages("site", files)

// front is what the home page shows. An empty list is a section that says so.
type front struct {
	Figures  []Figure
	Calls    []Call
	Events   []Event
	Startups []web.Card
	Clusters []Cluster
}

func home(e *core.RequestEvent) error {
	needs := asked(e.App)
	shown := front{
		Figures: known(e, needs.Figures, 4), Calls: known(e, needs.Calls, 3), Events: known(e, needs.Events, 3),
		Startups: known(e, needs.Startups, 4), Clusters: known(e, needs.Clusters, 12),
	}
	centre, err := Ours(e.App)
	if err != nil {
		return err
	}
	page := web.Page{Key: "home", Title: centre.Name.Text(web.Lang(e.Request)), JSONLD: organisation(centre, web.Origin(e.App)), Data: shown}
	return web.Render(e, Pages, "home", page)
}

func privacy(e *core.RequestEvent) error {
	return web.Render(e, Pages, "privacy", web.Page{Key: "privacy", Section: "/privacy"})
}

func accessibility(e *core.RequestEvent) error {
	return web.Render(e, Pages, "accessibility", web.Page{Key: "accessibility", Section: "/accessibility"})
}

// known asks a room for a section of the home page, at most the first few. A room that fails is logged and its section
// stays empty: no single room can take the home page down.
func known[T any](e *core.RequestEvent, ask func(context.Context, core.App, time.Time) ([]T, error), most int) []T {
	if ask == nil {
		return nil
	}
	some, err := ask(e.Request.Context(), e.App, access.Now(e))
	if err != nil {
		e.App.Logger().Error("a section of the home page stays empty", "error", err)
		return nil
	}
	return some[:min(len(some), most)]
}

// organisation is what search engines are told about whose house this is.
func organisation(centre web.Centre, origin string) any {
	if centre.Name.VI == "" {
		return nil
	}
	told := map[string]any{"@context": "https://schema.org", "@type": "Organization", "name": centre.Name.VI, "url": origin + "/"}
	for key, value := range map[string]string{"alternateName": centre.Name.EN, "email": centre.Email, "telephone": centre.Phone, "address": centre.Address.VI} {
		if value != "" {
			told[key] = value
		}
	}
	return told
}
