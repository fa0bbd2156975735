package intake

import (
	"net/url"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Interviews are when those who apply are heard.
var Interviews = record.Of[Interview]("interviews")

// Interview is one conversation about one application: staff set it, its applicant says whether they come.
type Interview struct{ core.BaseRecordProxy }

// The states of an interview.
const (
	InterviewSet       lifecycle.State = "set"
	InterviewConfirmed lifecycle.State = "confirmed"
	InterviewDeclined  lifecycle.State = "declined"
	InterviewCancelled lifecycle.State = "cancelled"
	InterviewHeld      lifecycle.State = "held"
)

// InterviewLife is every legal move of an interview. Another time asks its applicant anew.
var InterviewLife = lifecycle.Table{
	Collection: Interviews.Collection,
	Start:      InterviewSet,
	Ends:       []lifecycle.State{InterviewCancelled, InterviewHeld},
	Moves: []lifecycle.Move{
		lifecycle.Moved("interview", "confirm", InterviewConfirmed, InterviewSet),
		lifecycle.Moved("interview", "decline", InterviewDeclined, InterviewSet, InterviewConfirmed),
		lifecycle.Moved("interview", "reset", InterviewSet, InterviewConfirmed, InterviewDeclined),
		lifecycle.Moved("interview", "cancel", InterviewCancelled, InterviewSet, InterviewConfirmed, InterviewDeclined),
		lifecycle.Moved("interview", "hold", InterviewHeld, InterviewSet, InterviewConfirmed),
	},
}

// What an interview bears.
const (
	leastMinutes = 5
	mostMinutes  = 240
	mostPanel    = 12
)

// Meeting is when, where and by whom somebody is heard; what is nil stays as it is.
type Meeting struct {
	StartsAt *time.Time `json:"starts_at"`
	Minutes  *int       `json:"minutes"`
	Place    *string    `json:"place"`
	Link     *string    `json:"link"`  // an address of the web, for who comes by video
	Panel    *[]string  `json:"panel"` // ids of the users who hear them
	Note     *string    `json:"note"`  // to the applicant
}

func newInterview(app core.App, a *Application, by string) (*Interview, error) {
	v, err := Interviews.New(app)
	if err != nil {
		return nil, err
	}
	v.Set("application", a.Id)
	v.Set("intake", a.IntakeID())
	v.Set("set_by", by)
	return v, nil
}

// Status is where the interview stands.
func (v *Interview) Status() lifecycle.State { return lifecycle.State(v.GetString("status")) }

// ApplicationID is the application that it is about.
func (v *Interview) ApplicationID() string { return v.GetString("application") }

// IntakeID is the intake of that application.
func (v *Interview) IntakeID() string { return v.GetString("intake") }

// StartsAt is when it begins, EndsAt the first instant after it.
func (v *Interview) StartsAt() time.Time { return v.GetDateTime("starts_at").Time() }

// EndsAt is the first instant after it.
func (v *Interview) EndsAt() time.Time { return v.GetDateTime("ends_at").Time() }

// Minutes is how long it takes.
func (v *Interview) Minutes() int { return v.GetInt("minutes") }

// Place is where it is, for who comes in person.
func (v *Interview) Place() string { return v.GetString("place") }

// Link is where it is, for who comes by video.
func (v *Interview) Link() string { return v.GetString("link") }

// Panel are the users who hear the applicant.
func (v *Interview) Panel() []string { return v.GetStringSlice("panel") }

// Note is what staff tell the applicant.
func (v *Interview) Note() string { return v.GetString("note") }

// Words are what the applicant said who cannot come.
func (v *Interview) Words() string { return v.GetString("words") }

// SetBy is the user who set it last.
func (v *Interview) SetBy() string { return v.GetString("set_by") }

// Sequence counts the changes, for calendars.
func (v *Interview) Sequence() int { return v.GetInt("ics_seq") }

// Rev is the revision of the row.
func (v *Interview) Rev() int { return record.Rev(v) }

// Stands says whether people keep the time for it.
func (v *Interview) Stands() bool {
	return v.Status() == InterviewSet || v.Status() == InterviewConfirmed
}

// over says whether nothing of it can change any more.
func (v *Interview) over() bool {
	return v.Status() == InterviewCancelled || v.Status() == InterviewHeld
}

// write changes when, where and by whom. A guard refuses what cannot be.
func (v *Interview) write(m Meeting) {
	if m.StartsAt != nil {
		v.Set("starts_at", m.StartsAt.UTC().Truncate(time.Minute))
	}
	if m.Minutes != nil {
		v.Set("minutes", *m.Minutes)
	}
	if m.Place != nil {
		v.Set("place", tidy(*m.Place))
	}
	if m.Link != nil {
		v.Set("link", tidy(*m.Link))
	}
	if m.Panel != nil {
		some := slices.Clone(*m.Panel)
		slices.Sort(some)
		v.Set("panel", slices.Compact(some))
	}
	if m.Note != nil {
		v.Set("note", tidy(*m.Note))
	}
}

// ends reckons when it ends.
func (v *Interview) ends() {
	v.Set("ends_at", v.StartsAt().Add(time.Duration(v.Minutes())*time.Minute))
}

func (v *Interview) moved(by string) {
	v.Set("ics_seq", v.Sequence()+1)
	v.Set("set_by", by)
	v.Set("words", "")
}

func (v *Interview) said(words string) { v.Set("words", tidy(words)) }

func (v *Interview) sameRoots(b *Interview) bool {
	return v.ApplicationID() == b.ApplicationID() && v.IntakeID() == b.IntakeID()
}

// linkFits says whether a link leads into the web and nowhere else.
func (v *Interview) linkFits() bool {
	if v.Link() == "" {
		return true
	}
	u, err := url.Parse(v.Link())
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}
