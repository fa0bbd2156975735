package people

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/router"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/people/openid"
)

// priorityDoors closes doors before anybody looks who knocks, inside the middleware that gives refusals their words.
const priorityDoors = -1500

// bindSignIn puts the house's ways in beside PocketBase's: passwords are counted and take turns, every sign-in is told, and
// the ways that the house does not want are closed.
func bindSignIn(app core.App) {
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "people.doors",
		Func: func(e *core.ServeEvent) error {
			e.Router.Bind(&hook.Handler[*core.RequestEvent]{Id: "people.doors", Priority: priorityDoors, Func: closeDoors})
			return e.Next()
		},
	})
	app.OnRecordAuthWithPasswordRequest().Bind(&hook.Handler[*core.RecordAuthWithPasswordRequestEvent]{
		Id: "people.password", Priority: -1, Func: byPassword, // against guessing
	})
	app.OnRecordRequestOTPRequest().Bind(&hook.Handler[*core.RecordCreateOTPRequestEvent]{
		Id: "people.operators_code", Priority: -1, // an operator's code is hashed as a password is
		Func: func(e *core.RecordCreateOTPRequestEvent) error { return hashing(e.Request.Context(), e.App, e.Next) },
	})
	app.OnRecordAuthRequest().Bind(&hook.Handler[*core.RecordAuthRequestEvent]{
		Id: "people.signed_in", Priority: -1, Func: tellSignIn, // for every way in, an operator's too
	})
	bindFactors(app)
	app.OnRecordConfirmPasswordResetRequest(Users.Collection).Bind(&hook.Handler[*core.RecordConfirmPasswordResetRequestEvent]{
		Id: "people.reset", Priority: -1, Func: byReset, // a new password is told, and forgives old failures
	})
}

// closed are PocketBase's own ways for people that the house does not keep. Its codes answer faster where there is no
// account, its change of address tells which addresses have one, and nobody needs to verify what a code has shown.
var closed = []string{
	"request-otp", "auth-with-otp", "auth-with-oauth2", "request-verification", "confirm-verification",
	"request-email-change", "confirm-email-change",
}

func closeDoors(e *core.RequestEvent) error {
	rest, ok := strings.CutPrefix(e.Request.URL.Path, "/api/collections/")
	if !ok {
		return e.Next()
	}
	name, way, _ := strings.Cut(rest, "/")
	if !slices.Contains(closed, strings.TrimSuffix(way, "/")) {
		return e.Next()
	}
	users, err := e.App.FindCachedCollectionByNameOrId(Users.Collection)
	if err != nil {
		return err
	}
	if strings.EqualFold(name, users.Name) || name == users.Id {
		return fault.NotFound("record.not_found")
	}
	return e.Next()
}

// byPassword counts guesses at the password of an account, of an operator too, and lets two at a time be checked.
// Errors: sign_in.wrong whatever is wrong, sign_in.wait, sign_in.busy, sign_in.suspended once the password was right.
func byPassword(e *core.RecordAuthWithPasswordRequestEvent) error {
	if e.Record == nil && e.Collection.Name == Users.Collection {
		if u, err := userOf(e.App, e.Identity); err == nil { // people write their address with capitals
			e.Record = u.ProxyRecord()
		}
	}
	err := hashing(e.Request.Context(), e.App, func() error {
		return throttled(e.App, account(e.Collection.Name, e.Identity), access.Now(e.RequestEvent), e.Next)
	})
	if e.Collection.Name != Users.Collection {
		return err
	}
	var api *router.ApiError
	switch {
	case errors.As(err, &api) && api.Status == http.StatusForbidden:
		return fault.Forbidden("sign_in.suspended")
	case errors.As(err, &api) && strings.HasPrefix(api.Message, wrongPassword):
		return fault.Field("password", "sign_in.wrong")
	case errors.As(err, &api) && api.Status == http.StatusBadRequest:
		return fault.Field("mfaId", "sign_in.factor")
	}
	return err
}

// wrongPassword is how PocketBase says that an address and a password do not go together. Its other refusals here are
// about the second factor.
const wrongPassword = "Failed to authenticate"

// SignIn lets somebody in who enters a mailed code: it answers as PocketBase's own ways do, with a token, or with 401 and
// the id under which the password is to be given too. An errand that waits for a proven address ends with it, once nothing
// more is due. Errors: those of Enter and of joining an identity, sign_in.suspended, sign_in.factor.
func SignIn(e *core.RequestEvent, id, digits string, who Newcomer, t openid.Thread) error {
	now := access.Now(e)
	if t != "" {
		errand, err := toldErrand(e.App, t, ToSignIn, now)
		if err != nil {
			return err
		}
		if who.FullName == "" {
			who.FullName = errand.FullName()
		}
		e.Set(joinsKey, t)
	}
	c, err := Codes.Find(e.App, id)
	switch {
	case fault.Code(err) == "record.not_found":
		return fault.Gone("sign_in.code_over")
	case err != nil:
		return err
	}
	err = throttled(e.App, account(Users.Collection, c.Email()), now, func() error {
		u, err := Enter(e.Request.Context(), e.App, id, digits, who, now)
		if err != nil {
			return err
		}
		return apis.RecordAuthResponse(e, u.ProxyRecord(), core.MFAMethodOTP, nil)
	})
	return answered(err)
}

// answered words the refusals of PocketBase's own answer to a sign-in.
func answered(err error) error {
	var api *router.ApiError
	switch {
	case !errors.As(err, &api):
		return err
	case api.Status == http.StatusForbidden:
		return fault.Forbidden("sign_in.suspended")
	case fault.As(err) != nil:
		return err
	}
	return fault.Field("mfaId", "sign_in.factor")
}

// SignInByLink lets the person in to whose address a secret link went that was opened just now: the caller has used it up.
// Whoever needs two factors is not let in: a link is no more than one, and the code is asked for as ever.
// Errors: sign_in.two_factors, sign_in.suspended.
func SignInByLink(e *core.RequestEvent, user string) error {
	u, err := Users.Find(e.App, user)
	if err != nil {
		return err
	}
	grants, err := unrevoked(e.App, u.Id)
	if err != nil {
		return err
	}
	for _, g := range grants {
		if twoFactors(g.Role()) {
			return fault.Forbidden("sign_in.two_factors")
		}
	}
	if u.Status() != UserActive {
		return fault.Forbidden("sign_in.suspended")
	}
	return apis.RecordAuthResponse(e, u.ProxyRecord(), "link", nil)
}

// tellSignIn writes every sign-in into the journal, in one transaction with it: no token leaves the house untold. Renewing
// a token is no sign-in. An operator's is told under their collection, for managers to hear of.
func tellSignIn(e *core.RecordAuthRequestEvent) error {
	impersonated := e.AuthMethod == "" && e.Auth != nil && e.Auth.IsSuperuser() && !e.Record.IsSuperuser()
	if e.AuthMethod == "" && !impersonated {
		return e.Next()
	}
	outer := e.App
	defer func() { e.App = outer }()
	var half error // the first of two factors: it stays although nobody is in
	err := outer.RunInTransaction(func(tx core.App) error {
		e.App = tx
		err := e.Next()
		switch {
		case errors.Is(err, apis.ErrMFA):
			half = err
			return nil
		case err != nil:
			return err
		}
		return told(tx, e, impersonated)
	})
	return errors.Join(err, half)
}

func told(tx core.App, e *core.RecordAuthRequestEvent, impersonated bool) error {
	now := access.Now(e.RequestEvent)
	detail := lifecycle.With(SignedIn{Method: e.AuthMethod, Agent: agent(e.Request.UserAgent()), Session: session(e.Token)})
	switch {
	case impersonated:
		return note(tx, operator(e.Auth), now, "users.impersonated", e.Record.Id, detail)
	case e.Record.IsSuperuser():
		return note(tx, operator(e.Record), now, "operators.signed_in", e.Record.Id, detail)
	}
	by, err := access.At(tx, e.Record, now)
	if err != nil {
		return err
	}
	if t, ok := e.Get(joinsKey).(openid.Thread); ok {
		if err := join(tx, t, by, ToSignIn, now); err != nil {
			return err
		}
	}
	return note(tx, by, now, "users.signed_in", e.Record.Id, detail)
}

func operator(r *core.Record) access.Actor { return access.Actor{ID: "operator:" + r.Id} }

// byReset takes the new password that somebody sets through a mailed link.
func byReset(e *core.RecordConfirmPasswordResetRequestEvent) error {
	outer, now := e.App, access.Now(e.RequestEvent)
	defer func() { e.App = outer }()
	return hashing(e.Request.Context(), outer, func() error {
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			if err := e.Next(); err != nil {
				return err
			}
			if err := forgive(tx, account(Users.Collection, e.Record.Email())); err != nil {
				return err
			}
			return note(tx, access.Actor{ID: e.Record.Id}, now, "users.password_set", e.Record.Id)
		})
	})
}

// SignedIn is what the journal keeps of a sign-in: how, and with what family of browser. No address.
type SignedIn struct {
	Method  string `json:"method"`            // password, otp, oidc, oidc_strong
	Agent   string `json:"agent"`             // such as "Firefox, Android"
	Session string `json:"session,omitempty"` // stands for the token that was given, and opens nothing
}

// session stands for a token: whoever reads it finds no token by it. Of no token it is "".
func session(token string) string {
	if token == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:16])
}

// Families of browsers and systems, each by a word that only its own name holds, the most particular first.
var (
	browsers = [][2]string{
		{"Zalo", "Zalo"},
		{"coc_coc", "Cốc Cốc"},
		{"SamsungBrowser", "Samsung Internet"},
		{"Edg", "Edge"},
		{"OPR", "Opera"},
		{"Firefox", "Firefox"},
		{"FxiOS", "Firefox"},
		{"CriOS", "Chrome"},
		{"Chrome", "Chrome"},
		{"Safari", "Safari"},
		{"curl", "curl"},
	}
	systems = [][2]string{
		{"Android", "Android"},
		{"iPhone", "iOS"},
		{"iPad", "iPadOS"},
		{"Windows", "Windows"},
		{"Mac OS", "macOS"},
		{"CrOS", "ChromeOS"},
		{"Linux", "Linux"},
	}
)

// agent tells the family of a browser from its header, and nothing that would tell one person from another.
func agent(header string) string {
	var parts []string
	for _, families := range [][][2]string{browsers, systems} {
		for _, f := range families {
			if strings.Contains(header, f[0]) {
				parts = append(parts, f[1])
				break
			}
		}
	}
	return strings.Join(parts, ", ")
}
