package people_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"vuon/internal/housetest"
	"vuon/internal/housetest/provider"
	"vuon/internal/people"
)

// An answer of the provider is of use once, to the browser that went for it, within ten minutes.
func TestAnAnswerIsHeardOnceAndFromTheBrowserThatWent(t *testing.T) {
	t.Parallel()
	const lost = "/app/sign-in?identity=lost"
	g := trusting(t)
	g.provider.Do(func(p *provider.Provider) { p.Person = person("1", "sen@example.org") })
	at := g.away(nil, beginIdentity, `{"way":"/app/","locale":"vi"}`)
	mine := g.cookie

	g.cookie = ""
	if to := g.back(at); to != lost {
		t.Errorf("without the cookie: %s", to)
	}
	g.away(nil, beginIdentity, "{}") // a thief's own errand, and somebody's stolen answer
	if to := g.back(at); to != lost || g.cookie == "" {
		t.Errorf("in another browser: %s", to)
	}
	g.cookie = mine
	if to := g.back(people.CallbackPath + "?code=thiefs&state=thiefs"); to != lost { // a thief's answer in my browser
		t.Errorf("another's answer: %s", to)
	}
	if g.cookie != mine {
		t.Error("any page that leads here ends an errand")
	}
	if a := g.say(nil, byIdentity, "{}"); a.code() != "identity.lost" {
		t.Errorf("before the answer: %+v", a)
	}
	if to := g.back(at); to != "/app/sign-in?identity=back&to=%2Fapp%2F" {
		t.Fatalf("the right browser: %s", to)
	}
	next := g.cookie
	if next == mine {
		t.Error("the browser goes on by what it held before it went")
	}
	g.cookie = mine // which somebody may have planted
	if a := g.say(nil, byIdentity, "{}"); a.code() != "identity.lost" {
		t.Errorf("by the old thread: %+v", a)
	}
	for _, cookie := range []string{mine, next} {
		g.cookie = cookie
		if to := g.back(at); to != lost {
			t.Errorf("a second time: %s", to)
		}
	}
	g.cookie = next
	g.later(10 * time.Minute)
	if a := g.say(nil, byIdentity, "{}"); a.code() != "identity.lost" {
		t.Errorf("too late: %+v", a)
	}
	at = g.away(nil, beginIdentity, "{}")
	g.later(10 * time.Minute)
	if to := g.back(at); to != lost {
		t.Errorf("back too late: %s", to)
	}
}

// Whoever has come in by an answer does not come in by it again, be they new or known.
func TestAnErrandEndsOnce(t *testing.T) {
	t.Parallel()
	g := trusting(t)
	g.provider.Do(func(p *provider.Provider) { p.Person = person("1", "sen@example.org") })
	for _, how := range []string{"as somebody new", "as somebody known"} {
		g.back(g.away(nil, beginIdentity, "{}"))
		cookie := g.cookie
		if a := g.say(nil, byIdentity, "{}"); a.Token == "" {
			t.Fatalf("%s: %+v", how, a)
		}
		g.cookie = cookie
		if a := g.say(nil, byIdentity, "{}"); a.code() != "identity.lost" {
			t.Errorf("%s, twice: %+v", how, a)
		}
	}
}

// The database holds nothing by which an errand could be ended.
func TestTheRowOfAnErrandOpensNothing(t *testing.T) {
	t.Parallel()
	g := trusting(t)
	g.provider.Do(func(p *provider.Provider) { p.Person = person("1", "sen@example.org") })
	at, err := url.Parse(g.away(nil, beginIdentity, "{}"))
	housetest.Refused(t, err, "")
	all, err := people.Errands.All(g.house)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d errands, %v", len(all), err)
	}
	secret := strings.TrimPrefix(g.cookie, "vuon_errand=")
	for name, value := range all[0].FieldsData() {
		if text, ok := value.(string); ok && text != "" && (strings.Contains(text, secret) || strings.Contains(text, at.Query().Get("state"))) {
			t.Errorf("%s holds it: %s", name, text)
		}
	}
}

// Whoever says no, or whose provider errs, is led back with words, and may begin again.
func TestWhoeverComesBackWithNothingIsLedOn(t *testing.T) {
	t.Parallel()
	g := trusting(t)
	for trouble, want := range map[string]string{
		"error=access_denied": "cancelled", "error=server_error": "refused", "error=%3Cscript%3E": "refused", "": "refused", "code=": "refused", "code=never-given": "refused",
	} {
		at, err := url.Parse(g.away(nil, beginIdentity, `{"way":"/app/intakes"}`))
		housetest.Refused(t, err, "")
		to := g.back(people.CallbackPath + "?" + trouble + "&state=" + at.Query().Get("state"))
		if to != "/app/sign-in?identity="+want+"&to=%2Fapp%2Fintakes" || g.cookie != "" {
			t.Errorf("%q: led to %s", trouble, to)
		}
	}
	at := g.away(nil, beginIdentity, "{}")
	g.provider.Do(func(p *provider.Provider) { p.Away = true })
	if to := g.back(at); to != "/app/sign-in?identity=away&to=%2Fapp%2F" {
		t.Errorf("the provider is away: %s", to)
	}
	if a := g.say(nil, "/api/vuon/sign-in/identity/begin", "{}"); a.Status != http.StatusOK {
		t.Errorf("what is known of it lasts: %+v", a)
	}
}

func TestNobodyIsLedToAnotherSite(t *testing.T) {
	t.Parallel()
	g := trusting(t)
	for way, want := range map[string]string{
		"/app/intakes?q=a%20b":    "/app/intakes?q=a%20b",
		"/app/account":            "/app/account",
		"":                        "/app/",
		"/":                       "/app/",
		"//evil.example":          "/app/",
		"/%5Cevil.example":        "/app/",
		`/\\evil.example`:         "/app/",
		"/app//evil.example":      "/app/",
		"/app/%2F%2Fevil.example": "/app/",
		"/app/%5Cevil.example":    "/app/",
		"/app/..//evil.example":   "/app/",
		"/app/%2e%2e/%2fevil":     "/app/",
		"https://evil.example":    "/app/",
		"https:/app/":             "/app/",
		"javascript:alert(1)":     "/app/",
		"/app/sign-in?to=/app/":   "/app/",
		"/app/\t/evil":            "/app/",
		"/apple":                  "/app/",
	} {
		at, err := url.Parse(g.away(nil, beginIdentity, `{"way":"`+strings.ReplaceAll(strings.ReplaceAll(way, `\`, `\\`), "\t", `\t`)+`"}`))
		housetest.Refused(t, err, "")
		to, err := url.Parse(g.back(people.CallbackPath + "?error=access_denied&state=" + at.Query().Get("state")))
		if err != nil || to.Query().Get("to") != want {
			t.Errorf("%q leads to %s", way, to)
		}
	}
}

func TestOneProviderThatIsAwayClosesOneWayOnly(t *testing.T) {
	t.Parallel()
	g := trusting(t)
	g.provider.Do(func(p *provider.Provider) { p.Away = true })
	if a := g.say(nil, beginIdentity, "{}"); a.Status != http.StatusConflict || a.code() != "identity.away" {
		t.Errorf("got %+v", a)
	}
	if a := g.byCode(g.ask("an@example.org"), g.codes["an@example.org"], ""); a.Token == "" {
		t.Errorf("by code: %+v", a)
	}
	closed := knock(t)
	if a := closed.post(nil, beginIdentity, fields{}); a.Status != http.StatusNotFound || a.code() != "identity.off" {
		t.Errorf("a house that trusts nobody: %+v", a)
	}
}

func TestRaceAnErrandIsUsedOnce(t *testing.T) {
	t.Parallel()
	g := trusting(t)
	g.provider.Do(func(p *provider.Provider) { p.Person = person("1", "sen@example.org") })
	at := g.away(nil, beginIdentity, "{}")
	together := func(do func() bool) (many int) {
		var wait sync.WaitGroup
		var mu sync.Mutex
		for range 8 {
			wait.Go(func() {
				if do() {
					mu.Lock()
					defer mu.Unlock()
					many++
				}
			})
		}
		wait.Wait()
		return many
	}
	cookie, next := g.cookie, ""
	var mu sync.Mutex
	heard := together(func() bool {
		w := housetest.Ask(t, g.server, nil, http.MethodGet, at, "", "Cookie", cookie)
		if !strings.Contains(w.Header().Get("Location"), "identity=back") {
			return false
		}
		mu.Lock()
		defer mu.Unlock()
		next = w.Result().Cookies()[0].Value
		return true
	})
	if heard != 1 || g.provider.CodesRead != 1 {
		t.Fatalf("heard %d times, the code was sent %d times", heard, g.provider.CodesRead)
	}
	in := together(func() bool {
		return housetest.Ask(t, g.server, nil, http.MethodPost, byIdentity, "{}", "Cookie", "vuon_errand="+next).Code == http.StatusOK
	})
	if in != 1 || len(g.identities()) != 1 {
		t.Errorf("in %d times, %d identities", in, len(g.identities()))
	}
	housetest.Well(t, g.house)
}
