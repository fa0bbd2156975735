package people

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"vuon/internal/fault"
)

// The names of a sign-in by identity, beside PocketBase's password and otp.
const (
	byIdentity       = "oidc"
	byStrongIdentity = "oidc_strong" // the provider says that it took two factors, in a way that the operator accepts
)

// joinsKey is where a request keeps the thread of an errand that is to end with a sign-in.
const joinsKey = "people.joins"

// bindFactors says what an identity counts for where two factors are due.
func bindFactors(app core.App) {
	app.OnRecordAuthRequest().Bind(&hook.Handler[*core.RecordAuthRequestEvent]{
		Id: "people.factors", Priority: -2, Func: pairFactors, // against a password in the place of the mailed code
	})
	app.OnRecordAuthRequest().Bind(&hook.Handler[*core.RecordAuthRequestEvent]{
		Id: "people.strong", Priority: 9999, Func: countTwice, // innermost: everybody else is told what it was
	})
}

// pairFactors lets nothing but a mailed code stand beside an identity, and nothing before it: PocketBase takes any two ways
// that differ. Error: sign_in.factor.
func pairFactors(e *core.RecordAuthRequestEvent) error {
	var said struct { // as PocketBase reads it
		First string `form:"mfaId" json:"mfaId"`
	}
	first := e.Request.URL.Query().Get("mfaId")
	if first == "" && e.AuthMethod != "" {
		if err := e.BindBody(&said); err != nil {
			return fault.Field("body", "request.unreadable")
		}
		first = said.First
	}
	if first == "" {
		return e.Next()
	}
	if e.AuthMethod == byIdentity || e.AuthMethod == byStrongIdentity {
		return fault.Field("mfaId", "sign_in.factor")
	}
	if half, err := e.App.FindMFAById(first); err == nil && half.Method() == byIdentity && e.AuthMethod != core.MFAMethodOTP {
		return fault.Field("mfaId", "sign_in.factor")
	}
	return e.Next()
}

// countTwice lets a strong identity stand for both factors.
func countTwice(e *core.RecordAuthRequestEvent) error {
	if e.AuthMethod != byStrongIdentity {
		return e.Next()
	}
	e.AuthMethod = "" // by which PocketBase asks for no second one
	defer func() { e.AuthMethod = byStrongIdentity }()
	return e.Next()
}
