package openid

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Config is which provider the house trusts, and what it takes from it.
type Config struct {
	Issuer   string // https, or http at this machine
	ClientID string
	Secret   func() string // a function, so that printing the rest never shows it
	Redirect string        // where people come back, to the letter as the provider has it
	Scopes   []string      // openid is always asked for
	Subject  string        // the claim that names a person for good; "" is sub
	Strong   []string      // values of acr that stand for two factors; all are asked for
	Patience time.Duration // for one answer of the provider; 0 is patience
}

// What the provider is given before the house goes on without it.
const (
	patience  = 4 * time.Second  // for one answer
	attempts  = 2                // to look the provider up
	restAfter = 10 * time.Second // after it could not be looked up
	knownFor  = 6 * time.Hour    // then it is looked up again, and the old answer kept if that fails
	mostBytes = 1 << 20          // of one answer
)

// algorithms are the signatures that count, whatever a provider says: no shared secret, and never none.
var algorithms = []string{
	oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.ES256, oidc.ES384, oidc.ES512, oidc.EdDSA,
}

// ErrAway is a provider that does not answer, or not as one.
var ErrAway = errors.New("the provider of identities is away")

// ErrRefused is an answer that proves nothing.
var ErrRefused = errors.New("the answer of the provider of identities does not hold")

// Provider is one provider of identities. It may be used by many at once.
type Provider struct {
	cfg    Config
	client *http.Client

	mu    sync.Mutex
	known *known
	away  time.Time // when it could last not be looked up
}

// known is what the provider's own page said.
type known struct {
	provider    *oidc.Provider
	keys        oidc.KeySet // kept, and read again for a signature by an unknown one
	oauth       oauth2.Config
	at          time.Time
	namesItself bool // in every answer to the browser (RFC 9207)
}

// New describes a provider and asks it nothing.
func New(cfg Config) *Provider {
	if cfg.Subject == "" {
		cfg.Subject = "sub"
	}
	if cfg.Patience == 0 {
		cfg.Patience = patience
	}
	if !slices.Contains(cfg.Scopes, oidc.ScopeOpenID) {
		cfg.Scopes = append([]string{oidc.ScopeOpenID}, cfg.Scopes...)
	}
	return &Provider{cfg: cfg, client: &http.Client{
		Timeout: cfg.Patience, Transport: bounded{http.DefaultTransport},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, // a secret goes where it was meant to
	}}
}

// Issuer is the name of the provider, as identities are kept under it.
func (p *Provider) Issuer() string { return p.cfg.Issuer }

// Begin is where the browser is to go. lang is the language in which the provider may speak. Error: ErrAway.
func (p *Provider) Begin(ctx context.Context, t Thread, lang string, now time.Time) (string, error) {
	k, err := p.lookUp(ctx, now)
	if err != nil {
		return "", err
	}
	more := []oauth2.AuthCodeOption{
		oidc.Nonce(t.Nonce()), oauth2.S256ChallengeOption(t.Verifier()), oauth2.SetAuthURLParam("ui_locales", lang),
	}
	if len(p.cfg.Strong) > 0 {
		more = append(more, oauth2.SetAuthURLParam("acr_values", strings.Join(p.cfg.Strong, " ")))
	}
	return k.oauth.AuthCodeURL(t.State(), more...), nil
}

// lookUp reads the provider's own page, or remembers it. Error: ErrAway.
func (p *Provider) lookUp(ctx context.Context, now time.Time) (*known, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fresh, rests := p.known != nil && now.Sub(p.known.at) < knownFor, now.Sub(p.away) < restAfter
	switch {
	case fresh || rests && p.known != nil:
		return p.known, nil
	case rests:
		return nil, ErrAway
	}
	var k *known
	var err error
	for range attempts {
		if k, err = p.ask(ctx, now); err == nil {
			p.known = k
			return k, nil
		}
	}
	if ctx.Err() == nil { // whoever asked may have gone, which says nothing of the provider
		p.away = now
	}
	if p.known != nil {
		return p.known, nil
	}
	return nil, fmt.Errorf("%w: %s", ErrAway, brief(err))
}

func (p *Provider) ask(ctx context.Context, now time.Time) (*known, error) {
	provider, err := oidc.NewProvider(oidc.ClientContext(ctx, p.client), p.cfg.Issuer)
	if err != nil {
		return nil, err
	}
	var page struct {
		Keys        string   `json:"jwks_uri"`
		Methods     []string `json:"token_endpoint_auth_methods_supported"`
		NamesItself bool     `json:"authorization_response_iss_parameter_supported"`
	}
	if err := provider.Claims(&page); err != nil {
		return nil, err
	}
	end := provider.Endpoint()
	for _, address := range []string{end.AuthURL, end.TokenURL, page.Keys} {
		if !p.asSafe(address) {
			return nil, fmt.Errorf("it names %q, which is no https address", address)
		}
	}
	end.AuthStyle = oauth2.AuthStyleInHeader // what a provider takes that does not say; guessing would spend the code
	if len(page.Methods) > 0 && !slices.Contains(page.Methods, "client_secret_basic") {
		end.AuthStyle = oauth2.AuthStyleInParams
	}
	keys := oidc.NewRemoteKeySet(oidc.ClientContext(ctx, p.client), page.Keys)
	return &known{provider: provider, keys: keys, at: now, namesItself: page.NamesItself, oauth: oauth2.Config{
		ClientID: p.cfg.ClientID, ClientSecret: p.cfg.Secret(), RedirectURL: p.cfg.Redirect, Scopes: p.cfg.Scopes, Endpoint: end,
	}}, nil
}

// asSafe says whether an address is reached as safely as the issuer.
func (p *Provider) asSafe(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http" && strings.HasPrefix(p.cfg.Issuer, "http://"))
}

// bounded reads no more than mostBytes of an answer.
type bounded struct{ http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	answer.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(answer.Body, mostBytes), answer.Body}
	return answer, nil
}
