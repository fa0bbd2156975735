package site

import (
	"maps"
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/record"
	"vuon/internal/web"
)

// Routes are the room's pages in both languages, and what programs ask a site for.
func Routes() map[string]func(*core.RequestEvent) error {
	all := web.Public(map[string]func(*core.RequestEvent) error{
		"/":              home,
		"/privacy":       privacy,
		"/accessibility": accessibility,
	})
	all["GET /app/{path...}"] = web.Shell
	all["GET /api/vuon/centre"] = centre
	all["PATCH /api/vuon/centre"] = describe
	all["PATCH /api/vuon/centre/account"] = nameAccount
	maps.Copy(all, calendarRoutes())
	maps.Copy(all, viewRoutes())
	maps.Copy(all, unitRoutes())
	all["GET /robots.txt"] = robots
	all["GET /sitemap.xml"] = sitemap
	all["GET /manifest.webmanifest"] = manifest
	all["GET /favicon.ico"] = favicon
	return all
}

// answered is the centre as programs read it.
type answered struct {
	Description
	Rev  int  `json:"rev"`
	Demo bool `json:"demo"` // everything shown is invented, and /demo/mail and /demo/later exist
}

// centre answers anybody: it is what stands at the foot of every page.
func centre(e *core.RequestEvent) error {
	c, err := TheCentre(e.App)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, answered{c.Description(), record.Rev(c), web.IsSample(e.App)})
}

// describe takes the fields that change, and rev.
func describe(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	var sent struct {
		Rev int `json:"rev"`
	}
	if err := e.BindBody(&sent); err != nil {
		return fault.Field("body", "request.unreadable")
	}
	c, err := Describe(e.App, by, sent.Rev, func(d *Description) error {
		if err := e.BindBody(d); err != nil {
			return fault.Field("body", "request.unreadable")
		}
		return nil
	}, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, answered{c.Description(), record.Rev(c), web.IsSample(e.App)})
}

// nameAccount takes where transfers go, and rev.
func nameAccount(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	var sent struct {
		Account
		Rev int `json:"rev"`
	}
	if err := web.Body(e, &sent); err != nil {
		return err
	}
	c, err := NameAccount(e.App, by, sent.Account, sent.Rev, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"account": c.Account(), "rev": record.Rev(c)})
}

func robots(e *core.RequestEvent) error {
	return web.Text(e, "text/plain; charset=utf-8", []byte(web.Robots(web.Origin(e.App))))
}

// sitemap names every public page. A room that fails is left out and logged: the others are still to be found.
func sitemap(e *core.RequestEvent) error {
	urls := []web.URL{{Path: "/"}, {Path: "/privacy"}, {Path: "/accessibility"}}
	for _, ask := range asked(e.App).Addresses {
		some, err := ask(e.Request.Context(), e.App)
		if err != nil {
			e.App.Logger().Error("a room does not name its pages", "error", err)
			continue
		}
		urls = append(urls, some...)
	}
	body, err := web.Sitemap(web.Origin(e.App), urls)
	if err != nil {
		return err
	}
	return web.Text(e, "application/xml; charset=utf-8", body)
}

// favicon leads browsers that ask by habit to the drawing that every page names.
func favicon(e *core.RequestEvent) error {
	site, err := web.Of(e.App)
	if err != nil {
		return err
	}
	return e.Redirect(http.StatusFound, site.Assets.Path("site/logo.svg"))
}
