package startups

import (
	"net/url"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// Workshops are what the startups of a cohort learn together.
var Workshops = record.Of[Workshop]("workshops")

// Workshop is one of them: when, where, and for how many people.
type Workshop struct{ core.BaseRecordProxy }

// The states of a workshop.
const (
	WorkshopSet       lifecycle.State = "set"
	WorkshopHeld      lifecycle.State = "held"
	WorkshopCancelled lifecycle.State = "cancelled"
)

// WorkshopLife is every legal move of a workshop. One that was held is opened again by whoever finds a mark that is wrong.
var WorkshopLife = lifecycle.Table{
	Collection: Workshops.Collection,
	Start:      WorkshopSet,
	Ends:       []lifecycle.State{WorkshopCancelled},
	Moves: []lifecycle.Move{
		lifecycle.Moved("workshop", "hold", WorkshopHeld, WorkshopSet),
		lifecycle.Moved("workshop", "reopen", WorkshopSet, WorkshopHeld),
		lifecycle.Moved("workshop", "cancel", WorkshopCancelled, WorkshopSet),
	},
}

// What a workshop bears.
const (
	leastMinutes = 15
	mostMinutes  = 720
	mostSeats    = 2000
)

// Status is where the workshop stands.
func (w *Workshop) Status() lifecycle.State { return lifecycle.State(w.GetString("status")) }

// CohortID is the cohort whose startups it is for.
func (w *Workshop) CohortID() string { return w.GetString("cohort") }

// TitleVI is what it is about, in Vietnamese.
func (w *Workshop) TitleVI() string { return w.GetString("title_vi") }

// TitleEN is the same in English, or empty.
func (w *Workshop) TitleEN() string { return w.GetString("title_en") }

// NoteVI is what people should know before they come.
func (w *Workshop) NoteVI() string { return w.GetString("note_vi") }

// NoteEN is the same in English, or empty.
func (w *Workshop) NoteEN() string { return w.GetString("note_en") }

// StartsAt is when it begins.
func (w *Workshop) StartsAt() time.Time { return w.GetDateTime("starts_at").Time() }

// EndsAt is the first instant after it.
func (w *Workshop) EndsAt() time.Time { return w.GetDateTime("ends_at").Time() }

// Minutes is how long it takes.
func (w *Workshop) Minutes() int { return w.GetInt("minutes") }

// Place is where it is, for who comes in person.
func (w *Workshop) Place() string { return w.GetString("place") }

// Link is where it is, for who comes by video.
func (w *Workshop) Link() string { return w.GetString("link") }

// Capacity is how many people find a seat; 0 is as many as come.
func (w *Workshop) Capacity() int { return w.GetInt("capacity") }

// Reason is why it was called off.
func (w *Workshop) Reason() string { return w.GetString("reason") }

// SetBy is who planned it, or changed it last.
func (w *Workshop) SetBy() string { return w.GetString("set_by") }

// Sequence counts what changed of it for calendars.
func (w *Workshop) Sequence() int { return w.GetInt("ics_seq") }

// WorkshopTerms are what staff say of a workshop; what is nil stays as it is.
type WorkshopTerms struct {
	TitleVI  *string    `json:"title_vi"`
	TitleEN  *string    `json:"title_en"`
	NoteVI   *string    `json:"note_vi"`
	NoteEN   *string    `json:"note_en"`
	StartsAt *time.Time `json:"starts_at"`
	Minutes  *int       `json:"minutes"`
	Place    *string    `json:"place"`
	Link     *string    `json:"link"`     // an address of the web, for who comes by video
	Capacity *int       `json:"capacity"` // people; 0 is as many as come
	Rev      int        `json:"rev"`
}

func (w *Workshop) write(m WorkshopTerms) {
	record.At(w, m.Rev)
	for _, line := range []*string{m.TitleVI, m.TitleEN, m.Place, m.Link} {
		if line != nil {
			*line = strings.Join(strings.Fields(*line), " ")
		}
	}
	if m.StartsAt != nil {
		w.Set("starts_at", m.StartsAt.UTC().Truncate(time.Minute))
	}
	record.Sent(w, "title_vi", m.TitleVI)
	record.Sent(w, "title_en", m.TitleEN)
	record.Sent(w, "note_vi", m.NoteVI)
	record.Sent(w, "note_en", m.NoteEN)
	record.Sent(w, "minutes", m.Minutes)
	record.Sent(w, "place", m.Place)
	record.Sent(w, "link", m.Link)
	record.Sent(w, "capacity", m.Capacity)
}

// settle reckons what follows from what was said: when it ends, and what it is found by.
func (w *Workshop) settle() {
	w.Set("ends_at", w.StartsAt().Add(time.Duration(w.Minutes())*time.Minute))
	w.Set("search_key", shortened(vn.Fold(w.TitleVI()+" "+w.TitleEN()+" "+w.Place()), 600))
}

// moved counts a change that calendars must follow.
func (w *Workshop) moved() { w.Set("ics_seq", w.Sequence()+1) }

func (w *Workshop) setBy(who string) { w.Set("set_by", who) }

func (w *Workshop) off(reason string) { w.Set("reason", reason) }

// sameHour says whether people's calendars would show the same.
func (w *Workshop) sameHour(was *Workshop) bool {
	return w.TitleVI() == was.TitleVI() && w.TitleEN() == was.TitleEN() && w.StartsAt().Equal(was.StartsAt()) && w.Minutes() == was.Minutes() &&
		w.Place() == was.Place() && w.Link() == was.Link()
}

// sameTerms says whether nothing was changed that staff may say of it.
func (w *Workshop) sameTerms(was *Workshop) bool {
	return w.sameHour(was) && w.NoteVI() == was.NoteVI() && w.NoteEN() == was.NoteEN() && w.Capacity() == was.Capacity()
}

// linkFits says whether a link leads into the web and nowhere else.
func (w *Workshop) linkFits() bool {
	if w.Link() == "" {
		return true
	}
	u, err := url.Parse(w.Link())
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}

// scheduled describes a workshop that is not yet stored.
func scheduled(app core.App, cohort, by string, m WorkshopTerms) (*Workshop, error) {
	w, err := Workshops.New(app)
	if err != nil {
		return nil, err
	}
	w.Set("cohort", cohort)
	w.write(m)
	w.setBy(by)
	return w, nil
}
