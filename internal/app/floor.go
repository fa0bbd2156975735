package app

import (
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"vuon/internal/fault"
)

// guests is how many live connections without a signed-in person the house bears.
const guests = 200

// bindFloor lays the floor under everybody's security: what a superuser's dashboard could do past every guard is refused
// outside development, and visitors cannot exhaust the live connections.
func bindFloor(app core.App, cfg Config) {
	for _, on := range []*hook.Hook[*core.CollectionRequestEvent]{
		app.OnCollectionCreateRequest(), app.OnCollectionUpdateRequest(), app.OnCollectionDeleteRequest(),
	} {
		on.Bind(&hook.Handler[*core.CollectionRequestEvent]{
			Id: "vuon.floor.schema", Priority: -1, // against operators in the dashboard
			Func: func(e *core.CollectionRequestEvent) error { return unlessDev(e.App, e.Next) },
		})
	}
	app.OnCollectionsImportRequest().Bind(&hook.Handler[*core.CollectionsImportRequestEvent]{
		Id: "vuon.floor.import", Priority: -1, // against operators in the dashboard
		Func: func(e *core.CollectionsImportRequestEvent) error { return unlessDev(e.App, e.Next) },
	})
	app.OnSettingsUpdateRequest().Bind(&hook.Handler[*core.SettingsUpdateRequestEvent]{
		Id: "vuon.floor.settings", Priority: 9999, // against operators in the dashboard, and their hooks
		Func: func(e *core.SettingsUpdateRequestEvent) error {
			insist(e.NewSettings, cfg)
			return e.Next()
		},
	})
	app.OnRealtimeConnectRequest().Bind(&hook.Handler[*core.RealtimeConnectRequestEvent]{
		Id: "vuon.floor.guests", Priority: -1, // against visitors without end
		Func: func(e *core.RealtimeConnectRequestEvent) error {
			unknown := 0
			for _, c := range app.SubscriptionsBroker().Clients() {
				if c.Get(apis.RealtimeClientAuthKey) == nil {
					unknown++
				}
			}
			if unknown >= guests {
				return fault.TooMany("floor.live_full")
			}
			return e.Next()
		},
	})
}

// unlessDev refuses a change of the schema outside development.
func unlessDev(app core.App, change func() error) error {
	if !app.IsDev() {
		return fault.Forbidden("floor.schema")
	}
	return change()
}

// layFloor hangs the floor's middlewares on the router.
func layFloor(e *core.ServeEvent) {
	e.Router.Unbind(apis.DefaultCorsMiddlewareId, apis.DefaultActivityLoggerMiddlewareId) // other sites may ask nothing; we log without addresses
	e.Router.Unbind(apis.DefaultSecurityHeadersMiddlewareId)                              // web.Headers says more, and sooner
	e.Router.Bind(&hook.Handler[*core.RequestEvent]{Id: "vuon.floor", Priority: priorityFloor, Func: standOnFloor})
}

// standOnFloor refuses outside development what reaches the database past every guard.
func standOnFloor(e *core.RequestEvent) error {
	path, method := e.Request.URL.Path, e.Request.Method
	switch {
	case e.App.IsDev():
	case path == "/api/sql", path == "/api/collections/meta/dry-run-view": // both run any SQL
		return fault.Forbidden("floor.sql")
	case strings.HasPrefix(path, "/api/collections/") && strings.HasSuffix(path, "/truncate"),
		strings.HasPrefix(path, "/api/backups/") && method == http.MethodPost: // another database, put in place of this one
		return fault.Forbidden("floor.whole")
	}
	return e.Next()
}
