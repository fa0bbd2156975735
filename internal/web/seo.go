package web

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
)

// Origin is where the world finds this house, as the operator has set it: https://vuon.example, without a slash.
// The Host of a request is what a stranger says it is, and is not asked.
func Origin(app core.App) string {
	if site, err := Of(app); err == nil && site.deps.Origin != "" {
		return strings.TrimRight(site.deps.Origin, "/")
	}
	return strings.TrimRight(app.Settings().Meta.AppURL, "/")
}

// Canonical is the address of this page, without its filters.
func (v *View) Canonical() string { return v.Origin + Path(v.Lang, v.Path) }

// In is the address of this page in a language.
func (v *View) In(lang locale.Lang) string { return v.Origin + Path(lang, v.Path) }

// URL is a page for search engines: its Vietnamese address, and when it last changed if that is known.
type URL struct {
	Path    string
	Changed time.Time
}

// The shape of a sitemap, see sitemaps.org; xhtml:link names the page in its other language.
type (
	urlset struct {
		XMLName xml.Name `xml:"urlset"`
		Space   string   `xml:"xmlns,attr"`
		XHTML   string   `xml:"xmlns:xhtml,attr"`
		Pages   []mapped `xml:"url"`
	}
	mapped struct {
		Loc     string      `xml:"loc"`
		Lastmod string      `xml:"lastmod,omitempty"`
		Links   []alternate `xml:"xhtml:link"`
	}
	alternate struct {
		Rel  string `xml:"rel,attr"`
		Lang string `xml:"hreflang,attr"`
		Href string `xml:"href,attr"`
	}
)

// Sitemap writes the public pages in both languages.
func Sitemap(origin string, urls []URL) ([]byte, error) {
	set := urlset{Space: "http://www.sitemaps.org/schemas/sitemap/0.9", XHTML: "http://www.w3.org/1999/xhtml"}
	for _, u := range urls {
		vi, en := origin+Path(locale.Vietnamese, u.Path), origin+Path(locale.English, u.Path)
		links := []alternate{{"alternate", "vi", vi}, {"alternate", "en", en}}
		changed := ""
		if !u.Changed.IsZero() {
			changed = locale.Day(u.Changed)
		}
		set.Pages = append(set.Pages, mapped{vi, changed, links}, mapped{en, changed, links})
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := xml.NewEncoder(&b).Encode(set); err != nil {
		return nil, fmt.Errorf("write the sitemap: %w", err)
	}
	return b.Bytes(), nil
}

// Robots tells search engines what they need not read. It hides nothing: what is not public is refused.
func Robots(origin string) string {
	return "User-agent: *\nDisallow: /api/\nDisallow: /_/\nDisallow: /app/\nDisallow: /orders/\nDisallow: /tickets/\nDisallow: /en/orders/\nDisallow: /en/tickets/\nDisallow: /embed/\n\nSitemap: " + origin + "/sitemap.xml\n"
}

// Text answers with a small generated file, such as a sitemap or a calendar.
func Text(e *core.RequestEvent, kind string, body []byte) error {
	e.Response.Header().Set("Content-Type", kind)
	e.Response.Header().Set("Cache-Control", "no-cache")
	return answer(e, http.StatusOK, wrap(body, forOnce))
}
