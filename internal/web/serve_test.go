package web_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/locale"
	"vuon/internal/web"
	"vuon/pb_public"
)

// rows are the pages of a room that exists for these tests alone.
var rows = web.NewPages("rows", fstest.MapFS{
	"pages/_row.html": {Data: []byte(`{{define "row"}}<li>{{icon "leaf"}}{{.}}</li>{{end}}`)},
	"pages/rows.html": {Data: []byte(`{{define "main"}}<h1>{{.Title}}</h1><ul id="results">{{template "results" .}}</ul>{{end}}{{define "results"}}{{range .Data}}{{template "row" .}}{{end}}{{end}}`)},
	"pages/half.html": {Data: []byte(`{{define "main"}}<h1>half a page</h1>{{tile 13}}{{end}}`)},
})

// served is a house with a few pages of its own beside the real ones.
func served(t *testing.T) (core.App, http.Handler) {
	t.Helper()
	house := housetest.App(t)
	list := func(e *core.RequestEvent) error {
		return web.Render(e, rows, "rows", web.Page{Title: "Hàng", Description: "…", Data: []string{"một", "<hai>"}})
	}
	house.OnServe().BindFunc(func(e *core.ServeEvent) error {
		for pattern, do := range web.Public(map[string]func(*core.RequestEvent) error{"/rows": list}) {
			_, path, _ := strings.Cut(pattern, " ")
			e.Router.GET(path, do)
		}
		e.Router.GET("/half", func(e *core.RequestEvent) error { return web.Render(e, rows, "half", web.Page{}) })
		e.Router.GET("/ticket", func(e *core.RequestEvent) error {
			return web.Render(e, rows, "rows", web.Page{Title: "Vé", Private: true, PostsTo: []string{"https://pay.example"}})
		})
		e.Router.GET("/mine", func(*core.RequestEvent) error { return fault.Forbidden("access.needs_staff") })
		e.Router.GET("/ill", func(*core.RequestEvent) error { return errors.New("the disk at /srv/secret is full") })
		e.Router.GET("/embed/figures", list)
		return e.Next()
	})
	return house, housetest.Server(t, house)
}

func get(t *testing.T, server http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	return w
}

func TestEveryAnswerCarriesItsHeaders(t *testing.T) {
	t.Parallel()
	_, server := served(t)
	for _, c := range []struct{ path, header, want string }{
		{"/rows", "Content-Security-Policy", web.Policy()},
		{"/rows", "X-Frame-Options", "DENY"},
		{"/rows", "X-Content-Type-Options", "nosniff"},
		{"/rows", "Referrer-Policy", "strict-origin-when-cross-origin"},
		{"/rows", "Cross-Origin-Opener-Policy", "same-origin"},
		{"/rows", "Cache-Control", "no-cache"},
		{"/rows", "Strict-Transport-Security", ""}, // not over http: it would lock a test server's name
		{"/nowhere", "Content-Security-Policy", web.Policy()},
		{"/v/1/css/none.css", "Content-Security-Policy", web.Policy()}, // a refusal is a page
		{"/ticket", "Cache-Control", "private, no-store"},
		{"/ticket", "Referrer-Policy", "no-referrer"},
		{"/ticket", "Content-Security-Policy", web.Policy("https://pay.example")},
		{"/embed/figures", "X-Frame-Options", ""},
		{"/api/health", "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
		{"/api/health", "Cache-Control", "private, no-store"},
		{"/api/files/users/x/y.png", "Content-Security-Policy", ""}, // PocketBase sets a stricter one itself
		{"/api/files/users/x/y.png", "Cache-Control", ""},
		{"/api/files/users/x/y.png?token=z", "Cache-Control", "private, no-store"},
	} {
		if got := get(t, server, c.path).Header().Get(c.header); got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.path, c.header, got, c.want)
		}
	}
	if got := get(t, server, "/embed/figures").Header().Get("Content-Security-Policy"); !strings.Contains(got, "frame-ancestors *") || strings.Contains(got, "unsafe") {
		t.Errorf("/embed/: %q", got)
	}
	if got := get(t, server, "/api/files/users/x/y.png", "Authorization", "x").Header().Get("Cache-Control"); got != "private, no-store" {
		t.Errorf("a signed-in file request may be kept: %q", got)
	}
}

func TestOnlyHTTPSIsPinned(t *testing.T) {
	t.Parallel()
	house, server := served(t)
	house.Settings().Meta.AppURL = "https://vuon.example"
	if got := get(t, server, "/rows").Header().Get("Strict-Transport-Security"); got == "" {
		t.Error("a house on https does not say so")
	}
}

func TestTheSamePageIsNotSentTwice(t *testing.T) {
	t.Parallel()
	_, server := served(t)
	first := get(t, server, "/rows")
	again := get(t, server, "/rows", "If-None-Match", first.Header().Get("ETag"))
	if again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Errorf("answered %d with %d bytes", again.Code, again.Body.Len())
	}
	if dark := get(t, server, "/rows", "If-None-Match", first.Header().Get("ETag"), "Cookie", "theme=dark"); dark.Code != http.StatusOK || !strings.Contains(dark.Body.String(), `data-theme="dark"`) {
		t.Errorf("who chose dark gets %d", dark.Code)
	}
	if vary := strings.Join(first.Header().Values("Vary"), ", "); !strings.Contains(vary, "X-Fragment") || !strings.Contains(vary, "Cookie") || !strings.Contains(vary, "Accept-Encoding") {
		t.Errorf("Vary is %q", vary)
	}
	if odd := get(t, server, "/rows", "Cookie", `theme="><script>`); strings.Contains(odd.Body.String(), `data-theme="`) {
		t.Error("the cookie is believed")
	}
}

func TestAFragmentIsTheBlockAndNothingElse(t *testing.T) {
	t.Parallel()
	_, server := served(t)
	got := get(t, server, "/rows", "X-Fragment", "results").Body.String()
	if strings.Contains(got, "<html") || !strings.Contains(got, "&lt;hai&gt;") || !strings.Contains(got, `id="i-leaf"`) {
		t.Errorf("the fragment is %q", got)
	}
	for _, other := range []string{"main", "head", "foot", "none", "row"} {
		if got := get(t, server, "/rows", "X-Fragment", other).Body.String(); !strings.Contains(got, "<html") {
			t.Errorf("the block %s may be asked for alone", other)
		}
	}
}

func TestPeopleGetPagesAndProgramsGetJSON(t *testing.T) {
	t.Parallel()
	_, server := served(t)
	for _, c := range []struct {
		path, accept string
		status       int
		kind, says   string
	}{
		{"/nowhere", "text/html", 404, "text/html; charset=utf-8", "Không tìm thấy trang này"},
		{"/en/nowhere", "text/html", 404, "text/html; charset=utf-8", "There is no such page"},
		{"/nowhere", "application/json", 404, "application/json", `"status":404`},
		{"/nowhere", "*/*", 404, "application/json", `"status":404`},
		{"/api/nowhere", "text/html", 404, "application/json", `"status":404`},
		{"/v/old/app/none.js", "*/*", 404, "application/json", "page.missing"},
		{"/app/none.js", "text/html", 404, "text/html; charset=utf-8", "Không tìm thấy"},
		{"/mine", "text/html", 403, "text/html; charset=utf-8", "Chưa làm được việc này"},
		{"/ill", "text/html", 500, "text/html; charset=utf-8", "Có trục trặc ở phía chúng tôi"},
		{"/half", "text/html", 500, "text/html; charset=utf-8", "Có trục trặc ở phía chúng tôi"},
	} {
		got := get(t, server, c.path, "Accept", c.accept)
		if got.Code != c.status || got.Header().Get("Content-Type") != c.kind || !strings.Contains(got.Body.String(), c.says) {
			t.Errorf("%s (%s): %d %s\n%s", c.path, c.accept, got.Code, got.Header().Get("Content-Type"), got.Body)
		}
		if body := got.Body.String(); strings.Contains(body, "/srv/secret") || strings.Contains(body, "half a page") {
			t.Errorf("%s tells too much: %s", c.path, body)
		}
	}
}

func TestATypedSlashIsForgiven(t *testing.T) {
	t.Parallel()
	_, server := served(t)
	got := get(t, server, "/rows/", "Accept", "text/html")
	if got.Code != http.StatusPermanentRedirect || got.Header().Get("Location") != "/rows" {
		t.Errorf("answered %d to %q", got.Code, got.Header().Get("Location"))
	}
}

// frame asks for the workspace over files that make web has or has not fetched.
func frame(t *testing.T, files fstest.MapFS, path string, headers ...string) string {
	t.Helper()
	house := housetest.App(t)
	words, err := locale.Open(pb_public.Files)
	if err != nil {
		t.Fatal(err)
	}
	site, err := web.Open(web.Deps{
		Files: files, Words: words, Serves: func(string) bool { return false },
		Centre: func(core.App) (web.Centre, error) { return web.Centre{Short: "Vườn"}, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	web.Bind(house, site)
	router, err := apis.NewRouter(house)
	if err != nil {
		t.Fatal(err)
	}
	router.GET("/app/{path...}", web.Shell)
	mux, err := router.BuildMux()
	if err != nil {
		t.Fatal(err)
	}
	page := regexp.MustCompile(`/v/[0-9a-f]{12}/`).ReplaceAllString(get(t, mux, path, headers...).Body.String(), "/v/…/")
	return regexp.MustCompile(`<symbol.*</symbol>`).ReplaceAllString(page, "…")
}

func TestTheFrameOfTheWorkspace(t *testing.T) {
	t.Parallel()
	ready := fstest.MapFS{
		"app/main.js":                  {Data: []byte("import './lib/ui.js'\nconst routes = {\n  \"/app/reports\": \"startups/reports\",\n  \"/app/reports/:id\": \"startups/report\",\n};\n")},
		"app/lib/ui.js":                {Data: []byte("export * from '../../vendor/preact.js'\n")},
		"app/pages/startups/report.js": {Data: []byte("import '../../lib/ui.js'\n")},
		"vendor/preact.js":             {Data: []byte("export {}\n")},
		"fonts/be-vietnam-pro-vietnamese-400-normal.woff2": {Data: []byte("x")},
		"fonts/be-vietnam-pro-latin-400-normal.woff2":      {Data: []byte("x")},
	}
	housetest.Golden(t, "app.vi.html", frame(t, ready, "/app/reports/x1"))
	housetest.Golden(t, "app.en.html", frame(t, ready, "/app/reports/x1", "Cookie", "lang=en"))
	housetest.Golden(t, "app-unbuilt.vi.html", frame(t, fstest.MapFS{}, "/app/"))
	housetest.Golden(t, "app-unbuilt.en.html", frame(t, fstest.MapFS{}, "/app/", "Cookie", "lang=en"))
}

func TestEveryTemplateOfARoomIsReadAtOnce(t *testing.T) {
	t.Parallel()
	house, _ := served(t)
	site, err := web.Of(house)
	if err != nil {
		t.Fatal(err)
	}
	if err := site.Check(rows); err != nil {
		t.Error(err)
	}
	if err := site.Check(web.NewPages("broken", fstest.MapFS{"pages/x.html": {Data: []byte("{{nonsense}}")}})); err == nil {
		t.Error("a template that cannot be read is accepted")
	}
}
