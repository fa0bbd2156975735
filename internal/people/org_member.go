package people

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// OrgMembers say who speaks for which organisation.
var OrgMembers = record.Of[OrgMember]("org_members")

// OrgMember is one person's place in one organisation.
type OrgMember struct{ core.BaseRecordProxy }

// The states of a membership.
const (
	OrgMemberInvited lifecycle.State = "invited"
	OrgMemberActive  lifecycle.State = "active"
	OrgMemberLeft    lifecycle.State = "left"
)

// OrgMemberLife is every legal move of a membership.
var OrgMemberLife = lifecycle.Table{
	Collection: OrgMembers.Collection,
	Start:      OrgMemberInvited,
	Ends:       []lifecycle.State{OrgMemberLeft},
	Moves: []lifecycle.Move{
		lifecycle.Moved("org_member", "join", OrgMemberActive, OrgMemberInvited),
		lifecycle.Moved("org_member", "leave", OrgMemberLeft, OrgMemberInvited, OrgMemberActive),
	},
}

// OrgID is the organisation.
func (m *OrgMember) OrgID() string { return m.GetString("org") }

// UserID is the person.
func (m *OrgMember) UserID() string { return m.GetString("user") }

// Status is where the membership stands.
func (m *OrgMember) Status() lifecycle.State { return lifecycle.State(m.GetString("status")) }

func (m *OrgMember) sameRoots(was *OrgMember) bool {
	return m.OrgID() == was.OrgID() && m.UserID() == was.UserID()
}

// member describes the place of a person in an organisation, to which they have not yet said yes.
func member(app core.App, org, user, title string) (*OrgMember, error) {
	m, err := OrgMembers.New(app)
	if err != nil {
		return nil, err
	}
	m.Set("org", org)
	m.Set("user", user)
	m.Set("title", title)
	return m, nil
}
