package web

import (
	"bytes"
	"io/fs"
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/locale"
)

// Pages are the templates of one room.
type Pages struct {
	room  string
	files fs.FS
}

// NewPages names the templates of a room: pages/*.html in files.
func NewPages(room string, files fs.FS) Pages { return Pages{room, files} }

// Page is what one answer says.
type Page struct {
	Key         string   // title and description are the words <Key>.title and <Key>.description
	Title       string   // instead of the words of Key, for a page about one thing
	Description string   // a sentence for search engines and previews; instead of the words of Key
	Section     string   // address of the entry in the head that is lit, such as "/startups"
	Image       string   // address of a picture for previews; the tiles when there is none
	JSONLD      any      // schema.org data, marshalled into the page
	Private     bool     // reached by a secret link: never indexed, never kept
	Status      int      // 200 if not said
	PostsTo     []string // other origins to which a form of the page may lead
	Modules     []string // further scripts of the page, such as "site/checkout.js"
	Data        any      // what the room's template shows
}

// View is the dot of a template: the page, and what every page knows.
type View struct {
	Page
	Lang      locale.Lang
	Other     locale.Lang
	Theme     string // "light", "dark", or "" for what the system prefers
	Now       time.Time
	Path      string // the Vietnamese address of this page
	Query     string // "?…" as asked, for the link to the other language
	Origin    string // https://vuon.example
	Centre    Centre
	Nav, Foot []Link
	Preload   []string
	Sample    bool        // everything shown is invented
	Ready     bool        // only for the workspace: its libraries are there
	Known     locale.Pair // only for the workspace: by which provider of identities people may sign in
	Words     string      // only for the workspace: the part of the dictionary that the page says
}

// Link is an entry of the head or the foot; Key names its words.
type Link struct {
	Key, Path string
	Group     string // key of the column in the foot
}

// fragmentHeader names a part of the page. A script that changes a filter asks for that part alone.
const fragmentHeader = "X-Fragment"

// Render answers with a page of a room. With the header X-Fragment: results it answers with the block "results" alone.
// Nothing is sent before the whole page stands, so that an error is never half a page.
func Render(e *core.RequestEvent, pages Pages, name string, page Page) error {
	site, err := Of(e.App)
	if err != nil {
		return err
	}
	set, err := site.set(pages, name, Lang(e.Request))
	if err != nil {
		return err
	}
	view, err := site.view(e, page)
	if err != nil {
		return err
	}
	block := "layout.html"
	if part := e.Request.Header.Get(fragmentHeader); part != "" && set.Lookup(part) != nil && fragments[part] {
		block = part
	}
	var body bytes.Buffer
	if err := set.ExecuteTemplate(&body, block, view); err != nil {
		return err
	}
	return site.send(e, view, body.Bytes())
}

// fragments are the blocks that may be asked for alone.
var fragments = map[string]bool{"results": true}

func (s *Site) view(e *core.RequestEvent, page Page) (*View, error) {
	centre, err := s.deps.Centre(e.App)
	if err != nil {
		return nil, err
	}
	lang := Lang(e.Request)
	if page.Key != "" && page.Title == "" {
		page.Title = s.deps.Words.Text(lang, page.Key+".title")
	}
	if page.Key != "" && page.Description == "" {
		page.Description = s.deps.Words.Text(lang, page.Key+".description")
	}
	view := &View{
		Page: page, Lang: lang, Other: lang.Other(), Theme: theme(e.Request), Now: access.Now(e),
		Path: bare(e.Request.URL.Path), Origin: Origin(e.App), Centre: centre,
		Nav: s.shown(heads), Foot: s.shown(feet), Sample: IsSample(e.App),
	}
	if raw := e.Request.URL.RawQuery; raw != "" {
		view.Query = "?" + raw
	}
	return view, nil
}

// send packs the page, adds the drawings it uses and says how long it may be kept.
func (s *Site) send(e *core.RequestEvent, view *View, body []byte) error {
	body = withSymbols(body)
	e.Response.Header().Set("Content-Type", "text/html; charset=utf-8")
	e.Response.Header().Set("Content-Language", string(view.Lang))
	e.Response.Header().Add("Vary", "Cookie, "+fragmentHeader)
	e.Response.Header().Set("Cache-Control", "no-cache")
	if view.Private {
		e.Response.Header().Set("Cache-Control", "private, no-store")
		e.Response.Header().Set("X-Robots-Tag", "noindex")
		e.Response.Header().Set("Referrer-Policy", "no-referrer") // the address is the secret
	}
	if len(view.PostsTo) > 0 {
		e.Response.Header().Set("Content-Security-Policy", Policy(view.PostsTo...))
	}
	status := view.Status
	if status == 0 {
		status = http.StatusOK
	}
	return answer(e, status, wrap(body, forOnce))
}

// theme is what the visitor has chosen with the button in the head.
func theme(r *http.Request) string {
	if c, err := r.Cookie("theme"); err == nil && (c.Value == "dark" || c.Value == "light") {
		return c.Value
	}
	return ""
}
