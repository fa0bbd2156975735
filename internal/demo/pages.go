package demo

import (
	"embed"
	"net/http"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/notify"
	"vuon/internal/web"
)

//go:embed pages/*.html
var files embed.FS

// Pages are the demo's templates.
var Pages = web.NewPages("demo", files)

// shown is how many mails stand on the mailbox's page. A month of the demo writes hundreds.
const shown = 25

// shelf is what the mailbox shows.
type shelf struct {
	Now   time.Time
	Mails []letter
	Older int // mails that it holds besides
}

// showMails shows the mails that would have gone out, the newest first.
func showMails(box *notify.Mailbox, now *clock) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		all := told(box)
		few := all[:min(len(all), shown)]
		return web.Render(e, Pages, "mail", web.Page{Key: "demo_mail", Private: true, Data: shelf{now.Now(), few, len(all) - len(few)}})
	}
}

// showMail shows one mail as its reader's mail program would. Its style is inline, as mails need it; it runs and loads nothing.
func showMail(box *notify.Mailbox) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		for _, m := range box.Mails() {
			if strconv.Itoa(m.Number) != e.Request.PathValue("number") {
				continue
			}
			head := e.Response.Header()
			head.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
			head.Set("Cache-Control", "private, no-store")
			return e.HTML(http.StatusOK, m.HTML)
		}
		return fault.NotFound("page.missing")
	}
}
