package people

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Users are the people who have an account. Nobody writes them through the record API.
var Users = record.Of[User]("users")

// User is one person. What they may do stands in role grants and memberships, never here.
type User struct{ core.BaseRecordProxy }

// The states of a person's account.
const (
	UserActive    lifecycle.State = "active"
	UserSuspended lifecycle.State = "suspended"
	UserErased    lifecycle.State = "erased"
)

// UserLife is every legal move of an account.
var UserLife = lifecycle.Table{
	Collection: Users.Collection,
	Start:      UserActive,
	Ends:       []lifecycle.State{UserErased},
	Moves: []lifecycle.Move{
		lifecycle.Moved("user", "suspend", UserSuspended, UserActive),
		lifecycle.Moved("user", "reinstate", UserActive, UserSuspended),
		lifecycle.Moved("user", "erase", UserErased, UserActive, UserSuspended),
	},
}

// erasedDomain is where the address of an erased person points: RFC 2606 keeps it empty for ever.
const erasedDomain = "@erased.invalid"

// newcomer describes the account of somebody who has just shown that the address is theirs. It has a password that nobody
// knows: until they set one, they sign in by code.
func newcomer(app core.App, email, name string, lang locale.Lang) (*User, error) {
	u, err := Users.New(app)
	if err != nil {
		return nil, err
	}
	u.SetEmail(address(email))
	u.SetVerified(true)
	u.SetRandomPassword()
	u.setFullName(name)
	u.setLocale(lang)
	return u, nil
}

// address brings a mail address into the one form in which the house stores it.
func address(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// The longest address and name that are taken, in bytes and in characters.
const (
	addressMost = 254
	nameMost    = 120
)

// isAddress says whether a mail can be sent to s: an address alone, without a name or angle brackets.
func isAddress(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && len(s) <= addressMost && strings.Contains(s[strings.LastIndex(s, "@"):], ".")
}

// isName says whether s may be somebody's name. An empty one may: people who are new give it later.
func isName(s string) bool {
	return utf8.RuneCountInString(s) <= nameMost && !strings.ContainsFunc(s, unicode.IsControl)
}

// spoken is the language of the house that comes nearest to what somebody asked for.
func spoken(lang locale.Lang) locale.Lang {
	if lang == locale.English {
		return locale.English
	}
	return locale.Vietnamese
}

// Status is how the account stands.
func (u *User) Status() lifecycle.State { return lifecycle.State(u.GetString("status")) }

// FullName is the person's name, in the order they write it; "" until they give one.
func (u *User) FullName() string { return u.GetString("full_name") }

// Phone is where they can be called; it may be empty.
func (u *User) Phone() string { return u.GetString("phone") }

// Lang is the language they are written to.
func (u *User) Lang() locale.Lang { return spoken(locale.Lang(u.GetString("locale"))) }

func (u *User) searchKey() string { return u.GetString("search_key") }

func (u *User) setFullName(name string) { u.Set("full_name", strings.Join(strings.Fields(name), " ")) }

func (u *User) setPhone(phone string) { u.Set("phone", strings.Join(strings.Fields(phone), " ")) }

func (u *User) setLocale(lang locale.Lang) { u.Set("locale", string(spoken(lang))) }

// tidy keeps one form of what people are found by.
func (u *User) tidy() {
	u.SetEmail(address(u.Email()))
	u.Set("search_key", vn.Fold(u.FullName()))
}

// forget takes out everything that says who the person was. The row stays, for others point at it.
func (u *User) forget() {
	u.Set("full_name", "")
	u.Set("phone", "")
	u.Set("avatar", nil)
	u.SetEmail(u.Id + erasedDomain)
	u.SetEmailVisibility(false)
	u.SetRandomPassword()
}
