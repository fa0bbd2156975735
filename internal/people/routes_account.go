package people

import (
	"net/http"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/web"
)

// askCode mails a code to whoever asks to sign in.
func askCode(e *core.RequestEvent) error {
	var said struct {
		Email  string      `json:"email"`
		Locale locale.Lang `json:"locale"`
	}
	if err := web.Body(e, &said); err != nil {
		return err
	}
	id, err := AskCode(e.App, ToSignIn, said.Email, "", spoken(said.Locale), access.Now(e))
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]string{"id": id})
}

// signIn takes a mailed code. PocketBase reads mfaId from the same body.
func signIn(e *core.RequestEvent) error {
	var said struct {
		Newcomer
		ID       string `json:"id"`
		Code     string `json:"code"`
		Identity bool   `json:"identity"` // they have come from a provider of identities, and prove their address
	}
	if err := web.Body(e, &said); err != nil {
		return err
	}
	if !isName(said.FullName) {
		return fault.Field("full_name", "account.name")
	}
	if !said.Identity {
		return SignIn(e, said.ID, said.Code, said.Newcomer, "")
	}
	t := threadOf(e)
	if t == "" {
		return fault.Gone("identity.lost")
	}
	return SignIn(e, said.ID, said.Code, said.Newcomer, t)
}

func showAccount(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	view, err := accountOf(e.App, by, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

func editAccount(e *core.RequestEvent) error {
	var p Profile
	by, now, err := heard(e, &p)
	if err != nil {
		return err
	}
	if _, err := EditProfile(e.App, by, p); err != nil {
		return err
	}
	view, err := accountOf(e.App, by, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

// setPassword answers with a new token, for the old one ends with the old password.
func setPassword(e *core.RequestEvent) error {
	var said struct {
		Password string `json:"password"`
		Current  string `json:"current"`
	}
	by, now, err := heardSurely(e, &said, &said.Current)
	if err != nil {
		return err
	}
	u, err := SetPassword(e.Request.Context(), e.App, by, said.Password, now)
	if err != nil {
		return err
	}
	return apis.RecordAuthResponse(e, u.ProxyRecord(), "", nil)
}

// askEmail mails a code to the address to which the account shall move.
func askEmail(e *core.RequestEvent) error {
	var said struct {
		Email   string `json:"email"`
		Current string `json:"current"`
	}
	by, now, err := heardSurely(e, &said, &said.Current)
	if err != nil {
		return err
	}
	id, err := AskCode(e.App, ToChangeEmail, said.Email, by.ID, Users.From(e.Auth).Lang(), now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]string{"id": id})
}

// changeEmail answers with a new token, for the old one ends with the old address.
func changeEmail(e *core.RequestEvent) error {
	var said struct {
		ID   string `json:"id"`
		Code string `json:"code"`
	}
	by, now, err := heard(e, &said)
	if err != nil {
		return err
	}
	u, err := ChangeEmail(e.App, by, said.ID, said.Code, now)
	if err != nil {
		return err
	}
	return apis.RecordAuthResponse(e, u.ProxyRecord(), "", nil)
}

func signOut(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := SignOutEverywhere(e.App, by, now); err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

func askData(e *core.RequestEvent) error {
	var said struct {
		Kind string `json:"kind"`
		Note string `json:"note"`
	}
	by, now, err := heard(e, &said)
	if err != nil {
		return err
	}
	r, err := AskData(e.App, by, said.Kind, said.Note, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, viewOfRequest(r))
}
