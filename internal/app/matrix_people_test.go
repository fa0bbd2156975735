package app_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/lifecycle"
	"vuon/internal/people"
)

// The manager of these scenes manages the whole house; the row, where there is one, belongs to the owner.
var _ = stage(map[string]func(testing.TB, core.App) scene{
	"POST /api/vuon/sign-in/code": says(`{"email":"sen@example.org"}`),
	"POST /api/vuon/sign-in":      says(`{"id":"no-such-code","code":"000000"}`),

	// No provider of identities is configured here: nobody sets out, and nobody comes back.
	"POST /api/vuon/sign-in/identity":               says("{}"),
	"POST /api/vuon/sign-in/identity/begin":         says("{}"),
	"GET /sign-in/callback":                         says(""),
	"POST /api/vuon/account/identities":             says("{}"),
	"POST /api/vuon/account/identities/begin":       says("{}"),
	"POST /api/vuon/account/identities/{id}/unlink": anIdentity,

	"GET /api/vuon/account":                          says(""),
	"PATCH /api/vuon/account":                        says(`{"full_name":"Trần Thị Sen"}`),
	"POST /api/vuon/account/password":                says(`{"password":"vườn ươm 2026"}`),
	"POST /api/vuon/account/email":                   says(`{"email":"sen@example.org"}`),
	"POST /api/vuon/account/email/confirm":           says(`{"id":"no-such-code","code":"000000"}`),
	"POST /api/vuon/account/sign-out-everywhere":     says(""),
	"POST /api/vuon/account/data-requests":           says(`{"kind":"access"}`),
	"POST /api/vuon/account/invitations/{id}/accept": anInvitation,

	"GET /api/vuon/people":                 says(""),
	"GET /api/vuon/people/{id}":            aPerson(""),
	"POST /api/vuon/people/{id}/grants":    aPerson(`{"role":"judge","scope":{"type":"global"}}`),
	"POST /api/vuon/grants/{id}/revoke":    aGrant,
	"POST /api/vuon/people/{id}/suspend":   aPerson(`{"reason":"thử"}`),
	"POST /api/vuon/people/{id}/reinstate": aSuspendedPerson,

	"GET /api/vuon/invitations":                      says(""),
	"POST /api/vuon/invitations":                     says(`{"email":"sen@example.org","role":"judge","scope":{"type":"global"}}`),
	"POST /api/vuon/invitations/{id}/revoke":         anInvitation,
	"GET /api/vuon/invitations/link/{token}":         anInvitation,
	"POST /api/vuon/invitations/link/{token}/accept": anInvitation,

	"GET /api/vuon/data-requests":              says(""),
	"POST /api/vuon/data-requests/{id}/drop":   aDataRequest("", "withdraw"),
	"POST /api/vuon/data-requests/{id}/verify": aDataRequest("{}", "withdraw"),
	"POST /api/vuon/data-requests/{id}/begin":  aDataRequest("{}", "withdraw", "verify"),
	"POST /api/vuon/data-requests/{id}/fulfil": aDataRequest(`{"answer":"Đã xóa."}`, "delete", "verify", "begin"),
	"POST /api/vuon/data-requests/{id}/refuse": aDataRequest(`{"answer":"Luật buộc phải giữ."}`, "delete", "verify"),

	"GET /api/vuon/orgs":        says(""),
	"POST /api/vuon/orgs":       says(`{"kind":"university","house":"academia","name_vi":"Trường Thử"}`),
	"PATCH /api/vuon/orgs/{id}": anOrg,
})

// says is a scene in which nothing stands but what is sent.
func says(body string) func(testing.TB, core.App) scene {
	return func(testing.TB, core.App) scene { return scene{over: access.House, body: body} }
}

func aPerson(body string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		u := housetest.User(t, house)
		return scene{path: map[string]string{"id": u.Id}, owner: u, over: access.House, body: body}
	}
}

// anIdentity opens the owner's account, beside a password that the owner gives.
func anIdentity(t testing.TB, house core.App) scene {
	s := aPerson(`{"current":"vườn ươm 2026"}`)(t, house)
	s.owner.SetPassword("vườn ươm 2026")
	housetest.Save(t, house, s.owner)
	err := lifecycle.Note(house, access.Job("test"), housetest.Noon, "users", s.owner.Id, "password_set")
	housetest.Refused(t, err, "")
	i, err := people.Identities.New(house)
	housetest.Refused(t, err, "")
	i.Set("issuer", "https://id.example")
	i.Set("subject", s.owner.Id)
	i.Set("user", s.owner.Id)
	i.Set("linked_at", housetest.Noon)
	housetest.Save(t, house, i)
	s.path["id"] = i.Id
	return s
}

func aSuspendedPerson(t testing.TB, house core.App) scene {
	s := aPerson("")(t, house)
	_, err := people.Suspend(house, access.Job("test"), s.path["id"], "thử", housetest.Noon)
	housetest.Refused(t, err, "")
	s.owner = nil // they cannot knock at all
	return s
}

func aGrant(t testing.TB, house core.App) scene {
	s := aPerson(`{"reason":"hết nhiệm kỳ"}`)(t, house)
	g, err := people.Grant(house, access.Job("test"), s.owner.Id, people.Gift{Role: access.Mentor, Scope: access.House}, housetest.Noon)
	housetest.Refused(t, err, "")
	s.path["id"] = g.Id
	return s
}

// anInvitation is to the owner, with its link.
func anInvitation(t testing.TB, house core.App) scene {
	u := housetest.User(t, house)
	now := time.Now()
	i, err := people.Invite(house, access.Job("test"), people.Offer{Email: u.Email(), Role: access.Mentor, Scope: access.House}, now)
	housetest.Refused(t, err, "")
	path, err := people.OpenInvitation(house, i.Id, now)
	housetest.Refused(t, err, "")
	token := path[strings.LastIndex(path, "/")+1:]
	return scene{path: map[string]string{"id": i.Id, "token": token}, owner: u, over: access.House, body: "{}"}
}

// aDataRequest was asked by the owner; the judge of these scenes is the privacy officer, who has brought it so far.
func aDataRequest(body, kind string, so ...string) func(testing.TB, core.App) scene {
	return func(t testing.TB, house core.App) scene {
		u, officer := housetest.User(t, house), housetest.Holder(t, house, access.Privacy, access.House)
		r, err := people.AskData(house, housetest.Actor(t, house, u, housetest.Noon), kind, "", housetest.Noon)
		housetest.Refused(t, err, "")
		by := housetest.Actor(t, house, officer, housetest.Noon)
		for _, verb := range so {
			do := map[string]func(core.App, access.Actor, string, string, time.Time) (*people.DataRequest, error){
				"verify": people.Verify, "begin": people.Begin,
			}[verb]
			_, err := do(house, by, r.Id, "", housetest.Noon)
			housetest.Refused(t, err, "")
		}
		return scene{path: map[string]string{"id": r.Id}, owner: u, judge: officer, over: access.House, body: body}
	}
}

func anOrg(t testing.TB, house core.App) scene {
	card := people.Card{Kind: "university", House: "academia", NameVi: "Trường Thử"}
	o, err := people.AddOrg(house, access.Job("test"), card, housetest.Noon)
	housetest.Refused(t, err, "")
	raw, err := json.Marshal(map[string]any{"short": "TT", "rev": 1})
	housetest.Refused(t, err, "")
	return scene{path: map[string]string{"id": o.Id}, over: access.House, body: string(raw)}
}
