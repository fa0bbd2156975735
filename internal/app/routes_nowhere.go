package app

import (
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// belowOurs are all addresses below /api/vuon/ that are no route, in whatever way somebody asks for them.
const belowOurs = "/api/vuon/{path...}"

// nowhere answers them as everything else is refused, where PocketBase would say in English that there is nothing. An address
// that takes another method says which. Errors: request.no_route, request.method.
func nowhere(routes map[string]handler) handler {
	known := http.NewServeMux()
	for pattern := range routes {
		known.Handle(pattern, http.NotFoundHandler())
	}
	return func(e *core.RequestEvent) error {
		var takes []string
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete} {
			if _, pattern := known.Handler(&http.Request{Method: method, URL: e.Request.URL}); strings.Contains(pattern, " /api/vuon/") {
				takes = append(takes, method)
			}
		}
		if len(takes) == 0 {
			return fault.NotFound("request.no_route")
		}
		e.Response.Header().Set("Allow", strings.Join(takes, ", "))
		return fault.Method("request.method", "takes", strings.Join(takes, ", "))
	}
}
