package people

import (
	"net/http"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

// Routes are the room's verbs over HTTP, keyed as net/http writes a pattern.
func Routes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"POST /api/vuon/sign-in/code": askCode,
		"POST /api/vuon/sign-in":      signIn,

		"POST /api/vuon/sign-in/identity":               signInByIdentity,
		"POST /api/vuon/sign-in/identity/begin":         setOut,
		"GET " + CallbackPath:                           comeBack,
		"POST /api/vuon/account/identities":             linkIdentity,
		"POST /api/vuon/account/identities/begin":       setOutToLink,
		"POST /api/vuon/account/identities/{id}/unlink": unlink,

		"GET /api/vuon/account":                          showAccount,
		"PATCH /api/vuon/account":                        editAccount,
		"POST /api/vuon/account/password":                setPassword,
		"POST /api/vuon/account/email":                   askEmail,
		"POST /api/vuon/account/email/confirm":           changeEmail,
		"POST /api/vuon/account/sign-out-everywhere":     signOut,
		"POST /api/vuon/account/data-requests":           askData,
		"POST /api/vuon/account/invitations/{id}/accept": acceptOwn,

		"GET /api/vuon/people":                 listPeople,
		"GET /api/vuon/people/{id}":            person,
		"POST /api/vuon/people/{id}/grants":    grant,
		"POST /api/vuon/grants/{id}/revoke":    revoke,
		"POST /api/vuon/people/{id}/suspend":   suspend,
		"POST /api/vuon/people/{id}/reinstate": reinstate,

		"GET /api/vuon/invitations":                      invitations,
		"POST /api/vuon/invitations":                     invitePerson,
		"POST /api/vuon/invitations/{id}/revoke":         revokeInvitation,
		"GET /api/vuon/invitations/link/{token}":         link,
		"POST /api/vuon/invitations/link/{token}/accept": acceptLink,

		"GET /api/vuon/data-requests":              dataRequests,
		"POST /api/vuon/data-requests/{id}/drop":   dropRequest,
		"POST /api/vuon/data-requests/{id}/verify": answerRequest(Verify),
		"POST /api/vuon/data-requests/{id}/begin":  answerRequest(Begin),
		"POST /api/vuon/data-requests/{id}/fulfil": answerRequest(Fulfil),
		"POST /api/vuon/data-requests/{id}/refuse": answerRequest(Refuse),

		"GET /api/vuon/orgs":        orgs,
		"POST /api/vuon/orgs":       addOrg,
		"PATCH /api/vuon/orgs/{id}": editOrg,
	}
}

// Secretive says whether the answer to a path carries a token or judges a guess. Such an answer is kept nowhere, and its
// request is no transaction: a wrong guess must stay counted, and somebody at another house must not be waited for in one.
func Secretive(path string) bool {
	for _, begin := range []string{"/api/vuon/sign-in", "/api/vuon/account/password", "/api/vuon/account/email", "/api/vuon/account/identities"} {
		if path == begin || strings.HasPrefix(path, begin+"/") {
			return true
		}
	}
	return false
}

// heard tells who asks, when, and what they send.
func heard(e *core.RequestEvent, into any) (by access.Actor, now time.Time, err error) {
	if by, now, err = access.Of(e); err == nil {
		err = web.Body(e, into)
	}
	return by, now, err
}

// heardSurely is heard, for what asks for a fresh sign-in or the password. current is where the password stands in what they
// send.
func heardSurely(e *core.RequestEvent, into any, current *string) (by access.Actor, now time.Time, err error) {
	if by, now, err = heard(e, into); err == nil {
		err = Sure(e.Request.Context(), e.App, by, sessionOf(e), *current, now)
	}
	return by, now, err
}

// sessionOf names the session in which somebody asks, as the journal does.
func sessionOf(e *core.RequestEvent) string {
	token := e.Request.Header.Get("Authorization")
	if scheme, rest, ok := strings.Cut(token, " "); ok && strings.EqualFold(scheme, "Bearer") {
		token = rest
	}
	return session(token)
}

// rows shows each of a page.
func rows[P, T any](page []P, next string, show func(P) (T, error)) (web.List[T], error) {
	all := web.List[T]{Rows: make([]T, 0, len(page)), Next: next}
	for _, p := range page {
		row, err := show(p)
		if err != nil {
			return all, err
		}
		all.Rows = append(all.Rows, row)
	}
	return all, nil
}

func searched(e *core.RequestEvent) search {
	return search{web.Asked(e), e.Request.URL.Query().Get("role")}
}

// verb serves a verb that needs nothing but its row, and shows the row.
func verb[P, T any](
	do func(core.App, access.Actor, string, time.Time) (P, error), show func(core.App, P) (T, error),
) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		by, now, err := access.Of(e)
		if err != nil {
			return err
		}
		p, err := do(e.App, by, e.Request.PathValue("id"), now)
		if err != nil {
			return err
		}
		return shown(e, show, p)
	}
}

func shown[P, T any](e *core.RequestEvent, show func(core.App, P) (T, error), p P) error {
	view, err := show(e.App, p)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

// when writes an instant as JSON; the zero instant is "".
func when(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}
