package app

import (
	"net"
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"vuon/internal/fault"
	"vuon/internal/web"
)

// sampleDomain ends the addresses of the demo's accounts. Anybody can read their password.
const sampleDomain = "@demo.test"

// bindSamples refuses the demo's accounts everywhere but in the demo, and there under every name but this machine's own:
// a folder of demo data that somebody serves in earnest, or behind a proxy, has no open doors. The demo's pages say what
// they are.
func bindSamples(app core.App, demo bool) {
	if demo {
		web.MarkSample(app)
	}
	app.OnRecordAuthRequest("users").Bind(&hook.Handler[*core.RecordAuthRequestEvent]{
		Id: "vuon.samples", Priority: -1, // against every way to sign in, before a token is made
		Func: func(e *core.RecordAuthRequestEvent) error {
			if strings.HasSuffix(strings.ToLower(e.Record.Email()), sampleDomain) && (!demo || !askedHere(e.Request)) {
				return fault.Forbidden("demo.elsewhere")
			}
			return e.Next()
		},
	})
}

// askedHere says whether a request names this machine itself as its host.
func askedHere(r *http.Request) bool {
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
