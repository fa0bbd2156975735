package notify

import (
	"embed"
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/web"
)

//go:embed pages/*.html
var files embed.FS

// Pages are the room's templates.
var Pages = web.NewPages("notify", files)

// stopping is what the page of a mailed link shows.
type stopping struct {
	State  string   // "ask", "done", "back", "nothing" or "unknown": which words
	Many   bool     // it is about several kinds
	Weekly bool     // they come once a week now
	Kinds  []string // what they are called
	Was    string   // what the button that takes it back puts back
	Wishes string
}

// askToStop answers GET: it changes nothing, for programs that look for danger in mails follow their links.
func askToStop(e *core.RequestEvent) error { return stopPage(e, stopping{State: "ask"}) }

// stopMails answers the button of the page, and the one of a mail program (RFC 8058), which sends nothing of ours.
func stopMails(e *core.RequestEvent) error {
	asked := stopping{State: "done"}
	mode, back := Off, map[string]Mode(nil)
	switch e.Request.PostFormValue("do") {
	case string(Weekly):
		mode, asked.Weekly = Weekly, true
	case "back":
		back, asked.State = unspell(e.Request.PostFormValue("was")), "back"
	}
	was, err := Unsubscribe(e.App, e.Request.PathValue("token"), mode, back, access.Now(e))
	if fault.Code(err) == "stop.unknown" {
		return stopPage(e, asked)
	}
	if err != nil {
		return err
	}
	asked.Was = spell(was)
	return stopPage(e, asked)
}

// stopPage shows where a link stands now. Nothing on it says whose it is.
func stopPage(e *core.RequestEvent, shown stopping) error {
	p, err := of(e.App)
	if err != nil {
		return err
	}
	page := web.Page{Key: "stop", Private: true}
	s, err := p.readStop(e.App, e.Request.PathValue("token"))
	switch {
	case fault.Code(err) == "stop.unknown":
		shown, page.Status = stopping{State: "unknown"}, http.StatusNotFound
	case err != nil:
		return err
	default:
		said, err := p.speech(e.App)
		if err != nil {
			return err
		}
		choices, err := p.choices(e.App, s)
		if err != nil {
			return err
		}
		for _, c := range choices {
			shown.Kinds = append(shown.Kinds, said.name(web.Lang(e.Request), c.kind))
		}
		if shown.Many = s.kind == digestKind; len(choices) == 0 {
			shown.State = "nothing"
		}
	}
	shown.Wishes, page.Data = wishesPath, shown
	return web.Render(e, Pages, "stop", page)
}
