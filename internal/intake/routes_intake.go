package intake

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

func listIntakes(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	some, next, err := Calls(e.App, by, listAsked(e), now)
	return rows(e, some, next, err)
}

// showIntake answers with one intake. With ?form=unbegun it leaves out questions and rules for whoever has begun their application.
func showIntake(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	c, err := About(e.App, by, e.Request.PathValue("id"), now)
	if err != nil {
		return err
	}
	if c.Mine != "" && e.Request.URL.Query().Get("form") == "unbegun" {
		c.Form, c.Rules = nil, nil // their application brings its own
	}
	return e.JSON(http.StatusOK, c)
}

func announce(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	var terms Terms
	if err := web.Body(e, &terms); err != nil {
		return err
	}
	i, err := Announce(e.App, by, terms, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, standing{i.Id, i.Status(), i.Rev()})
}

// changed are terms with the revision they were changed from.
type changed struct {
	Terms
	Rev int `json:"rev"`
}

func editIntake(e *core.RequestEvent) error {
	return on(func(q asking, t changed) (any, error) {
		return stateOf(Edit(q.app, q.by, q.id, t.Terms, t.Rev, q.now))
	})(e)
}

func publish(q asking, _ said) (any, error) { return stateOf(Publish(q.app, q.by, q.id, q.now)) }

func extend(q asking, s said) (any, error) {
	i, err := Extend(q.app, q.by, q.id, s.Application, s.ClosesAt, s.Reason, q.now)
	if err != nil {
		return nil, err
	}
	closes, _, err := promised(q.app, i.Id, s.Application)
	return map[string]any{"id": i.Id, "status": i.Status(), "closes_at": closes}, err
}

func cancel(q asking, s said) (any, error) {
	return stateOf(Cancel(q.app, q.by, q.id, s.Reason, q.now))
}

func beginDeciding(q asking, _ said) (any, error) {
	return stateOf(BeginDeciding(q.app, q.by, q.id, q.now))
}

func release(q asking, _ said) (any, error) { return stateOf(Release(q.app, q.by, q.id, q.now)) }

func closeWaitlist(q asking, _ said) (any, error) {
	return stateOf(CloseWaitlist(q.app, q.by, q.id, q.now))
}

func archive(q asking, _ said) (any, error) { return stateOf(Archive(q.app, q.by, q.id, q.now)) }
