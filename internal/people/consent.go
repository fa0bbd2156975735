package people

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/record"
)

// Consents are the proof of what people agreed to. Rows are added and withdrawn, never changed and never deleted.
var Consents = record.Of[Consent]("consents")

// Consent is one person's agreement to one purpose, in the words of one version of the policy.
type Consent struct{ core.BaseRecordProxy }

// forAccount is the purpose without which there is no account: to know the address and to write to it.
const forAccount = "account"

// policyVersion names the privacy page that newcomers agree to. It is raised with every change of its meaning.
const policyVersion = "2026-01"

// agreed describes a consent given at now.
func agreed(app core.App, user, purpose string, lang locale.Lang, method string, now time.Time) (*Consent, error) {
	c, err := Consents.New(app)
	if err != nil {
		return nil, err
	}
	c.Set("user", user)
	c.Set("purpose", purpose)
	c.Set("policy_version", policyVersion)
	c.Set("lang", string(lang))
	c.Set("method", method)
	c.Set("given_at", now)
	return c, nil
}

// UserID is who agreed.
func (c *Consent) UserID() string { return c.GetString("user") }

// Purpose is what they agreed to.
func (c *Consent) Purpose() string { return c.GetString("purpose") }

// PolicyVersion is the text they agreed to.
func (c *Consent) PolicyVersion() string { return c.GetString("policy_version") }

// Given is when they agreed.
func (c *Consent) Given() time.Time { return c.GetDateTime("given_at").Time() }

// Withdrawn is when they took it back; zero is not.
func (c *Consent) Withdrawn() time.Time { return c.GetDateTime("withdrawn_at").Time() }

// sameProof says whether was proves the same as c, apart from a withdrawal.
func (c *Consent) sameProof(was *Consent) bool {
	return c.UserID() == was.UserID() && c.Purpose() == was.Purpose() && c.PolicyVersion() == was.PolicyVersion() &&
		c.Given().Equal(was.Given()) && c.GetString("lang") == was.GetString("lang") && c.GetString("method") == was.GetString("method")
}
