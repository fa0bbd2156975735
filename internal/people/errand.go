package people

import (
	"net/url"
	"path"
	"strings"
	"time"
	"unicode"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/people/openid"
	"vuon/internal/record"
)

// Errands are the browsers that are at a provider of identities, or have just come back.
var Errands = record.Of[Errand]("identity_errands")

// Errand is one way to the provider and back: ten minutes there, ten minutes here, one use. The browser holds its thread in
// a cookie, and another one once it is back; the row holds the hash.
type Errand struct{ core.BaseRecordProxy }

// The purposes of an errand, beside ToSignIn.
const toLink Purpose = "link"

const errandLasts = 10 * time.Minute

// home is where people go on when nothing else was asked for.
const home = "/app/"

// newErrand describes an errand that begins now. user is who links; "" to sign in. way is where they go on afterwards.
func newErrand(app core.App, t openid.Thread, p Purpose, user, way string, lang locale.Lang, now time.Time) (*Errand, error) {
	e, err := Errands.New(app)
	if err != nil {
		return nil, err
	}
	e.setThread(t)
	e.Set("purpose", string(p))
	e.Set("user", user)
	e.Set("way", onward(way))
	e.Set("locale", string(spoken(lang)))
	e.Set("expires_at", now.Add(errandLasts))
	return e, nil
}

// onward is an address of the workspace, or its home: no other site's, however it is written. Browsers read a backslash as a
// slash, and two slashes as another site.
func onward(way string) string {
	u, err := url.Parse(way)
	switch {
	case err != nil, u.IsAbs(), u.Host != "", u.User != nil, u.Opaque != "", len(way) > 500:
		return home
	case !strings.HasPrefix(u.Path, home), strings.ContainsAny(u.Path, "\\\r\n\t"), path.Clean(u.Path)+"/" != strings.TrimSuffix(u.Path, "/")+"/":
		return home
	case strings.HasPrefix(u.Path, "/app/sign-in"):
		return home
	}
	u.Fragment = ""
	return u.String()
}

// Purpose is what they went for.
func (e *Errand) Purpose() Purpose { return Purpose(e.GetString("purpose")) }

// UserID is who links.
func (e *Errand) UserID() string { return e.GetString("user") }

// Way is where they go on.
func (e *Errand) Way() string { return e.GetString("way") }

// Lang is the language in which they went.
func (e *Errand) Lang() locale.Lang { return spoken(locale.Lang(e.GetString("locale"))) }

// Expires is when it is worth nothing any more.
func (e *Errand) Expires() time.Time { return e.GetDateTime("expires_at").Time() }

// Email is the address that the provider told; it may be empty, and is only as good as EmailVerified says.
func (e *Errand) Email() string { return e.GetString("email") }

// EmailVerified says whether the provider has seen that the address is theirs.
func (e *Errand) EmailVerified() bool { return e.GetBool("email_verified") }

// FullName is what the provider calls them; it may be empty.
func (e *Errand) FullName() string { return e.GetString("full_name") }

// Strong says whether the sign-in there stands for two factors.
func (e *Errand) Strong() bool { return e.GetBool("strong") }

func (e *Errand) issuer() string { return e.GetString("issuer") }

func (e *Errand) subject() string { return e.GetString("subject") }

func (e *Errand) setThread(t openid.Thread) { e.Set("key", t.Key()) }

// away says whether the browser is at the provider at now.
func (e *Errand) away(now time.Time) bool {
	return e.GetDateTime("back_at").IsZero() && now.Before(e.Expires())
}

// told says whether the provider has said who they are, and nobody has made use of it by now.
func (e *Errand) told(now time.Time) bool {
	return e.subject() != "" && e.GetDateTime("used_at").IsZero() && now.Before(e.Expires())
}

func (e *Errand) setBack(now time.Time) { e.Set("back_at", now) }

func (e *Errand) setUsed(now time.Time) { e.Set("used_at", now) }

// tell keeps what the provider said, under another thread and for another ten minutes. Of a name and an address that the
// house would not take it keeps nothing.
func (e *Errand) tell(c openid.Claims, t openid.Thread, now time.Time) {
	e.setThread(t)
	e.Set("expires_at", now.Add(errandLasts))
	e.Set("issuer", c.Issuer)
	e.Set("subject", c.Subject)
	e.Set("strong", c.Strong)
	if isAddress(address(c.Email)) {
		e.Set("email", address(c.Email))
		e.Set("email_verified", c.EmailVerified && plain(c.Email))
	}
	if isName(c.Name) {
		e.Set("full_name", c.Name)
	}
	if c.Locale != "" {
		e.Set("locale", string(tongue(c.Locale)))
	}
}

// plain says whether an address is written in ASCII alone. Others have letters of which small ones are another's: the sign of
// Kelvin becomes a k, and what the provider has verified is not what the house would store.
func plain(address string) bool {
	return !strings.ContainsFunc(address, func(r rune) bool { return r > unicode.MaxASCII })
}

// tongue is the language of the house for a language tag: English for those who read English, Vietnamese for the rest.
func tongue(tag string) locale.Lang {
	if tag = strings.ToLower(tag); tag == "en" || strings.HasPrefix(tag, "en-") || strings.HasPrefix(tag, "en_") {
		return locale.English
	}
	return locale.Vietnamese
}
