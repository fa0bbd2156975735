package intake

import (
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// Members are the people who write an application together with its applicant.
var Members = record.Of[Member]("application_members")

// Member is one person's place in one application: asked by mail, and in it once they have said yes themselves.
type Member struct{ core.BaseRecordProxy }

// The states of a place.
const (
	MemberInvited  lifecycle.State = "invited"
	MemberAccepted lifecycle.State = "accepted"
	MemberDeclined lifecycle.State = "declined"
	MemberRemoved  lifecycle.State = "removed"
)

// MemberLife is every legal move of a place.
var MemberLife = lifecycle.Table{
	Collection: Members.Collection,
	Start:      MemberInvited,
	Ends:       []lifecycle.State{MemberDeclined, MemberRemoved},
	Moves: []lifecycle.Move{
		lifecycle.Moved("application_member", "accept", MemberAccepted, MemberInvited),
		lifecycle.Moved("application_member", "decline", MemberDeclined, MemberInvited),
		lifecycle.Moved("application_member", "remove", MemberRemoved, MemberInvited, MemberAccepted),
	},
}

// The parts that somebody may have, as a startup knows them too. Their words are member_role.<role>.
var memberRoles = []string{"founder", "member", "advisor"}

const (
	mostMembers  = 10  // people in one application beside the applicant, asked or in it
	longestName  = 120 // characters
	longestEmail = 254 // bytes
)

// Invited is whom an applicant asks to write with them.
type Invited struct {
	Email    string      `json:"email"`
	FullName string      `json:"full_name"`
	Role     string      `json:"role"`
	Locale   locale.Lang `json:"locale"`
}

func newMember(app core.App, application string, who Invited, by string) (*Member, error) {
	m, err := Members.New(app)
	if err != nil {
		return nil, err
	}
	m.Set("application", application)
	m.Set("email", who.Email)
	m.Set("full_name", who.FullName)
	m.Set("role", who.Role)
	m.Set("locale", string(who.Locale))
	m.Set("invited_by", by)
	return m, nil
}

// Status is where the place stands.
func (m *Member) Status() lifecycle.State { return lifecycle.State(m.GetString("status")) }

// ApplicationID is the application.
func (m *Member) ApplicationID() string { return m.GetString("application") }

// Email is the address that was asked.
func (m *Member) Email() string { return m.GetString("email") }

// UserID is who said yes, with an account of that address; "" before.
func (m *Member) UserID() string { return m.GetString("user") }

// FullName is how the applicant calls them.
func (m *Member) FullName() string { return m.GetString("full_name") }

// Role is founder, member or advisor.
func (m *Member) Role() string { return m.GetString("role") }

// InvitedBy is the user who asked them.
func (m *Member) InvitedBy() string { return m.GetString("invited_by") }

// AgreedAt is when they agreed that their name stands in the application; zero before.
func (m *Member) AgreedAt() time.Time { return m.GetDateTime("agreed_at").Time() }

// Live says whether they are in the application, or may still come.
func (m *Member) Live() bool { return m.Status() == MemberInvited || m.Status() == MemberAccepted }

// Rev is the revision of the row.
func (m *Member) Rev() int { return record.Rev(m) }

func (m *Member) agreed(user string, now time.Time) {
	m.Set("user", user)
	m.Set("agreed_at", now)
}

// sameRoots says whether a place is still the same person's in the same application.
func (m *Member) sameRoots(was *Member) bool {
	for _, field := range []string{"application", "email", "role", "invited_by"} {
		if m.GetString(field) != was.GetString(field) {
			return false
		}
	}
	return m.Status() == MemberAccepted && was.Status() == MemberInvited || m.GetString("user") == was.GetString("user")
}

// mailAddress brings a mail address into the one form in which the house stores it; "" for what is none.
func mailAddress(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	a, err := mail.ParseAddress(text)
	if err != nil || a.Address != text || len(text) > longestEmail || !strings.Contains(text[strings.LastIndex(text, "@"):], ".") {
		return ""
	}
	return text
}

// isName says whether a text may be somebody's name. An empty one may.
func isName(text string) bool {
	return utf8.RuneCountInString(text) <= longestName && !strings.ContainsFunc(text, unicode.IsControl)
}
