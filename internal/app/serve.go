package app

import (
	"fmt"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"vuon/internal/access"
	"vuon/internal/locale"
	"vuon/internal/web"
)

// Middlewares run from the lowest priority to the highest; PocketBase's own lie between -1100 and -900.
const (
	priorityStamp  = -3000 // everything that a request causes happens at the instant at which it arrived
	priorityErrors = -2000 // wraps every other refusal
	priorityOnce   = 100   // knows who asks
)

// bindRoutes hangs the rooms' routes on the router, and the house's way of stamping, repeating and refusing requests.
func bindRoutes(app core.App, deps Deps, words *locale.Dictionary) {
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "vuon.routes",
		Func: func(e *core.ServeEvent) error {
			e.InstallerFunc = nil // it would print a superuser's token to the log
			e.Router.Bind(
				&hook.Handler[*core.RequestEvent]{Id: "vuon.stamp", Priority: priorityStamp, Func: stampRequest(deps)},
				&hook.Handler[*core.RequestEvent]{Id: "vuon.errors", Priority: priorityErrors, Func: answerErrors(words)},
				web.Headers(),
				&hook.Handler[*core.RequestEvent]{Id: "vuon.once", Priority: priorityOnce, Func: answerOnce},
			)
			for pattern, do := range Routes() {
				method, path, ok := strings.Cut(pattern, " ")
				if !ok {
					return fmt.Errorf("route %q has no method", pattern)
				}
				e.Router.Route(method, path, do)
			}
			return e.Next()
		},
	})
}

func stampRequest(deps Deps) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		name := core.GenerateDefaultRandomId()
		access.Stamp(e, deps.Now(), name)
		e.Response.Header().Set("X-Request-Id", name)
		return e.Next()
	}
}
