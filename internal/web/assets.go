package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// kinds is our own table: what the host believes about .js (Windows: text/plain) must not decide whether a page works.
// A file whose ending is not here is not served.
var kinds = map[string]string{
	".css":         "text/css; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".ico":         "image/x-icon",
	".jpg":         "image/jpeg",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
	".webp":        "image/webp",
	".woff2":       "font/woff2",
}

// small are the kinds that are packed already.
var small = map[string]bool{".jpg": true, ".png": true, ".webp": true, ".woff2": true, ".ico": true}

// pages are the kinds that a browser may show as a page of its own.
var pages = map[string]bool{".html": true, ".svg": true}

// Assets are the files of pb_public under /v/<version>/…, where the version is a hash of all of them. Every address
// inside a file is relative and so inherits the version: a new release is a new address, and the old may be kept forever.
type Assets struct {
	files   fs.FS
	live    bool // read anew for each request, never kept by a browser
	version func() string
	known   sync.Map // path → *asset
}

type asset struct {
	kind string
	parcel
}

// NewAssets serves files. live is for a folder on disk that somebody is working in. Nothing is read before it is asked for.
func NewAssets(files fs.FS, live bool) *Assets {
	a := &Assets{files: files, live: live, version: func() string { return "live" }}
	if !live {
		a.version = sync.OnceValue(a.hash)
	}
	return a
}

// hash stands for the names and contents of all files.
func (a *Assets) hash() string {
	sum := sha256.New()
	for _, name := range a.Names() {
		content, err := fs.ReadFile(a.files, name)
		if err != nil {
			continue // it will be missing when asked for
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(content))
		sum.Write(content)
	}
	return hex.EncodeToString(sum.Sum(nil))[:12]
}

// Names lists the files that are served, sorted.
func (a *Assets) Names() []string {
	var names []string
	err := fs.WalkDir(a.files, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case !d.IsDir() && served(name):
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		return nil
	}
	return names
}

// served says whether a browser may have the file. Sources of ours that lie beside the files (*.go, *.d.ts) are not served.
func served(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") {
			return false
		}
	}
	return kinds[path.Ext(name)] != ""
}

// Path returns the address of a file, such as /v/3f2a9c01b7de/css/core.css.
func (a *Assets) Path(name string) string { return "/v/" + a.version() + "/" + name }

// Has says whether there is such a file to serve.
func (a *Assets) Has(name string) bool {
	_, err := a.read(name)
	return err == nil
}

func (a *Assets) read(name string) (*asset, error) {
	if kept, ok := a.known.Load(name); ok {
		return kept.(*asset), nil
	}
	if !fs.ValidPath(name) || !served(name) {
		return nil, fs.ErrNotExist
	}
	content, err := a.content(name)
	if err != nil {
		return nil, err
	}
	ext := path.Ext(name)
	if !a.live && !strings.HasPrefix(name, "vendor/") {
		content = lean(ext, content)
	}
	file := &asset{kind: kinds[ext], parcel: parcel{plain: content}}
	if !small[ext] {
		file.parcel = wrap(content, forever)
	}
	if !a.live {
		a.known.Store(name, file)
	}
	return file, nil
}

// content is a file as it lies there, or a part of the dictionary, which is made.
func (a *Assets) content(name string) ([]byte, error) {
	if part := partOf.FindStringSubmatch(name); part != nil {
		return a.part(part[1], part[2] == "all", part[3])
	}
	return fs.ReadFile(a.files, name)
}

// logo is the house's mark as an address that holds the picture itself: a page icon that costs no request of its own.
func (a *Assets) logo() (template.URL, error) {
	raw, err := a.content("site/logo.svg")
	return template.URL("data:image/svg+xml," + escaped.Replace(strings.TrimSpace(string(raw)))), err
}

// serve answers GET /v/{version}/{path...}. What a version ago was served under another hash is still answered, from
// today's files and for this once, so that a page which was open during an update keeps working.
func (a *Assets) serve(e *core.RequestEvent) error {
	file, err := a.read(e.Request.PathValue("path"))
	if err != nil {
		return fault.NotFound("page.missing")
	}
	if !pages[path.Ext(e.Request.PathValue("path"))] {
		for _, name := range ofPages {
			e.Response.Header().Del(name)
		}
	}
	e.Response.Header().Set("Content-Type", file.kind)
	e.Response.Header().Set("Cache-Control", "no-cache")
	if !a.live && e.Request.PathValue("version") == a.version() {
		e.Response.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	return answer(e, http.StatusOK, file.parcel)
}

// answer sends a body, packed where the browser can unpack it, or 304 where it has that body already.
func answer(e *core.RequestEvent, status int, p parcel) error {
	e.Response.Header().Add("Vary", "Accept-Encoding")
	sum := sha256.Sum256(p.plain)
	tag := `W/"` + hex.EncodeToString(sum[:9]) + `"`
	e.Response.Header().Set("ETag", tag)
	if status == http.StatusOK && strings.Contains(e.Request.Header.Get("If-None-Match"), tag) {
		e.Response.WriteHeader(http.StatusNotModified)
		return nil
	}
	body, encoding := p.accepted(e.Request.Header.Get("Accept-Encoding"))
	if encoding != "" {
		e.Response.Header().Set("Content-Encoding", encoding)
	}
	e.Response.Header().Set("Content-Length", fmt.Sprint(len(body)))
	e.Response.WriteHeader(status)
	if e.Request.Method == http.MethodHead {
		return nil
	}
	_, err := e.Response.Write(body)
	return err
}

// escaped writes a picture into an address so that a page that is packed still packs it: base64 would not.
var escaped = strings.NewReplacer("%", "%25", "#", "%23", "<", "%3C", ">", "%3E", "\"", "%22", " ", "%20")
