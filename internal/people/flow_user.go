package people

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Suspend closes an account for the time being and ends its sessions. Managers of the whole house only, and not their own.
// Errors: access.needs_manager, record.not_found, user.not_yourself, user.reason, lifecycle.not_now.
func Suspend(app core.App, by access.Actor, id, reason string, now time.Time) (*User, error) {
	if err := access.MayGovern(by); err != nil {
		return nil, err
	}
	switch {
	case by.Is(id):
		return nil, fault.Forbidden("user.not_yourself")
	case reason == "":
		return nil, fault.Field("reason", "user.reason")
	}
	return record.Change(app, Users, id, func(tx core.App, u *User) error {
		u.RefreshTokenKey()
		return UserLife.Fire(tx, u, "suspend", by, now, lifecycle.Because(reason))
	})
}

// Reinstate opens a suspended account again. Managers of the whole house only.
// Errors: access.needs_manager, record.not_found, lifecycle.not_now.
func Reinstate(app core.App, by access.Actor, id string, now time.Time) (*User, error) {
	if err := access.MayGovern(by); err != nil {
		return nil, err
	}
	return record.Change(app, Users, id, func(tx core.App, u *User) error {
		return UserLife.Fire(tx, u, "reinstate", by, now)
	})
}

// Erase forgets who a person was, at their own demand. The row stays without a name, for what they did stays true; their
// roles end. Privacy officers only. Errors: access.needs_privacy, record.not_found, grant.last_manager, lifecycle.not_now.
func Erase(app core.App, by access.Actor, id string, now time.Time) (*User, error) {
	if err := access.MayGuardPrivacy(by); err != nil {
		return nil, err
	}
	return record.Change(app, Users, id, func(tx core.App, u *User) error {
		grants, err := unrevoked(tx, id)
		if err != nil {
			return err
		}
		for _, g := range grants {
			switch left, err := managersBeside(tx, g, now); {
			case err != nil:
				return err
			case !left:
				return fault.Conflict("grant.last_manager")
			}
			g.SetRevoked(now)
			if err := tx.Save(g); err != nil {
				return err
			}
		}
		if err := forgetIdentities(tx, id); err != nil {
			return err
		}
		u.forget()
		return UserLife.Fire(tx, u, "erase", by, now)
	})
}
