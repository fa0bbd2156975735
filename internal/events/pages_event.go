package events

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/locale"
	"vuon/internal/web"
)

// eventPage is what the page of an event shows.
type eventPage struct {
	side
	State     string // open, past, cancelled
	Told      string // what it is about, in the reader's language or else in the other
	ToldIn    locale.Lang
	Tile      int // of its cluster; 0 is none
	Program   []programDay
	Feed      string // its file for a calendar
	Offers    []shownOffer
	Buyable   bool // at least one of them can be had now
	Paid      bool // at least one of them costs something
	Codes     bool // there are kinds that a code shows
	Unlock    string
	Tried     string
	CodeWrong bool
	Policy    *cancelRule
	Mend      []*wrong
}

// HoldMinutes is how long a cart holds its seats.
func (p *eventPage) HoldMinutes() int { return int(holdFor / time.Minute) }

// cancelRule is a sentence about cancelling, with its moment.
type cancelRule struct{ Key, At string }

// policyOf says until when people cancel by themselves; nil once that is of no use to anybody.
func policyOf(v *Event, now time.Time) *cancelRule {
	hours := v.RefundUntilHours()
	switch {
	case v.Begun(now) || v.Status() != EventPublished:
		return nil
	case hours < 0:
		return &cancelRule{Key: "visit.no_cancelling"}
	case !v.Refundable(now):
		return &cancelRule{Key: "visit.cancelling_over"}
	}
	return &cancelRule{Key: "visit.cancel_until", At: locale.Moment(v.StartsAt().Add(-time.Duration(hours) * time.Hour))}
}

// programDay are the lines of the agenda of one day.
type programDay struct {
	Title string // of the day; "" where there is one only
	Items []programItem
}

type programItem struct {
	At    time.Time
	Title locale.Pair
	More  string // who speaks, and where
}

func programOf(v *Event, lang locale.Lang) []programDay {
	var all []programDay
	last := ""
	for _, item := range v.Agenda() {
		if day := locale.Day(item.At); day != last || len(all) == 0 {
			last = day
			all = append(all, programDay{Title: locale.LongDate(lang, item.At)})
		}
		more := strings.Join(strings.FieldsFunc(item.Speaker+"\n"+item.Place, func(r rune) bool { return r == '\n' }), " · ")
		day := &all[len(all)-1]
		day.Items = append(day.Items, programItem{At: item.At, Title: locale.Pair{VI: item.TitleVI, EN: item.TitleEN}, More: more})
	}
	if len(all) == 1 && last == locale.Day(v.StartsAt()) {
		all[0].Title = ""
	}
	return all
}

// pageOfEvent is an event's own page. One that nobody has published is answered as one that does not exist. ?code= shows the kinds
// that a code opens; an address that ends in .ics is its time for a calendar.
func pageOfEvent(e *core.RequestEvent) error {
	slug, asFile := strings.CutSuffix(e.Request.PathValue("slug"), ".ics")
	v, err := shownEvent(e.App, slug)
	if err != nil {
		return err
	}
	if asFile {
		return giveTime(e, v.Id, "event."+v.Id, side{v}.Path(), false)
	}
	return eventShown(e, v, strings.TrimSpace(e.Request.URL.Query().Get("code")), nil, nil, http.StatusOK)
}

// eventShown renders the page of an event: with the code that somebody has entered, what they had chosen, and what was wrong.
func eventShown(e *core.RequestEvent, v *Event, code string, chosen map[string]int, mend []*wrong, status int) error {
	now, lang := access.Now(e), web.Lang(e.Request)
	p := &eventPage{side: side{v}, Tried: code, Mend: mend, Program: programOf(v, lang), Feed: "/events/" + v.Slug() + ".ics", Policy: policyOf(v, now)}
	p.Told, p.ToldIn = v.Body().In(lang)
	switch {
	case v.Status() == EventCancelled:
		p.State, p.Policy = "cancelled", nil
	case v.Past(now) || v.Status() == EventClosed:
		p.State = "past"
	default:
		p.State = "open"
	}
	var err error
	if p.Tile, err = tileOf(e.App, v.ClusterID()); err != nil {
		return err
	}
	if err := p.fill(e.App, code, chosen, now); err != nil {
		return err
	}
	page := web.Page{
		Title: v.Title().Text(lang), Description: v.Summary().Text(lang), Section: "/events", JSONLD: p.told(web.Origin(e.App), lang, now),
		Modules: []string{"site/checkout.js"}, Status: status, Private: status != http.StatusOK || code != "", Data: p,
	}
	return web.Render(e, Pages, "event", page)
}

// placeOrder takes what somebody has chosen and leads them to where they say who comes. A second click under the same key leads to the
// same order.
func placeOrder(e *core.RequestEvent) error {
	v, err := shownEvent(e.App, e.Request.PathValue("slug"))
	if err != nil {
		return err
	}
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := e.Request.ParseForm(); err != nil {
		return fault.Field("body", "request.unreadable")
	}
	basket := Basket{Event: v.Id, Key: e.Request.PostFormValue("key"), Locale: web.Lang(e.Request), Unlock: e.Request.PostFormValue("code"), By: by}
	chosen := map[string]int{}
	for name, values := range e.Request.PostForm {
		kind, ok := strings.CutPrefix(name, "n.")
		if n, err := strconv.Atoi(strings.TrimSpace(values[0])); ok && err == nil && n > 0 {
			basket.Lines = append(basket.Lines, Line{Type: kind, Count: n})
			chosen[kind] = n
		}
	}
	o, err := Reserve(e.Request.Context(), e.App, basket, now)
	if err != nil {
		return orderAgain(e, v, basket.Unlock, chosen, err)
	}
	path, err := LinkOf(e.App, o)
	if err != nil {
		return err
	}
	return e.Redirect(http.StatusSeeOther, web.Path(web.Lang(e.Request), path))
}

// orderAgain shows the event again with what was refused.
func orderAgain(e *core.RequestEvent, v *Event, code string, chosen map[string]int, err error) error {
	f := fault.As(err)
	if f == nil || f.Kind == fault.KindNotFound {
		return err
	}
	_, mend := wrongOf(f)
	for _, w := range mend {
		w.ID = "" // the steppers have one sentence above them
	}
	return eventShown(e, v, code, chosen, mend, statusOf(f))
}
