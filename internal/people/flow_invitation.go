package people

import (
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// pathOfInvitations is where the workspace opens the link of an invitation.
const pathOfInvitations = "/app/invitations/"

// Invite offers a role to an address; the mail with the link follows by itself. Managers of the scope, or of what it lies
// in, only, and not to themselves. Errors: access.needs_manager, grant.role, grant.scope, sign_in.address, account.name,
// grant.not_yourself, grant.already, invitation.already.
func Invite(app core.App, by access.Actor, o Offer, now time.Time) (*Invitation, error) {
	if err := mayGrant(app, by, o.Role, o.Scope); err != nil {
		return nil, err
	}
	return invite(app, by, o, "invitations.invited", now)
}

// InviteHere offers a role from the machine itself, to whoever its operator gives the link: no mail follows. It returns
// the path of the link. Errors: as Invite, but for the permission.
func InviteHere(app core.App, o Offer, now time.Time) (path string, err error) {
	if err := mayGrant(app, access.Job("invite"), o.Role, o.Scope); err != nil {
		return "", err
	}
	err = app.RunInTransaction(func(tx core.App) error {
		switch old, err := sentTo(tx, o); {
		case err == nil && old.OpenAt(now): // an operator who asks again has lost the link
			path, err = OpenInvitation(tx, old.Id, now)
			return err
		case err != nil && fault.Code(err) != "record.not_found":
			return err
		}
		i, err := invite(tx, access.Actor{ID: "operator:terminal"}, o, "invitations.printed", now)
		if err != nil {
			return err
		}
		path, err = OpenInvitation(tx, i.Id, now)
		return err
	})
	return path, err
}

func invite(app core.App, by access.Actor, o Offer, key string, now time.Time) (*Invitation, error) {
	o.Email, o.FullName = address(o.Email), strings.Join(strings.Fields(o.FullName), " ")
	switch {
	case !isAddress(o.Email):
		return nil, fault.Field("email", "sign_in.address")
	case !isName(o.FullName):
		return nil, fault.Field("full_name", "account.name")
	}
	var i *Invitation
	err := app.RunInTransaction(func(tx core.App) (err error) {
		if err := mayOffer(tx, by, o, now); err != nil {
			return err
		}
		if i, err = invited(tx, o, by.ID, now); err != nil {
			return err
		}
		if err := tx.Save(i); err != nil {
			return err
		}
		return note(tx, by, now, key, i.Id)
	})
	return i, err
}

// mayOffer refuses what the person holds already or was offered already. An offer that has expired makes place.
func mayOffer(tx core.App, by access.Actor, o Offer, now time.Time) error {
	switch u, err := userOf(tx, o.Email); {
	case err != nil && fault.Code(err) != "record.not_found":
		return err
	case err == nil && by.Is(u.Id):
		return fault.Forbidden("grant.not_yourself")
	case err == nil:
		if g, err := standing(tx, u.Id, o.Role, o.Scope); err == nil && g.LiveAt(now) {
			return fault.Conflict("grant.already")
		}
	}
	switch old, err := sentTo(tx, o); {
	case fault.Code(err) == "record.not_found":
		return nil
	case err != nil:
		return err
	case old.OpenAt(now):
		return fault.Conflict("invitation.already")
	default:
		return InvitationLife.Fire(tx, old, "revoke", by, now)
	}
}

// tokenBytes is how much chance is in the token of a link.
const tokenBytes = 32

// OpenInvitation makes the link of an invitation and returns its path. It is called at the moment of sending: the database
// keeps a hash alone, and a link that was made before opens nothing any more. Errors: record.not_found, invitation.over.
func OpenInvitation(app core.App, id string, now time.Time) (path string, err error) {
	raw := make([]byte, tokenBytes)
	if _, err := io.ReadFull(needs(app).Random, raw); err != nil {
		return "", fmt.Errorf("make the link of an invitation: %w", err)
	}
	token := base64.RawURLEncoding.EncodeToString(raw)
	_, err = record.Change(app, Invitations, id, func(tx core.App, i *Invitation) error {
		if !i.OpenAt(now) {
			return fault.Gone("invitation.over")
		}
		i.setToken(token)
		return tx.Save(i)
	})
	if err != nil {
		return "", err
	}
	return pathOfInvitations + token, nil
}

// Opened finds the invitation that a link opens at now. Error: invitation.over, whatever the link's trouble is.
func Opened(app core.App, token string, now time.Time) (*Invitation, error) {
	i, err := opened(app, token)
	switch {
	case fault.Code(err) == "record.not_found":
		return nil, fault.Gone("invitation.over")
	case err != nil:
		return nil, err
	case !i.OpenAt(now):
		return nil, fault.Gone("invitation.over")
	}
	return i, nil
}

// Accept takes up the role that an invitation offers. Only whoever is signed in with the address it was sent to. To work for the centre a person needs a password: it is given here where they have
// none, and all their sessions end, for the next sign-in asks for both factors.
// Errors: access.sign_in, record.not_found, invitation.other_address, invitation.over, invitation.password_needed,
// account.password_short, account.password_long.
func Accept(app core.App, by access.Actor, id, password string, now time.Time) (*Invitation, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	return record.Change(app, Invitations, id, func(tx core.App, i *Invitation) error {
		u, err := Users.Find(tx, by.ID)
		switch {
		case err != nil:
			return err
		case u.Email() != i.Email():
			return fault.Forbidden("invitation.other_address")
		case !i.OpenAt(now):
			return fault.Gone("invitation.over")
		}
		if err := ready(tx, by, u, i.Role(), password, now); err != nil {
			return err
		}
		i.setAcceptedBy(by.ID)
		if err := InvitationLife.Fire(tx, i, "accept", by, now); err != nil {
			return err
		}
		return take(tx, by, u, i, now)
	})
}

// ready sees to it that whoever will need two factors has both.
func ready(tx core.App, by access.Actor, u *User, role access.Role, password string, now time.Time) error {
	if !twoFactors(role) {
		return nil
	}
	has, err := noted(tx, u.Id, "password_set")
	switch {
	case err != nil || has:
		return err
	case password == "":
		return fault.Field("password", "invitation.password_needed")
	}
	if err := goodPassword(password); err != nil {
		return err
	}
	u.SetPassword(password)
	if err := tx.Save(u); err != nil {
		return err
	}
	return note(tx, by, now, "users.password_set", u.Id)
}

// take gives the person what the invitation offers, in the name of whoever offered it.
func take(tx core.App, by access.Actor, u *User, i *Invitation, now time.Time) error {
	if u.FullName() == "" {
		u.setFullName(i.FullName())
		if err := tx.Save(u); err != nil {
			return err
		}
	}
	given, err := give(tx, u, Gift{Role: i.Role(), Scope: i.Scope()}, i.InvitedBy(), now)
	if fault.Code(err) == "grant.already" {
		return nil // it was given by hand meanwhile
	}
	if err != nil {
		return err
	}
	return note(tx, by, now, "users.granted", u.Id, lifecycle.With(gave(given)))
}

// RevokeInvitation takes an invitation back. Managers of its scope, and managers of anything who sent it, only.
// Errors: access.needs_manager, record.not_found, lifecycle.not_now.
func RevokeInvitation(app core.App, by access.Actor, id string, now time.Time) (*Invitation, error) {
	if err := access.MayDecideAnywhere(by); err != nil {
		return nil, err
	}
	return record.Change(app, Invitations, id, func(tx core.App, i *Invitation) error {
		if !by.Is(i.InvitedBy()) {
			if err := decides(tx, by, i.Scope()); err != nil {
				return err
			}
		}
		return InvitationLife.Fire(tx, i, "revoke", by, now)
	})
}
