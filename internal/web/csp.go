package web

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// policy is what a browser may load and do on a page of ours. Nothing inline: no script, no style attribute.
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
	"connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'"

// Policy returns the Content-Security-Policy of a page. postsTo names other origins that a form of the page may lead to,
// such as a payment page.
func Policy(postsTo ...string) string {
	return policy + "; form-action " + strings.Join(append([]string{"'self'"}, postsTo...), " ") + "; frame-ancestors 'none'"
}

// steady are the headers that do not depend on what is asked for.
var steady = map[string]string{
	"X-Content-Type-Options":     "nosniff",
	"X-XSS-Protection":           "0", // the filter it asks for has itself been a hole
	"X-Frame-Options":            "DENY",
	"Referrer-Policy":            "strict-origin-when-cross-origin",
	"Permissions-Policy":         "camera=(self), microphone=(), geolocation=(), payment=(), usb=()", // the door reads QR codes
	"Cross-Origin-Opener-Policy": "same-origin",
}

// priority is before anything that can refuse, PocketBase's own middlewares included, so that refusals carry headers too.
const priority = -1900

// ofPages are the headers that mean something on a page only. A script, a style or a font goes without: a workspace loads
// twenty of them.
var ofPages = []string{
	"Content-Security-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy", "Referrer-Policy", "X-Frame-Options", "X-XSS-Protection",
}

// HeadersHookID names the middleware of Headers, so that a route may take itself out of it.
const HeadersHookID = "vuon.headers"

// Headers sets what every answer carries, in place of PocketBase's own middleware. A handler may still replace a header afterwards.
//
// PocketBase's dashboard (/_/) and its file route set a policy of their own when they find none, and keep it.
// Only /embed/ may stand in a frame of another site; what is there has no cookie and no session.
func Headers() *hook.Handler[*core.RequestEvent] {
	return &hook.Handler[*core.RequestEvent]{
		Id:       HeadersHookID,
		Priority: priority,
		Func: func(e *core.RequestEvent) error {
			path := e.Request.URL.Path
			for name, value := range steady {
				e.Response.Header().Set(name, value)
			}
			if secure(e) {
				e.Response.Header().Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
			}
			switch {
			case strings.HasPrefix(path, "/_/"), strings.HasPrefix(path, "/api/files/"):
				e.Response.Header().Set("X-Frame-Options", "SAMEORIGIN") // the dashboard shows files in a frame of its own
			case strings.HasPrefix(path, "/api/"):
				e.Response.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
			case strings.HasPrefix(path, "/embed/"), strings.HasPrefix(path, "/en/embed/"):
				e.Response.Header().Set("Content-Security-Policy", policy+"; form-action 'none'; frame-ancestors *")
				e.Response.Header().Del("X-Frame-Options")
			default:
				e.Response.Header().Set("Content-Security-Policy", Policy())
			}
			if private(e) {
				e.Response.Header().Set("Cache-Control", "private, no-store")
			}
			return e.Next()
		},
	}
}

// secure says whether visitors come by https, to us or to a proxy before us.
func secure(e *core.RequestEvent) bool {
	return e.IsTLS() || strings.HasPrefix(Origin(e.App), "https://")
}

// private says whether an answer of the API is for one person only. Files without a token and open data are for everybody.
func private(e *core.RequestEvent) bool {
	path := e.Request.URL.Path
	switch {
	case !strings.HasPrefix(path, "/api/"):
		return false
	case e.Request.Header.Get("Authorization") != "" || e.Request.URL.Query().Has("token"):
		return true
	}
	return !strings.HasPrefix(path, "/api/files/") && !strings.HasPrefix(path, "/api/vuon/open/")
}
