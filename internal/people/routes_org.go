package people

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

func orgs(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayWork(by); err != nil {
		return err
	}
	page, next, err := listOrgs(e.App, searched(e))
	if err != nil {
		return err
	}
	list, err := rows(page, next, func(o *Org) (orgView, error) { return viewOfOrg(e.App, o) })
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, list)
}

func addOrg(e *core.RequestEvent) error {
	var c Card
	by, now, err := heard(e, &c)
	if err != nil {
		return err
	}
	o, err := AddOrg(e.App, by, c, now)
	if err != nil {
		return err
	}
	return shown(e, viewOfOrg, o)
}

// editOrg changes what is sent and leaves the rest.
func editOrg(e *core.RequestEvent) error {
	var said struct {
		Rev int `json:"rev"`
	}
	by, now, err := heard(e, &said)
	if err != nil {
		return err
	}
	fill := func(c *Card) error { return web.Body(e, c) }
	o, err := EditOrg(e.App, by, e.Request.PathValue("id"), said.Rev, fill, now)
	if err != nil {
		return err
	}
	return shown(e, viewOfOrg, o)
}
