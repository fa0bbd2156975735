package events

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/web"
)

// fewSeats is from how many seats on a page says that there are only so many left.
const fewSeats = 20

// shownOffer is a kind of ticket as the page of its event shows it.
type shownOffer struct {
	ID     string
	Name   locale.Pair
	Note   locale.Pair
	Price  Dong
	State  string // open, full, soon, over
	Left   int    // seats; −1 is as many as people come
	Few    bool
	Least  int
	Most   int // that one order may have now
	Chosen int
	From   time.Time
	Days   string
	Asked  bool // staff look at each order first
}

// Name is what a kind of ticket is called.
func (y *Type) Name() locale.Pair { return locale.Pair{VI: y.NameVI(), EN: y.NameEN()} }

// Note is what else is to be known of it.
func (y *Type) Note() locale.Pair { return locale.Pair{VI: y.NoteVI(), EN: y.NoteEN()} }

// dayList writes the days on which a kind lets in.
func (y *Type) dayList() string {
	var all []string
	for _, day := range y.Days() {
		if at, err := time.ParseInLocation(time.DateOnly, day, locale.Zone); err == nil {
			all = append(all, locale.ShortDate(at))
		}
	}
	return strings.Join(all, ", ")
}

// fill lists what can be had. A code shows the kinds that it opens.
func (p *eventPage) fill(app core.App, code string, chosen map[string]int, now time.Time) error {
	kinds, err := Catalogue(app, p.Id, now)
	if err != nil {
		return err
	}
	opened := false
	for _, k := range kinds {
		switch {
		case k.Visibility() == ShownToStaff:
			continue
		case k.Visibility() == ShownByCode:
			p.Codes = true
			if code == "" || !k.Unlocks(code) {
				continue
			}
			opened = true
		}
		o := shownOffer{
			ID: k.Id, Name: k.Name(), Note: k.Note(), Price: k.Price(), State: string(k.State), Left: k.Room, Least: k.Least(), Most: k.Most(),
			Chosen: chosen[k.Id], From: k.SalesFrom(), Days: k.dayList(), Asked: k.NeedsApproval(),
		}
		o.Few = o.Left > 0 && o.Left <= fewSeats
		if o.Left >= 0 {
			o.Most = min(o.Most, o.Left)
		}
		p.Buyable = p.Buyable || k.State == SaleOpen
		p.Paid = p.Paid || o.Price > 0
		p.Offers = append(p.Offers, o)
	}
	if opened {
		p.Unlock = code
	}
	p.CodeWrong = p.Codes && code != "" && !opened
	if chosen == nil && p.Buyable && len(p.Offers) == 1 {
		p.Offers[0].Chosen = p.Offers[0].Least // there is nothing to choose but how many
	}
	return nil
}

// told is what search engines are told of an event, as schema.org has it. Who has no ticket is not told where it can be seen.
func (p *eventPage) told(origin string, lang locale.Lang, now time.Time) any {
	here := origin + web.Path(lang, p.Path())
	about := map[string]any{
		"@context": "https://schema.org", "@type": "Event", "name": p.Title().Text(lang), "url": here, "inLanguage": string(lang),
		"startDate": p.StartsAt().In(locale.Zone).Format(time.RFC3339), "endDate": p.EndsAt().In(locale.Zone).Format(time.RFC3339),
		"eventStatus":         "https://schema.org/EventScheduled",
		"eventAttendanceMode": "https://schema.org/" + map[Mode]string{Onsite: "OfflineEventAttendanceMode", Online: "OnlineEventAttendanceMode", Hybrid: "MixedEventAttendanceMode"}[p.Mode()],
		"organizer":           map[string]any{"@type": "Organization", "url": origin + "/"},
	}
	if text := p.Summary().Text(lang); text != "" {
		about["description"] = text
	}
	if p.State == "cancelled" {
		about["eventStatus"] = "https://schema.org/EventCancelled"
	}
	place := map[string]any{"@type": "Place", "name": p.Venue(), "address": p.AddressLine()}
	seen := map[string]any{"@type": "VirtualLocation", "url": here}
	switch p.Mode() {
	case Online:
		about["location"] = seen
	case Hybrid:
		about["location"] = []any{place, seen}
	case Onsite:
		about["location"] = place
	}
	var offers []any
	for _, o := range p.Offers {
		if o.ID == "" || p.Unlock != "" {
			continue
		}
		stock := map[string]string{"open": "InStock", "full": "SoldOut", "soon": "PreOrder"}[o.State]
		if stock == "" {
			continue
		}
		one := map[string]any{"@type": "Offer", "name": o.Name.Text(lang), "price": o.Price, "priceCurrency": "VND", "availability": "https://schema.org/" + stock, "url": here}
		if !o.From.IsZero() {
			one["validFrom"] = o.From.In(locale.Zone).Format(time.RFC3339)
		}
		offers = append(offers, one)
	}
	if len(offers) > 0 && !p.Past(now) {
		about["offers"] = offers
	}
	return about
}
