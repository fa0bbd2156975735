package app

import (
	"net/http"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/router"

	"vuon/internal/events"
	"vuon/internal/intake"
	"vuon/internal/notify"
	"vuon/internal/people"
	"vuon/internal/startups"
)

// manner is how a route is served: one answer for all who ask, from what its room says of it.
type manner struct {
	files  bool // takes or gives files as they are: nothing reads, keeps or packs them
	slow   bool // may take its time: files over a slow telephone, and a job that somebody waits for
	once   bool // changes something and may be repeated by its key: the answer is kept, in the transaction of the verb
	packed bool // a list, which goes over the telephone too
}

// mannerOf is the manner of a route by its pattern, "POST /api/vuon/…"; an operator's own have one too.
func mannerOf(pattern string) manner {
	method, path, _ := strings.Cut(pattern, " ")
	ours := strings.HasPrefix(path, "/api/vuon/")
	files := intake.Carries(pattern) || startups.Carries(pattern)
	m := manner{files: files, slow: files || runsAJob(path)}
	m.packed = ours && !m.files && method == http.MethodGet
	switch method {
	case http.MethodPost, http.MethodPatch, http.MethodDelete:
		secret := people.Secretive(path) || startups.Secretive(path) || intake.Secretive(path) || notify.Secretive(path) || events.Secretive(path)
		m.once = ours && !m.files && !secret && !runsAJob(path)
	}
	return m
}

// hang hangs what its manner asks for on a route.
func (m manner) hang(route *router.Route[*core.RequestEvent]) {
	if m.files {
		route.Bind(apis.BodyLimit(0)) // its room has a limit of its own, for each question
	}
	if m.slow {
		route.Bind(&hook.Handler[*core.RequestEvent]{Id: "vuon.time", Priority: priorityFloor, Func: takeTime})
	}
	if m.packed {
		route.Bind(apis.GzipWithConfig(apis.GzipConfig{MinLength: packedFrom}))
	}
}

// takeTime gives a request the time that a file takes over a slow telephone, in place of the server's. The clock of the demo is
// moved and decides nothing here: a deadline that has passed ends whatever waits, when the timer says so.
func takeTime(e *core.RequestEvent) error {
	conn := http.NewResponseController(e.Response)
	for _, one := range []struct {
		set   func(time.Time) error
		lasts time.Duration
	}{{conn.SetReadDeadline, fileTime}, {conn.SetWriteDeadline, fileTime + answerTime}} {
		if err := one.set(time.Time{}); err != nil {
			continue // a recorder of a test has no connection
		}
		defer time.AfterFunc(one.lasts, func() { _ = one.set(time.Unix(1, 0)) }).Stop()
	}
	return e.Next()
}

// timeForBackups is takeTime for the operator's copies of the whole house, which PocketBase takes and gives itself.
func timeForBackups() *hook.Handler[*core.RequestEvent] {
	return &hook.Handler[*core.RequestEvent]{
		Id: "vuon.time_for_backups", Priority: priorityFloor,
		Func: func(e *core.RequestEvent) error {
			if strings.HasPrefix(e.Request.URL.Path, "/api/backups") {
				return takeTime(e)
			}
			return e.Next()
		},
	}
}
