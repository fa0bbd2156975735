package people

import (
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// Gift is a role that is given to somebody.
type Gift struct {
	Role    access.Role  `json:"role"`
	Scope   access.Scope `json:"scope"`
	Expires time.Time    `json:"expires_at"`
	Reason  string       `json:"reason"`
}

// Grant gives a person a role. Managers of the scope, or of what it lies in, only; nobody gives themselves anything.
// Whoever comes to work for the centre is signed out everywhere: their next sign-in asks for the second factor.
// Errors: access.needs_manager, grant.not_yourself, grant.role, grant.expires, grant.already, grant.not_active, grant.scope.
func Grant(app core.App, by access.Actor, user string, g Gift, now time.Time) (*access.RoleGrant, error) {
	if err := mayGrant(app, by, g.Role, g.Scope); err != nil {
		return nil, err
	}
	switch {
	case by.Is(user):
		return nil, fault.Forbidden("grant.not_yourself")
	case !g.Expires.IsZero() && !g.Expires.After(now):
		return nil, fault.Field("expires_at", "grant.expires")
	}
	var given *access.RoleGrant
	_, err := record.Change(app, Users, user, func(tx core.App, u *User) (err error) {
		if given, err = give(tx, u, g, by.ID, now); err != nil {
			return err
		}
		return note(tx, by, now, "users.granted", u.Id, lifecycle.Because(g.Reason), lifecycle.With(gave(given)))
	})
	return given, err
}

// mayGrant permits managers over a scope that exists to give roles over it.
func mayGrant(app core.App, by access.Actor, role access.Role, over access.Scope) error {
	if !slices.Contains(access.Roles(), role) {
		return fault.Field("role", "grant.role")
	}
	place, err := placeOf(app, over)
	if fault.Code(err) == "record.not_found" {
		err = fault.Field("scope", "grant.scope")
	}
	if err != nil {
		return err
	}
	return access.MayDecide(by, place.Path...)
}

// placeOf asks the roof what a scope is called and where it lies.
func placeOf(app core.App, over access.Scope) (Place, error) {
	ask := needs(app).Place
	switch {
	case over.Type == access.Global:
		return Place{}, nil
	case ask == nil:
		return Place{Title: locale.Pair{VI: over.ID}, Path: []access.Scope{over}}, nil
	}
	return ask(app, over)
}

// give stores a grant. One that has expired is closed first, for it would stand in the way. Error: grant.already.
func give(tx core.App, u *User, g Gift, by string, now time.Time) (*access.RoleGrant, error) {
	old, err := standing(tx, u.Id, g.Role, g.Scope)
	switch {
	case err == nil && old.LiveAt(now):
		return nil, fault.Conflict("grant.already")
	case err == nil:
		old.SetRevoked(now)
		if err := tx.Save(old); err != nil {
			return nil, err
		}
	case fault.Code(err) != "record.not_found":
		return nil, err
	}
	given, err := access.NewGrant(tx, u.Id, g.Role, g.Scope, g.Expires, by, g.Reason)
	if err != nil {
		return nil, err
	}
	if err := tx.Save(given); err != nil {
		return nil, err
	}
	if !twoFactors(g.Role) {
		return given, nil
	}
	u.RefreshTokenKey()
	return given, tx.Save(u)
}

// twoFactors says whether a role is held by password and mailed code only, as the policy page has it.
func twoFactors(role access.Role) bool {
	return role == access.Staff || role == access.Manager || role == access.Finance
}

// gift is what the journal keeps of a grant.
type gift struct {
	Grant string       `json:"grant"`
	Role  access.Role  `json:"role"`
	Scope access.Scope `json:"scope"`
}

func gave(g *access.RoleGrant) gift { return gift{g.Id, g.Role(), g.Scope()} }

// Revoke takes a role back at now. Managers of its scope, or of what it lies in, only. Somebody must always be left who
// manages the whole house. Errors: access.needs_manager, record.not_found, grant.reason, grant.final, grant.last_manager.
func Revoke(app core.App, by access.Actor, id, reason string, now time.Time) (*access.RoleGrant, error) {
	if err := access.MayDecideAnywhere(by); err != nil {
		return nil, err
	}
	return record.Change(app, access.RoleGrants, id, func(tx core.App, g *access.RoleGrant) error {
		if err := decides(tx, by, g.Scope()); err != nil {
			return err
		}
		switch left, err := managersBeside(tx, g, now); {
		case err != nil:
			return err
		case reason == "":
			return fault.Field("reason", "grant.reason")
		case !g.Revoked().IsZero():
			return fault.Conflict("grant.final")
		case !left:
			return fault.Conflict("grant.last_manager")
		}
		g.SetRevoked(now)
		if err := tx.Save(g); err != nil {
			return err
		}
		return note(tx, by, now, "users.revoked", g.UserID(), lifecycle.Because(reason), lifecycle.With(gave(g)))
	})
}

// decides permits managers of a scope that may be gone. To managers of other things what reaches over it does not exist.
func decides(tx core.App, by access.Actor, over access.Scope) error {
	place, err := placeOf(tx, over)
	switch {
	case err != nil && fault.Code(err) != "record.not_found":
		return err
	case access.MayDecide(by, append(place.Path, over)...) != nil:
		return fault.NotFound("record.not_found")
	}
	return nil
}

// managersBeside says whether the house keeps a manager without this grant.
func managersBeside(tx core.App, g *access.RoleGrant, now time.Time) (bool, error) {
	if g.Role() != access.Manager || g.Scope().Type != access.Global {
		return true, nil
	}
	all, err := holders(tx, access.Manager)
	return slices.ContainsFunc(all, func(o *access.RoleGrant) bool { return o.Id != g.Id && o.LiveAt(now) }), err
}

// titleOf is what a scope is called; one that is gone has no title.
func titleOf(app core.App, over access.Scope) (locale.Pair, error) {
	place, err := placeOf(app, over)
	if fault.Code(err) == "record.not_found" {
		err = nil
	}
	return place.Title, err
}
