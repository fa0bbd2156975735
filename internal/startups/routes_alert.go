package startups

import (
	"net/http"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

func alertRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/alerts":               listAlerts,
		"GET /api/vuon/alerts/precision":     showPrecision,
		"GET /api/vuon/alerts/{id}":          showAlert,
		"GET /api/vuon/alerts/{id}/keepers":  giving(listKeepers),
		"GET /api/vuon/startups/{id}/alerts": giving(listAlertsOf),
		"POST /api/vuon/alerts/{id}/ack":     giving(ackAlert),
		"POST /api/vuon/alerts/{id}/resolve": settleAlert(Resolve),
		"POST /api/vuon/alerts/{id}/mute":    settleAlert(Mute),
		"POST /api/vuon/alerts/{id}/owner":   settleAlert(Entrust),
		"POST /api/vuon/alerts/{id}/share":   settleAlert(Share),
		"POST /api/vuon/alerts/{id}/judge":   settleAlert(Judge),
	}
}

func ackAlert(q asking) (*Alert, error) { return Ack(q.app, q.by, q.id, q.now) }

func settleAlert(do func(core.App, access.Actor, string, AlertWord, time.Time) (*Alert, error)) func(*core.RequestEvent) error {
	return taking(func(q asking, said AlertWord) (*Alert, error) { return do(q.app, q.by, q.id, said, q.now) })
}

// listAlerts answers staff with alerts: ?q= &rule= &severity= &owner= &status= &after= &limit= &format=csv or xlsx. A status is
// open, acked, resolved, muted, asked (those whose second thought is due) or all; nothing is those that wait. An owner is a
// person's id, me, or none.
func listAlerts(e *core.RequestEvent) error {
	cohorts, err := overseen(e)
	if err != nil {
		return err
	}
	p, err := paged(e, 3)
	if err != nil {
		return err
	}
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	w := heeded{cohorts: cohorts, rule: query.Get("rule"), severity: query.Get("severity"), owner: query.Get("owner"), status: query.Get("status"), now: now}
	if w.owner == "me" {
		w.owner = by.ID
	}
	rows, err := alertsOver(e.Request.Context(), e.App, w, p)
	if err != nil {
		return err
	}
	rows, next := web.Cut(rows, p.Limit, func(r alertRow) string { return web.Cursor(r.Severity, r.Period, r.ID) })
	if !p.CSV {
		return e.JSON(http.StatusOK, web.ListOf(rows, next))
	}
	table := make([][]string, len(rows))
	for i, r := range rows {
		table[i] = []string{
			r.Name, r.Rule, r.Period, r.Severity, r.Status, r.Explain.Since, r.Explain.told(), r.OwnerName, r.Resolution, r.MutedUntil,
			strconv.FormatBool(r.Shared), r.Verdict, r.VerdictLater,
		}
	}
	return web.CSV(e, "alerts.csv", []string{
		"startup", "rule", "period_key", "severity", "status", "since", "facts", "owner", "resolution", "muted_until", "shared", "verdict", "verdict_later",
	}, table)
}

// showPrecision tells staff how often each rule was right over what they look after.
func showPrecision(e *core.RequestEvent) error {
	cohorts, err := overseen(e)
	if err != nil {
		return err
	}
	rows, err := precisionOver(e.Request.Context(), e.App, cohorts)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, web.ListOf(rows, ""))
}

func listKeepers(q asking) (any, error) {
	rows, err := Keepers(q.app, q.by, q.id, q.now)
	return web.ListOf(rows, ""), err
}

func listAlertsOf(q asking) (any, error) {
	rows, err := AlertsOf(q.app, q.by, q.id)
	return web.ListOf(rows, ""), err
}
