package startups

import (
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/record"
)

// Members are who works in a startup. A person who leaves keeps their row, with the day on which they left.
var Members = record.Of[Member]("startup_members")

// Member is one person's place in one startup.
type Member struct{ core.BaseRecordProxy }

// MemberRole is a person's part in a startup.
type MemberRole string

// The parts.
const (
	Founder MemberRole = "founder"
	Insider MemberRole = "member"
	Advisor MemberRole = "advisor"
)

// StartupID is the startup.
func (m *Member) StartupID() string { return m.GetString("startup") }

// UserID is the person.
func (m *Member) UserID() string { return m.GetString("user") }

// Role is their part.
func (m *Member) Role() MemberRole { return MemberRole(m.GetString("role")) }

// Title is what they are called there.
func (m *Member) Title() string { return m.GetString("title") }

// Admin says whether they may edit the startup's cards.
func (m *Member) Admin() bool { return m.GetBool("is_admin") }

// Primary says whether they are the one whom the centre writes to first.
func (m *Member) Primary() bool { return m.GetBool("is_primary") }

// JoinedOn is the local day on which they joined.
func (m *Member) JoinedOn() string { return m.GetString("joined_on") }

// Live says whether they are still there.
func (m *Member) Live() bool { return m.GetString("left_on") == "" }

// Reports says whether they may fill in and submit reports: an advisor may not.
func (m *Member) Reports() bool { return m.Live() && m.Role() != Advisor }

func (m *Member) sameRoots(was *Member) bool {
	return m.StartupID() == was.StartupID() && m.UserID() == was.UserID()
}

// founding describes a startup's first person, who is not yet stored: founder, admin and the one whom the centre writes to.
func founding(app core.App, startup, user string, now time.Time) (*Member, error) {
	m, err := Members.New(app)
	if err != nil {
		return nil, err
	}
	m.Set("startup", startup)
	m.Set("user", user)
	m.Set("role", string(Founder))
	m.Set("is_admin", true)
	m.Set("is_primary", true)
	m.Set("joined_on", locale.Day(now))
	return m, nil
}

// joining describes a person's place that is not yet stored.
func joining(app core.App, startup string, who Newcomer, now time.Time) (*Member, error) {
	m, err := Members.New(app)
	if err != nil {
		return nil, err
	}
	m.Set("startup", startup)
	m.Set("user", who.User)
	m.Set("role", string(who.Role))
	m.Set("title", who.Title)
	m.Set("is_admin", who.Admin)
	m.Set("joined_on", locale.Day(now))
	return m, nil
}

// setPrimary makes a person the one whom the centre writes to first, and an admin; or only takes the first away.
func (m *Member) setPrimary(yes bool) {
	m.Set("is_primary", yes)
	if yes {
		m.Set("is_admin", true)
	}
}

func (m *Member) setLeft(day string) { m.Set("left_on", day) }

// LeftOn is the local day on which they left, or empty.
func (m *Member) LeftOn() string { return m.GetString("left_on") }

// Part is what may be said anew of somebody's place.
type Part struct {
	Role  *string `json:"role"`
	Title *string `json:"title"`
	Admin *bool   `json:"is_admin"`
	Rev   int     `json:"rev"`
}

func (m *Member) write(p Part) {
	record.At(m, p.Rev)
	record.Sent(m, "role", p.Role)
	record.Sent(m, "title", p.Title)
	record.Sent(m, "is_admin", p.Admin)
}

// Person is somebody of a startup, by name.
type Person struct {
	ID       string `json:"id"` // of the membership
	User     string `json:"user"`
	Name     string `json:"name"`
	Role     string `json:"role"`
	Title    string `json:"title"`
	Admin    bool   `json:"is_admin"`
	Primary  bool   `json:"is_primary"`
	JoinedOn string `json:"joined_on"`
	LeftOn   string `json:"left_on"`
	Rev      int    `json:"rev"`
}

// peopleOf lists who is in a startup, the one whom the centre writes to first before all, and who was.
func peopleOf(app core.App, startup string) (team, former []Person, err error) {
	all, err := Members.All(app, dbx.HashExp{"startup": startup})
	if err != nil {
		return nil, nil, err
	}
	team, former = []Person{}, []Person{}
	for _, m := range all {
		name, err := asked(app).Person(app, m.UserID())
		if err != nil {
			return nil, nil, err
		}
		p := Person{m.Id, m.UserID(), name, string(m.Role()), m.Title(), m.Admin(), m.Primary(), m.JoinedOn(), m.LeftOn(), record.Rev(m)}
		if m.Live() {
			team = append(team, p)
		} else {
			former = append(former, p)
		}
	}
	slices.SortFunc(team, func(a, b Person) int {
		if a.Primary != b.Primary {
			return map[bool]int{true: -1, false: 1}[a.Primary]
		}
		return strings.Compare(a.JoinedOn+a.Name, b.JoinedOn+b.Name)
	})
	slices.SortFunc(former, func(a, b Person) int { return strings.Compare(b.LeftOn+b.ID, a.LeftOn+a.ID) })
	return team, former, nil
}
