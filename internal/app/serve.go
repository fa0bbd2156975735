package app

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"vuon/internal/access"
	"vuon/internal/locale"
	"vuon/internal/web"
)

// Middlewares run from the lowest priority to the highest; PocketBase's own lie between -1100 and -900.
const (
	priorityStamp  = -3000 // everything that a request causes happens at the instant at which it arrived
	priorityWatch  = -2500 // measures everything, refusals too
	priorityErrors = -2000 // wraps every other refusal
	priorityFloor  = -1200 // before PocketBase reads a token
	priorityOnce   = 100   // knows who asks
)

// headerRequest tells a visitor what their request is called in the log and in the journal.
const headerRequest = "X-Request-Id"

// What a client is given before the connection is taken from it.
const (
	headerTime  = 10 * time.Second
	idleTime    = 2 * time.Minute
	bodyTime    = 30 * time.Second       // what people write, over a slow telephone
	answerTime  = bodyTime + time.Minute // the clock of the answer runs from the headers on
	fileTime    = 15 * time.Minute       // a file of twenty megabytes over a slow telephone
	headerBytes = 64 << 10
)

// bindRoutes hangs the rooms' routes on the router, and the house's way of stamping, repeating and refusing requests.
func bindRoutes(app core.App, cfg Config, deps Deps, words *locale.Dictionary, p *pulse, m *metrics, past *hindsight) {
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "vuon.routes",
		Func: func(e *core.ServeEvent) error {
			e.InstallerFunc = nil // it would print a superuser's token to the log
			opened := deps.Now()
			p.opened.Store(&opened)
			e.Router.Bind(
				&hook.Handler[*core.RequestEvent]{Id: "vuon.stamp", Priority: priorityStamp, Func: stampRequest(deps)},
				&hook.Handler[*core.RequestEvent]{Id: "vuon.watch", Priority: priorityWatch, Func: m.watch},
				&hook.Handler[*core.RequestEvent]{Id: "vuon.count", Priority: priorityWatch, Func: p.count},
				&hook.Handler[*core.RequestEvent]{Id: "vuon.errors", Priority: priorityErrors, Func: answerErrors(words)},
				web.Headers(),
				&hook.Handler[*core.RequestEvent]{Id: "vuon.clock", Priority: priorityFloor, Func: past.steady},
				&hook.Handler[*core.RequestEvent]{Id: "vuon.once", Priority: priorityOnce, Func: answerOnce},
				timeForBackups(),
			)
			layFloor(e)
			e.Server.ReadHeaderTimeout, e.Server.IdleTimeout, e.Server.MaxHeaderBytes = headerTime, idleTime, headerBytes
			e.Server.ReadTimeout, e.Server.WriteTimeout = bodyTime, answerTime
			routes := merged(Routes(), healthRoutes(p, cfg.Jobs))
			e.Router.Any(belowOurs, nowhere(routes))
			for pattern, do := range routes {
				method, path, ok := strings.Cut(pattern, " ")
				if !ok {
					return fmt.Errorf("route %q has no method", pattern)
				}
				mannerOf(pattern).hang(e.Router.Route(method, path, do))
			}
			return e.Next()
		},
	})
}

// packedFrom is the length in bytes from which an answer is packed.
const packedFrom = 1024

func stampRequest(deps Deps) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		name := core.GenerateDefaultRandomId()
		access.Stamp(e, deps.Now(), name)
		e.Response.Header().Set(headerRequest, name)
		return e.Next()
	}
}
