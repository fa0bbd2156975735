package events

import (
	"context"
	"embed"
	"net/url"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/locale"
	"vuon/internal/web"
)

//go:embed pages/*.html
var files embed.FS

// Pages are the room's templates.
var Pages = web.NewPages("events", files)

// programme is what the list of events shows.
type programme struct {
	Text        string
	Past        bool
	Month       string // YYYY-MM; "" where no month was asked for
	Groups      []monthGroup
	N           int
	Cal         monthView
	First, Next string // addresses of other pages of the list
	Clear       string // and of the list without a search
}

// monthGroup are the events of one month.
type monthGroup struct {
	Title string
	Rows  []listRow
}

// listRow is one event in the list.
type listRow struct {
	Shown
	State  string // open, full, soon, none, past, cancelled
	Anchor string // of the first of its day, for the calendar beside the list
}

// Title is the name of the event.
func (s Shown) Title() locale.Pair { return locale.Pair{VI: s.TitleVI, EN: s.TitleEN} }

// Summary is what it is about.
func (s Shown) Summary() locale.Pair { return locale.Pair{VI: s.SummaryVI, EN: s.SummaryEN} }

// Series is what it belongs to, if it does.
func (s Shown) Series() locale.Pair { return locale.Pair{VI: s.SeriesVI, EN: s.SeriesEN} }

// Address is its page.
func (s Shown) Address() string { return "/events/" + s.Slug }

// Mode is how people take part.
func (s Shown) Mode() string { return s.ModeCode }

// StartsAt is when it begins.
func (s Shown) StartsAt() time.Time { return s.Starts.Time() }

// count notes a kind of ticket that stands so.
func (s *Shown) count(y *Type, state SaleState) {
	if y.Visibility() != ShownToAll {
		return
	}
	switch state {
	case SaleSoon:
		s.Later++
	case SaleOpen, SaleFull:
		if s.OnSale++; state == SaleOpen {
			s.Room++
		}
		if s.OnSale == 1 || y.Price() < s.Cheap {
			s.Cheap = y.Price()
		}
		s.Dear = max(s.Dear, y.Price())
	case SaleDraft, SaleOver, SaleWithdrawn:
	}
}

// standing says in a word whether somebody can have a ticket.
func (s Shown) standing(now time.Time) string {
	switch {
	case s.Status == string(EventCancelled):
		return "cancelled"
	case s.Status == string(EventClosed), !now.Before(s.Ends.Time()):
		return "past"
	case s.Room > 0:
		return "open"
	case s.OnSale > 0:
		return "full"
	case s.Later > 0:
		return "soon"
	}
	return "none"
}

// pageOfEvents shows what is to come: ?q= searches, ?past=1 turns to what is over, ?month=YYYY-MM shows one month, ?after= is where the
// page before ended.
func pageOfEvents(e *core.RequestEvent) error {
	query, now, lang := e.Request.URL.Query(), access.Now(e), web.Lang(e.Request)
	p := programme{Text: query.Get("q"), Past: query.Get("past") != "", Clear: "/events"}
	ask := listAsk{text: p.Text, past: p.Past}
	shown := firstOf(now)
	if at, err := time.ParseInLocation("2006-01", query.Get("month"), locale.Zone); err == nil && at.Year() > 1999 && at.Year() < 2200 && p.Text == "" && !p.Past {
		p.Month, shown = query.Get("month"), at
		ask.from, ask.to = at, at.AddDate(0, 1, 0)
	}
	var err error
	if ask.after, err = (web.Ask{After: query.Get("after")}).From(2); err != nil {
		return err
	}
	rows, err := shownEvents(e.Request.Context(), e.App, ask, now)
	if err != nil {
		return err
	}
	if p.Month == "" {
		var next string
		rows, next = web.Cut(rows, eventsPage, func(s Shown) string { return web.Cursor(s.Starts.String(), s.ID) })
		if next != "" {
			p.Next = listAddress(p, next)
		}
		if len(ask.after) > 0 {
			p.First = listAddress(p, "")
		} else if len(rows) > 0 && !p.Past && p.Text == "" {
			shown = firstOf(rows[0].StartsAt()) // the month in which something happens
		}
	}
	if p.Past {
		p.Clear = "/events?past=1"
	}
	p.N = len(rows)
	p.Groups = grouped(rows, lang, now)
	if p.Cal, err = calendarOf(e, shown, now, lang); err != nil {
		return err
	}
	return web.Render(e, Pages, "events", web.Page{Key: "whatson", Section: "/events", Data: p})
}

// grouped sorts a list into its months.
func grouped(rows []Shown, lang locale.Lang, now time.Time) []monthGroup {
	var all []monthGroup
	day := ""
	for _, s := range rows {
		title := locale.MonthYear(lang, s.StartsAt())
		if len(all) == 0 || all[len(all)-1].Title != title {
			all = append(all, monthGroup{Title: title})
		}
		row := listRow{Shown: s, State: s.standing(now)}
		if d := locale.Day(s.StartsAt()); d != day {
			day, row.Anchor = d, "d-"+d
		}
		last := &all[len(all)-1]
		last.Rows = append(last.Rows, row)
	}
	return all
}

// listAddress is the list as it is asked for, from a place in it.
func listAddress(p programme, after string) string {
	query := url.Values{}
	if p.Text != "" {
		query["q"] = []string{p.Text}
	}
	if p.Past {
		query["past"] = []string{"1"}
	}
	if after != "" {
		query["after"] = []string{after}
	}
	if len(query) == 0 {
		return "/events"
	}
	return "/events?" + query.Encode()
}

// firstOf is the local midnight with which the month of an instant begins.
func firstOf(at time.Time) time.Time {
	at = at.In(locale.Zone)
	return time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, locale.Zone)
}

// Upcoming are the next events that everybody may know of, for the home page.
func Upcoming(ctx context.Context, app core.App, now time.Time) ([]Shown, error) {
	return shownEvents(ctx, app, listAsk{}, now)
}

// Addresses are the pages of events, for search engines.
func Addresses(ctx context.Context, app core.App) ([]web.URL, error) {
	all := []web.URL{{Path: "/events"}}
	rows, err := addressed(ctx, app)
	for _, s := range rows {
		all = append(all, web.URL{Path: s.Address(), Changed: s.Updated.Time()})
	}
	return all, err
}
