package notify

import (
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
	Centre    func(app core.App) (locale.Pair, error)                                     // the centre's name
	Calendar  func(app core.App) (vn.Calendar, error)                                     // on which days nobody is reminded; nil: on those that the law proposes
	PublicURL func(app core.App) string                                                   // how addresses of the house begin, without a slash at the end
	Changed   func(app core.App, row *core.Record)                                        // lets windows know that a row of theirs is new; nil: nobody looks on
	Words     *locale.Dictionary
	Sender    Sender           // nil: no mail can be sent
	Now       func() time.Time // for what happens on its own; verbs and jobs are told the instant
	Running   bool             // this process delivers on its own, between the minutes of the job
}

// Tables are the lives of the room's rows.
func Tables() []lifecycle.Table { return []lifecycle.Table{OutboxLife} }

// Bind puts the room's laws in place.
func Bind(app core.App, needs Needs) {
	OutboxLife.Guard(app)
	record.Revised(app, Outbox.Collection)
	open(app, needs)
}

// Audiences say who may know that a row of the room has changed: the bell of whoever it lies in front of.
func Audiences() map[string]func(core.App, *core.Record) access.Audience {
	return map[string]func(core.App, *core.Record) access.Audience{
		InboxItems.Collection: func(_ core.App, row *core.Record) access.Audience {
			return access.Audience{Users: []string{InboxItems.From(row).User()}}
		},
	}
}
