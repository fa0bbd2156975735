package app

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"vuon/internal/access"
)

const (
	quietLedger = 2 * time.Hour   // the hourly jobs leave a line at least this often
	drainTime   = 5 * time.Second // how long a stop waits for requests under way
	drainStep   = 20 * time.Millisecond
)

// pulse knows what the house is doing: whether it is about to stop, and how many requests are under way.
type pulse struct {
	stopping atomic.Bool
	underWay atomic.Int64
	opened   atomic.Pointer[time.Time] // when it began to serve
}

// healthRoutes answer those who watch over the house. /livez: the process answers. /readyz: the database takes a write, the
// jobs are running, and nobody has asked the house to stop.
func healthRoutes(p *pulse, jobsRun bool) map[string]handler {
	return map[string]handler{
		"GET /livez": func(e *core.RequestEvent) error { return e.String(http.StatusOK, "ok\n") },
		"GET /readyz": func(e *core.RequestEvent) error {
			if err := p.ready(e.App, access.Now(e), jobsRun); err != nil {
				e.App.Logger().Warn("the house is not ready", "error", err)
				return e.String(http.StatusServiceUnavailable, "not ready\n")
			}
			return e.String(http.StatusOK, "ok\n")
		},
	}
}

func (p *pulse) ready(app core.App, now time.Time, jobsRun bool) error {
	if p.stopping.Load() {
		return fmt.Errorf("the house is about to stop")
	}
	if err := probeWrite(app); err != nil {
		return fmt.Errorf("write to the database: %w", err)
	}
	last, err := lastRun(app, now)
	if err != nil || !jobsRun || last.IsZero() {
		return err
	}
	if opened := p.opened.Load(); opened != nil && opened.After(last) { // nothing could run while the house was closed
		last = *opened
	}
	if now.Sub(last) > quietLedger {
		return fmt.Errorf("no job has run since %s", last)
	}
	return nil
}

// count keeps the number of requests under way. A live connection never ends by itself: it does not count.
func (p *pulse) count(e *core.RequestEvent) error {
	if e.Request.URL.Path != "/api/realtime" {
		p.underWay.Add(1)
		defer p.underWay.Add(-1)
	}
	return e.Next()
}

// bindDrain lets the requests under way finish before the listener closes: /readyz says no at once, so that a balancer
// looks elsewhere.
func bindDrain(app core.App, p *pulse) {
	app.OnTerminate().Bind(&hook.Handler[*core.TerminateEvent]{
		Id: "vuon.drain", Priority: -10000, // before PocketBase closes its listener
		Func: func(e *core.TerminateEvent) error {
			p.stopping.Store(true)
			for waited := time.Duration(0); p.underWay.Load() > 0 && waited < drainTime; waited += drainStep {
				time.Sleep(drainStep)
			}
			return e.Next()
		},
	})
}
