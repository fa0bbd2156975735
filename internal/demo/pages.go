package demo

import (
	"embed"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/notify"
	"vuon/internal/web"
)

//go:embed pages/*.html
var files embed.FS

// Pages are the demo's templates.
var Pages = web.NewPages("demo", files)

// shelf is what the mailbox shows.
type shelf struct {
	Now   time.Time
	Mails []letter
}

// showMails shows the mails that would have gone out, the newest first.
func showMails(box *notify.Mailbox, now *clock) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		return web.Render(e, Pages, "mail", web.Page{Key: "demo_mail", Private: true, Data: shelf{now.Now(), told(box)}})
	}
}
