package people

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Identities are who people are at a provider of identities. One of them opens one account.
var Identities = record.Of[Identity]("identities")

// Identity is one person as a provider knows them: the subject is theirs alone and never given to another.
type Identity struct{ core.BaseRecordProxy }

// newIdentity describes an identity that opens the account of user from now on.
func newIdentity(app core.App, issuer, subject, user string, now time.Time) (*Identity, error) {
	i, err := Identities.New(app)
	if err != nil {
		return nil, err
	}
	i.Id = core.GenerateDefaultRandomId()
	i.Set("issuer", issuer)
	i.Set("subject", subject)
	i.Set("user", user)
	i.Set("linked_at", now)
	return i, nil
}

// Issuer is the provider.
func (i *Identity) Issuer() string { return i.GetString("issuer") }

// UserID is whose account it opens.
func (i *Identity) UserID() string { return i.GetString("user") }

// Linked is since when.
func (i *Identity) Linked() time.Time { return i.GetDateTime("linked_at").Time() }

// Last is when somebody last came by it; zero is never.
func (i *Identity) Last() time.Time { return i.GetDateTime("last_at").Time() }

func (i *Identity) setLast(now time.Time) { i.Set("last_at", now) }

func (i *Identity) sameRoots(was *Identity) bool {
	return i.Issuer() == was.Issuer() && i.GetString("subject") == was.GetString("subject") && i.UserID() == was.UserID() &&
		i.Linked().Equal(was.Linked())
}
