package provider

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"slices"
	"time"

	jose "github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
	"golang.org/x/text/language"
)

var errNone = errors.New("there is none")

// key signs.
type key struct {
	id      string
	private *rsa.PrivateKey
}

func (k *key) SignatureAlgorithm() jose.SignatureAlgorithm { return jose.RS256 }
func (k *key) Key() any                                    { return k.private }
func (k *key) ID() string                                  { return k.id }

// shown is the half of a key that everybody may read.
type shown struct{ *key }

func (s shown) Algorithm() jose.SignatureAlgorithm { return jose.RS256 }
func (s shown) Use() string                        { return "sig" }
func (s shown) Key() any                           { return &s.private.PublicKey }

// request is one errand of a browser, as the provider sees it.
type request struct {
	oidc.AuthRequest
	id     string
	person Person
	done   bool
	at     time.Time
}

func (q *request) GetID() string          { return q.id }
func (q *request) GetACR() string         { return q.person.Class }
func (q *request) GetAMR() []string       { return nil }
func (q *request) GetAudience() []string  { return []string{q.ClientID} }
func (q *request) GetAuthTime() time.Time { return q.at }
func (q *request) GetClientID() string    { return q.ClientID }
func (q *request) GetCodeChallenge() *oidc.CodeChallenge {
	return &oidc.CodeChallenge{Challenge: q.CodeChallenge, Method: q.CodeChallengeMethod}
}
func (q *request) GetNonce() string                   { return q.Nonce }
func (q *request) GetRedirectURI() string             { return q.RedirectURI }
func (q *request) GetResponseType() oidc.ResponseType { return q.ResponseType }
func (q *request) GetResponseMode() oidc.ResponseMode { return q.ResponseMode }
func (q *request) GetScopes() []string                { return q.Scopes }
func (q *request) GetState() string                   { return q.State }
func (q *request) GetSubject() string                 { return q.person.Subject }
func (q *request) Done() bool                         { return q.done }

// house is the one client.
type house struct{ p *Provider }

func (house) GetID() string                       { return ClientID }
func (h house) RedirectURIs() []string            { return []string{h.p.Redirect} }
func (house) PostLogoutRedirectURIs() []string    { return nil }
func (house) ApplicationType() op.ApplicationType { return op.ApplicationTypeWeb }
func (house) AuthMethod() oidc.AuthMethod         { return oidc.AuthMethodBasic }
func (house) ResponseTypes() []oidc.ResponseType  { return []oidc.ResponseType{oidc.ResponseTypeCode} }
func (house) GrantTypes() []oidc.GrantType        { return []oidc.GrantType{oidc.GrantTypeCode} }
func (house) LoginURL(id string) string           { return loginPath + "?authRequestID=" + id }
func (house) AccessTokenType() op.AccessTokenType { return op.AccessTokenTypeBearer }
func (house) IDTokenLifetime() time.Duration      { return time.Hour }
func (house) DevMode() bool                       { return true } // comes back to http at this machine
func (house) RestrictAdditionalIdTokenScopes() func([]string) []string {
	return func(all []string) []string { return all }
}

func (house) RestrictAdditionalAccessTokenScopes() func([]string) []string {
	return func(all []string) []string { return all }
}
func (house) IsScopeAllowed(string) bool             { return true }
func (h house) IDTokenUserinfoClaimsAssertion() bool { return !h.p.Apart }
func (house) ClockSkew() time.Duration               { return 0 }

// shelf is what zitadel keeps its things on.
type shelf struct{ p *Provider }

func (s shelf) CreateAuthRequest(_ context.Context, asked *oidc.AuthRequest, _ string) (op.AuthRequest, error) {
	q := &request{AuthRequest: *asked, id: rand.Text(), at: time.Now()}
	s.p.Do(func(p *Provider) { p.requests[q.id] = q })
	return q, nil
}

func (s shelf) AuthRequestByID(_ context.Context, id string) (op.AuthRequest, error) {
	var q *request
	s.p.Do(func(p *Provider) { q = p.requests[id] })
	if q == nil {
		return nil, errNone
	}
	return q, nil
}

func (s shelf) AuthRequestByCode(ctx context.Context, code string) (op.AuthRequest, error) {
	var id string
	s.p.Do(func(p *Provider) { id = p.codes[code] })
	return s.AuthRequestByID(ctx, id)
}

func (s shelf) SaveAuthCode(_ context.Context, id, code string) error {
	s.p.Do(func(p *Provider) { p.codes[code] = id })
	return nil
}

func (s shelf) DeleteAuthRequest(_ context.Context, id string) error {
	s.p.Do(func(p *Provider) { delete(p.requests, id) })
	return nil
}

func (s shelf) CreateAccessToken(_ context.Context, r op.TokenRequest) (string, time.Time, error) {
	id := rand.Text()
	s.p.Do(func(p *Provider) { p.tokens[id] = r.GetSubject() })
	return id, time.Now().Add(time.Hour), nil
}

func (s shelf) CreateAccessAndRefreshTokens(ctx context.Context, r op.TokenRequest, _ string) (string, string, time.Time, error) {
	id, until, err := s.CreateAccessToken(ctx, r)
	return id, "", until, err
}

func (shelf) TokenRequestByRefreshToken(context.Context, string) (op.RefreshTokenRequest, error) {
	return nil, op.ErrInvalidRefreshToken
}
func (shelf) TerminateSession(context.Context, string, string) error          { return nil }
func (shelf) RevokeToken(context.Context, string, string, string) *oidc.Error { return nil }
func (shelf) GetRefreshTokenInfo(context.Context, string, string) (string, string, error) {
	return "", "", op.ErrInvalidRefreshToken
}

func (s shelf) SigningKey(context.Context) (k op.SigningKey, _ error) {
	s.p.Do(func(p *Provider) { k = p.keys[0] })
	return k, nil
}

func (shelf) SignatureAlgorithms(context.Context) ([]jose.SignatureAlgorithm, error) {
	return []jose.SignatureAlgorithm{jose.RS256}, nil
}

func (s shelf) KeySet(context.Context) (all []op.Key, _ error) {
	s.p.Do(func(p *Provider) {
		for _, k := range p.keys {
			all = append(all, shown{k})
		}
	})
	return all, nil
}

func (s shelf) GetClientByClientID(_ context.Context, id string) (op.Client, error) {
	if id != ClientID {
		return nil, errNone
	}
	return house(s), nil
}

func (shelf) AuthorizeClientIDSecret(_ context.Context, id, secret string) error {
	if id != ClientID || secret != Secret {
		return errNone
	}
	return nil
}

func (s shelf) SetUserinfoFromScopes(_ context.Context, info *oidc.UserInfo, subject, _ string, scopes []string) error {
	if s.p.Apart {
		info.Subject = subject
		return nil
	}
	return s.tell(info, subject, scopes)
}

func (s shelf) SetUserinfoFromToken(_ context.Context, info *oidc.UserInfo, token, subject, _ string) error {
	return s.tell(info, subject, []string{oidc.ScopeEmail, oidc.ScopeProfile})
}

func (s shelf) tell(info *oidc.UserInfo, subject string, scopes []string) error {
	var who Person
	s.p.Do(func(p *Provider) {
		who = p.Person
		for _, other := range p.Others {
			if other.Subject == subject {
				who = other
			}
		}
	})
	info.Subject = subject
	if slices.Contains(scopes, oidc.ScopeEmail) {
		info.Email, info.EmailVerified = who.Email, oidc.Bool(who.EmailVerified)
	}
	if slices.Contains(scopes, oidc.ScopeProfile) {
		info.Name, info.FamilyName, info.GivenName = who.Name, who.Family, who.Given
		if tag, err := language.Parse(who.Locale); err == nil {
			info.Locale = oidc.NewLocale(tag)
		}
	}
	for name, value := range who.More {
		info.AppendClaims(name, value)
	}
	return nil
}

func (shelf) SetIntrospectionFromToken(context.Context, *oidc.IntrospectionResponse, string, string, string) error {
	return errNone
}

func (shelf) GetPrivateClaimsFromScopes(context.Context, string, string, []string) (map[string]any, error) {
	return nil, nil
}

func (shelf) GetKeyByIDAndClientID(context.Context, string, string) (*jose.JSONWebKey, error) {
	return nil, errNone
}

func (shelf) ValidateJWTProfileScopes(context.Context, string, []string) ([]string, error) {
	return nil, errNone
}

func (shelf) Health(context.Context) error { return nil }
