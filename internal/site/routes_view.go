package site

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

func viewRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/views":         listViews,
		"POST /api/vuon/views":        keepView,
		"PATCH /api/vuon/views/{id}":  alterView,
		"DELETE /api/vuon/views/{id}": dropView,
	}
}

// viewSent is what a client sends of a view.
type viewSent struct {
	Terms
	Page string `json:"page"`
	Rev  int    `json:"rev"`
}

// listViews takes ?page=, the address of a list. Whoever works for the centre. Errors: access.sign_in, access.needs_staff,
// view.page, record.not_found.
func listViews(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayWorkAnywhere(by); err != nil {
		return err
	}
	page, works, err := pageFor(e.App, by, e.Request.URL.Query().Get("page"))
	if err != nil {
		return err
	}
	lines, err := viewsSeen(e.App, by.ID, page, works)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, web.ListOf(lines, ""))
}

func keepView(e *core.RequestEvent) error {
	return viewing(e, func(by access.Actor, sent viewSent) (*View, error) { return Keep(e.App, by, sent.Page, sent.Terms) })
}

func alterView(e *core.RequestEvent) error {
	return viewing(e, func(by access.Actor, sent viewSent) (*View, error) {
		return Alter(e.App, by, e.Request.PathValue("id"), sent.Terms, sent.Rev)
	})
}

func dropView(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := Drop(e.App, by, e.Request.PathValue("id")); err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

func viewing(e *core.RequestEvent, verb func(access.Actor, viewSent) (*View, error)) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	var sent viewSent
	if err := web.Body(e, &sent); err != nil {
		return err
	}
	v, err := verb(by, sent)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, viewLine{v.Id, v.Page(), v.Title(), v.Query(), v.Shared(), v.Standing(), true, "", v.Rev()})
}
