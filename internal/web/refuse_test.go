package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// A slash too many leads to the page without it, on this site and on no other. Browsers read a backslash as a slash, and a
// tab as nothing: /\example is another site's name to them.
func TestASlashTooManyLeadsNowhereElse(t *testing.T) {
	t.Parallel()
	_, server := served(t)
	for asked, want := range map[string]string{
		"/nowhere/":            "/nowhere",
		"/%5Cevil.example/":    "/%5Cevil.example",
		"/%5C%5Cevil.example/": "/%5C%5Cevil.example",
		"/%09/evil.example/":   "/%09/evil.example",
		"/%2F%2Fevil.example/": "/evil.example",
		"/%0D%0ASet-Cookie:x/": "/%0D%0ASet-Cookie:x",
		"/en/%5Cevil.example/": "/en/%5Cevil.example",
	} {
		got := get(t, server, asked, "Accept", "text/html")
		if at := got.Header().Get("Location"); got.Code != http.StatusPermanentRedirect && got.Code != http.StatusTemporaryRedirect ||
			strings.TrimSuffix(at, "/") != want {
			t.Errorf("%s leads to %q (%d), want %q", asked, at, got.Code, want)
		}
	}
}
