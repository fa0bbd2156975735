package app

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"vuon/internal/locale"
	"vuon/internal/people"
	"vuon/internal/people/openid"
)

// IdentityConfig is the provider of identities by which people may sign in; without an issuer there is none.
type IdentityConfig struct {
	Issuer    string   // VUON_OIDC_ISSUER, to the letter as the provider calls itself
	ClientID  string   // VUON_OIDC_CLIENT_ID, what it calls this house
	Secret    Secret   // VUON_OIDC_CLIENT_SECRET; it is in no settings and in no log
	NameVi    string   // VUON_OIDC_NAME_VI, what the button calls the provider
	NameEn    string   // VUON_OIDC_NAME_EN, likewise; empty is the Vietnamese one
	Scopes    []string // VUON_OIDC_SCOPES, by blanks; empty is "openid email profile"
	Subject   string   // VUON_OIDC_SUBJECT, the claim that names a person for good; empty is sub
	Strong    []string // VUON_OIDC_STRONG_ACR, by blanks: values of acr that stand for two factors
	Newcomers bool     // VUON_OIDC_NEWCOMERS=off keeps whom the provider vouches for from an account without a mailed code
	redirect  string
}

// read takes the rest of the configuration and names what is wrong with it, half a configuration above all.
func (c *IdentityConfig) read(getenv func(string) string, publicURL string) (wrong error) {
	c.Issuer, c.ClientID = getenv("VUON_OIDC_ISSUER"), getenv("VUON_OIDC_CLIENT_ID")
	c.NameVi, c.NameEn = strings.TrimSpace(getenv("VUON_OIDC_NAME_VI")), strings.TrimSpace(getenv("VUON_OIDC_NAME_EN"))
	c.Scopes, c.Subject, c.Strong = strings.Fields(getenv("VUON_OIDC_SCOPES")), getenv("VUON_OIDC_SUBJECT"), strings.Fields(getenv("VUON_OIDC_STRONG_ACR"))
	newcomers := getenv("VUON_OIDC_NEWCOMERS")
	c.Newcomers = newcomers == "" || newcomers == "on"
	if !c.Newcomers && newcomers != "off" {
		wrong = fmt.Errorf("VUON_OIDC_NEWCOMERS is on or off, not %q", newcomers)
	}
	var given, missing []string
	for _, one := range [][2]string{
		{"VUON_OIDC_ISSUER", c.Issuer}, {"VUON_OIDC_CLIENT_ID", c.ClientID}, {"VUON_OIDC_CLIENT_SECRET", string(c.Secret)}, {"VUON_OIDC_NAME_VI", c.NameVi},
	} {
		if one[1] == "" {
			missing = append(missing, one[0])
			continue
		}
		given = append(given, one[0])
	}
	rest := c.NameEn + c.Subject + newcomers + strings.Join(c.Scopes, "") + strings.Join(c.Strong, "")
	switch {
	case len(given) == 0 && rest == "":
		return wrong
	case len(missing) > 0:
		wrong = errors.Join(wrong, fmt.Errorf("sign-in by a provider of identities is half configured: %s missing; set all of them or no VUON_OIDC_… at all", strings.Join(missing, ", ")))
	}
	if publicURL == "" {
		wrong = errors.Join(wrong, errors.New("VUON_PUBLIC_URL is needed with VUON_OIDC_ISSUER: the provider sends people back there"))
	}
	if c.Issuer != "" && !isIssuer(c.Issuer) {
		wrong = errors.Join(wrong, errors.New("VUON_OIDC_ISSUER begins with https://, or names this machine with its port, and has neither ? nor #"))
	}
	c.redirect = publicURL + people.CallbackPath
	return wrong
}

func isIssuer(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && u.RawQuery == "" && u.Fragment == "" && u.User == nil && (u.Scheme == "https" || u.Scheme == "http" && loopback(u.Host))
}

// trust is the configured provider, as people know it.
func (c *IdentityConfig) trust() people.Trust {
	if c.Issuer == "" {
		return people.Trust{}
	}
	scopes := c.Scopes
	if len(scopes) == 0 {
		scopes = []string{"openid", "email", "profile"}
	}
	return people.Trust{
		Name: c.name(), Newcomers: c.Newcomers,
		Provider: openid.New(openid.Config{
			Issuer: c.Issuer, ClientID: c.ClientID, Secret: func() string { return string(c.Secret) }, Redirect: c.redirect,
			Scopes: scopes, Subject: c.Subject, Strong: c.Strong,
		}),
	}
}

// name is what people call the provider; empty where there is none.
func (c *IdentityConfig) name() locale.Pair { return locale.Pair{VI: c.NameVi, EN: c.NameEn} }
