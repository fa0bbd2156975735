package people

import (
	"context"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// freshFor is how long after a sign-in a person may change how they sign in, without giving their password again.
const freshFor = 10 * time.Minute

// Profile is what people say of themselves.
type Profile struct {
	FullName *string      `json:"full_name"`
	Phone    *string      `json:"phone"`
	Locale   *locale.Lang `json:"locale"`
	Rev      int          `json:"rev"`
}

// EditProfile changes what is sent and leaves the rest. The person themselves only.
// Errors: access.sign_in, account.name, account.phone, record.stale.
func EditProfile(app core.App, by access.Actor, p Profile) (*User, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	return record.Change(app, Users, by.ID, func(tx core.App, u *User) error {
		record.At(u, p.Rev)
		if p.FullName != nil {
			u.setFullName(*p.FullName)
			if !isName(u.FullName()) || u.FullName() == "" {
				return fault.Field("full_name", "account.name")
			}
		}
		if p.Phone != nil {
			u.setPhone(*p.Phone)
		}
		if p.Locale != nil {
			u.setLocale(*p.Locale)
		}
		return tx.Save(u)
	})
}

// Sure lets a person go on whose session began with a sign-in a moment ago, or who gives their password. That they signed in
// elsewhere says nothing of whoever holds this session. Guesses are counted.
// Errors: access.sign_in, account.not_fresh, account.password_wrong, sign_in.wait, sign_in.busy.
func Sure(ctx context.Context, app core.App, by access.Actor, session, password string, now time.Time) error {
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	if password == "" {
		fresh, err := beganLately(app, by.ID, session, now)
		if err == nil && !fresh {
			err = fault.Forbidden("account.not_fresh")
		}
		return err
	}
	u, err := Users.Find(app, by.ID)
	if err != nil {
		return err
	}
	return hashing(ctx, app, func() error {
		return throttled(app, account(Users.Collection, u.Email()), now, func() error {
			if !u.ValidatePassword(password) {
				return fault.Field("current", "account.password_wrong")
			}
			return nil
		})
	})
}

// beganLately says whether a session began with one of the latest sign-ins, and that no longer ago than freshFor.
func beganLately(app core.App, user, session string, now time.Time) (bool, error) {
	latest, err := signIns(app, user, latestSignIns)
	if err != nil {
		return false, err
	}
	for _, e := range latest {
		var s SignedIn
		if err := e.Detail(&s); err != nil {
			return false, err
		}
		if session != "" && s.Session == session && now.Sub(e.At()) <= freshFor {
			return true, nil
		}
	}
	return false, nil
}

// latestSignIns is among how many sign-ins a session is looked for. Whoever signs in more often in ten minutes gives the password.
const latestSignIns = 20

// The lengths of a password, in characters. bcrypt looks at no more than 71 bytes.
const (
	passwordLeast = 10
	passwordMost  = 71
)

// SetPassword gives the person a new password, which ends all their sessions. Ask Sure first.
// Errors: account.password_short, account.password_long, sign_in.busy.
func SetPassword(ctx context.Context, app core.App, by access.Actor, password string, now time.Time) (u *User, err error) {
	if err := goodPassword(password); err != nil {
		return nil, err
	}
	err = hashing(ctx, app, func() error {
		u, err = record.Change(app, Users, by.ID, func(tx core.App, u *User) error {
			u.SetPassword(password)
			if err := tx.Save(u); err != nil {
				return err
			}
			return note(tx, by, now, "users.password_set", u.Id)
		})
		return err
	})
	return u, err
}

func goodPassword(password string) error {
	switch n := len([]rune(password)); {
	case n < passwordLeast:
		return fault.Field("password", "account.password_short")
	case len(password) > passwordMost:
		return fault.Field("password", "account.password_long")
	}
	return nil
}

// ChangeEmail moves the account to the address whose code the person enters, which ends all their sessions.
// Errors: sign_in.code_wrong, sign_in.code_over, account.email_taken.
func ChangeEmail(app core.App, by access.Actor, id, digits string, now time.Time) (*User, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	c, err := Codes.Find(app, id)
	switch {
	case fault.Code(err) == "record.not_found" || err == nil && !by.Is(c.UserID()):
		return nil, fault.Gone("sign_in.code_over") // another's code is none, and stays good for them
	case err != nil:
		return nil, err
	}
	if c, err = useCode(app, ToChangeEmail, id, digits, now); err != nil {
		return nil, err
	}
	return record.Change(app, Users, by.ID, func(tx core.App, u *User) error {
		switch there, err := userOf(tx, c.Email()); {
		case err == nil && there.Id != u.Id:
			return fault.Field("email", "account.email_taken") // whoever reads that mailbox may know
		case err != nil && fault.Code(err) != "record.not_found":
			return err
		}
		u.SetEmail(c.Email())
		if err := tx.Save(u); err != nil {
			return err
		}
		return note(tx, by, now, "users.email_changed", u.Id)
	})
}

// SignOutEverywhere ends every session of the person, this one too. Error: access.sign_in.
func SignOutEverywhere(app core.App, by access.Actor, now time.Time) error {
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	_, err := record.Change(app, Users, by.ID, func(tx core.App, u *User) error {
		u.RefreshTokenKey()
		if err := tx.Save(u); err != nil {
			return err
		}
		return note(tx, by, now, "users.signed_out", u.Id)
	})
	return err
}
