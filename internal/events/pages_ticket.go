package events

import (
	"net/http"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/web"
)

// ticketPage is what the page of a ticket shows.
type ticketPage struct {
	Ticket *Ticket
	Event  side
	Path   string // its secret link, in no language
	Stands lifecycle.State
	Type   locale.Pair
	Days   string
	N, Of  int // its place among the tickets that came with it
	Code   *drawing
	Kept   time.Time // until when a browser may keep the page; zero: not at all
	Stream string
	Done   string
	Asks   bool // its holder is asked what they thought
	Words  string
	Score  int
	Mend   []*wrong
}

// openedTicket is the ticket that the link of a page opens.
func openedTicket(e *core.RequestEvent) (*Ticket, error) {
	k, err := TicketOf(e.App, e.Request.PathValue("code"), e.Request.PathValue("mac"))
	if fault.Code(err) == "record.not_found" {
		return nil, fault.NotFound("page.missing")
	}
	return k, err
}

// pageOfTicket is what its holder shows at the door. Nobody needs an account for it, nor the order that it came with.
func pageOfTicket(e *core.RequestEvent) error {
	k, err := openedTicket(e)
	if err != nil {
		return err
	}
	p := ticketPage{}
	if e.Request.URL.Query().Get("done") == "said" {
		p.Done = "ticket_page.said"
	}
	return ticketShown(e, k, p, http.StatusOK)
}

// sayAfter takes what the holder of a ticket thought of the event.
func sayAfter(e *core.RequestEvent) error {
	k, err := openedTicket(e)
	if err != nil {
		return err
	}
	if err := e.Request.ParseForm(); err != nil {
		return fault.Field("body", "request.unreadable")
	}
	p := ticketPage{Words: e.Request.PostFormValue("words")}
	p.Score, _ = strconv.Atoi(e.Request.PostFormValue("score"))
	_, err = GiveFeedback(e.App, e.Request.PathValue("code"), e.Request.PathValue("mac"), p.Score, p.Words, access.Now(e))
	if f := fault.As(err); f != nil && f.Kind != fault.KindNotFound {
		_, p.Mend = wrongOf(f)
		return ticketShown(e, k, p, statusOf(f))
	}
	if err != nil {
		return err
	}
	path, err := TicketLink(e.App, k)
	if err != nil {
		return err
	}
	return e.Redirect(http.StatusSeeOther, web.Path(web.Lang(e.Request), path)+"?done=said")
}

// ticketShown renders the page of a ticket.
func ticketShown(e *core.RequestEvent, k *Ticket, p ticketPage, status int) error {
	v, err := Events.Find(e.App, k.EventID())
	if err != nil {
		return err
	}
	y, err := Types.Find(e.App, k.TypeID())
	if err != nil {
		return err
	}
	now, lang := access.Now(e), web.Lang(e.Request)
	p.Ticket, p.Event, p.Stands, p.Type, p.Days = k, side{v}, k.Status(), y.Name(), y.dayList()
	if k.Status() == TicketValid && v.Past(now) && v.Status() != EventCancelled { // not at the door, where the code comes first
		spoken, err := hasSpoken(e.App, k.Id)
		if err != nil {
			return err
		}
		p.Asks = !spoken
	}
	if p.Path, err = TicketLink(e.App, k); err != nil {
		return err
	}
	if err := p.among(e.App); err != nil {
		return err
	}
	if k.Status() == TicketValid && v.Status() != EventCancelled {
		token, err := TokenOf(e.App, k, now)
		if err != nil {
			return err
		}
		code, err := drawCode(token, "ticket_page.code")
		if err != nil {
			return err
		}
		p.Code = &code
		if until := v.EndsAt().Add(keptAfter); now.Before(until) {
			p.Kept = until
		}
		if v.Mode() != Onsite && !v.Past(now) {
			p.Stream = onWeb(v.StreamURL())
		}
	}
	return web.Render(e, Pages, "ticket", web.Page{
		Title: v.Title().Text(lang), Section: "/events", Private: true, Status: status, Modules: []string{"site/checkout.js", "site/ticket.js"}, Data: p,
	})
}

// keptAfter is how long after its event a browser in which a ticket was opened may keep its page, for a door without a network.
const keptAfter = day

// keeperOfTickets is the worker that keeps it there. It reaches no page but those of tickets.
func keeperOfTickets(e *core.RequestEvent) error { return web.Script(e, "site/sw.js") }

// among counts the ticket's place among those of its order that hold.
func (p *ticketPage) among(app core.App) error {
	all, err := TicketsOf(app, p.Ticket.OrderID())
	for _, k := range all {
		if k.Live() {
			p.Of++
		}
		if k.Id == p.Ticket.Id {
			p.N = p.Of
		}
	}
	return err
}
