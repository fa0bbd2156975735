package web

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"vuon/internal/fault"
	"vuon/pb_public"
)

func some(css string) fstest.MapFS {
	return fstest.MapFS{
		"css/core.css":      {Data: []byte(css)},
		"app/main.js":       {Data: []byte("import { h } from './lib/ui.js';\nconst later = () => import('./pages/late.js');\n")},
		"app/lib/ui.js":     {Data: []byte("// import './never.js'\nexport {\n  h,\n} from \"../../vendor/preact.js\";\n")},
		"app/lib/never.js":  {Data: []byte("")},
		"app/pages/late.js": {Data: []byte("import '../lib/api.js'\n")},
		"app/lib/api.js":    {Data: []byte("import '../main.js'\n")},
		"vendor/preact.js":  {Data: []byte("import './gone.js'; export const h = 1\n")},
		"app/types.d.ts":    {Data: []byte("declare const x: number")},
		"pb_public.go":      {Data: []byte("package pb_public")},
		".vendor.new/x.js":  {Data: []byte("half made")},
	}
}

// ask sends a request for a file to a, with the given headers in pairs.
func ask(t *testing.T, a *Assets, version, path string, headers ...string) (*httptest.ResponseRecorder, error) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/v/"+version+"/"+path, nil)
	r.SetPathValue("version", version)
	r.SetPathValue("path", path)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	return w, a.serve(&core.RequestEvent{Event: router.Event{Request: r, Response: w}})
}

func TestAnotherContentIsAnotherAddress(t *testing.T) {
	t.Parallel()
	one, same, other := NewAssets(some("a{}"), false), NewAssets(some("a{}"), false), NewAssets(some("b{}"), false)
	if one.Path("css/core.css") != same.Path("css/core.css") {
		t.Error("the same files have two addresses")
	}
	if one.Path("css/core.css") == other.Path("css/core.css") {
		t.Error("a changed file keeps its address, and browsers keep the old one")
	}
}

func TestFilesAreKeptForeverUnderTheirOwnVersion(t *testing.T) {
	t.Parallel()
	a := NewAssets(some("a{}"), false)
	for version, want := range map[string]string{
		a.version():    "public, max-age=31536000, immutable",
		"000000000000": "no-cache", // a page that was open while the house was updated
	} {
		w, err := ask(t, a, version, "css/core.css")
		if err != nil {
			t.Fatal(err)
		}
		if got := w.Header().Get("Cache-Control"); got != want {
			t.Errorf("version %s: Cache-Control %q, want %q", version, got, want)
		}
		if got := w.Header().Get("Content-Type"); got != "text/css; charset=utf-8" {
			t.Errorf("Content-Type %q", got)
		}
	}
	live := NewAssets(some("a{}"), true)
	w, err := ask(t, live, live.version(), "css/core.css")
	if err != nil || w.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("a folder somebody works in is kept: %q, %v", w.Header().Get("Cache-Control"), err)
	}
}

func TestALiveFolderIsReadAnew(t *testing.T) {
	t.Parallel()
	files := some("a{}")
	a := NewAssets(files, true)
	if _, err := ask(t, a, "live", "css/core.css"); err != nil {
		t.Fatal(err)
	}
	files["css/core.css"] = &fstest.MapFile{Data: []byte("b{}")}
	w, err := ask(t, a, "live", "css/core.css")
	if err != nil || w.Body.String() != "b{}" {
		t.Errorf("served %q, %v", w.Body, err)
	}
}

func TestWhatIsNotForBrowsersIsNotThere(t *testing.T) {
	t.Parallel()
	a := NewAssets(some("a{}"), false)
	for _, path := range []string{"pb_public.go", "app/types.d.ts", ".vendor.new/x.js", "css/none.css", "css", "", "../go.mod", "/etc/passwd", "css/../css/core.css"} {
		if w, err := ask(t, a, a.version(), path); fault.Code(err) != "page.missing" {
			t.Errorf("%q answers %v %q", path, err, w.Body)
		}
		if a.Has(path) {
			t.Errorf("%q is there", path)
		}
	}
	for _, name := range NewAssets(pb_public.Files, false).Names() {
		if strings.HasSuffix(name, ".go") || strings.HasSuffix(name, ".ts") {
			t.Errorf("%s is served", name)
		}
	}
}

func TestFilesComePacked(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a { color: red }\n", 100)
	a := NewAssets(some(long), false)
	for accepts, want := range map[string]string{
		"br, gzip": "br", "gzip, deflate, br;q=0.9, zstd": "br", "gzip, deflate": "gzip", "br;q=0, gzip": "gzip", "bro, gzipped": "", "": "", "identity": "",
	} {
		w, err := ask(t, a, a.version(), "css/core.css", "Accept-Encoding", accepts)
		if err != nil || w.Header().Get("Content-Encoding") != want {
			t.Errorf("%q is answered in %q, want %q; %v", accepts, w.Header().Get("Content-Encoding"), want, err)
			continue
		}
		var body io.Reader = w.Body
		switch want {
		case "br":
			body = brotli.NewReader(w.Body)
		case "gzip":
			if body, err = gzip.NewReader(w.Body); err != nil {
				t.Fatal(err)
			}
		}
		plain, err := io.ReadAll(body)
		if err != nil || strings.TrimSpace(string(plain)) != strings.TrimSpace(long) {
			t.Errorf("%q unpacks as %q, %v", accepts, plain, err)
		}
	}
}

func TestAnUnchangedFileIsNotSentAgain(t *testing.T) {
	t.Parallel()
	a := NewAssets(some("a{}"), false)
	first, err := ask(t, a, "000000000000", "css/core.css")
	if err != nil {
		t.Fatal(err)
	}
	again, err := ask(t, a, "000000000000", "css/core.css", "If-None-Match", first.Header().Get("ETag"))
	if err != nil || again.Code != http.StatusNotModified || again.Body.Len() != 0 {
		t.Errorf("answered %d with %d bytes, %v", again.Code, again.Body.Len(), err)
	}
}

func TestStylesheetsLoseTheirRemarksAndNothingElse(t *testing.T) {
	t.Parallel()
	given := "/* why */\n@layer a {\n  b { c: d } /* and\n  why */\n}\n"
	if got, want := string(lean(".css", []byte(given))), "@layer a {\nb { c: d } \n}"; got != want {
		t.Errorf("lean = %q, want %q", got, want)
	}
}

func TestModulesLoseTheirRemarksAndKeepTheirLines(t *testing.T) {
	t.Parallel()
	given := "// why\nimport { a } from \"./a.js\"; // stays\n/**\n * @param {string} b\n */\nexport const c = (/** @type {any} */ b) => `//${a}/* no remark */`;\n/** @type {x} */\nlet d;\n"
	want := "\nimport { a } from \"./a.js\"; // stays\n\n\n\nexport const c = (b) => `//${a}/* no remark */`;\n\nlet d;\n"
	if got := string(lean(".js", []byte(given))); got != want {
		t.Errorf("lean = %q, want %q", got, want)
	}
}

func TestAPageAsksForTheWordsItSays(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"i18n/vi.json":          {Data: []byte(`{"shell.a":"A","shell.b.one":"B","page.c":"C","page.d_x":"D","status.intakes.open":"E","status.users.active":"F","fault.g":"G","later.h":"H"}`)},
		"app/main.js":           {Data: []byte("import \"./shell.js\";\nt(\"shell.a\");\n")},
		"app/shell.js":          {Data: []byte("t('shell.b', {n}); t(`status.${x}`); import(\"./later.js\");\n")},
		"app/later.js":          {Data: []byte("import \"./shell.js\";\nt(\"later.h\")\n")},
		"app/pages/room/one.js": {Data: []byte("import \"../../shell.js\";\nt(\"page.c\"); t(`page.d_${x}`); html`<Status of=\"intakes\" />`;\n")},
		"checkin/main.js":       {Data: []byte("t(\"page.c\"); icon(\"bell\");\n")},
	}
	a := NewAssets(files, false)
	for name, want := range map[string]string{
		"app/main.words.vi.json":           `{"later.h":"H","shell.a":"A","shell.b.one":"B"}`,
		"app/pages/room/one.words.vi.json": `{"page.c":"C","page.d_x":"D","status.intakes.open":"E"}`,
		"checkin/main.words.vi.json":       `{"page.c":"C"}`,
		"app/pages/room/one.all.vi.json":   `{"later.h":"H","page.c":"C","page.d_x":"D","shell.a":"A","shell.b.one":"B","status.intakes.open":"E"}`,
	} {
		if file, err := a.read(name); err != nil || string(file.plain) != want {
			t.Errorf("%s: %v, %v; want %s", name, file, err, want)
		}
	}
	for _, missing := range []string{"app/pages/room/none.words.vi.json", "app/pages/room/one.words.fr.json"} {
		if a.Has(missing) {
			t.Errorf("there is a %s", missing)
		}
	}
}

func TestDrawingsComeWithTheWordsOfWhoeverDrawsThem(t *testing.T) {
	t.Parallel()
	a := NewAssets(fstest.MapFS{
		"i18n/vi.json":           {Data: []byte(`{}`)},
		"app/main.js":            {Data: []byte("import \"./parts.js\";\nt(\"shell.a\"); icon(\"bell\");\n")},
		"app/parts.js":           {Data: []byte("t(\"shell.b\"); html`<${Tile} n=${tile} />`;\n")},
		"app/pages/room/one.js":  {Data: []byte("import \"../../parts.js\";\nimport(\"./late.js\");\nicon('bell'); html`<${Empty} tile=${3} />`; t(\"page.c\");\n")},
		"app/pages/room/late.js": {Data: []byte("icon(`leaf`); icon(\"nothing\");\n")},
		"app/pages/room/any.js":  {Data: []byte("t(\"page.c\"); html`<${Tile} n=${n} />`;\n")},
	}, false)
	tiles := []string{"#t-1", "#t-10", "#t-11", "#t-12", "#t-2", "#t-3", "#t-4", "#t-5", "#t-6", "#t-7", "#t-8", "#t-9"}
	for name, want := range map[string][]string{
		"app/main.words.vi.json":           {"#i-bell"},
		"app/pages/room/one.words.vi.json": {"#i-leaf", "#t-3"},
		"app/pages/room/one.all.vi.json":   {"#i-bell", "#i-leaf", "#t-3"},
		"app/pages/room/any.words.vi.json": tiles,
	} {
		part := map[string]string{}
		if file, err := a.read(name); err != nil || json.Unmarshal(file.plain, &part) != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := slices.Sorted(maps.Keys(part)); !slices.Equal(got, want) {
			t.Errorf("%s draws %v, want %v", name, got, want)
		}
		for id, symbol := range part {
			if !strings.HasPrefix(symbol, `<symbol id="`+id[1:]+`"`) {
				t.Errorf("%s is %s", id, symbol)
			}
		}
	}
}

func TestPreloadsAreWhatIsImportedStatically(t *testing.T) {
	t.Parallel()
	a := NewAssets(some("a{}"), false)
	in := func(names ...string) []string {
		for i := range names {
			names[i] = a.Path(names[i])
		}
		return names
	}
	if got, want := a.Preloads("app/main.js"), in("app/lib/ui.js", "vendor/preact.js"); !slices.Equal(got, want) {
		t.Errorf("entry alone: %v, want %v", got, want)
	}
	got := a.Preloads("app/main.js", "app/pages/late.js", "app/pages/none.js")
	if want := in("app/lib/api.js", "app/lib/ui.js", "app/pages/late.js", "vendor/preact.js"); !slices.Equal(got, want) {
		t.Errorf("with a page: %v, want %v", got, want)
	}
}
