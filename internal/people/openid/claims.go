package openid

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/text/unicode/norm"
)

// Claims are what a provider said of somebody, checked.
type Claims struct {
	Issuer, Subject string
	Email           string
	EmailVerified   bool   // by the provider; anything but a plain yes is no
	Name            string // family name first as given, NFC; "" where there is none
	Locale          string // as a BCP 47 tag; "" where there is none
	Strong          bool   // the sign-in there stands for two factors
}

const (
	skew       = time.Minute // by which clocks may differ
	mostCode   = 2048        // characters of a code
	mostPerson = 255         // characters of a subject, as OpenID Connect has it
)

// Back is what a browser brings.
type Back struct {
	Code, State, Issuer string
	Named               bool   // whether an issuer was named at all
	Trouble             string // a code of OAuth's where there is no answer
}

// Cancelled is the trouble of somebody who said no.
const Cancelled = "access_denied"

// Brought says whether what a browser brings belongs to the errand of the thread.
func (t Thread) Brought(b Back) bool {
	return subtle.ConstantTimeCompare([]byte(b.State), []byte(t.State())) == 1
}

// BackOf reads what a browser brings. Something that stands there twice is not there.
func BackOf(q url.Values) Back {
	one := func(name string) string {
		if len(q[name]) != 1 {
			return ""
		}
		return q[name][0]
	}
	return Back{Code: one("code"), State: one("state"), Issuer: one("iss"), Named: q.Has("iss"), Trouble: one("error")}
}

// Finish takes the code that the browser of t has Brought, and answers with whom the provider means. Errors: ErrAway,
// ErrRefused.
func (p *Provider) Finish(ctx context.Context, t Thread, b Back, now time.Time) (Claims, error) {
	k, err := p.lookUp(ctx, now)
	if err != nil {
		return Claims{}, err
	}
	switch {
	case b.Code == "" || len(b.Code) > mostCode:
		return Claims{}, refused("no code")
	case (b.Named || k.namesItself) && b.Issuer != p.cfg.Issuer: // or one provider could be taken for another
		return Claims{}, refused("another issuer answers")
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := k.oauth.Exchange(ctx, b.Code, oauth2.VerifierOption(t.Verifier()))
	if err != nil {
		return Claims{}, sorted("take the code", err)
	}
	raw, _ := token.Extra("id_token").(string)
	verifier := oidc.NewVerifier(p.cfg.Issuer, k.keys, &oidc.Config{
		ClientID: p.cfg.ClientID, SupportedSigningAlgs: algorithms, Now: func() time.Time { return now.Add(-skew) },
	})
	id, err := verifier.Verify(ctx, raw)
	if err != nil {
		return Claims{}, sorted("verify the token", err)
	}
	said, err := p.check(id, t, token, now)
	if err != nil {
		return Claims{}, err
	}
	if said.Email == "" && p.asSafe(k.provider.UserInfoEndpoint()) {
		p.askMore(ctx, k, token, id.Subject, &said)
	}
	return said.claims(p.cfg), nil
}

// said is what a token holds that go-oidc does not look at.
type said struct {
	subject       string
	AuthorizedTo  string          `json:"azp"`
	Class         string          `json:"acr"`
	Email         string          `json:"email"`
	EmailVerified json.RawMessage `json:"email_verified"`
	Name          string          `json:"name"`
	Family        string          `json:"family_name"`
	Middle        string          `json:"middle_name"`
	Given         string          `json:"given_name"`
	Locale        string          `json:"locale"`
}

func (p *Provider) check(id *oidc.IDToken, t Thread, token *oauth2.Token, now time.Time) (s said, err error) {
	all := map[string]any{}
	if err := errors.Join(id.Claims(&s), id.Claims(&all)); err != nil {
		return s, refused(err.Error())
	}
	s.subject, _ = all[p.cfg.Subject].(string)
	switch {
	case subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(t.Nonce())) != 1:
		return s, refused("another nonce")
	case s.AuthorizedTo != "" && s.AuthorizedTo != p.cfg.ClientID, s.AuthorizedTo == "" && len(id.Audience) > 1:
		return s, refused("the token was made for somebody else")
	case id.IssuedAt.After(now.Add(skew)):
		return s, refused("the token comes from the future")
	case id.AccessTokenHash != "" && id.VerifyAccessToken(token.AccessToken) != nil:
		return s, refused("the token belongs to another")
	case strings.TrimSpace(s.subject) == "" || len(s.subject) > mostPerson:
		return s, refused("the token names nobody")
	}
	return s, nil
}

// askMore asks for the address where the token names none. What does not come is not there: the person is asked instead. It
// says nothing of acr, for nobody signs it.
func (p *Provider) askMore(ctx context.Context, k *known, token *oauth2.Token, subject string, s *said) {
	info, err := k.provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil || info.Subject != subject {
		return
	}
	var more said
	if info.Claims(&more) != nil {
		return
	}
	s.Email, s.EmailVerified = more.Email, more.EmailVerified
	for into, value := range map[*string]string{
		&s.Name: more.Name, &s.Family: more.Family, &s.Middle: more.Middle, &s.Given: more.Given, &s.Locale: more.Locale,
	} {
		if *into == "" {
			*into = value
		}
	}
}

func (s said) claims(cfg Config) Claims {
	name := s.Name
	if name == "" {
		name = strings.Join([]string{s.Family, s.Middle, s.Given}, " ")
	}
	yes := string(s.EmailVerified) == `true` || string(s.EmailVerified) == `"true"` // some write it so
	return Claims{
		Issuer: cfg.Issuer, Subject: s.subject, Email: s.Email, EmailVerified: yes && s.Email != "",
		Name: norm.NFC.String(strings.Join(strings.Fields(name), " ")), Locale: s.Locale,
		Strong: s.Class != "" && slices.Contains(cfg.Strong, s.Class),
	}
}

func refused(why string) error { return fmt.Errorf("%w: %s", ErrRefused, why) }

// sorted tells a provider that is away from one whose answer is wrong.
func sorted(what string, err error) error {
	var line *url.Error
	var answer *oauth2.RetrieveError
	if errors.As(err, &line) || errors.As(err, &answer) && answer.Response.StatusCode >= http.StatusInternalServerError {
		return fmt.Errorf("%w: %s: %s", ErrAway, what, brief(err))
	}
	return fmt.Errorf("%w: %s: %s", ErrRefused, what, brief(err))
}

const mostSaid = 300 // bytes of an error that go into a log

// brief leaves out of an error what the provider wrote at length: it may hold what the house sent, and stands in a log.
func brief(err error) string {
	var answer *oauth2.RetrieveError
	if errors.As(err, &answer) {
		err = fmt.Errorf("%d %s", answer.Response.StatusCode, answer.ErrorCode)
	}
	text := err.Error()
	return strings.ToValidUTF8(text[:min(len(text), mostSaid)], "")
}
