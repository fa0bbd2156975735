package notify

import (
	"crypto/hmac"
	"encoding/base64"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/notice"
)

// trialKind is the kind of a mail that somebody sends themselves to see how it looks.
const trialKind = "test"

// Preview writes the mail of a kind in other words, to the actor and about invented things. Managers of the whole house only.
// Errors: access.sign_in, access.needs_manager, text.kind, text.lang, text.missing, text.slot, text.long, text.line.
func Preview(app core.App, by access.Actor, kind string, lang locale.Lang, said Words) (Mail, error) {
	if err := access.MayGovern(by); err != nil {
		return Mail{}, err
	}
	_, mail, err := preview(app, by, kind, lang, said)
	return mail, err
}

// Try sends that mail to the actor, marked as what it is. It goes at once, at any hour.
// Errors: as Preview.
func Try(app core.App, by access.Actor, kind string, lang locale.Lang, said Words, now time.Time) error {
	if err := access.MayGovern(by); err != nil {
		return err
	}
	p, err := of(app)
	if err != nil {
		return err
	}
	to, mail, err := preview(app, by, kind, lang, said)
	if err != nil {
		return err
	}
	shelf, err := p.texts()
	if err != nil {
		return err
	}
	mail.Subject = filled(shelf.frame[lang].trial, map[string]string{"subject": mail.Subject})
	mail.Kind, mail.Unsubscribe = trialKind, ""
	return p.carry(app, to, mail, now)
}

func preview(app core.App, by access.Actor, kind string, lang locale.Lang, said Words) (Reader, Mail, error) {
	p, err := of(app)
	if err != nil {
		return Reader{}, Mail{}, err
	}
	if _, err := wordingOf(app, kind, lang); err != nil {
		return Reader{}, Mail{}, err
	}
	s, err := p.speech(app)
	if err != nil {
		return Reader{}, Mail{}, err
	}
	if err := p.fits(s, kind, said.text()); err != nil {
		return Reader{}, Mail{}, err
	}
	to, err := p.needs.Reader(app, by.ID)
	if err != nil {
		return Reader{}, Mail{}, err
	}
	to.Lang = lang
	k, _ := p.kind(s, kind)
	mail, err := p.compose(app, s.with(kind, lang, said.text()), to, s.sample(k, lang))
	return to, mail, err
}

// sample is something invented for a kind to say.
func (s speech) sample(k speakable, lang locale.Lang) content {
	c := content{kind: k.key, class: k.class, args: s.shelf.samples[lang], link: "/app/"}
	switch {
	case k.key == digestKind:
		c.class = notice.Digest
		for _, told := range []string{"report_due", "application_draft"} {
			title, body := s.line(lang, told, c.args)
			c.items = append(c.items, item{title, body, c.link})
		}
	case !k.pressed():
		c.link, c.code = "", c.args["code"]
	}
	return c
}

// sealed signs the HTML of a preview, so that the frame that shows it shows nothing that the house has not written.
func (p *Post) sealed(app core.App, html string) (string, error) {
	sum, err := p.sign(app, "preview", html)
	return base64.RawURLEncoding.EncodeToString(sum), err
}

// unsealed refuses what was not sealed.
// Errors: text.seal.
func (p *Post) unsealed(app core.App, html, seal string) error {
	right, err := p.sealed(app, html)
	if err == nil && !hmac.Equal([]byte(right), []byte(seal)) {
		err = fault.Forbidden("text.seal")
	}
	return err
}
