package people

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
)

// AskCode mails a one-time code to an address and returns the id under which it is to be entered. It does not look whether
// the address has an account: neither the answer nor its time can tell.
// Errors: sign_in.address, sign_in.wait when the address has too many codes.
func AskCode(app core.App, p Purpose, email, user string, lang locale.Lang, now time.Time) (string, error) {
	return mailCode(app, p, email, user, lang, letter{kind: string(p)}, now)
}

// AskCodeFor mails a code to sign in with, as AskCode does, in a mail of its own that leads to the page at which it is to be
// entered. path makes the way to that page of the id of the code. Errors: as AskCode.
func AskCodeFor(app core.App, kind, email string, lang locale.Lang, path func(id string) string, now time.Time) (string, error) {
	return mailCode(app, ToSignIn, email, "", lang, letter{kind, path}, now)
}

// letter is the mail that carries a code: which words, and where it leads.
type letter struct {
	kind string
	path func(id string) string
}

func mailCode(app core.App, p Purpose, email, user string, lang locale.Lang, l letter, now time.Time) (string, error) {
	if !isAddress(address(email)) {
		return "", fault.Field("email", "sign_in.address")
	}
	var c *Code
	var digits string
	err := app.RunInTransaction(func(tx core.App) error {
		alive, err := liveCodes(tx, p, address(email), now)
		if err != nil {
			return err
		}
		if len(alive) >= codesAtOnce {
			rest := alive[0].Expires().Sub(now)
			return fault.TooMany("sign_in.wait", "seconds", strconv.Itoa(int(rest.Seconds())+1))
		}
		if c, digits, err = newCode(tx, needs(app).Random, p, email, user, now); err != nil {
			return err
		}
		return tx.Save(c)
	})
	if err != nil {
		return "", err
	}
	send := needs(app).SendCode
	if send == nil {
		app.Logger().Warn("nobody mails codes in this house")
		return c.Id, nil
	}
	link := ""
	if l.path != nil {
		link = l.path(c.Id)
	}
	return c.Id, send(app, l.kind, c.Email(), lang, digits, link, now)
}

// useCode checks the digits that somebody entered and uses the code up. A wrong guess stays counted.
// Errors: sign_in.code_wrong, sign_in.code_over for a code that is used, too old or was guessed at too often.
func useCode(app core.App, p Purpose, id, digits string, now time.Time) (*Code, error) {
	var c *Code
	var wrong error // kept beside the transaction, for its count must stay
	err := app.RunInTransaction(func(tx core.App) (err error) {
		if c, err = Codes.Find(tx, id); err != nil {
			return err
		}
		right, err := c.is(tx, digits)
		switch {
		case err != nil:
			return err
		case c.Purpose() != p:
			return fault.NotFound("record.not_found")
		case !c.GoodAt(now):
			return fault.Gone("sign_in.code_over")
		case !right:
			wrong = fault.Field("code", "sign_in.code_wrong")
			c.missed()
		default:
			c.setUsed(now)
		}
		return tx.Save(c)
	})
	if err == nil {
		err = wrong
	}
	switch {
	case fault.Code(err) == "record.not_found":
		return nil, fault.Gone("sign_in.code_over")
	case err != nil:
		return nil, err
	}
	return c, nil
}

// Newcomer is what somebody says of themselves who signs in for the first time.
type Newcomer struct {
	FullName string      `json:"full_name"`
	Locale   locale.Lang `json:"locale"`
}

// Enter uses up a code to sign in and returns whose account it opens. The first right code for an address makes the
// account, with the consent without which there is none. It gives no token: a second factor may be due. A code that makes no
// account, because too many come at once, stays good.
// Errors: sign_in.code_wrong, sign_in.code_over, sign_in.wait, sign_in.busy.
func Enter(ctx context.Context, app core.App, id, digits string, who Newcomer, now time.Time) (*User, error) {
	c, err := useCode(app, ToSignIn, id, digits, now)
	if err != nil {
		return nil, err
	}
	switch u, err := userOf(app, c.Email()); {
	case err != nil && fault.Code(err) != "record.not_found":
		return nil, err
	case err == nil:
		return u, nil
	}
	var u *User
	err = hashing(ctx, app, func() (err error) {
		if u, err = newcomer(app, c.Email(), who.FullName, who.Locale); err != nil {
			return err
		}
		return welcome(app, u, now)
	})
	if err != nil {
		return nil, errors.Join(err, giveBack(app, c.Id))
	}
	return u, nil
}

// giveBack makes a code good again that was right and opened nothing, because so many came at once: whoever is told to try
// again in a moment tries the code that they have.
func giveBack(app core.App, id string) error {
	return app.RunInTransaction(func(tx core.App) error {
		c, err := Codes.Find(tx, id)
		if err != nil {
			return err
		}
		c.setUsed(time.Time{})
		return tx.Save(c)
	})
}

// EnterThrottled is Enter for whoever is not given a token: wrong guesses are counted as those of a sign-in are.
// Errors: those of Enter, sign_in.suspended.
func EnterThrottled(ctx context.Context, app core.App, id, digits string, who Newcomer, now time.Time) (u *User, err error) {
	c, err := Codes.Find(app, id)
	switch {
	case fault.Code(err) == "record.not_found":
		return nil, fault.Gone("sign_in.code_over")
	case err != nil:
		return nil, err
	}
	err = throttled(app, account(Users.Collection, c.Email()), now, func() error {
		u, err = Enter(ctx, app, id, digits, who, now)
		return err
	})
	switch {
	case err != nil:
		return nil, err
	case u.Status() != UserActive:
		return nil, fault.Forbidden("sign_in.suspended")
	}
	return u, nil
}

// welcome stores a new account with its consent. Two codes for one new address may be entered at once: the second finds
// the account that the first has made.
func welcome(app core.App, u *User, now time.Time) error {
	return app.RunInTransaction(func(tx core.App) error {
		switch there, err := userOf(tx, u.Email()); {
		case err == nil:
			u.SetProxyRecord(there.ProxyRecord())
			return nil
		case fault.Code(err) != "record.not_found":
			return err
		}
		if err := tx.Save(u); err != nil {
			return err
		}
		c, err := agreed(tx, u.Id, forAccount, u.Lang(), "sign_in", now)
		if err != nil {
			return err
		}
		if err := tx.Save(c); err != nil {
			return err
		}
		return note(tx, access.Actor{ID: u.Id}, now, "users.joined", u.Id)
	})
}

// note writes down something that is no move; key is the feed's, such as "users.joined".
func note(tx core.App, by access.Actor, now time.Time, key, subject string, more ...lifecycle.Telling) error {
	kind, verb, _ := strings.Cut(key, ".")
	return lifecycle.Note(tx, by, now, kind, subject, verb, more...)
}
