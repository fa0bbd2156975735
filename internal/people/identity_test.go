package people_test

import (
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/housetest"
	"vuon/internal/housetest/provider"
	"vuon/internal/locale"
	"vuon/internal/people"
	"vuon/internal/people/openid"
)

const (
	beginIdentity = "/api/vuon/sign-in/identity/begin"
	byIdentity    = "/api/vuon/sign-in/identity"
	linkIdentity  = "/api/vuon/account/identities"
	beginLink     = "/api/vuon/account/identities/begin"
	strongClass   = "urn:vn:loa:3"
)

// gate is a house that trusts a provider of identities of its own, and one browser before both.
type gate struct {
	*door
	provider *provider.Provider
	cookie   string // of the house, in this browser
}

func trusting(t testing.TB, change ...func(*people.Trust)) *gate {
	t.Helper()
	const public = "http://127.0.0.1:9"
	p, err := provider.Start("127.0.0.1:0", public+people.CallbackPath)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	g := &gate{door: knock(t), provider: p}
	g.now = time.Now() // the provider has a clock of its own
	trust := people.Trust{Newcomers: true, Name: locale.Pair{VI: "Định danh", EN: "Identity"}, Provider: openid.New(openid.Config{
		Issuer: p.Issuer, ClientID: provider.ClientID, Secret: func() string { return provider.Secret }, Redirect: public + people.CallbackPath,
		Scopes: []string{"email", "profile"}, Strong: []string{strongClass},
	})}
	for _, c := range change {
		c(&trust)
	}
	people.Bind(g.house, people.Needs{
		Random: rand.Reader, Trust: trust, PublicURL: func(core.App) string { return public }, SendCode: g.keep,
	})
	return g
}

// keep keeps what a house mails.
func (d *door) keep(_ core.App, _, to string, _ locale.Lang, code, _ string, _ time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.codes[to] = code
	d.mails++
	return nil
}

// send asks the house as this browser does.
func (g *gate) send(user *core.Record, method, path, body string) *httptest.ResponseRecorder {
	g.t.Helper()
	w := housetest.Ask(g.t, g.server, user, method, path, body, append(g.session(user), "Cookie", g.cookie)...)
	for _, c := range w.Result().Cookies() {
		if c.Name != "vuon_errand" {
			g.t.Errorf("another cookie: %s", c.Name)
		}
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" {
			g.t.Errorf("the cookie is %+v", c)
		}
		if g.cookie = c.Name + "=" + c.Value; c.MaxAge < 0 {
			g.cookie = ""
		}
	}
	return w
}

func (g *gate) say(user *core.Record, path, body string) answer {
	g.t.Helper()
	return g.enter(user, decoded(g.t, g.send(user, http.MethodPost, path, body)))
}

// away goes to the provider and is about to come back: what it answers is the address at which.
func (g *gate) away(user *core.Record, path, body string) string {
	g.t.Helper()
	w := g.send(user, http.MethodPost, path, body)
	to := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(w.Body.String()), `{"to":"`), `"}`)
	to = strings.ReplaceAll(to, `\u0026`, "&")
	if w.Code != http.StatusOK || !strings.HasPrefix(to, g.provider.Issuer) {
		g.t.Fatalf("set out: %d %s", w.Code, w.Body)
	}
	var last *url.URL
	client := http.Client{CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if last = r.URL; r.URL.Path == people.CallbackPath {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	r, err := http.NewRequestWithContext(g.t.Context(), http.MethodGet, to, http.NoBody)
	if err != nil {
		g.t.Fatal(err)
	}
	there, err := client.Do(r)
	if err != nil {
		g.t.Fatal(err)
	}
	if err := there.Body.Close(); err != nil {
		g.t.Error(err)
	}
	if last == nil || last.Path != people.CallbackPath {
		g.t.Fatalf("the provider led to %v", last)
	}
	return last.RequestURI()
}

// back comes back, and is led on to where it answers.
func (g *gate) back(at string) string {
	g.t.Helper()
	w := g.send(nil, http.MethodGet, at, "")
	to := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/app/") {
		g.t.Fatalf("came back: %d to %q %s", w.Code, to, w.Body)
	}
	if w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Referrer-Policy") != "no-referrer" {
		g.t.Errorf("the address with the code is kept or passed on: %v", w.Header())
	}
	return to
}

// arrive goes there, comes back and signs in.
func (g *gate) arrive(who provider.Person) answer {
	g.t.Helper()
	g.provider.Do(func(p *provider.Provider) { p.Person = who })
	if to := g.back(g.away(nil, beginIdentity, `{"way":"/app/","locale":"vi"}`)); to != "/app/sign-in?identity=back&to=%2Fapp%2F" {
		g.t.Fatalf("led to %s", to)
	}
	return g.say(nil, byIdentity, "{}")
}

func person(subject, email string) provider.Person {
	return provider.Person{Subject: subject, Email: email, EmailVerified: email != "", Name: "Tra\u0302\u0300n  Thi\u0323 Sen", Locale: "en-US"}
}

func (g *gate) identities() []*people.Identity {
	g.t.Helper()
	all, err := people.Identities.All(g.house)
	housetest.Refused(g.t, err, "")
	return all
}

func TestWhomTheProviderVouchesForGetsAnAccount(t *testing.T) {
	t.Parallel()
	g := trusting(t)
	a := g.arrive(person("1", "Sen@Example.org"))
	if a.Status != http.StatusOK || a.Token == "" || a.Record.Email != "sen@example.org" || g.mails != 0 {
		t.Fatalf("got %+v, %d mails", a, g.mails)
	}
	u, err := people.Users.Find(g.house, a.Record.ID)
	housetest.Refused(t, err, "")
	if u.FullName() != "Trần Thị Sen" || u.Lang() != locale.English || !u.Verified() {
		t.Errorf("the account is %+v", u.PublicExport())
	}
	if len(g.told(u.Id, "joined")) != 1 || len(g.told(u.Id, "identity_linked")) != 1 || len(g.told(u.Id, "signed_in")) != 1 {
		t.Error("the journal does not tell")
	}
	if g.cookie != "" {
		t.Error("the browser keeps what is used")
	}
	// The same person with another name, language and address: it stays the account it was.
	again := g.arrive(provider.Person{Subject: "1", Email: "other@example.org", EmailVerified: true, Name: "Khác", Locale: "vi"})
	if again.Record.ID != u.Id || again.Record.Email != "sen@example.org" || len(g.identities()) != 1 {
		t.Errorf("the second time: %+v", again)
	}
	if u, err = people.Users.Find(g.house, u.Id); err != nil || u.FullName() != "Trần Thị Sen" || u.Lang() != locale.English {
		t.Errorf("the account was overwritten: %+v, %v", u.PublicExport(), err)
	}
	housetest.Well(t, g.house)
}

// Whoever is not vouched for, or whose address has an account, proves the address by a mailed code; then it is one account.
func TestAnAccountIsNeverJoinedSilently(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		who    provider.Person
		closed bool // newcomers come by code alone
		there  bool // the address has an account
	}{
		"the address has an account":     {person("1", "sen@example.org"), false, true},
		"the address is not verified":    {provider.Person{Subject: "1", Email: "sen@example.org", Name: "Sen"}, false, false},
		"not verified, and has one":      {provider.Person{Subject: "1", Email: "sen@example.org"}, false, true},
		"no address":                     {provider.Person{Subject: "1", Name: "Sen"}, false, false},
		"what is no address":             {person("1", "<sen@example.org>"), false, false},
		"another's letters":              {person("1", "\u212Aim@example.org"), false, false}, // a small Kelvin is a k
		"nobody comes in by a word only": {person("1", "sen@example.org"), true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := trusting(t, func(trust *people.Trust) { trust.Newcomers = !c.closed })
			old := ""
			if c.there {
				old = g.byCode(g.ask("sen@example.org"), g.codes["sen@example.org"], "").Record.ID
			}
			a := g.arrive(c.who)
			if a.Status != http.StatusConflict || a.code() != "identity.prove" || a.Token != "" || len(g.identities()) != 0 {
				t.Fatalf("got %+v, %d identities", a, len(g.identities()))
			}
			id := g.ask("sen@example.org")
			if a := g.say(nil, "/api/vuon/sign-in", `{"identity":true,"id":"`+id+`","code":"`+wrong(g.codes["sen@example.org"])+`"}`); a.code() != "sign_in.code_wrong" {
				t.Errorf("a wrong code: %+v", a)
			}
			a = g.say(nil, "/api/vuon/sign-in", `{"identity":true,"id":"`+id+`","code":"`+g.codes["sen@example.org"]+`"}`)
			if a.Status != http.StatusOK || a.Token == "" || c.there && a.Record.ID != old || len(g.identities()) != 1 {
				t.Fatalf("the right code: %+v", a)
			}
			if again := g.arrive(c.who); again.Token == "" || again.Record.ID != a.Record.ID {
				t.Errorf("from now on: %+v", again)
			}
			housetest.Well(t, g.house)
		})
	}
}

// Whoever comes back to a shared browser and leaves there must not find their identity in the next person's account.
func TestASignInByCodeJoinsNothingUnlessItSaysSo(t *testing.T) {
	t.Parallel()
	g := trusting(t)
	if a := g.arrive(provider.Person{Subject: "1"}); a.code() != "identity.prove" {
		t.Fatalf("got %+v", a)
	}
	id := g.ask("minh@example.org")
	if a := g.say(nil, "/api/vuon/sign-in", `{"id":"`+id+`","code":"`+g.codes["minh@example.org"]+`"}`); a.Token == "" || len(g.identities()) != 0 {
		t.Errorf("got %+v, %d identities", a, len(g.identities()))
	}
	g.cookie = ""
	id = g.ask("minh@example.org")
	if a := g.say(nil, "/api/vuon/sign-in", `{"identity":true,"id":"`+id+`","code":"`+g.codes["minh@example.org"]+`"}`); a.Status != http.StatusGone || a.code() != "identity.lost" {
		t.Errorf("from another browser: %+v", a)
	}
}

// A role waits for an address. Whom a provider vouches for does not take it up by that word alone.
func TestAnInvitedAddressIsProvedByCode(t *testing.T) {
	t.Parallel()
	g := trusting(t)
	_, err := people.InviteHere(g.house, people.Offer{Email: "lan@example.org", Role: access.Staff, Scope: access.House}, g.now)
	housetest.Refused(t, err, "")
	if a := g.arrive(person("1", "lan@example.org")); a.code() != "identity.prove" {
		t.Errorf("got %+v", a)
	}
	g.later(15 * 24 * time.Hour) // the invitation is over; and so is the errand
	if a := g.say(nil, byIdentity, "{}"); a.code() != "identity.lost" {
		t.Errorf("an errand of two weeks ago: %+v", a)
	}
}

func TestSuspendedAndErasedAreRefusedAlike(t *testing.T) {
	t.Parallel()
	g := trusting(t)
	id := g.arrive(person("1", "sen@example.org")).Record.ID
	var seen []answer
	for _, status := range []string{"suspended", "erased"} {
		_, err := g.house.DB().NewQuery("UPDATE users SET status = '" + status + "'").Execute()
		housetest.Refused(t, err, "")
		a := g.arrive(person("1", "sen@example.org"))
		if a.Token != "" || a.code() != "sign_in.suspended" {
			t.Errorf("%s: %+v", status, a)
		}
		seen = append(seen, a)
	}
	if seen[0].Status != seen[1].Status || seen[0].Message != seen[1].Message {
		t.Errorf("two answers: %+v", seen)
	}
	if len(g.told(id, "signed_in")) != 1 {
		t.Error("the journal tells of a sign-in that was none")
	}
}

func TestAnErasedPersonHasNoIdentity(t *testing.T) {
	t.Parallel()
	g := trusting(t)
	id := g.arrive(person("1", "sen@example.org")).Record.ID
	officer := housetest.Holder(t, g.house, access.Privacy, access.House)
	_, err := people.Erase(g.house, housetest.Actor(t, g.house, officer, g.now), id, g.now)
	housetest.Refused(t, err, "")
	errands, err := people.Errands.All(g.house)
	if err != nil || len(errands) != 0 || len(g.identities()) != 0 {
		t.Errorf("%d identities, %d errands, %v", len(g.identities()), len(errands), err)
	}
	if a := g.arrive(person("1", "sen@example.org")); a.Record.ID == id || a.Token == "" {
		t.Errorf("they come as anybody does: %+v", a)
	}
	housetest.Well(t, g.house)
}
