package people_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/housetest/provider"
	"vuon/internal/people"
)

// identified is a person with a password, whom the provider knows as who.
func (g *gate) identified(who provider.Person, roles ...access.Role) *core.Record {
	g.t.Helper()
	u := g.known(roles...)
	i, err := people.Identities.New(g.house)
	housetest.Refused(g.t, err, "")
	i.Set("issuer", g.provider.Issuer)
	i.Set("subject", who.Subject)
	i.Set("user", u.Id)
	i.Set("linked_at", g.now)
	housetest.Save(g.t, g.house, i)
	return u
}

func (g *gate) code(u *core.Record, mfa string) answer {
	g.t.Helper()
	id := g.ask(u.Email())
	return g.byCode(id, g.codes[u.Email()], mfa)
}

func TestWhoeverWorksHereNeedsACodeBesideTheirIdentity(t *testing.T) {
	t.Parallel()
	for _, role := range []access.Role{access.Staff, access.Manager, access.Finance} {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			g := trusting(t)
			who := provider.Person{Subject: "1", Class: "urn:vn:loa:2"} // a class, and not one of those that count
			u := g.identified(who, role)
			half := g.arrive(who)
			if half.Status != http.StatusUnauthorized || half.MFA == "" || half.Token != "" {
				t.Fatalf("the identity alone: %+v", half)
			}
			if len(g.told(u.Id, "signed_in")) != 0 {
				t.Error("half a sign-in is told as one")
			}
			if a := g.byPassword(u.Email(), password, half.MFA); a.Token != "" || a.code() != "sign_in.factor" {
				t.Errorf("a password in the place of the code: %+v", a)
			}
			if a := g.arrive(who); a.Token != "" {
				t.Errorf("the identity twice: %+v", a)
			}
			if a := g.code(u, half.MFA); a.Token == "" {
				t.Errorf("the code: %+v", a)
			}
			housetest.Well(t, g.house)
		})
	}
}

// The other way round: no identity stands behind a password or a code.
func TestAnIdentityIsNoSecondFactor(t *testing.T) {
	t.Parallel()
	g := trusting(t)
	who := provider.Person{Subject: "1"}
	u := g.identified(who, access.Staff)
	for name, half := range map[string]answer{"password": g.byPassword(u.Email(), password, ""), "code": g.code(u, "")} {
		if half.MFA == "" {
			t.Fatalf("%s: %+v", name, half)
		}
		for where, send := range map[string]func() answer{
			"body":    func() answer { return g.say(nil, byIdentity, `{"mfaId":"`+half.MFA+`"}`) },
			"capital": func() answer { return g.say(nil, byIdentity, `{"MFAID":"`+half.MFA+`"}`) },
			"query":   func() answer { return g.say(nil, byIdentity+"?mfaId="+half.MFA, `{}`) },
		} {
			g.provider.Do(func(p *provider.Provider) { p.Person = who })
			g.back(g.away(nil, beginIdentity, "{}"))
			if a := send(); a.Token != "" || a.code() != "sign_in.factor" {
				t.Errorf("%s in the %s: %+v", name, where, a)
			}
		}
	}
}

func TestAConfiguredClassStandsForBothFactors(t *testing.T) {
	t.Parallel()
	g := trusting(t)
	who := provider.Person{Subject: "1", Class: strongClass}
	u := g.identified(who, access.Manager)
	if a := g.arrive(who); a.Token == "" || a.Record.ID != u.Id {
		t.Fatalf("got %+v", a)
	}
	told := g.told(u.Id, "signed_in")
	var how people.SignedIn
	if len(told) != 1 || told[0].Detail(&how) != nil || how.Method != "oidc_strong" {
		t.Errorf("told %d times, by %+v", len(told), how)
	}
	// The next time the provider was satisfied with less, or somebody took the wish out of the address.
	if a := g.arrive(provider.Person{Subject: "1", Class: "urn:vn:loa:1"}); a.Token != "" || a.MFA == "" {
		t.Errorf("a weaker class: %+v", a)
	}
	if a := g.arrive(provider.Person{Subject: "1"}); a.Token != "" || a.MFA == "" {
		t.Errorf("no class: %+v", a)
	}
	// What nobody signs says nothing of a class.
	g.provider.Do(func(p *provider.Provider) { p.Apart = true })
	if a := g.arrive(provider.Person{Subject: "1", More: map[string]any{"acr": strongClass}}); a.Token != "" || a.MFA == "" {
		t.Errorf("a class from the userinfo endpoint: %+v", a)
	}
	if a := g.say(nil, byIdentity, `{"strong":true,"acr":"`+strongClass+`"}`); a.Token != "" {
		t.Errorf("a class of one's own: %+v", a)
	}
}

// The mailbox of somebody at the centre is one factor. By it alone nobody hangs an identity of theirs on the account.
func TestAMailboxAloneLinksNothingToAnAccountOfTheCentre(t *testing.T) {
	t.Parallel()
	g := trusting(t)
	u := g.known(access.Manager)
	if a := g.arrive(provider.Person{Subject: "thief", Class: strongClass}); a.code() != "identity.prove" {
		t.Fatalf("got %+v", a)
	}
	id := g.ask(u.Email())
	half := g.say(nil, "/api/vuon/sign-in", `{"identity":true,"id":"`+id+`","code":"`+g.codes[u.Email()]+`"}`)
	if half.MFA == "" || half.Token != "" || len(g.identities()) != 0 {
		t.Fatalf("got %+v, %d identities", half, len(g.identities()))
	}
	if a := g.byPassword(u.Email(), password, half.MFA); a.Token == "" || len(g.identities()) != 0 {
		t.Errorf("both factors, and nothing said of the identity: %+v, %d identities", a, len(g.identities()))
	}
	if a := g.arrive(provider.Person{Subject: "thief", Class: strongClass}); a.Token != "" {
		t.Errorf("the thief is in: %+v", a)
	}
}

func TestSomebodyWhoIsSignedInLinksAndUnlinks(t *testing.T) {
	t.Parallel()
	g := trusting(t)
	who := person("1", "elsewhere@example.org")
	g.provider.Do(func(p *provider.Provider) { p.Person = who })
	u := g.again(housetest.User(t, g.house))
	if a := g.say(u, beginLink, "{}"); a.code() != "account.not_fresh" {
		t.Errorf("without a fresh sign-in: %+v", a)
	}
	if a := g.code(u, ""); a.Token == "" {
		t.Fatalf("got %+v", a)
	}
	if to := g.back(g.away(u, beginLink, "{}")); to != "/app/account?identity=back" {
		t.Errorf("led to %s", to)
	}
	stranger := housetest.User(t, g.house)
	for name, a := range map[string]answer{
		"a visitor":       g.say(nil, linkIdentity, "{}"),
		"another account": g.say(stranger, linkIdentity, "{}"),
		"a sign-in":       g.say(nil, byIdentity, "{}"),
	} {
		if a.Status == http.StatusOK || len(g.identities()) != 0 {
			t.Errorf("%s used somebody's errand: %+v", name, a)
		}
	}
	if a := g.say(u, linkIdentity, "{}"); a.Status != http.StatusOK || len(g.identities()) != 1 || len(g.told(u.Id, "identity_linked")) != 1 {
		t.Fatalf("link: %+v, %d identities", a, len(g.identities()))
	}
	if _, err := g.house.DB().NewQuery("INSERT INTO identities (id, user, issuer, subject) SELECT 'knownoncemore00', '" + stranger.Id +
		"', issuer, subject FROM identities").Execute(); err == nil {
		t.Error("one identity opens two accounts")
	}
	at := g.now
	if got := housetest.Heard(t, g.house, "identity_linked", at, g.told(u.Id, "identity_linked")[0].Id, "E", u.Id, "U"); !strings.HasPrefix(got, "identity_linked:E") {
		t.Errorf("the owner of the account hears %q", got)
	}
	if a := g.say(u, linkIdentity, "{}"); a.code() != "identity.lost" {
		t.Errorf("linked twice: %+v", a)
	}
	if a := g.arrive(who); a.Record.ID != u.Id {
		t.Errorf("the way in: %+v", a)
	}
	// Nobody else gets it, and nobody gets a second one.
	if a := g.code(stranger, ""); a.Token == "" {
		t.Fatalf("got %+v", a)
	}
	g.back(g.away(stranger, beginLink, "{}"))
	if a := g.say(stranger, linkIdentity, "{}"); a.code() != "identity.taken" {
		t.Errorf("another's identity: %+v", a)
	}
	g.provider.Do(func(p *provider.Provider) { p.Person = person("2", "") })
	g.back(g.away(u, beginLink, "{}"))
	if a := g.say(u, linkIdentity, "{}"); a.code() != "identity.another" || len(g.identities()) != 1 {
		t.Errorf("a second identity: %+v", a)
	}
	id := g.identities()[0].Id
	if a := g.say(stranger, linkIdentity+"/"+id+"/unlink", "{}"); a.Status != http.StatusNotFound {
		t.Errorf("a stranger unlinks: %+v", a)
	}
	g.later(11 * time.Minute)
	if a := g.say(u, linkIdentity+"/"+id+"/unlink", "{}"); a.code() != "account.not_fresh" {
		t.Errorf("unlinked by whoever finds the screen: %+v", a)
	}
	if a := g.code(u, ""); a.Token == "" {
		t.Fatalf("got %+v", a)
	}
	if a := g.say(u, linkIdentity+"/"+id+"/unlink", "{}"); a.Status != http.StatusOK || len(g.identities()) != 0 || len(g.told(u.Id, "identity_unlinked")) != 1 {
		t.Errorf("unlink: %+v", a)
	}
	if a := g.arrive(who); a.Token != "" && a.Record.ID == u.Id {
		t.Errorf("the way is closed: %+v", a)
	}
	housetest.Well(t, g.house)
}

func TestTheLastWayInStays(t *testing.T) {
	t.Parallel()
	g := trusting(t)
	a := g.arrive(person("1", "sen@example.org")) // nobody here has seen that they read this mail
	u, err := people.Users.Find(g.house, a.Record.ID)
	housetest.Refused(t, err, "")
	path := linkIdentity + "/" + g.identities()[0].Id + "/unlink"
	if a := g.say(u.ProxyRecord(), path, "{}"); a.code() != "identity.last_way" || len(g.identities()) != 1 {
		t.Fatalf("the last way: %+v", a)
	}
	if a := g.code(u.ProxyRecord(), ""); a.Token == "" {
		t.Fatalf("got %+v", a)
	}
	if a := g.say(u.ProxyRecord(), path, "{}"); a.Status != http.StatusOK || len(g.identities()) != 0 {
		t.Errorf("after a code: %+v", a)
	}
}
