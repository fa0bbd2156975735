package app

import (
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
)

// jump is how far a clock may be set back before nothing is decided by it: machines are put right by less all the time.
const jump = 2 * time.Second

// hindsight knows the latest instant at which anything has happened. When the clock of the machine is set back by more than a
// jump, what was too late would be in time again: until the clock has caught up, or the house is started anew by somebody who
// knows that it is right now, nothing is changed and no job runs. Reading goes on.
type hindsight struct {
	mu     sync.Mutex
	latest time.Time
	told   bool // whether the log knows
}

// behind says whether now lies before what has been, and remembers it otherwise.
func (h *hindsight) behind(app core.App, now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !now.Before(h.latest.Add(-jump)) {
		h.told = false
		if now.After(h.latest) {
			h.latest = now
		}
		return false
	}
	if !h.told {
		h.told = true
		app.Logger().Error("the clock was set back: nothing is changed until it has caught up, or the house is started anew",
			"now", now, "latest", h.latest)
	}
	return true
}

// steady refuses changes while the clock is behind. Error: clock.back.
func (h *hindsight) steady(e *core.RequestEvent) error {
	changes := e.Request.Method != http.MethodGet && e.Request.Method != http.MethodHead && strings.HasPrefix(e.Request.URL.Path, "/api/")
	if h.behind(e.App, access.Now(e)) && changes {
		return fault.Conflict("clock.back")
	}
	return e.Next()
}
