package events

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/booking/ics"
	"vuon/internal/events/qr"
	"vuon/internal/events/slip"
	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/payment"
	"vuon/internal/web"
)

// fileOfOrder gives what belongs to an order as a file: its tickets on paper, its time for a calendar, the picture of its transfer.
func fileOfOrder(e *core.RequestEvent) error {
	o, err := openedOrder(e)
	if err != nil {
		return err
	}
	switch e.Request.PathValue("file") {
	case "tickets.pdf":
		tickets, err := TicketsOf(e.App, o.Id)
		if err != nil {
			return err
		}
		return givePaper(e, o, tickets)
	case "event.ics":
		path, err := LinkOf(e.App, o)
		if err != nil {
			return err
		}
		return giveTime(e, o.EventID(), "order."+o.Id, path, o.Status() != OrderConfirmed)
	case "vietqr.png":
		return givePicture(e, o)
	case "receipt":
		return pageOfReceipt(e, o)
	}
	return fault.NotFound("page.missing")
}

// fileOfTicket gives one ticket on paper, or its time for a calendar.
func fileOfTicket(e *core.RequestEvent) error {
	k, err := openedTicket(e)
	if err != nil {
		return err
	}
	o, err := Orders.Find(e.App, k.OrderID())
	if err != nil {
		return err
	}
	switch e.Request.PathValue("file") {
	case "ticket.pdf":
		return givePaper(e, o, []*Ticket{k})
	case "event.ics":
		path, err := TicketLink(e.App, k)
		if err != nil {
			return err
		}
		return giveTime(e, k.EventID(), "order."+o.Id, path, k.Status() != TicketValid)
	}
	return fault.NotFound("page.missing")
}

// givePaper prints those of the tickets that let somebody in.
func givePaper(e *core.RequestEvent, o *Order, tickets []*Ticket) error {
	site, err := web.Of(e.App)
	if err != nil {
		return err
	}
	v, err := Events.Find(e.App, o.EventID())
	if err != nil {
		return err
	}
	lang, now := web.Lang(e.Request), access.Now(e)
	house, err := site.House(e.App, lang)
	if err != nil {
		return err
	}
	say := func(key string, more ...string) string { return site.Words().Text(lang, key, more...) }
	s := slip.Sheet{
		House: house, Title: v.Title().Text(lang), Lang: string(lang), Made: o.ConfirmedAt(), Hint: say("ticket_page.paper_hint"),
		Facts: []slip.Fact{{Name: say("ticket_page.when"), Text: locale.Span(lang, v.StartsAt(), v.EndsAt())}},
	}
	where := v.Venue()
	if v.Mode() == Online {
		where = say("event_mode.online")
	} else if v.Address() != "" {
		where += ", " + v.Address()
	}
	s.Facts = append(s.Facts, slip.Fact{Name: say("ticket_page.where"), Text: where}, slip.Fact{Name: say("checkout.order"), Text: o.Code()})
	var live []*Ticket
	for _, k := range tickets {
		if k.Status() == TicketValid {
			live = append(live, k)
		}
	}
	if len(live) == 0 || v.Status() == EventCancelled {
		return fault.Gone("ticket.no_paper")
	}
	for i, k := range live {
		one, err := paperOf(e.App, k, say, lang, now)
		if err != nil {
			return err
		}
		if len(live) > 1 {
			one.Count = strconv.Itoa(i+1) + " / " + strconv.Itoa(len(live))
		}
		s.Tickets = append(s.Tickets, one)
	}
	raw, err := s.PDF()
	if err != nil {
		return err
	}
	return give(e, "application/pdf", "ve-"+o.Code()+".pdf", raw)
}

func paperOf(app core.App, k *Ticket, say func(string, ...string) string, lang locale.Lang, now time.Time) (slip.Ticket, error) {
	y, err := Types.Find(app, k.TypeID())
	if err != nil {
		return slip.Ticket{}, err
	}
	token, err := TokenOf(app, k, now)
	if err != nil {
		return slip.Ticket{}, err
	}
	t := slip.Ticket{Code: k.Code(), Token: token}
	if k.HolderName() != "" {
		t.Facts = append(t.Facts, slip.Fact{Name: say("ticket_page.holder"), Text: k.HolderName()})
	}
	kind := y.Name().Text(lang)
	if days := y.dayList(); days != "" {
		kind += " · " + days
	}
	t.Facts = append(t.Facts, slip.Fact{Name: say("ticket_page.type"), Text: kind})
	return t, nil
}

// giveTime gives the time of an event for a calendar. It bears the name under which the mails carry it, so that nobody has it twice.
func giveTime(e *core.RequestEvent, event, uid, path string, over bool) error {
	v, err := Events.Find(e.App, event)
	if err != nil {
		return err
	}
	site, err := web.Of(e.App)
	if err != nil {
		return err
	}
	lang := web.Lang(e.Request)
	house, err := site.House(e.App, lang)
	if err != nil {
		return err
	}
	sequence, err := timesMoved(e.App, v.Id)
	if err != nil {
		return err
	}
	c := ics.Calendar{House: house, Lang: string(lang), Method: ics.Publish}
	if over || v.Status() == EventCancelled {
		c.Method, sequence = ics.Cancel, 2*sequence+1
	} else {
		sequence *= 2
	}
	place := v.Venue()
	if v.Address() != "" {
		place += ", " + v.Address()
	}
	link := web.Origin(e.App) + web.Path(lang, path)
	c.Events = []ics.Event{{
		UID: uid + "@vuon", Sequence: sequence, Stamp: v.Changed(), Starts: v.StartsAt(), Ends: v.EndsAt(), Summary: v.Title().Text(lang),
		Note: link, Place: place, URL: link, Alarm: 2 * time.Hour,
	}}
	raw, err := c.Bytes()
	if err != nil {
		return fmt.Errorf("write the time of event %s: %w", v.Id, err)
	}
	return give(e, ics.Type(raw), "lich.ics", raw)
}

// givePicture gives the code of a transfer as a picture, for whoever holds the telephone on which the page is open.
func givePicture(e *core.RequestEvent, o *Order) error {
	face, err := payment.FaceOf(e.App, o.Id)
	if err != nil {
		return err
	}
	if face == nil {
		return fault.NotFound("page.missing")
	}
	c, err := qr.Of(face.Payload)
	if err != nil {
		return err
	}
	raw, err := c.PNG(12)
	if err != nil {
		return err
	}
	return give(e, "image/png", "vietqr-"+o.Code()+".png", raw)
}

// give answers with a file that nobody but the holder of its link may keep.
func give(e *core.RequestEvent, kind, name string, raw []byte) error {
	e.Response.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	e.Response.Header().Set("Cache-Control", "private, no-store")
	e.Response.Header().Set("X-Robots-Tag", "noindex")
	e.Response.Header().Set("Referrer-Policy", "no-referrer")
	return e.Blob(http.StatusOK, kind, raw)
}
