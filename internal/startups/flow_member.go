package startups

import (
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// Newcomer is somebody who joins a startup.
type Newcomer struct {
	User  string
	Role  MemberRole
	Title string
	Admin bool
}

// Join takes a person into a startup. Its admins and staff. The first person of one that came from a table becomes its admin and
// the one whom the centre writes to: an active startup with people in it has both. Errors: access.sign_in, record.not_found, startup.needs_admin,
// member.twice.
func Join(app core.App, by access.Actor, startup string, who Newcomer, now time.Time) (*Member, error) {
	var m *Member
	err := app.RunInTransaction(func(tx core.App) error {
		if err := mayEdit(tx, by, startup); err != nil {
			return err
		}
		twice, err := tx.CountRecords(Members.Collection, dbx.HashExp{"startup": startup, "user": who.User, "left_on": ""})
		switch {
		case err != nil:
			return err
		case twice > 0:
			return fault.Conflict("member.twice")
		}
		if m, err = joining(tx, startup, who, now); err != nil {
			return err
		}
		ever, err := tx.CountRecords(Members.Collection, dbx.HashExp{"startup": startup})
		if err != nil {
			return err
		}
		if ever == 0 {
			m.setPrimary(true)
		}
		if err := tx.Save(m); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Members.Collection, m.Id, "join", lifecycle.With(map[string]string{"startup": startup}))
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// HandOver makes somebody the one whom the centre writes to first, and an admin. The startup's admins and staff.
// Errors: access.sign_in, record.not_found, startup.needs_admin.
func HandOver(app core.App, by access.Actor, member string, now time.Time) error {
	_, err := record.Change(app, Members, member, func(tx core.App, m *Member) error {
		if err := mayEdit(tx, by, m.StartupID()); err != nil {
			return err
		}
		if !m.Live() {
			return fault.NotFound("record.not_found")
		}
		team, err := liveMembers(tx, m.StartupID())
		if err != nil {
			return err
		}
		for _, other := range team {
			if other.Primary() && other.Id != m.Id {
				other.setPrimary(false)
				if err := tx.SaveWithContext(marked(handing{}), other); err != nil {
					return err
				}
			}
		}
		m.setPrimary(true)
		if err := tx.Save(m); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Members.Collection, m.Id, "hand_over")
	})
	return err
}

// Alter says anew what somebody is in a startup. The startup's admins and staff. Errors: access.sign_in, record.not_found,
// startup.needs_admin, record.stale, member.needs_admin, member.primary_admin, member.advisor_admin.
func Alter(app core.App, by access.Actor, member string, p Part, now time.Time) (*Member, error) {
	return record.Change(app, Members, member, func(tx core.App, m *Member) error {
		if err := mayEdit(tx, by, m.StartupID()); err != nil {
			return err
		}
		if !m.Live() {
			return fault.NotFound("record.not_found")
		}
		m.write(p)
		return edited(tx, by, Members.Collection, m, now)
	})
}

// Leave lets a person leave a startup, on a day that has come; "" is today. Themselves, or its admins and staff. The row stays.
// Errors: access.sign_in, record.not_found, startup.needs_admin, member.needs_primary, member.needs_admin, member.day.
func Leave(app core.App, by access.Actor, member, on string, now time.Time) error {
	_, err := record.Change(app, Members, member, func(tx core.App, m *Member) error {
		if !by.Is(m.UserID()) {
			if err := mayEdit(tx, by, m.StartupID()); err != nil {
				return err
			}
		}
		today := locale.Day(now)
		switch {
		case !m.Live():
			return fault.NotFound("record.not_found")
		case on == "":
			on = today
		case endOf(on).IsZero(), on > today, on < m.JoinedOn():
			return fault.Field("left_on", "member.day")
		}
		m.setLeft(on)
		if err := tx.Save(m); err != nil {
			return err
		}
		return lifecycle.Note(tx, by, now, Members.Collection, m.Id, "part")
	})
	return err
}
