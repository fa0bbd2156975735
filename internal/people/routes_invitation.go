package people

import (
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
)

func invitations(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MayWorkAnywhere(by); err != nil {
		return err
	}
	page, next, err := listInvitations(e.App, by, searched(e))
	if err != nil {
		return err
	}
	list, err := rows(page, next, func(i *Invitation) (invitationView, error) { return viewOfInvitation(e.App, i, now) })
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, list)
}

func invitePerson(e *core.RequestEvent) error {
	var o Offer
	by, now, err := heard(e, &o)
	if err != nil {
		return err
	}
	i, err := Invite(e.App, by, o, now)
	if err != nil {
		return err
	}
	return shownInvitation(e, i, now)
}

func shownInvitation(e *core.RequestEvent, i *Invitation, now time.Time) error {
	view, err := viewOfInvitation(e.App, i, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

func revokeInvitation(e *core.RequestEvent) error {
	return verb(RevokeInvitation, func(app core.App, i *Invitation) (invitationView, error) {
		return viewOfInvitation(app, i, access.Now(e))
	})(e)
}

// link shows what a link offers, to whoever holds it.
func link(e *core.RequestEvent) error {
	i, err := Opened(e.App, e.Request.PathValue("token"), access.Now(e))
	if err != nil {
		return err
	}
	title, err := titleOf(e.App, i.Scope())
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{
		"id": i.Id, "role": i.Role(), "scope": i.Scope(), "title_vi": title.VI, "title_en": title.EN,
		"email_masked": masked(i.Email()), "expires_at": when(i.Expires()), "two_factors": twoFactors(i.Role()),
	})
}

func acceptLink(e *core.RequestEvent) error {
	if e.Auth == nil {
		return fault.Unsigned("access.sign_in")
	}
	i, err := Opened(e.App, e.Request.PathValue("token"), access.Now(e))
	if err != nil {
		return err
	}
	return accept(e, i.Id)
}

// acceptOwn takes up an invitation without its link: whoever is signed in with the address has shown that it is theirs.
// To everybody else there is no such invitation.
func acceptOwn(e *core.RequestEvent) error {
	err := accept(e, e.Request.PathValue("id"))
	if fault.Code(err) == "invitation.other_address" {
		return fault.NotFound("record.not_found")
	}
	return err
}

func accept(e *core.RequestEvent, id string) error {
	var said struct {
		Password string `json:"password"`
	}
	by, now, err := heard(e, &said)
	if err != nil {
		return err
	}
	i, err := Accept(e.App, by, id, said.Password, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{
		"id": i.Id, "status": i.Status(), "role": i.Role(), "scope": i.Scope(), "sign_in_again": twoFactors(i.Role()),
	})
}
