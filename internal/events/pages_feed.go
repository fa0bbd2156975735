package events

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/booking/ics"
	"vuon/internal/locale"
	"vuon/internal/web"
)

// How much a feed tells: what was lately, and what comes.
const (
	feedBehind = 60 * 24 * time.Hour
	feedMost   = 500
)

// calendarEnding is how the address of an event's calendar ends.
const calendarEnding = ".ics"

// feedRoutes are what calendars and other sites read of the events of the house.
func feedRoutes() map[string]func(*core.RequestEvent) error {
	all := web.Public(map[string]func(*core.RequestEvent) error{"/events.ics": calendarOfAll})
	all["GET /api/vuon/open/events"] = openEvents
	return all
}

// calendarOfAll gives every event that is shown, as a calendar to subscribe to.
func calendarOfAll(e *core.RequestEvent) error {
	all, err := feed(e.Request.Context(), e.App, access.Now(e).Add(-feedBehind), feedMost)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(v *Event) bool { return v.Status() == EventCancelled }) // what is no longer in it goes out of people's calendars
	return sendCalendar(e, "su-kien", ics.Publish, all)
}

// sendCalendar answers with events for a calendar, in the language of the address.
func sendCalendar(e *core.RequestEvent, name string, method ics.Method, all []*Event) error {
	site, err := web.Of(e.App)
	if err != nil {
		return err
	}
	lang, origin := web.Lang(e.Request), web.Origin(e.App)
	c := ics.Calendar{House: site.Text(lang, "nav.events"), Lang: string(lang), Method: method}
	for _, v := range all {
		c.Events = append(c.Events, v.marked(lang, origin))
	}
	file, err := c.Bytes()
	if err != nil {
		return err
	}
	head := e.Response.Header()
	head.Set("Content-Disposition", `inline; filename="`+name+calendarEnding+`"`)
	head.Set("Cache-Control", "public, max-age=900")
	return e.Blob(http.StatusOK, ics.Type(file), file)
}

// marked is an event as calendars show it. Where it can be seen is for holders of tickets alone, and stands in no calendar.
// Whoever subscribes fetches the whole again, so that no change is counted here.
func (v *Event) marked(lang locale.Lang, origin string) ics.Event {
	place := strings.Join(strings.FieldsFunc(v.Venue()+"\n"+v.Address(), func(r rune) bool { return r == '\n' }), ", ")
	return ics.Event{
		UID: "event." + v.Id + "@vuon", Stamp: v.Changed(), Starts: v.StartsAt(), Ends: v.EndsAt(), Summary: v.Title().Text(lang),
		Note: v.Summary().Text(lang), Place: place, URL: origin + web.Path(lang, "/events/"+v.Slug()),
	}
}

// openEvent is an event as other sites read it.
type openEvent struct {
	ID        string    `json:"id"`
	URL       string    `json:"url"`
	TitleVI   string    `json:"title_vi"`
	TitleEN   string    `json:"title_en"`
	SummaryVI string    `json:"summary_vi"`
	SummaryEN string    `json:"summary_en"`
	StartsAt  time.Time `json:"starts_at"`
	EndsAt    time.Time `json:"ends_at"`
	Mode      Mode      `json:"mode"`
	Venue     string    `json:"venue"`
	Address   string    `json:"address"`
	Status    string    `json:"status"` // published, cancelled or closed
	Calendar  string    `json:"calendar"`
}

// openEvents answers any site with the events that are to come, and those of the last two months, by their beginning.
func openEvents(e *core.RequestEvent) error {
	all, err := feed(e.Request.Context(), e.App, access.Now(e).Add(-feedBehind), feedMost)
	if err != nil {
		return err
	}
	origin, rows := web.Origin(e.App), make([]openEvent, len(all))
	for i, v := range all {
		page := origin + "/events/" + v.Slug()
		rows[i] = openEvent{
			v.Id, page, v.Title().VI, v.Title().EN, v.Summary().VI, v.Summary().EN, v.StartsAt(), v.EndsAt(), v.Mode(), v.Venue(), v.Address(),
			string(v.Status()), page + calendarEnding,
		}
	}
	head := e.Response.Header()
	head.Set("Access-Control-Allow-Origin", "*")
	head.Set("Cache-Control", "public, max-age=300")
	return e.JSON(http.StatusOK, web.ListOf(rows, ""))
}
