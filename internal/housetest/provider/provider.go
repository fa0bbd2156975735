// Package provider is a provider of identities for tests: zitadel's, in this process, with real keys and real HTTP at this
// machine. It signs in whoever the test says, without asking, and can be made to lie, to sleep and to be away.
//
// Tests and the browser tests' own command import it, and nothing that is served: see TestTheProviderIsNotInTheBinary.
package provider

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	jose "github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// Person is whom the provider knows.
type Person struct {
	Subject, Email, Name, Family, Given, Locale string
	EmailVerified                               bool
	Class                                       string         // acr
	More                                        map[string]any // other claims of the token
}

// Client is the one house that the provider knows.
const (
	ClientID = "vuon"
	Secret   = "một bí mật của nhà cung cấp"
)

// Provider is a provider that runs. What begins with a capital is set between requests, by Do.
type Provider struct {
	Issuer    string
	Redirect  string // where it sends people back
	Person    Person // who is sitting before the browser
	Apart     bool   // the address is told at the userinfo endpoint alone
	Asks      bool   // a page asks who it is, for people to look at
	Others    []Person
	Lies      func(header, claims map[string]any) string // makes the token that is handed out, instead of the true one
	Says      func(page map[string]any)                  // changes the provider's own page
	Away      bool                                       // answers 503
	Slow      time.Duration
	LookedUp  int // how often its own page was read
	KeysRead  int
	CodesRead int

	mu       sync.Mutex
	keys     []*key // the newest signs
	requests map[string]*request
	codes    map[string]string
	tokens   map[string]string // of access, to subjects
	store    op.OpenIDProvider
	server   *http.Server
}

// Start runs a provider at an address of this machine such as 127.0.0.1:0.
func Start(address, redirect string) (*Provider, error) {
	listener, err := net.Listen("tcp", address) //nolint:noctx // it lives as long as its test
	if err != nil {
		return nil, err
	}
	p := &Provider{
		Issuer: "http://" + listener.Addr().String(), Redirect: redirect,
		requests: map[string]*request{}, codes: map[string]string{}, tokens: map[string]string{},
	}
	p.Rotate()
	config := &op.Config{CodeMethodS256: true, CryptoKey: [32]byte{1}, CryptoKeyId: "1"}
	if p.store, err = op.NewProvider(config, shelf{p}, op.StaticIssuer(p.Issuer), op.WithAllowInsecure(), op.WithLogger(slog.New(slog.DiscardHandler))); err != nil {
		return nil, err
	}
	p.server = &http.Server{Handler: p.front(), ReadHeaderTimeout: time.Second}
	go func() { _ = p.server.Serve(listener) }() // it ends with Close
	return p, nil
}

// Close ends it.
func (p *Provider) Close() { _ = p.server.Close() }

// Do changes what the provider does from now on.
func (p *Provider) Do(change func(*Provider)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change(p)
}

// Rotate signs with a new key from now on, and forgets the old ones.
func (p *Provider) Rotate() {
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return
	}
	p.Do(func(p *Provider) { p.keys = []*key{{id: rand.Text(), private: private}} })
}

// Sign signs claims as the provider does, with a header of one's own beside it.
func (p *Provider) Sign(claims []byte) (string, error) {
	signer, err := op.SignerFromKey(p.keys[0])
	if err != nil {
		return "", err
	}
	return sealed(signer, claims)
}

// SignWith signs claims with another key, under the id of the provider's.
func (p *Provider) SignWith(alg jose.SignatureAlgorithm, with any, claims []byte) (string, error) {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: jose.JSONWebKey{Key: with, KeyID: p.keys[0].id}}, nil)
	if err != nil {
		return "", err
	}
	return sealed(signer, claims)
}

// Public is the key that everybody may read, as somebody who mistakes it for a shared secret would use it.
func (p *Provider) Public() *rsa.PublicKey { return &p.keys[0].private.PublicKey }

func sealed(signer jose.Signer, claims []byte) (string, error) {
	jws, err := signer.Sign(claims)
	if err != nil {
		return "", err
	}
	return jws.CompactSerialize()
}

// Stranger is a key that no provider has.
func Stranger() (ed25519.PrivateKey, *rsa.PrivateKey, error) {
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	r, err := rsa.GenerateKey(rand.Reader, 2048)
	return ed, r, err
}

func (p *Provider) callback(ctx context.Context, id string) string {
	return op.AuthCallbackURL(p.store)(op.ContextWithIssuer(ctx, p.Issuer), id)
}
