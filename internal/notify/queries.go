package notify

import (
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/web"
)

// waiting lists the letters with which something is to happen at now: what is owed first, then the longest overdue. While
// nobody may be reminded, reminders are left to lie.
func waiting(app core.App, now time.Time, open bool, limit int64) ([]*Letter, error) {
	q := app.RecordQuery(Outbox.Collection).
		AndWhere(dbx.In("status", string(LetterQueued), string(LetterSending))).
		AndWhere(dbx.NewExp("next_at <= {:now}", dbx.Params{"now": record.Stamp(now)}))
	if !open {
		q.AndWhere(dbx.NewExp("(class = 'T' OR status = 'sending')"))
	}
	return Outbox.Query(q.OrderBy("(class != 'T')", "next_at", "created", "id").Limit(limit))
}

// inbox lists a person's lines, the newest first, one more than asked.
func inbox(app core.App, user string, ask web.Ask) ([]*InboxItem, error) {
	q := app.RecordQuery(InboxItems.Collection).AndWhere(dbx.HashExp{"user": user}).OrderBy("at DESC", "id DESC").Limit(int64(ask.Limit) + 1)
	if ask.After != "" {
		q.AndWhere(dbx.NewExp("(at, id) < (SELECT at, id FROM inbox_items WHERE id = {:after} AND user = {:user})",
			dbx.Params{"after": ask.After, "user": user}))
	}
	return InboxItems.Query(q)
}

// unread lists what a person has not read.
func unread(app core.App, user string) ([]*InboxItem, error) {
	return InboxItems.Query(app.RecordQuery(InboxItems.Collection).AndWhere(dbx.HashExp{"user": user, "read_at": ""}))
}

// Unread counts the lines of an inbox that its person has not read.
func Unread(app core.App, user string) (n int, err error) {
	err = app.DB().NewQuery("SELECT count(*) FROM inbox_items WHERE user = {:user} AND read_at = ''").
		Bind(dbx.Params{"user": user}).Row(&n)
	return n, err
}
