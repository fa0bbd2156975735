package people

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// AddOrg writes down an organisation. Staff and managers of the whole house only.
// Errors: access.needs_staff, org.tax_code, unit.unknown, unit.ward_only, unit.later.
func AddOrg(app core.App, by access.Actor, c Card, now time.Time) (*Org, error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	o, err := Orgs.New(app)
	if err != nil {
		return nil, err
	}
	o.set(c)
	return o, app.RunInTransaction(func(tx core.App) error {
		if err := declares(tx, o, vn.DayOf(now).String()); err != nil {
			return err
		}
		if err := tx.Save(o); err != nil {
			return err
		}
		return note(tx, by, now, "orgs.added", o.Id)
	})
}

// EditOrg changes what is written of an organisation; fill changes the card as it is read. Staff and managers of the
// whole house only. Errors: access.needs_staff, record.not_found, record.stale, those of AddOrg.
func EditOrg(app core.App, by access.Actor, id string, rev int, fill func(*Card) error, now time.Time) (*Org, error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	return record.Change(app, Orgs, id, func(tx core.App, o *Org) error {
		c := o.Card()
		if err := fill(&c); err != nil {
			return err
		}
		record.At(o, rev)
		o.set(c)
		if err := declares(tx, o, vn.DayOf(now).String()); err != nil {
			return err
		}
		if err := tx.Save(o); err != nil {
			return err
		}
		return note(tx, by, now, "orgs.edited", o.Id)
	})
}

// AddMember names somebody who is to speak for an organisation; they join it themselves. Staff and managers of the whole
// house only. Errors: access.needs_staff.
func AddMember(app core.App, by access.Actor, org, user, title string, now time.Time) (*OrgMember, error) {
	if err := access.MayWork(by); err != nil {
		return nil, err
	}
	m, err := member(app, org, user, title)
	if err != nil {
		return nil, err
	}
	return m, app.RunInTransaction(func(tx core.App) error {
		if err := tx.Save(m); err != nil {
			return err
		}
		return note(tx, by, now, "org_members.added", m.Id)
	})
}

// Join says yes to speaking for an organisation. The person only.
// Errors: access.sign_in, record.not_found, lifecycle.not_now.
func Join(app core.App, by access.Actor, id string, now time.Time) (*OrgMember, error) {
	return record.Change(app, OrgMembers, id, func(tx core.App, m *OrgMember) error {
		if err := access.MayKeep(by, m.UserID()); err != nil {
			return err
		}
		return OrgMemberLife.Fire(tx, m, "join", by, now)
	})
}

// Leave ends it. The person, and staff and managers of the whole house, only.
// Errors: access.needs_staff, record.not_found, lifecycle.not_now.
func Leave(app core.App, by access.Actor, id string, now time.Time) (*OrgMember, error) {
	return record.Change(app, OrgMembers, id, func(tx core.App, m *OrgMember) error {
		if !by.Is(m.UserID()) {
			if err := access.MayWork(by); err != nil {
				return err
			}
		}
		return OrgMemberLife.Fire(tx, m, "leave", by, now)
	})
}
