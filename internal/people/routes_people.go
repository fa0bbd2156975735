package people

import (
	"net/http"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/web"
)

// listPeople lists people by name, ?q= and ?role= narrow it, ?format=csv gives it to a spreadsheet whole.
func listPeople(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayWork(by); err != nil {
		return err
	}
	s := searched(e)
	page, next, err := listUsers(e.App, s, now)
	if err != nil {
		return err
	}
	views, err := viewsOfPeople(e.App, page, now)
	if err != nil {
		return err
	}
	if s.CSV {
		return web.CSV(e, "people.csv", []string{"id", "full_name", "email", "status", "roles"}, table(views))
	}
	return e.JSON(http.StatusOK, web.ListOf(views, next))
}

func table(people []personView) [][]string {
	all := make([][]string, len(people))
	for i, p := range people {
		roles := make([]string, len(p.Grants))
		for n, g := range p.Grants {
			roles[n] = string(g.Role) + ":" + string(g.Scope.Type)
		}
		all[i] = []string{p.ID, p.FullName, p.Email, string(p.Status), strings.Join(roles, " ")}
	}
	return all
}

func person(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayWork(by); err != nil {
		return err
	}
	u, err := Users.Find(e.App, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	view, err := viewOfPerson(e.App, u, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

func grant(e *core.RequestEvent) error {
	var said struct {
		Role    access.Role  `json:"role"`
		Scope   access.Scope `json:"scope"`
		Expires string       `json:"expires_at"`
		Reason  string       `json:"reason"`
	}
	by, now, err := heard(e, &said)
	if err != nil {
		return err
	}
	g := Gift{Role: said.Role, Scope: said.Scope, Reason: strings.TrimSpace(said.Reason)}
	if said.Expires != "" {
		if g.Expires, err = time.Parse(time.RFC3339, said.Expires); err != nil {
			return fault.Field("expires_at", "grant.expires")
		}
	}
	given, err := Grant(e.App, by, e.Request.PathValue("id"), g, now)
	if err != nil {
		return err
	}
	return shown(e, viewOfGrant, given)
}

func revoke(e *core.RequestEvent) error {
	return because(e, Revoke, viewOfGrant)
}

func suspend(e *core.RequestEvent) error {
	return because(e, Suspend, stateOf)
}

func reinstate(e *core.RequestEvent) error {
	return verb(Reinstate, stateOf)(e)
}

// because serves a verb that needs its row and a reason.
func because[P, T any](
	e *core.RequestEvent, do func(core.App, access.Actor, string, string, time.Time) (P, error), show func(core.App, P) (T, error),
) error {
	var said struct {
		Reason string `json:"reason"`
	}
	if err := web.Body(e, &said); err != nil {
		return err
	}
	return verb(func(app core.App, by access.Actor, id string, now time.Time) (P, error) {
		return do(app, by, id, strings.TrimSpace(said.Reason), now)
	}, show)(e)
}

func stateOf(_ core.App, u *User) (map[string]string, error) {
	return map[string]string{"id": u.Id, "status": string(u.Status())}, nil
}
