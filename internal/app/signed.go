package app

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// forVisitors are the routes over one row by its id that take visitors too.
var forVisitors = map[string]bool{"GET /api/vuon/intakes/{id}": true}

// signedFirst tells visitors to sign in before a row is looked for by its id: asked later, they would hear which rows there
// are. Error: access.sign_in.
func signedFirst(routes map[string]handler) map[string]handler {
	for pattern, do := range routes {
		if !strings.Contains(pattern, " /api/vuon/") || !strings.Contains(pattern, "/{id}") || forVisitors[pattern] {
			continue
		}
		routes[pattern] = func(e *core.RequestEvent) error {
			by, _, err := access.Of(e)
			if err != nil {
				return err
			}
			if err := access.MaySignedIn(by); err != nil {
				return err
			}
			return do(e)
		}
	}
	return routes
}
