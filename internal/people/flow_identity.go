package people

import (
	"context"
	"errors"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/people/openid"
)

// Trust is which provider of identities the operator trusts, and how far.
type Trust struct {
	Provider  *openid.Provider // nil closes the way
	Name      locale.Pair      // what people call it
	Newcomers bool             // whom it vouches for gets an account without a mailed code
}

// SetOut sends a browser to the provider: where it is to go, and the thread that its cookie holds. user is who links; "" to
// sign in. Errors: identity.off, identity.away.
func SetOut(ctx context.Context, app core.App, p Purpose, user, way string, lang locale.Lang, now time.Time) (to string, t openid.Thread, err error) {
	provider := needs(app).Trust.Provider
	if provider == nil {
		return "", "", fault.NotFound("identity.off")
	}
	if t, err = openid.Spin(needs(app).Random); err != nil {
		return "", "", err
	}
	if to, err = provider.Begin(ctx, t, string(spoken(lang)), now); err != nil {
		return "", "", worded(app, err)
	}
	e, err := newErrand(app, t, p, user, way, lang, now)
	if err == nil {
		err = app.Save(e)
	}
	return to, t, err
}

// ComeBack takes in a browser that brings an answer of the provider, once. The errand is answered also with an error, where
// there is one, so that the person is led on. Whoever goes on does so by the thread that is answered: what a browser held
// before it went is worth nothing any more. Errors: identity.lost, identity.cancelled, identity.away, identity.refused.
func ComeBack(ctx context.Context, app core.App, t openid.Thread, b openid.Back, now time.Time) (e *Errand, next openid.Thread, err error) {
	provider := needs(app).Trust.Provider
	if provider == nil {
		return nil, "", fault.NotFound("identity.off")
	}
	err = app.RunInTransaction(func(tx core.App) (err error) { // an answer is heard once, whatever becomes of it
		if e, err = errandOf(tx, t); err != nil {
			return err
		}
		if !e.away(now) || !t.Brought(b) {
			return fault.Gone("identity.lost")
		}
		e.setBack(now)
		return tx.Save(e)
	})
	switch {
	case err != nil:
		return nil, "", err
	case b.Trouble == openid.Cancelled:
		return e, "", fault.Gone("identity.cancelled")
	case b.Trouble != "":
		return e, "", fault.Forbidden("identity.refused")
	}
	said, err := provider.Finish(ctx, t, b, now)
	if err != nil {
		return e, "", worded(app, err)
	}
	if next, err = openid.Spin(needs(app).Random); err != nil {
		return e, "", err
	}
	e.tell(said, next, now)
	return e, next, app.Save(e)
}

// worded turns what went wrong with the provider into a refusal, and tells the operator why. What the provider said of
// anybody stands in no log.
func worded(app core.App, err error) error {
	switch {
	case errors.Is(err, openid.ErrAway):
		app.Logger().Warn("the provider of identities does not answer", "error", err)
		return fault.Conflict("identity.away")
	case errors.Is(err, openid.ErrRefused):
		app.Logger().Warn("an answer of the provider of identities was refused", "error", err)
		return fault.Forbidden("identity.refused")
	}
	return err
}

// ByIdentity uses up an errand to sign in, and answers whose account it opens. It gives no token: a mailed code may be due.
// Whom the provider vouches for and nobody here knows gets an account, where the operator has it so; never one that somebody
// was invited to a role with, for a role is never given by a provider's word alone. Everybody else is asked for a mailed code
// first, and joins the identity with the account by it. Errors: identity.lost, identity.prove, sign_in.busy.
func ByIdentity(ctx context.Context, app core.App, t openid.Thread, now time.Time) (*User, *Errand, error) {
	e, u, err := known(app, t, now)
	if err != nil || u != nil {
		return u, e, err
	}
	switch may, err := mayJoin(app, e, now); {
	case err != nil:
		return nil, e, err
	case !may:
		return nil, e, prove(e)
	}
	err = hashing(ctx, app, func() error {
		if u, err = newcomer(app, e.Email(), e.FullName(), e.Lang()); err != nil {
			return err
		}
		return app.RunInTransaction(func(tx core.App) error {
			switch may, err := mayJoin(tx, e, now); {
			case err != nil:
				return err
			case !may:
				return prove(e)
			}
			if err := welcome(tx, u, now); err != nil {
				return err
			}
			return join(tx, t, access.Actor{ID: u.Id}, ToSignIn, now)
		})
	})
	return u, e, err
}

// toldErrand is an errand whose browser has come back with an answer that nobody has made use of. Error: identity.lost.
func toldErrand(tx core.App, t openid.Thread, p Purpose, now time.Time) (*Errand, error) {
	e, err := errandOf(tx, t)
	switch {
	case err != nil:
		return nil, err
	case e.Purpose() != p || !e.told(now):
		return nil, fault.Gone("identity.lost")
	}
	return e, nil
}

// known uses up the errand where its identity opens an account. A nil user is one whom nobody knows.
func known(app core.App, t openid.Thread, now time.Time) (e *Errand, u *User, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if e, err = toldErrand(tx, t, ToSignIn, now); err != nil {
			return err
		}
		i, err := identityOf(tx, e)
		switch {
		case fault.Code(err) == "record.not_found":
			return nil
		case err != nil:
			return err
		}
		if u, err = Users.Find(tx, i.UserID()); err != nil {
			return err
		}
		i.setLast(now)
		e.setUsed(now)
		return errors.Join(tx.Save(i), tx.Save(e))
	})
	return e, u, err
}

// mayJoin says whether the provider's word is enough for an account.
func mayJoin(app core.App, e *Errand, now time.Time) (bool, error) {
	if !needs(app).Trust.Newcomers || !e.EmailVerified() {
		return false, nil
	}
	switch _, err := userOf(app, e.Email()); {
	case err == nil:
		return false, nil
	case fault.Code(err) != "record.not_found":
		return false, err
	}
	sent, err := invitationsTo(app, e.Email())
	for _, i := range sent {
		if i.OpenAt(now) {
			return false, err
		}
	}
	return err == nil, err
}

// prove asks for a mailed code, and shows the address to try first.
func prove(e *Errand) error {
	return &fault.Fault{
		Kind: fault.KindConflict, Code: "identity.prove", Shown: map[string]any{"joins": map[string]string{"email": e.Email(), "full_name": e.FullName()}},
	}
}

// Link lets the identity that an errand of the person's own has found open their account from now on.
// Errors: access.sign_in, identity.lost, identity.taken, identity.another.
func Link(app core.App, by access.Actor, t openid.Thread, now time.Time) error {
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	return app.RunInTransaction(func(tx core.App) error {
		e, err := toldErrand(tx, t, toLink, now)
		if err == nil && !by.Is(e.UserID()) {
			err = fault.Gone("identity.lost") // another's errand is none
		}
		if err != nil {
			return err
		}
		return join(tx, t, by, toLink, now)
	})
}

// join uses up an errand: its identity opens the account of by from now on.
// Errors: identity.lost, identity.taken by another account, identity.another where the account has one.
func join(tx core.App, t openid.Thread, by access.Actor, p Purpose, now time.Time) error {
	e, err := toldErrand(tx, t, p, now)
	if err != nil {
		return err
	}
	e.setUsed(now)
	if err := tx.Save(e); err != nil {
		return err
	}
	switch there, err := identityOf(tx, e); {
	case err == nil && by.Is(there.UserID()):
		return nil
	case err == nil:
		return fault.Conflict("identity.taken")
	case fault.Code(err) != "record.not_found":
		return err
	}
	mine, err := identitiesOf(tx, by.ID)
	if err != nil {
		return err
	}
	for _, i := range mine {
		if i.Issuer() == e.issuer() {
			return fault.Conflict("identity.another")
		}
	}
	i, err := newIdentity(tx, e.issuer(), e.subject(), by.ID, now)
	if err != nil {
		return err
	}
	if p == ToSignIn {
		i.setLast(now)
	}
	if err := tx.Save(i); err != nil {
		return err
	}
	return note(tx, by, now, "users.identity_linked", by.ID, lifecycle.With(linked{i.Id}))
}

// linked is what the journal keeps of an identity: its row, and never who it is.
type linked struct {
	Identity string `json:"identity"`
}

// Unlink closes an account to one of its identities. Ask Sure first. The last way in stays: whoever has never shown here
// that they read the mail of the account, and has no password, does one of them first.
// Errors: access.sign_in, record.not_found, identity.last_way.
func Unlink(app core.App, by access.Actor, id string, now time.Time) error {
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	return app.RunInTransaction(func(tx core.App) error {
		mine, err := identitiesOf(tx, by.ID)
		if err != nil {
			return err
		}
		var gone *Identity
		for _, i := range mine {
			if i.Id == id {
				gone = i
			}
		}
		if gone == nil {
			return fault.NotFound("record.not_found")
		}
		switch other, err := otherWay(tx, by.ID); {
		case err != nil:
			return err
		case !other && len(mine) == 1:
			return fault.Conflict("identity.last_way")
		}
		if err := tx.Delete(gone); err != nil {
			return err
		}
		return note(tx, by, now, "users.identity_unlinked", by.ID, lifecycle.With(linked{id}))
	})
}

// otherWay says whether a person gets in without an identity: by a password, or by a code, which they have shown once.
func otherWay(app core.App, user string) (bool, error) {
	for _, verb := range []string{"password_set", "email_changed"} {
		if done, err := noted(app, user, verb); err != nil || done {
			return done, err
		}
	}
	return readsMail(app, user)
}
