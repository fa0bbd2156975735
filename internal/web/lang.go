package web

import (
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
)

// Lang is the language of a public page. The address alone decides: /en and what is below it is English, the rest Vietnamese.
// No cookie and no header can make one address two pages.
func Lang(r *http.Request) locale.Lang {
	if r.URL.Path == "/en" || strings.HasPrefix(r.URL.Path, "/en/") {
		return locale.English
	}
	return locale.Vietnamese
}

// Path is the address of a page in a language. path is the Vietnamese one, such as /startups; addresses of the workspace,
// of files and of other sites stay as they are.
func Path(lang locale.Lang, path string) string {
	if lang != locale.English || !strings.HasPrefix(path, "/") || apart(path) {
		return path
	}
	return "/en" + path
}

// bare is the Vietnamese address of a page.
func bare(path string) string {
	if rest, ok := strings.CutPrefix(path, "/en"); ok && (rest == "" || rest[0] == '/') {
		return "/" + strings.TrimPrefix(rest, "/")
	}
	return path
}

// apart says whether path is no public page and so has no other language.
func apart(path string) bool {
	for _, tree := range []string{"/api/", "/_/", "/app/", "/v/"} {
		if strings.HasPrefix(path, tree) || path == strings.TrimSuffix(tree, "/") {
			return true
		}
	}
	return false
}

// Public registers pages under their Vietnamese and their English addresses: {"/startups/{slug}": startup} becomes
// "GET /startups/{slug}" and "GET /en/startups/{slug}".
func Public(pages map[string]func(*core.RequestEvent) error) map[string]func(*core.RequestEvent) error {
	all := map[string]func(*core.RequestEvent) error{}
	for path, do := range pages {
		if path == "/" {
			path = "/{$}" // the home page, and not everything below it
		}
		all["GET "+path], all["GET /en"+path] = do, do
	}
	return all
}

// wantsPage says whether a person waits for a page, and not a program for JSON.
func wantsPage(r *http.Request) bool {
	if strings.HasPrefix(r.URL.Path, "/api/") || strings.HasPrefix(r.URL.Path, "/_/") {
		return false
	}
	return strings.Contains(r.Header.Get("Accept"), "text/html")
}
