package app

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/intake"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/notify"
	"vuon/internal/people"
	"vuon/internal/web"
)

// ownRoutes are the roof's: what asks every room at once.
func ownRoutes() map[string]handler {
	return map[string]handler{
		"GET /api/vuon/today":   today,
		"GET /api/vuon/journal": journal,

		"GET /api/vuon/jobs":             jobsNow,
		"GET /api/vuon/jobs/{name}/runs": jobHistory,
		"POST /api/vuon/jobs/{name}/run": runJob,
	}
}

// today answers with what the person can do today, soonest first, and with what their menus are made of: roles in force,
// startups of theirs, messages nobody has read. Anybody who is signed in.
func today(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	all := []notice.Duty{}
	for _, of := range duties() {
		some, err := of(e.App, by, now)
		if err != nil {
			return err
		}
		all = append(all, some...)
	}
	slices.SortStableFunc(all, func(a, b notice.Duty) int {
		switch {
		case a.Due.IsZero() == b.Due.IsZero():
			return a.Due.Compare(b.Due)
		case a.Due.IsZero():
			return 1
		}
		return -1
	})
	teams, err := membershipsOf(e.App, by.ID)
	if err != nil {
		return err
	}
	unread, err := notify.Unread(e.App, by.ID)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{
		"now": now, "duties": all, "roles": by.Roles(), "startups": append([]people.Startup{}, teams...), "unread": unread,
	})
}

// journalPage is how many entries one answer carries, where ?limit= asks for no fewer.
const journalPage = 50

// told is one line of the journal, as managers read it.
type told struct {
	Seq         int             `json:"seq"`
	At          time.Time       `json:"at"`
	Actor       string          `json:"actor"`
	ActorName   string          `json:"actor_name"`
	ActorRole   string          `json:"actor_role"`
	SubjectKind string          `json:"subject_kind"`
	Subject     string          `json:"subject"`
	Verb        string          `json:"verb"`
	From        lifecycle.State `json:"came_from"`
	To          lifecycle.State `json:"went_to"`
	Reason      string          `json:"reason"`
	Notice      string          `json:"notice"`
	Says        string          `json:"says"`      // the notice in the words of whoever asks
	CameSays    string          `json:"came_says"` // the states likewise; "" where there are none
	WentSays    string          `json:"went_says"`
}

// journal answers with the newest entries before ?before=, or those about one row (?subject_kind=&subject=). Managers of the
// whole house; of what is decided and judged about themselves they read nothing.
func journal(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayGovern(by); err != nil {
		return err
	}
	query := e.Request.URL.Query()
	var entries []*lifecycle.Entry
	next := ""
	limit := journalPage
	if n, err := strconv.Atoi(query.Get("limit")); err == nil && n > 0 {
		limit = min(n, journalPage)
	}
	if kind := query.Get("subject_kind"); kind != "" {
		entries, err = lifecycle.Told(e.App, kind, query.Get("subject"))
	} else {
		before, _ := strconv.Atoi(cmp.Or(query.Get("before"), query.Get("after"))) // anything else is the very newest
		entries, err = lifecycle.Latest(e.App, before, limit)
	}
	if err != nil {
		return err
	}
	if len(entries) == limit && query.Get("subject_kind") == "" {
		next = strconv.Itoa(entries[len(entries)-1].Seq())
	}
	veiled, err := intake.Veiled(e.App, by) // a page may hold fewer for it
	if err != nil {
		return err
	}
	entries = slices.DeleteFunc(entries, func(x *lifecycle.Entry) bool { return veiled[x.Subject()] })
	names, err := namesOf(e.App, entries)
	if err != nil {
		return err
	}
	site, err := web.Of(e.App)
	if err != nil {
		return err
	}
	lang := locale.Asked(e.Request.Header.Get("Accept-Language"))
	state := func(of string, s lifecycle.State) string {
		if s == "" {
			return ""
		}
		return site.Text(lang, "status."+of+"."+string(s))
	}
	rows := make([]told, len(entries))
	for i, x := range entries {
		rows[i] = told{
			x.Seq(), x.At(), x.Actor(), names[x.Actor()], x.ActorRole(), x.SubjectKind(), x.Subject(),
			x.Verb(), x.From(), x.To(), x.Reason(), x.Notice(),
			site.Text(lang, x.Notice()), state(x.SubjectKind(), x.From()), state(x.SubjectKind(), x.To()),
		}
	}
	return e.JSON(http.StatusOK, map[string]any{"rows": rows, "next": next})
}
