package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// trouble is what the page of a refusal shows.
type trouble struct {
	Status int
	Kind   string // "missing", "refused" or "broken": which words
	Reason string // why, in the visitor's language; "" when the words of Kind say enough
}

// WantsPage says whether whoever asks is a person who waits for a page, and not a program that waits for JSON.
func WantsPage(e *core.RequestEvent) bool { return wantsPage(e.Request) }

// Refuse answers with a page that says what happened and what to do next. reason may be "".
//
// An address with a slash too many is led to the one without: people type them, and old links have them.
func Refuse(e *core.RequestEvent, status int, reason string) error {
	path := e.Request.URL.Path
	if status == http.StatusNotFound && e.Request.Method == http.MethodGet {
		if better := trimmed(path); better != path {
			// Escaped, for browsers read /\ and a slash behind a tab as the beginning of another site's name.
			return e.Redirect(http.StatusPermanentRedirect, (&url.URL{Path: better}).EscapedPath())
		}
	}
	site, err := Of(e.App)
	if err != nil {
		return err
	}
	t := trouble{Status: status, Reason: reason, Kind: "refused"}
	switch {
	case status == http.StatusNotFound:
		t.Kind, t.Reason = "missing", ""
	case status >= http.StatusInternalServerError:
		t.Kind, t.Reason = "broken", ""
	}
	lang := Lang(e.Request)
	set, err := site.set(own, "error", lang)
	if err != nil {
		return err
	}
	view, err := site.view(e, Page{Status: status, Private: true, Title: site.deps.Words.Text(lang, "error."+t.Kind), Data: t})
	if err != nil {
		return err
	}
	var body strings.Builder
	if err := set.ExecuteTemplate(&body, "layout.html", view); err != nil {
		return fmt.Errorf("render the page of a refusal: %w", err)
	}
	return site.send(e, view, []byte(body.String()))
}

// trimmed is the address without slashes at its end. The two home pages are / and /en/.
func trimmed(path string) string {
	bare := "/" + strings.Trim(path, "/")
	switch bare {
	case "/":
		return "/"
	case "/en":
		return "/en/"
	}
	return bare
}
