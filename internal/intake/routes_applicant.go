package intake

import (
	"maps"
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

// applicantRoutes are the verbs of those who apply together, and of those who were asked to.
func applicantRoutes() map[string]func(*core.RequestEvent) error {
	all := web.Public(map[string]func(*core.RequestEvent) error{"/intakes/{slug}/apply": showStart, "/intakes/{slug}/apply/{ticket}": showCode})
	maps.Copy(all, map[string]func(*core.RequestEvent) error{
		"POST /intakes/{slug}/apply":                      knock,
		"POST /en/intakes/{slug}/apply":                   knock,
		"POST /intakes/{slug}/apply/{ticket}":             enter,
		"POST /en/intakes/{slug}/apply/{ticket}":          enter,
		"POST /api/vuon/resume":                           resume,
		"POST /api/vuon/resume/look":                      lookAhead,
		"POST /api/vuon/resume/again":                     resumeAgain,
		"POST /api/vuon/applications/{id}/link":           on(sendLink),
		"POST /api/vuon/applications/{id}/discard":        on(discard),
		"POST /api/vuon/applications/{id}/record":         on(compare),
		"GET /api/vuon/applications/{id}/receipt":         showReceipt,
		"POST /api/vuon/applications/{id}/members":        on(inviteMember),
		"GET /api/vuon/application-members/{id}":          showPlace,
		"POST /api/vuon/application-members/{id}/accept":  on(joinMember),
		"POST /api/vuon/application-members/{id}/decline": on(excuseMember),
		"POST /api/vuon/application-members/{id}/remove":  on(leaveMember),
	})
	return all
}

func discard(q asking, _ said) (any, error) { return stateOf(Discard(q.app, q.by, q.id, q.now)) }

func compare(q asking, w struct {
	Property string `json:"property"`
	Take     bool   `json:"take"`
	Rev      int    `json:"rev"` // of the startup's card, as it was seen
},
) (any, error) {
	return stateOf(Reconcile(q.app, q.by, q.id, w.Property, w.Take, w.Rev, q.now))
}

func inviteMember(q asking, who Invited) (any, error) {
	return stateOf(Invite(q.app, q.by, q.id, who, q.now))
}

func joinMember(q asking, w struct {
	Consent bool `json:"consent"`
},
) (any, error) {
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

// Secretive says whether the answer to a path carries a token. Such an answer is kept nowhere.
func Secretive(path string) bool { return strings.HasPrefix(path, "/api/vuon/resume") }

func sendLink(q asking, _ said) (any, error) {
	return map[string]bool{"sent": true}, AskLink(q.app, q.by, q.id, q.now)
}

// token is what the holder of a secret link sends.
type token struct {
	Token string `json:"token"`
}

// resume uses a link up and signs its applicant in. Nothing that a program does with an address presses this button.
func resume(e *core.RequestEvent) error {
	var with token
	if err := web.Body(e, &with); err != nil {
		return err
	}
	applicant, err := Use(e.App, with.Token, access.Now(e))
	if err != nil {
		return err
	}
	return needs(e.App).SignIn(e, applicant)
}

func lookAhead(e *core.RequestEvent) error {
	var with token
	if err := web.Body(e, &with); err != nil {
		return err
	}
	ahead, err := Look(e.App, with.Token, access.Now(e))
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, ahead)
}

func resumeAgain(e *core.RequestEvent) error {
	var with token
	if err := web.Body(e, &with); err != nil {
		return err
	}
	if err := AskLinkAgain(e.App, with.Token, access.Now(e)); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]bool{"sent": true})
}
