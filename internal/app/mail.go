package app

import (
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"vuon/internal/locale"
	"vuon/internal/notify"
	"vuon/internal/site"
)

// priorityWake lies outside the transaction of a repeated request: what is to be told is stored by then.
const priorityWake = -1500

// bindPost gives the post office what it asks of the house, and wakes it after every change that a person makes: what
// goes out at once goes out at once.
func bindPost(app core.App, cfg Config, deps Deps, words *locale.Dictionary) error {
	sender := deps.Mail
	if sender == nil {
		var err error
		if sender, err = senderOf(app, cfg, deps); err != nil {
			return err
		}
	}
	notify.Bind(app, notify.Needs{
		Rules:  Notices,
		Reader: readerOf,
		Secret: secretLink,
		Seal:   mailSeal,
		Centre: func(app core.App) (locale.Pair, error) {
			centre, err := site.Ours(app)
			return centre.Name, err
		},
		Calendar:  site.CalendarOf,
		PublicURL: func(app core.App) string { return publicURL(app, cfg) },
		Changed:   tellLive,
		Heard:     notify.HostedEvents(string(cfg.CarrierHook)),
		Topics:    HookTopics,
		Near:      deps.Demo || app.IsDev(),
		Words:     words, Sender: sender, Now: deps.Now, Random: deps.Random, Running: cfg.Jobs,
	})
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{
		Id: "vuon.wake", // against nobody: it only warns and listens
		Func: func(e *core.ServeEvent) error {
			if sender == nil && deps.Log != nil {
				deps.Log.Warn("no mail can be sent: neither VUON_SMTP_URL nor VUON_RESEND_KEY is set")
			}
			e.Router.Bind(&hook.Handler[*core.RequestEvent]{Id: "vuon.wake", Priority: priorityWake, Func: wakePost})
			return e.Next()
		},
	})
	return nil
}

// senderOf is how mails leave this house; nil if they do not.
func senderOf(app core.App, cfg Config, deps Deps) (notify.Sender, error) {
	if cfg.CarrierKey == "" {
		return notify.SMTP(string(cfg.SMTP), cfg.MailFrom, deps.Now)
	}
	return notify.Hosted{Key: string(cfg.CarrierKey), URL: cfg.CarrierURL, From: cfg.MailFrom, Now: deps.Now, Log: app.Logger()}.Open()
}

// mailSeal is what links at the foot of mails are signed with: a secret that the accounts came with and that nothing else
// uses, since nobody confirms their address by PocketBase's way. A new one makes the links of old mails worthless.
func mailSeal(app core.App) ([]byte, error) {
	users, err := app.FindCachedCollectionByNameOrId("users")
	if err != nil {
		return nil, err
	}
	return []byte(users.VerificationToken.Secret), nil
}

// publicURL is how addresses of the house begin, without a slash at the end.
func publicURL(app core.App, cfg Config) string {
	if cfg.PublicURL != "" {
		return cfg.PublicURL
	}
	return strings.TrimRight(app.Settings().Meta.AppURL, "/")
}

func wakePost(e *core.RequestEvent) error {
	err := e.Next()
	if err == nil && e.Request.Method != http.MethodGet && e.Request.Method != http.MethodHead {
		notify.Wake(e.App)
	}
	return err
}
