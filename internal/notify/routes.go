package notify

import (
	"maps"
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/locale"
	"vuon/internal/web"
)

// Routes are the room's verbs over HTTP, keyed as net/http writes a pattern, and the page of who wants no more mails.
func Routes() map[string]func(*core.RequestEvent) error {
	all := map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/inbox":                   showInbox,
		"POST /api/vuon/inbox/{id}/read":        readOne,
		"POST /api/vuon/inbox/read-all":         readAll,
		"GET /api/vuon/outbox":                  showOutbox,
		"GET /api/vuon/notices/wishes":          showWishes,
		"POST /api/vuon/notices/wishes":         makeWish,
		"POST /u/{token}":                       stopMails,
		"POST /en/u/{token}":                    stopMails,
		"POST /api/vuon/outbox/{id}/again":      sendAgain,
		"GET /api/vuon/outbox/waiting":          showWaiting,
		"GET /api/vuon/suppressions":            showClosed,
		"POST /api/vuon/suppressions/{id}/lift": liftOne,
		"POST /api/vuon/carriers/mail":          hear,
	}
	maps.Copy(all, textRoutes())
	maps.Copy(all, hookRoutes())
	maps.Copy(all, web.Public(map[string]func(*core.RequestEvent) error{"/u/{token}": askToStop}))
	return all
}

// line is one line of an inbox, in the language of its reader.
type line struct {
	ID     string     `json:"id"`
	Kind   string     `json:"kind"`
	Title  string     `json:"title"`
	Body   string     `json:"body"`
	Link   string     `json:"link"`
	At     time.Time  `json:"at"`
	ReadAt *time.Time `json:"read_at"` // null until it is read
	Zalo   string     `json:"zalo"`    // the same as text to paste
}

func showInbox(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	ask := web.Asked(e)
	items, err := inbox(e.App, by.ID, ask)
	if err != nil {
		return err
	}
	items, next := web.Cut(items, ask.Limit, func(i *InboxItem) string { return i.Id })
	n, err := Unread(e.App, by.ID)
	if err != nil {
		return err
	}
	said, err := speechOf(e)
	if err != nil {
		return err
	}
	rows := make([]line, len(items))
	for i, item := range items {
		if rows[i], err = written(e, said, item); err != nil {
			return err
		}
	}
	return e.JSON(http.StatusOK, map[string]any{"rows": rows, "next": next, "unread": n})
}

func readOne(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	item, err := Read(e.App, by, e.Request.PathValue("id"), now)
	if err != nil {
		return err
	}
	said, err := speechOf(e)
	if err != nil {
		return err
	}
	row, err := written(e, said, item)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, row)
}

func readAll(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	n, err := ReadAll(e.App, by, now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"read": n, "unread": 0})
}

// written puts an inbox line into the words of whoever asks.
func written(e *core.RequestEvent, said speech, item *InboxItem) (line, error) {
	args, err := item.Args()
	if err != nil {
		return line{}, err
	}
	title, body := said.line(reads(e), item.Kind(), args)
	post, err := of(e.App)
	if err != nil {
		return line{}, err
	}
	return line{item.Id, item.Kind(), title, body, item.Link(), item.At(), maybe(item.ReadAt()), post.pasted(e.App, title, body, item.Link())}, nil
}

// speechOf is what the house says at the moment of a request.
func speechOf(e *core.RequestEvent) (speech, error) {
	post, err := of(e.App)
	if err != nil {
		return speech{}, err
	}
	return post.speech(e.App)
}

// reads is the language of whoever asks.
func reads(e *core.RequestEvent) locale.Lang {
	return locale.Asked(e.Request.Header.Get("Accept-Language"))
}

func maybe(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}
