package events

import (
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/web"
)

// ownView is an order as the one who made it finds it again, signed in.
type ownView struct {
	ID       string          `json:"id"`
	Code     string          `json:"code"`
	Link     string          `json:"link"` // /orders/{code}/{mac}
	Calendar string          `json:"calendar"`
	Status   lifecycle.State `json:"status"`
	Total    Dong            `json:"total_vnd"`
	PayBy    *time.Time      `json:"pay_by"` // where it waits for money
	Event    ownEvent        `json:"event"`
	Tickets  []ticketView    `json:"tickets"`
}

// ownEvent is what an order is for.
type ownEvent struct {
	Page     string          `json:"page"` // its address
	TitleVI  string          `json:"title_vi"`
	TitleEN  string          `json:"title_en"`
	StartsAt time.Time       `json:"starts_at"`
	EndsAt   time.Time       `json:"ends_at"`
	Mode     Mode            `json:"mode"`
	Venue    string          `json:"venue"`
	Status   lifecycle.State `json:"status"`
}

// listOwn answers somebody who is signed in with what they ordered, with an account or under an address that they have shown to be
// theirs: ?when=past turns to what is over, &after= &limit=. The links in it are keys, so nothing on the way may keep the answer.
// Error: access.sign_in.
func listOwn(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	a := web.Asked(e)
	after, err := a.From(2)
	if err != nil {
		return err
	}
	mail, err := asked(e.App).Proven(e.App, by.ID)
	if err != nil {
		return err
	}
	found, err := ownOrders(e.Request.Context(), e.App, by.ID, mail, e.Request.URL.Query().Get("when") == "past", after, a.Limit, now)
	if err != nil {
		return err
	}
	found, next := web.Cut(found, a.Limit, func(o ownOrder) string { return web.Cursor(o.Starts, o.ID) })
	page, err := ownPageOf(e.Request.Context(), e.App, found)
	if err != nil {
		return err
	}
	rows := make([]ownView, 0, len(found))
	for _, o := range page.orders {
		v, err := page.view(e.App, o)
		if err != nil {
			return err
		}
		rows = append(rows, v)
	}
	e.Response.Header().Set("Cache-Control", "private, no-store")
	return e.JSON(http.StatusOK, web.ListOf(rows, next))
}

func (p ownPage) view(app core.App, o *Order) (v ownView, err error) {
	event := p.events[o.EventID()]
	v = ownView{
		ID: o.Id, Code: o.Code(), Status: o.Status(), Total: o.Total(), Event: ownEvent{
			side{event}.Path(), event.Title().VI, event.Title().EN, event.StartsAt(), event.EndsAt(), event.Mode(), event.Venue(), event.Status(),
		},
	}
	if o.AwaitsMoney() {
		v.PayBy = instant(o.PayBy())
	}
	if v.Link, err = LinkOf(app, o); err != nil {
		return v, err
	}
	v.Calendar = v.Link + "/event.ics"
	v.Tickets, err = viewsOf(app, p.tickets[o.Id], p.kinds)
	return v, err
}

// viewsOf writes tickets whose kinds are known.
func viewsOf(app core.App, tickets []*Ticket, kinds map[string]*Type) ([]ticketView, error) {
	views := make([]ticketView, 0, len(tickets))
	for _, k := range tickets {
		t, err := k.view(app, kinds[k.TypeID()])
		if err != nil {
			return nil, err
		}
		views = append(views, t)
	}
	return views, nil
}
