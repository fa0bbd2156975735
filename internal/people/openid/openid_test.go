package openid_test

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"vuon/internal/housetest/provider"
	"vuon/internal/people/openid"
)

const redirect = "http://127.0.0.1:9/sign-in/callback"

var sen = provider.Person{
	Subject: "công-dân-1", Email: "Sen@Example.org", EmailVerified: true, Name: "Tra\u0302\u0300n Thi\u0323 Sen", Locale: "en-GB", // NFD
}

// there is a provider of its own for a test, and the house's view of it.
func there(t *testing.T, change ...func(*openid.Config)) (*provider.Provider, *openid.Provider) {
	t.Helper()
	p, err := provider.Start("127.0.0.1:0", redirect)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	p.Person = sen
	return p, seen(p, change...)
}

func seen(p *provider.Provider, change ...func(*openid.Config)) *openid.Provider {
	cfg := openid.Config{
		Issuer: p.Issuer, ClientID: provider.ClientID, Secret: func() string { return provider.Secret }, Redirect: redirect,
		Scopes: []string{"email", "profile"}, Strong: []string{"urn:vn:loa:3"}, Patience: 10 * time.Second,
	}
	for _, c := range change {
		c(&cfg)
	}
	return openid.New(cfg)
}

// walk goes to the provider and comes back with what it gave.
func walk(t *testing.T, o *openid.Provider) (openid.Thread, openid.Back) {
	t.Helper()
	thread, err := openid.Spin(strings.NewReader(strings.Repeat(t.Name(), 32)))
	if err != nil {
		t.Fatal(err)
	}
	to, err := o.Begin(t.Context(), thread, "vi", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return thread, follow(t, to)
}

func follow(t *testing.T, to string) openid.Back {
	t.Helper()
	var last *url.URL
	client := http.Client{CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if last = r.URL; strings.HasPrefix(r.URL.String(), redirect) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, to, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Error(err)
	}
	if last == nil || !strings.HasPrefix(last.String(), redirect) {
		t.Fatalf("the provider led to %v with %d", last, answer.StatusCode)
	}
	return openid.BackOf(last.Query())
}

func finish(t *testing.T, o *openid.Provider) (openid.Claims, error) {
	t.Helper()
	thread, back := walk(t, o)
	if !thread.Brought(back) {
		t.Fatal("another state came back")
	}
	return o.Finish(t.Context(), thread, back, time.Now())
}

func TestTheProviderSaysWhoSomebodyIs(t *testing.T) {
	t.Parallel()
	p, o := there(t)
	want := openid.Claims{
		Issuer: p.Issuer, Subject: "công-dân-1", Email: "Sen@Example.org", EmailVerified: true, Name: "Trần Thị Sen", Locale: "en-GB",
	}
	if got, err := finish(t, o); err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	p.Do(func(p *provider.Provider) { p.Apart = true }) // the address is told at the userinfo endpoint alone
	if got, err := finish(t, o); err != nil || got != want {
		t.Errorf("apart: %+v, %v", got, err)
	}
	p.Do(func(p *provider.Provider) {
		p.Apart, p.Person = false, provider.Person{Subject: "2", Family: "Lê", Given: "Minh", Class: "urn:vn:loa:3"}
	})
	if got, err := finish(t, o); err != nil || got.Name != "Lê Minh" || got.EmailVerified || !got.Strong {
		t.Errorf("a name in parts: %+v, %v", got, err)
	}
	if p.LookedUp != 1 || p.KeysRead != 1 {
		t.Errorf("looked up %d times, keys read %d times", p.LookedUp, p.KeysRead)
	}
}

func TestAClaimOfTheOperatorsChoiceNamesAPerson(t *testing.T) {
	t.Parallel()
	p, o := there(t, func(c *openid.Config) { c.Subject = "citizen" })
	if _, err := finish(t, o); !errors.Is(err, openid.ErrRefused) {
		t.Errorf("nobody: %v", err)
	}
	p.Do(func(p *provider.Provider) { p.Person.More = map[string]any{"citizen": "079123456789"} })
	if got, err := finish(t, o); err != nil || got.Subject != "079123456789" {
		t.Errorf("got %+v, %v", got, err)
	}
	p.Do(func(p *provider.Provider) { p.Person.More = map[string]any{"citizen": 79123456789} })
	if _, err := finish(t, o); !errors.Is(err, openid.ErrRefused) { // a number would lose its zeros
		t.Errorf("a number: %v", err)
	}
}

// What the provider hands out is bent in one place each: nothing of it opens anything.
func TestATokenThatDoesNotHoldIsRefused(t *testing.T) {
	t.Parallel()
	_, strange, err := provider.Stranger()
	if err != nil {
		t.Fatal(err)
	}
	type lie = func(p *provider.Provider, claims map[string]any) (string, error)
	with := func(change map[string]any) lie {
		return func(p *provider.Provider, claims map[string]any) (string, error) {
			maps.Copy(claims, change)
			return p.Sign(written(claims))
		}
	}
	now := time.Now()
	for name, c := range map[string]struct {
		lie  lie
		good bool
	}{
		"the truth":                   {with(nil), true},
		"another audience":            {with(map[string]any{"aud": []string{"another"}}), false},
		"ours among two, made for us": {with(map[string]any{"aud": []string{"another", provider.ClientID}}), true},
		"ours among two, for another": {with(map[string]any{"aud": []string{"another", provider.ClientID}, "azp": "another"}), false},
		"ours among two, for nobody":  {with(map[string]any{"aud": []string{"another", provider.ClientID}, "azp": ""}), false},
		"made for another":            {with(map[string]any{"azp": "another"}), false},
		"another issuer":              {with(map[string]any{"iss": "http://127.0.0.1:1"}), false},
		"expired":                     {with(map[string]any{"exp": now.Add(-2 * time.Minute).Unix()}), false},
		"expired by a slow clock":     {with(map[string]any{"exp": now.Add(-30 * time.Second).Unix()}), true},
		"from the future":             {with(map[string]any{"iat": now.Add(5 * time.Minute).Unix()}), false},
		"by a fast clock":             {with(map[string]any{"iat": now.Add(30 * time.Second).Unix()}), true},
		"another nonce":               {with(map[string]any{"nonce": "another"}), false},
		"no nonce":                    {with(map[string]any{"nonce": ""}), false},
		"of another answer":           {with(map[string]any{"at_hash": "bm90IHRoaXMgb25l"}), false},
		"nobody":                      {with(map[string]any{"sub": ""}), false},
		"a subject without end":       {with(map[string]any{"sub": strings.Repeat("x", 256)}), false},
		"no signature": {func(_ *provider.Provider, claims map[string]any) (string, error) {
			return encoded(`{"alg":"none"}`) + "." + encoded(string(written(claims))) + ".", nil
		}, false},
		"the public key as a shared secret": {func(p *provider.Provider, claims map[string]any) (string, error) {
			return p.SignWith("HS256", pem.EncodeToMemory(&pem.Block{Type: "RSA PUBLIC KEY", Bytes: x509.MarshalPKCS1PublicKey(p.Public())}), written(claims))
		}, false},
		"our own secret as a key": {func(p *provider.Provider, claims map[string]any) (string, error) {
			return p.SignWith("HS256", []byte(provider.Secret), written(claims))
		}, false},
		"a stranger's key under the same name": {func(p *provider.Provider, claims map[string]any) (string, error) {
			return p.SignWith("RS256", strange, written(claims))
		}, false},
		"nothing at all": {func(*provider.Provider, map[string]any) (string, error) { return "", nil }, false},
		"no token":       {func(*provider.Provider, map[string]any) (string, error) { return "eyJ", nil }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, o := there(t)
			p.Lies = func(_, claims map[string]any) string {
				token, err := c.lie(p, claims)
				if err != nil {
					t.Error(err)
				}
				return token
			}
			got, err := finish(t, o)
			if c.good && err != nil || !c.good && (!errors.Is(err, openid.ErrRefused) || got != openid.Claims{}) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

// A provider that says it signs with a shared secret, or not at all, is not believed.
func TestTheProviderDoesNotChooseWhatCounts(t *testing.T) {
	t.Parallel()
	p, o := there(t)
	p.Says = func(page map[string]any) { page["id_token_signing_alg_values_supported"] = []string{"none", "HS256"} }
	p.Lies = func(_, claims map[string]any) string {
		token, err := p.SignWith("HS256", []byte(provider.Secret), written(claims))
		if err != nil {
			t.Error(err)
		}
		return token
	}
	if _, err := finish(t, o); !errors.Is(err, openid.ErrRefused) || p.KeysRead != 0 { // it is refused before any key is looked for
		t.Errorf("got %v; keys read %d times", err, p.KeysRead)
	}
}

func TestAnUnverifiedAddressIsNoWayRoundToAYes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		says any
		want bool
	}{
		"yes": {true, true}, "no": {false, false}, "a word": {"yes", false}, "one": {1, false}, "nothing": {nil, false}, "as text": {"true", true}, "no as text": {"false", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, o := there(t)
			p.Lies = func(_, claims map[string]any) string {
				claims["email_verified"] = c.says
				token, err := p.Sign(written(claims))
				if err != nil {
					t.Error(err)
				}
				return token
			}
			if got, err := finish(t, o); err != nil || got.EmailVerified != c.want {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestOnlyAConfiguredClassIsStrong(t *testing.T) {
	t.Parallel()
	for class, want := range map[string]bool{"urn:vn:loa:3": true, "urn:vn:loa:2": false, "": false, "urn:vn:loa:3" + " ": false, "URN:VN:LOA:3": false} {
		p, o := there(t)
		p.Person.Class = class
		if got, err := finish(t, o); err != nil || got.Strong != want {
			t.Errorf("%q: %+v, %v", class, got, err)
		}
		if got, err := finish(t, seen(p, func(c *openid.Config) { c.Strong = nil })); err != nil || got.Strong {
			t.Errorf("%q where none is configured: %+v, %v", class, got, err)
		}
	}
}

func TestACodeIsTakenOnceAndByWhoAskedForIt(t *testing.T) {
	t.Parallel()
	_, o := there(t)
	thread, back := walk(t, o)
	if _, err := o.Finish(t.Context(), thread, back, time.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Finish(t.Context(), thread, back, time.Now()); !errors.Is(err, openid.ErrRefused) {
		t.Errorf("taken twice: %v", err)
	}
	_, back = walk(t, o)
	other, err := openid.Spin(strings.NewReader(strings.Repeat("another", 32)))
	if err != nil {
		t.Fatal(err)
	}
	if other.Brought(back) {
		t.Error("another's state is taken for one's own")
	}
	if _, err := o.Finish(t.Context(), other, back, time.Now()); !errors.Is(err, openid.ErrRefused) { // the proof is another's
		t.Errorf("a stolen code: %v", err)
	}
	for name, q := range map[string]string{"nothing": "", "two states": "state=a&state=" + thread.State(), "another": "state=" + thread.Nonce()} {
		values, err := url.ParseQuery(q)
		if err != nil || thread.Brought(openid.BackOf(values)) {
			t.Errorf("%s: taken, %v", name, err)
		}
	}
}

// Another provider's answer is brought to us as if it were ours (mix-up).
func TestOneProviderIsNotTakenForAnother(t *testing.T) {
	t.Parallel()
	p, o := there(t)
	thread, back := walk(t, o)
	back.Named, back.Issuer = true, "https://another.example"
	if _, err := o.Finish(t.Context(), thread, back, time.Now()); !errors.Is(err, openid.ErrRefused) || p.CodesRead != 0 {
		t.Errorf("got %v; %d codes were sent there", err, p.CodesRead)
	}
	back.Issuer = p.Issuer
	if _, err := o.Finish(t.Context(), thread, back, time.Now()); err != nil {
		t.Errorf("its own name: %v", err)
	}
	p.Says = func(page map[string]any) { page["authorization_response_iss_parameter_supported"] = true }
	o = seen(p)
	if thread, back = walk(t, o); back.Named {
		t.Fatal("this provider names itself by now: the test must change")
	}
	if _, err := o.Finish(t.Context(), thread, back, time.Now()); !errors.Is(err, openid.ErrRefused) {
		t.Errorf("it names itself always, and now it does not: %v", err)
	}
	p.Says = func(page map[string]any) { page["issuer"] = "https://another.example" }
	if _, err := seen(p).Begin(t.Context(), thread, "vi", time.Now()); !errors.Is(err, openid.ErrAway) {
		t.Errorf("its page is another's: %v", err)
	}
}

func TestKeysMayChangeAtAnyTime(t *testing.T) {
	t.Parallel()
	p, o := there(t)
	if _, err := finish(t, o); err != nil {
		t.Fatal(err)
	}
	thread, back := walk(t, o)
	p.Rotate() // between the way there and the way back
	if _, err := o.Finish(t.Context(), thread, back, time.Now()); err != nil {
		t.Errorf("a new key: %v", err)
	}
	if p.KeysRead != 2 {
		t.Errorf("keys were read %d times", p.KeysRead)
	}
}

func TestAProviderThatIsAwayIsAskedSeldom(t *testing.T) {
	t.Parallel()
	p, o := there(t)
	p.Away = true
	thread, err := openid.Spin(strings.NewReader(strings.Repeat("x", 32)))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	for range 3 {
		if _, err := o.Begin(t.Context(), thread, "vi", now); !errors.Is(err, openid.ErrAway) {
			t.Fatalf("got %v", err)
		}
	}
	if p.LookedUp != 0 {
		t.Fatal("it was not away")
	}
	p.Do(func(p *provider.Provider) { p.Away = false })
	if _, err := o.Begin(t.Context(), thread, "vi", now.Add(9*time.Second)); !errors.Is(err, openid.ErrAway) || p.LookedUp != 0 {
		t.Errorf("asked again at once: %v, %d", err, p.LookedUp)
	}
	if _, err := o.Begin(t.Context(), thread, "vi", now.Add(11*time.Second)); err != nil {
		t.Errorf("it is back: %v", err)
	}
	p.Do(func(p *provider.Provider) { p.Away = true })
	if _, err := o.Begin(t.Context(), thread, "vi", now.Add(7*time.Hour)); err != nil {
		t.Errorf("what was known of it is of use while it is away: %v", err)
	}
	p.Do(func(p *provider.Provider) { p.Away = false })
	thread, back := walk(t, o)
	p.Do(func(p *provider.Provider) { p.Away = true })
	if _, err := o.Finish(t.Context(), thread, back, time.Now()); !errors.Is(err, openid.ErrAway) {
		t.Errorf("away when the code is brought: %v", err)
	}
}

func TestASlowProviderIsNotWaitedForLong(t *testing.T) {
	t.Parallel()
	p, o := there(t, func(c *openid.Config) { c.Patience = 50 * time.Millisecond })
	p.Slow = 5 * time.Second
	began := time.Now()
	thread, err := openid.Spin(strings.NewReader(strings.Repeat("x", 32)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Begin(t.Context(), thread, "vi", began); !errors.Is(err, openid.ErrAway) || time.Since(began) > 4*time.Second {
		t.Errorf("after %s: %v", time.Since(began), err)
	}
}

func TestWhatStandsInALogHoldsNoSecret(t *testing.T) {
	t.Parallel()
	_, o := there(t)
	thread, back := walk(t, o)
	back.Code += "x"
	_, err := o.Finish(t.Context(), thread, back, time.Now())
	for _, secret := range []string{provider.Secret, back.Code, thread.Verifier(), thread.Nonce(), string(thread)} {
		if err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("the log holds %q: %v", secret, err)
		}
	}
}

func written(claims map[string]any) []byte {
	raw, err := json.Marshal(claims)
	if err != nil {
		return nil
	}
	return raw
}

func encoded(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
