package notify

import (
	"io"
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/notice"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Needs are the facts that this room asks of others. The roof fills them in.
type Needs struct {
	Rules     func() []notice.Rule                                                        // what every room has people told
	Reader    func(app core.App, user string) (Reader, error)                             // who a user is
	Secret    func(app core.App, s notice.Secret, now time.Time) (link string, err error) // makes a secret link, at the moment of sending
	Seal      func(app core.App) ([]byte, error)                                          // what links at the foot of mails are signed with; the same for years
	Centre    func(app core.App) (locale.Pair, error)                                     // the centre's name
	Calendar  func(app core.App) (vn.Calendar, error)                                     // on which days nobody is reminded; nil: on those that the law proposes
	PublicURL func(app core.App) string                                                   // how addresses of the house begin, without a slash at the end
	Changed   func(app core.App, row *core.Record)                                        // lets windows know that a row of theirs is new; nil: nobody looks on
	Words     *locale.Dictionary
	Heard     func(http.Header, []byte) (Told, error) // reads what the carrier tells, signed; nil: it tells nothing
	Sender    Sender                                  // nil: no mail can be sent
	Random    io.Reader                               // secrets of hooks
	Topics    func() []string                         // what hooks may hear of: keys of the journal; nil: nothing
	Near      bool                                    // hooks on this machine itself may be called, without TLS: for the demo, development and tests
	Now       func() time.Time                        // for what happens on its own; verbs and jobs are told the instant
	Running   bool                                    // this process delivers on its own, between the minutes of the job
}

// Tables are the lives of the room's rows.
func Tables() []lifecycle.Table { return []lifecycle.Table{OutboxLife, HookLife} }

// Bind puts the room's laws in place.
func Bind(app core.App, needs Needs) {
	OutboxLife.Guard(app)
	HookLife.Guard(app)
	record.Guard{ID: "notify.hook", Collection: Hooks.Collection, Law: lawOfHooks}.Bind(app)
	record.Guard{ID: "notify.wish", Collection: Prefs.Collection, Law: lawOfWishes}.Bind(app)
	record.Guard{ID: "notify.wording", Collection: Wordings.Collection, Law: lawOfWordings}.Bind(app)
	record.Revised(app, Outbox.Collection, Hooks.Collection, Wordings.Collection, Suppressions.Collection)
	open(app, needs)
}

// lawOfWishes lets people choose only where there is a choice.
// Errors: wish.kind, wish.always.
func lawOfWishes(e *core.RecordEvent, _ *core.Record) error {
	p, err := of(e.App)
	if err != nil {
		return err
	}
	_, err = p.choosable(Prefs.From(e.Record).Kind())
	return err
}

// lawOfWordings lets nobody write words that cannot be said.
// Errors: text.kind, text.missing, text.slot, text.long, text.line.
func lawOfWordings(e *core.RecordEvent, _ *core.Record) error {
	return lawOfWords(e.App, Wordings.From(e.Record))
}

func lawOfWords(app core.App, w *Wording) error {
	p, err := of(app)
	if err != nil {
		return err
	}
	s, err := p.speech(app)
	if err != nil {
		return err
	}
	return p.fits(s, w.Kind(), w.text())
}

// Audiences say who may know that a row of the room has changed: whoever it lies in front of, and managers whose words it is.
func Audiences() map[string]func(core.App, *core.Record) access.Audience {
	return map[string]func(core.App, *core.Record) access.Audience{
		InboxItems.Collection: func(_ core.App, row *core.Record) access.Audience {
			return access.Audience{Users: []string{InboxItems.From(row).User()}}
		},
		Prefs.Collection: func(_ core.App, row *core.Record) access.Audience {
			return access.Audience{Users: []string{Prefs.From(row).User()}}
		},
		Hooks.Collection: func(core.App, *core.Record) access.Audience {
			return access.Audience{Roles: []access.Role{access.Manager}} // of the whole house
		},
		Wordings.Collection: func(core.App, *core.Record) access.Audience {
			return access.Audience{Roles: []access.Role{access.Manager}} // of the whole house
		},
	}
}
