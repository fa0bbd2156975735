package people

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/people/openid"
	"vuon/internal/web"
)

// CallbackPath is where a provider of identities sends people back, under the public address of the house.
const CallbackPath = "/sign-in/callback"

// The cookie that holds a thread. Other sites cannot send it with a request of theirs, but for leading a person back here; no
// script reads it; and under https no neighbouring name can set it.
const (
	threadCookie = "vuon_errand"
	hostPrefix   = "__Host-"
)

func setOut(e *core.RequestEvent) error {
	var said struct {
		Way    string      `json:"way"`
		Locale locale.Lang `json:"locale"`
	}
	if err := web.Body(e, &said); err != nil {
		return err
	}
	to, t, err := SetOut(e.Request.Context(), e.App, ToSignIn, "", said.Way, said.Locale, access.Now(e))
	return sentOut(e, to, t, err)
}

// setOutToLink asks for a fresh sign-in or the password first: what is linked is a way in for good.
func setOutToLink(e *core.RequestEvent) error {
	var said struct {
		Current string `json:"current"`
	}
	by, now, err := heardSurely(e, &said, &said.Current)
	if err != nil {
		return err
	}
	to, t, err := SetOut(e.Request.Context(), e.App, toLink, by.ID, accountWay, Users.From(e.Auth).Lang(), now)
	return sentOut(e, to, t, err)
}

func sentOut(e *core.RequestEvent, to string, t openid.Thread, err error) error {
	if err != nil {
		return err
	}
	keepThread(e, t)
	return e.JSON(http.StatusOK, map[string]string{"to": to})
}

// The pages of the workspace that take a browser in.
const (
	signInWay  = "/app/sign-in"
	accountWay = "/app/account"
)

// comeBack takes in a browser from the provider and leads it to the page that goes on, with what became of it: "back", or
// the last word of a refusal's code. Neither a code nor a token stands in that address.
func comeBack(e *core.RequestEvent) error {
	errand, next, err := ComeBack(e.Request.Context(), e.App, threadOf(e), openid.BackOf(e.Request.URL.Query()), access.Now(e))
	became := "back"
	if err != nil {
		f := fault.As(err)
		if f == nil {
			e.App.Logger().Error("somebody could not be taken in from the provider of identities", "error", err)
			f = &fault.Fault{Code: "identity.refused"}
		}
		_, became, _ = strings.Cut(f.Code, ".")
	}
	if errand != nil { // or any page could end the errand of whoever follows its link
		keepThread(e, next)
	}
	to, query := signInWay, url.Values{"identity": {became}}
	switch {
	case errand != nil && errand.Purpose() == toLink:
		to = accountWay
	case errand != nil:
		query["to"] = []string{errand.Way()}
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	e.Response.Header().Set("Referrer-Policy", "no-referrer")
	return e.Redirect(http.StatusSeeOther, to+"?"+query.Encode())
}

// signInByIdentity answers as SignIn does. The second factor beside an identity is a mailed code.
func signInByIdentity(e *core.RequestEvent) error {
	var said struct{}
	if err := web.Body(e, &said); err != nil {
		return err
	}
	u, errand, err := ByIdentity(e.Request.Context(), e.App, threadOf(e), access.Now(e))
	if err != nil {
		return err
	}
	keepThread(e, "")
	way := byIdentity
	if errand.Strong() {
		way = byStrongIdentity
	}
	return answered(apis.RecordAuthResponse(e, u.ProxyRecord(), way, nil))
}

func linkIdentity(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := Link(e.App, by, threadOf(e), now); err != nil {
		return err
	}
	keepThread(e, "")
	return showAccount(e)
}

// unlink asks for a fresh sign-in or the password first.
func unlink(e *core.RequestEvent) error {
	var said struct {
		Current string `json:"current"`
	}
	by, now, err := heardSurely(e, &said, &said.Current)
	if err != nil {
		return err
	}
	if err := Unlink(e.App, by, e.Request.PathValue("id"), now); err != nil {
		return err
	}
	return showAccount(e)
}

// keepThread gives the browser a thread, or takes it away where t is "".
func keepThread(e *core.RequestEvent, t openid.Thread) {
	name, safe := cookieName(e.App)
	c := &http.Cookie{
		Name: name, Value: string(t), Path: "/", MaxAge: int(errandLasts.Seconds()), HttpOnly: true, Secure: safe, SameSite: http.SameSiteLaxMode,
	}
	if t == "" {
		c.MaxAge = -1
	}
	http.SetCookie(e.Response, c)
}

func threadOf(e *core.RequestEvent) openid.Thread {
	name, _ := cookieName(e.App)
	c, err := e.Request.Cookie(name)
	if err != nil {
		return ""
	}
	return openid.Thread(c.Value)
}

// cookieName is that of the public address: at https, one that only this very host can have set.
func cookieName(app core.App) (name string, safe bool) {
	if ask := needs(app).PublicURL; ask != nil && strings.HasPrefix(ask(app), "https://") {
		return hostPrefix + threadCookie, true
	}
	return threadCookie, false
}
