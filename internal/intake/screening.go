package intake

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Screenings are the cards on the board of the staff, one for an application that was handed in. Applicants cannot read
// them.
var Screenings = record.Of[Screening]("screenings")

// Screening is one card.
type Screening struct{ core.BaseRecordProxy }

// The states of a screening are the columns of the board.
const (
	ScreeningNew         lifecycle.State = "new"
	ScreeningScreening   lifecycle.State = "screening"
	ScreeningInterview   lifecycle.State = "interview"
	ScreeningShortlisted lifecycle.State = "shortlisted"
	ScreeningSetAside    lifecycle.State = "set_aside"
	ScreeningSettled     lifecycle.State = "settled"
)

// ScreeningLife is every legal move of a card: between any two columns, until the release or a withdrawal settles it.
var ScreeningLife = lifecycle.Table{
	Collection: Screenings.Collection,
	Start:      ScreeningNew,
	Ends:       []lifecycle.State{ScreeningSettled},
	Moves: []lifecycle.Move{
		lifecycle.Moved("screening", "back", ScreeningNew, ScreeningScreening, ScreeningInterview, ScreeningShortlisted, ScreeningSetAside),
		lifecycle.Moved("screening", "screen", ScreeningScreening, ScreeningNew, ScreeningInterview, ScreeningShortlisted, ScreeningSetAside),
		lifecycle.Moved("screening", "invite", ScreeningInterview, ScreeningNew, ScreeningScreening, ScreeningShortlisted, ScreeningSetAside),
		lifecycle.Moved("screening", "shortlist", ScreeningShortlisted, ScreeningNew, ScreeningScreening, ScreeningInterview, ScreeningSetAside),
		lifecycle.Moved("screening", "set_aside", ScreeningSetAside, ScreeningNew, ScreeningScreening, ScreeningInterview, ScreeningShortlisted),
		lifecycle.Moved("screening", "settle", ScreeningSettled,
			ScreeningNew, ScreeningScreening, ScreeningInterview, ScreeningShortlisted, ScreeningSetAside),
	},
}

// Columns are the columns of the board, from left to right.
var Columns = []lifecycle.State{
	ScreeningNew, ScreeningScreening, ScreeningInterview, ScreeningShortlisted, ScreeningSetAside, ScreeningSettled,
}

// moves name the verb that leads to a column. Nobody moves a card to the last one by hand.
var moves = map[lifecycle.State]string{
	ScreeningNew: "back", ScreeningScreening: "screen", ScreeningInterview: "invite", ScreeningShortlisted: "shortlist",
	ScreeningSetAside: "set_aside",
}

// Proposal is what staff propose to whoever decides.
type Proposal string

// The proposals; "" is none.
const (
	ProposeNothing  Proposal = ""
	ProposeAdmit    Proposal = "admit"
	ProposeWaitlist Proposal = "waitlist"
	ProposeReject   Proposal = "reject"
)

var proposals = []Proposal{ProposeNothing, ProposeAdmit, ProposeWaitlist, ProposeReject}

// Card is what staff write on a screening; what is nil stays as it is.
type Card struct {
	Owner    *string   `json:"owner"`
	Rank     *int      `json:"rank"`
	Proposal *Proposal `json:"proposal"`
	Note     *string   `json:"note"`
}

func newScreening(app core.App, a *Application) (*Screening, error) {
	s, err := Screenings.New(app)
	if err != nil {
		return nil, err
	}
	s.Set("application", a.Id)
	s.Set("intake", a.IntakeID())
	return s, nil
}

// Status is the column of the card.
func (s *Screening) Status() lifecycle.State { return lifecycle.State(s.GetString("status")) }

// ApplicationID is the application that the card is about.
func (s *Screening) ApplicationID() string { return s.GetString("application") }

// IntakeID is the board that the card is on.
func (s *Screening) IntakeID() string { return s.GetString("intake") }

// Owner is the member of staff who looks after it, or "".
func (s *Screening) Owner() string { return s.GetString("owner") }

// Rank is the place that staff give it; 0 for none.
func (s *Screening) Rank() int { return s.GetInt("rank") }

// Proposal is what staff propose.
func (s *Screening) Proposal() Proposal { return Proposal(s.GetString("proposal")) }

// Note is what staff want to remember.
func (s *Screening) Note() string { return s.GetString("note") }

// Rev is the revision of the card.
func (s *Screening) Rev() int { return record.Rev(s) }

func (s *Screening) write(c Card) {
	if c.Owner != nil {
		s.Set("owner", *c.Owner)
	}
	if c.Rank != nil {
		s.Set("rank", *c.Rank)
	}
	if c.Proposal != nil {
		s.Set("proposal", string(*c.Proposal))
	}
	if c.Note != nil {
		s.Set("note", tidy(*c.Note))
	}
}

func (s *Screening) sameRoots(b *Screening) bool {
	return s.ApplicationID() == b.ApplicationID() && s.IntakeID() == b.IntakeID()
}
