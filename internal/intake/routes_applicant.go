package intake

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// applicantRoutes are the verbs of those who apply together, and of those who were asked to.
func applicantRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"POST /api/vuon/applications/{id}/discard":        on(discard),
		"GET /api/vuon/applications/{id}/receipt":         showReceipt,
		"POST /api/vuon/applications/{id}/members":        on(inviteMember),
		"GET /api/vuon/application-members/{id}":          showPlace,
		"POST /api/vuon/application-members/{id}/accept":  on(joinMember),
		"POST /api/vuon/application-members/{id}/decline": on(excuseMember),
		"POST /api/vuon/application-members/{id}/remove":  on(leaveMember),
	}
}

func discard(q asking, _ said) (any, error) { return stateOf(Discard(q.app, q.by, q.id, q.now)) }

func inviteMember(q asking, who Invited) (any, error) {
	return stateOf(Invite(q.app, q.by, q.id, who, q.now))
}

func joinMember(q asking, w struct {
	Consent bool `json:"consent"`
}) (any, error) {
	m, err := Join(q.app, q.by, q.id, w.Consent, q.now)
	if err != nil {
		return nil, err
	}
	return map[string]any{"id": m.Id, "status": m.Status(), "application": m.ApplicationID()}, nil
}

func excuseMember(q asking, _ said) (any, error) { return stateOf(Excuse(q.app, q.by, q.id, q.now)) }

func leaveMember(q asking, _ said) (any, error) { return stateOf(Leave(q.app, q.by, q.id, q.now)) }

func showPlace(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	place, err := Place(e.App, by, e.Request.PathValue("id"), now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, place)
}

func showReceipt(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	r, err := ReceiptOf(e.App, by, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, r)
}
