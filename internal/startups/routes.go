package startups

import (
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/web"
)

// Routes are the room's public pages and its verbs over HTTP, keyed as net/http writes a pattern.
func Routes() map[string]func(*core.RequestEvent) error {
	all := web.Public(map[string]func(*core.RequestEvent) error{"/startups": browse, "/startups/{slug}": show})
	maps.Copy(all, recordRoutes())
	maps.Copy(all, map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/startups":                     listStartups,
		"GET /api/vuon/startups/{id}":                giving(showStartup),
		"GET /api/vuon/startups/{id}/readings":       giving(showHistory),
		"PATCH /api/vuon/startups/{id}":              taking(editStartup),
		"POST /api/vuon/imports/startups":            takeTableIn(TakeStartups),
		"POST /api/vuon/imports/readings":            takeTableIn(TakeHistory),
		"GET /api/vuon/exports/startups":             exportTable("startups", startupHead, allStartups),
		"GET /api/vuon/exports/readings":             exportTable("readings", figureHead, allFigures),
		"POST /api/vuon/startups/{id}/members":       addMember,
		"POST /api/vuon/members/{id}/hand-over":      moveMember(HandOver),
		"POST /api/vuon/members/{id}/leave":          taking(leaveTeam),
		"PATCH /api/vuon/members/{id}":               taking(alterMember),
		"POST /api/vuon/startups/{id}/logo":          putLogo,
		"PATCH /api/vuon/startups/{id}/private":      taking(editPrivate),
		"POST /api/vuon/startups/{id}/{verb}":        moveStartup,
		"GET /api/vuon/reports":                      listReports,
		"GET /api/vuon/figures":                      listFigures,
		"GET /api/vuon/figures/{kpi}/rows":           listFigureRows,
		"GET /api/vuon/figures/{kpi}/months":         listFigureMonths,
		"GET /api/vuon/portfolio":                    showPortfolio,
		"GET /api/vuon/portfolio/{of}/rows":          listPortfolioRows,
		"GET /api/vuon/enrolments":                   listEnrolments,
		"GET /api/vuon/reports/{id}":                 showReport(actor),
		"PATCH /api/vuon/reports/{id}":               onReport(actor, fill),
		"POST /api/vuon/reports/{id}/submit":         onReport(actor, submit),
		"POST /api/vuon/reports/{id}/return":         judgeReport(Return),
		"POST /api/vuon/reports/{id}/accept":         acceptReport,
		"POST /api/vuon/reports/{id}/waive":          judgeReport(Waive),
		"POST /api/vuon/reports/{id}/revise":         onReport(actor, revise),
		"POST /api/vuon/reports/{id}/link":           linkReport,
		"POST /api/vuon/reports/{id}/link/revoke":    revokeLink,
		"GET /api/vuon/report-links/{token}":         showReport(linked),
		"PATCH /api/vuon/report-links/{token}":       onReport(linked, fill),
		"POST /api/vuon/report-links/{token}/submit": onReport(linked, submit),
	})
	maps.Copy(all, alertRoutes())
	maps.Copy(all, kpiRoutes())
	maps.Copy(all, lifeRoutes())
	maps.Copy(all, milestoneRoutes())
	maps.Copy(all, cohortRoutes())
	maps.Copy(all, alumniRoutes())
	maps.Copy(all, pulseRoutes())
	maps.Copy(all, supportRoutes())
	maps.Copy(all, unitRoutes())
	return all
}

// Secretive says whether the answer to a path carries a secret link or the number of an account, or what is sent to it must not be
// laid beside who sent it: the fingerprint of an answer to a pulse would tell it. Such an answer is kept nowhere.
func Secretive(path string) bool {
	return strings.HasPrefix(path, "/api/vuon/alumni/") && strings.HasSuffix(path, "/link") ||
		strings.HasPrefix(path, "/api/vuon/pulses/") && strings.HasSuffix(path, "/answer") ||
		strings.HasPrefix(path, "/api/vuon/reports/") && strings.HasSuffix(path, "/link") ||
		strings.HasPrefix(path, "/api/vuon/accounts/") && strings.HasSuffix(path, "/reveal")
}

// read binds the body of a request to what a verb asks for.
func read[T any](e *core.RequestEvent) (said T, err error) {
	return said, web.Body(e, &said)
}

// actor says who asks and when, and which row they name.
func actor(e *core.RequestEvent) (by access.Actor, id string, now time.Time, err error) {
	by, now, err = access.Of(e)
	return by, e.Request.PathValue("id"), now, err
}

// asking is who asks, about which row, and when.
type asking struct {
	app core.App
	by  access.Actor
	id  string
	now time.Time
}

// giving answers with what do tells of the row in the path.
func giving[T any](do func(asking) (T, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		by, id, now, err := actor(e)
		if err != nil {
			return err
		}
		answer, err := do(asking{e.App, by, id, now})
		if err != nil {
			return err
		}
		return e.JSON(http.StatusOK, answer)
	}
}

// taking answers with what do makes of the row in the path and of what was sent.
func taking[B, T any](do func(asking, B) (T, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		by, id, now, err := actor(e)
		if err != nil {
			return err
		}
		said, err := read[B](e)
		if err != nil {
			return err
		}
		answer, err := do(asking{e.App, by, id, now}, said)
		if err != nil {
			return err
		}
		return e.JSON(http.StatusOK, answer)
	}
}

// done names a row that was written, and its revision.
func done(row core.RecordProxy) map[string]any {
	return map[string]any{"id": row.ProxyRecord().Id, "rev": record.Rev(row)}
}

// staged is a row with a life.
type staged interface {
	core.RecordProxy
	Status() lifecycle.State
}

// moved answers with a row that was written: its revision, and where it stands now.
func moved[R staged](row R, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	answer := done(row)
	answer["status"] = row.Status()
	return answer, nil
}

// writing lets a verb write the row in the path, or make one below it, of what was sent.
func writing[B any, R staged](do func(core.App, access.Actor, string, B, time.Time) (R, error)) func(asking, B) (any, error) {
	return func(q asking, said B) (any, error) { return moved(do(q.app, q.by, q.id, said, q.now)) }
}

// verdict is why a row is moved, and the revision that whoever moves it has seen.
type verdict struct {
	Reason string `json:"reason"`
	Rev    int    `json:"rev"`
}

// moving lets a verb move the row in the path.
func moving[R staged](do func(core.App, access.Actor, string, string, int, time.Time) (R, error)) func(asking, verdict) (any, error) {
	return func(q asking, said verdict) (any, error) {
		return moved(do(q.app, q.by, q.id, said.Reason, said.Rev, q.now))
	}
}
