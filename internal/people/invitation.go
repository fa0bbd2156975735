package people

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// Invitations offer a role to whoever reads the mail of an address.
var Invitations = record.Of[Invitation]("invitations")

// Invitation is one role over one scope, offered to one address until it expires. The token of its link is never stored:
// it is made when the mail is sent, and only its hash stays.
type Invitation struct{ core.BaseRecordProxy }

// The states of an invitation. Expired is a fact that is computed, not a state.
const (
	InvitationSent     lifecycle.State = "sent"
	InvitationAccepted lifecycle.State = "accepted"
	InvitationRevoked  lifecycle.State = "revoked"
)

// InvitationLife is every legal move of an invitation.
var InvitationLife = lifecycle.Table{
	Collection: Invitations.Collection,
	Start:      InvitationSent,
	Ends:       []lifecycle.State{InvitationAccepted, InvitationRevoked},
	Moves: []lifecycle.Move{
		lifecycle.Moved("invitation", "accept", InvitationAccepted, InvitationSent),
		lifecycle.Moved("invitation", "revoke", InvitationRevoked, InvitationSent),
	},
}

// openFor is how long an invitation may be accepted.
const openFor = 14 * 24 * time.Hour

// Offer is what an invitation says.
type Offer struct {
	Email    string       `json:"email"`
	FullName string       `json:"full_name"`
	Role     access.Role  `json:"role"`
	Scope    access.Scope `json:"scope"`
	Locale   locale.Lang  `json:"locale"`
}

// invited describes an invitation made at now.
func invited(app core.App, o Offer, by string, now time.Time) (*Invitation, error) {
	i, err := Invitations.New(app)
	if err != nil {
		return nil, err
	}
	i.Set("email", address(o.Email))
	i.Set("full_name", o.FullName)
	i.Set("role", string(o.Role))
	i.Set("scope_type", string(o.Scope.Type))
	i.Set("scope", o.Scope.ID)
	i.Set("locale", string(spoken(o.Locale)))
	i.Set("invited_by", by)
	i.Set("expires_at", now.Add(openFor))
	return i, nil
}

// Email is the address it was sent to.
func (i *Invitation) Email() string { return i.GetString("email") }

// FullName is how the inviter calls the person.
func (i *Invitation) FullName() string { return i.GetString("full_name") }

// Role is what is offered.
func (i *Invitation) Role() access.Role { return access.Role(i.GetString("role")) }

// Scope is what the role reaches over.
func (i *Invitation) Scope() access.Scope {
	return access.Scope{Type: access.ScopeType(i.GetString("scope_type")), ID: i.GetString("scope")}
}

// Lang is the language the invitation is written in.
func (i *Invitation) Lang() locale.Lang { return spoken(locale.Lang(i.GetString("locale"))) }

// InvitedBy is who offers the role.
func (i *Invitation) InvitedBy() string { return i.GetString("invited_by") }

// Expires is when it can no longer be accepted.
func (i *Invitation) Expires() time.Time { return i.GetDateTime("expires_at").Time() }

// Status is where the invitation stands.
func (i *Invitation) Status() lifecycle.State { return lifecycle.State(i.GetString("status")) }

// OpenAt says whether it may be accepted at now. It is half-open, as every deadline of the house.
func (i *Invitation) OpenAt(now time.Time) bool {
	return i.Status() == InvitationSent && now.Before(i.Expires())
}

// AcceptedBy is who accepted it.
func (i *Invitation) AcceptedBy() string { return i.GetString("accepted_by") }

// made is when it was sent; it orders lists and decides nothing.
func (i *Invitation) made() time.Time { return i.GetDateTime("created").Time() }

func (i *Invitation) setAcceptedBy(user string) { i.Set("accepted_by", user) }

func (i *Invitation) setToken(token string) { i.Set("token_hash", hashed(token)) }

func (i *Invitation) sameOffer(was *Invitation) bool {
	return i.Email() == was.Email() && i.FullName() == was.FullName() && i.Role() == was.Role() && i.Scope() == was.Scope() &&
		i.InvitedBy() == was.InvitedBy() && i.Expires().Equal(was.Expires())
}

// hashed is what the database keeps of a secret of thirty-two random bytes.
func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// masked hides most of an address: its owner knows it again, nobody else learns it.
func masked(email string) string {
	name, domain, _ := strings.Cut(email, "@")
	first, _ := utf8.DecodeRuneInString(name)
	return string(first) + "…@" + domain
}
