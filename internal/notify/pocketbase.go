package notify

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
	"github.com/pocketbase/pocketbase/tools/mailer"

	"vuon/internal/locale"
)

// Where the links of PocketBase's own mails lead. The token stands behind the #, which no server and no log gets to see.
const (
	resetPath   = "/app/reset#"
	accountPath = "/app/account"
	dashboard   = "/_/#/auth/confirm-" // for superusers: password-reset/TOKEN, verification/TOKEN, email-change/TOKEN
)

// takeOver gives PocketBase's own mails our words and our sender. They go at once, and their codes and tokens are stored
// nowhere.
func (p *Post) takeOver(app core.App) {
	for kind, own := range map[string]struct {
		on   *hook.TaggedHook[*core.MailerRecordEvent]
		what func(*core.MailerRecordEvent) content
	}{
		"password_reset": {app.OnMailerRecordPasswordResetSend(), tokenTo("password-reset")},
		"verification":   {app.OnMailerRecordVerificationSend(), tokenTo("verification")},
		"email_change":   {app.OnMailerRecordEmailChangeSend(), tokenTo("email-change")},
		"auth_alert":     {app.OnMailerRecordAuthAlertSend(), func(*core.MailerRecordEvent) content { return content{link: accountPath} }},
		"code.sign_in":   {app.OnMailerRecordOTPSend(), func(e *core.MailerRecordEvent) content { return content{code: meta(e, "password")} }},
	} {
		own.on.Bind(&hook.Handler[*core.MailerRecordEvent]{
			Id: "notify." + kind, Priority: 9999, // against PocketBase's templates: whatever an operator's hook does comes first
			Func: func(e *core.MailerRecordEvent) error {
				what := own.what(e)
				what.kind = kind
				to, err := p.readerOfMail(e)
				if err != nil {
					return err
				}
				e.Mailer = carrier{e.App, p, to, &what}
				return e.Next() // PocketBase notes what it must, and asks the carrier to send
			},
		})
	}
	app.OnMailerSend().Bind(&hook.Handler[*core.MailerEvent]{
		Id: "notify.other", Priority: 9999, // against a second mail server in PocketBase's settings: there is one sender
		Func: func(e *core.MailerEvent) error {
			for _, to := range e.Message.To {
				if err := (carrier{e.App, p, Reader{Address: to.Address}, nil}).Send(e.Message); err != nil {
					return err
				}
			}
			return nil
		},
	})
}

// carrier is PocketBase's way into the post office. Without a content of ours it carries the message as it is: an
// operator's hook has written it.
type carrier struct {
	app  core.App
	post *Post
	to   Reader
	what *content
}

// Send implements PocketBase's mailer.Mailer.
func (c carrier) Send(m *mailer.Message) error {
	if c.what != nil {
		return hand(c.app, c.to, *c.what, c.post.needs.Now())
	}
	mail := Mail{Kind: "other", To: c.to.Address, Lang: locale.Vietnamese, Subject: m.Subject, Text: m.Text, HTML: m.HTML}
	return c.post.carry(c.app, c.to, mail, c.post.needs.Now())
}

// tokenTo makes the link of a mail from the token that PocketBase has made. Superusers confirm in the dashboard. People have
// one such page, for a new password: PocketBase's other ways are closed to them.
func tokenTo(what string) func(*core.MailerRecordEvent) content {
	return func(e *core.MailerRecordEvent) content {
		switch {
		case e.Record.IsSuperuser():
			return content{link: dashboard + what + "/" + meta(e, "token")}
		case what == "password-reset":
			return content{link: resetPath + meta(e, "token")}
		}
		return content{link: accountPath}
	}
}

func meta(e *core.MailerRecordEvent, name string) string {
	text, ok := e.Meta[name].(string)
	if !ok {
		return ""
	}
	return text
}

// readerOfMail is whom a mail of PocketBase's goes to: the address on the message, in the language of its account.
func (p *Post) readerOfMail(e *core.MailerRecordEvent) (Reader, error) {
	to := Reader{Lang: locale.Vietnamese}
	if !e.Record.IsSuperuser() {
		var err error
		if to, err = p.needs.Reader(e.App, e.Record.Id); err != nil {
			return Reader{}, err
		}
	}
	if len(e.Message.To) > 0 {
		to.Address = e.Message.To[0].Address
	}
	return to, nil
}
