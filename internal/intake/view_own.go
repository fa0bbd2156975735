package intake

import (
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
)

// OwnView is what those who apply see beside the application itself.
type OwnView struct {
	Applicant bool         `json:"applicant"` // whoever asks applied themselves: hands in, withdraws and answers offers
	Name      string       `json:"name"`      // of the applicant
	Members   []MemberView `json:"members"`   // who writes with them, and who was asked to
	MayInvite bool         `json:"may_invite"`
	Next      *NextDate    `json:"next"` // the one date that comes next; null when nothing is to come

	Interviews []InterviewView `json:"interviews"`
	Prefilled  Answers         `json:"prefilled"`        // what the startup's record answered when it was begun
	Record     *RecordView     `json:"record,omitempty"` // in what that record differs, once they are in
}

// MemberView is one person who writes along.
type MemberView struct {
	ID     string          `json:"id"`
	Name   string          `json:"name"`
	Email  string          `json:"email,omitempty"` // for the applicant, who wrote it, and for the person
	Role   string          `json:"role"`
	Status lifecycle.State `json:"status"`
	You    bool            `json:"you"`
}

// NextDate is what comes next, and when: at an instant or by a local day. Its words are next.<key>.
type NextDate struct {
	Key string     `json:"key"`
	At  *time.Time `json:"at"`
	Day string     `json:"day"`
}

// OfferView is the offer as its applicant sees it.
type OfferView struct {
	ID        string          `json:"id"`
	Status    lifecycle.State `json:"status"`
	ExpiresAt time.Time       `json:"expires_at"`
	Cohort    Named           `json:"cohort"`
	Stands    bool            `json:"stands"`
}

// ownPaper is an application as those who apply see it at now.
func ownPaper(app core.App, by access.Actor, a *Application, i *Intake, now time.Time) (*Paper, error) {
	p, err := paper(app, a, i, now)
	if err != nil {
		return nil, err
	}
	own := OwnView{Applicant: by.Is(a.ApplicantID()), Members: []MemberView{}}
	own.MayInvite = own.Applicant && p.Writable
	if own.Name, err = needs(app).Name(app, a.ApplicantID()); err != nil {
		return nil, err
	}
	people, err := liveMembers(app, a.Id)
	if err != nil {
		return nil, err
	}
	for _, m := range people {
		view, err := memberView(app, by, a, m)
		if err != nil {
			return nil, err
		}
		own.Members = append(own.Members, view)
	}
	if own.Interviews, err = ownInterviews(app, a.Id, now); err != nil {
		return nil, err
	}
	if own.Prefilled, err = a.Prefilled(); err != nil {
		return nil, err
	}
	if own.Record, err = differing(app, by, a); err != nil {
		return nil, err
	}
	if own.Next, err = nextDate(app, a, i, p.ClosesAt, p.Offer, now); err != nil {
		return nil, err
	}
	p.Own = &own
	return p, nil
}

func memberView(app core.App, by access.Actor, a *Application, m *Member) (MemberView, error) {
	view := MemberView{ID: m.Id, Name: m.FullName(), Role: m.Role(), Status: m.Status(), You: by.Is(m.UserID())}
	if by.Is(a.ApplicantID()) || view.You {
		view.Email = m.Email()
	}
	if m.UserID() == "" {
		return view, nil
	}
	name, err := needs(app).Name(app, m.UserID())
	if name != "" {
		view.Name = name // as they write it themselves
	}
	return view, err
}

// nextDate is the one date that whoever applies waits for. offer is nil before the release.
func nextDate(app core.App, a *Application, i *Intake, closes time.Time, offer *OfferView, now time.Time) (*NextDate, error) {
	if a.in(ApplicationSubmitted, ApplicationInReview) {
		if v, err := nextInterview(app, a, now, InterviewSet, InterviewConfirmed); err != nil || v != nil {
			return interviewNext(v), err
		}
	}
	switch {
	case a.Status() == ApplicationDraft:
		return &NextDate{Key: "hand_in", At: instant(closes)}, nil
	case a.Status() == ApplicationNeedsInfo:
		return &NextDate{Key: "answer", At: instant(a.AnswerBy())}, nil
	case offer != nil && offer.Stands:
		return &NextDate{Key: "offer", At: instant(offer.ExpiresAt)}, nil
	case a.in(ApplicationSubmitted, ApplicationInReview) && i.DecisionDue() != "":
		return &NextDate{Key: "told", Day: i.DecisionDue()}, nil
	case a.in(ApplicationSubmitted):
		return &NextDate{Key: "closes", At: instant(closes)}, nil
	}
	return nil, nil //nolint:nilnil // nothing is to come, and that is no error
}

func interviewNext(v *Interview) *NextDate {
	if v == nil {
		return nil
	}
	return &NextDate{Key: "interview", At: instant(v.StartsAt())}
}

// nextInterview is the first interview of an application that is still to come at now and stands in one of some states; nil
// without one.
func nextInterview(app core.App, a *Application, now time.Time, some ...lifecycle.State) (*Interview, error) {
	all, err := interviewsOf(app, a.Id)
	if err != nil {
		return nil, err
	}
	for _, v := range all {
		if slices.Contains(some, v.Status()) && now.Before(v.StartsAt()) {
			return v, nil
		}
	}
	return nil, nil //nolint:nilnil // nobody is heard, and that is no error
}

// Asking is a place that somebody was asked to take, as they read it before they answer.
type Asking struct {
	ID     string          `json:"id"`
	Role   string          `json:"role"`
	Status lifecycle.State `json:"status"`
	From   string          `json:"from"` // who asks, by name
	Title  string          `json:"title"`
	Paper  string          `json:"application"`
	Intake CallLine        `json:"intake"`
	Open   bool            `json:"open"` // whether they can still say yes
}

// Place shows a place to whoever was asked to take it, signed in with the address that was asked. To everybody else it does
// not exist. Errors: access.sign_in, record.not_found.
func Place(app core.App, by access.Actor, id string, now time.Time) (*Asking, error) {
	if err := access.MaySignedIn(by); err != nil {
		return nil, err
	}
	m, err := Members.Find(app, id)
	if err != nil {
		return nil, err
	}
	own, err := needs(app).Email(app, by.ID)
	if err != nil || own == "" || own != m.Email() {
		return nil, notThere(err)
	}
	a, err := Applications.Find(app, m.ApplicationID())
	if err != nil {
		return nil, err
	}
	i, err := Intakes.Find(app, a.IntakeID())
	if err != nil {
		return nil, err
	}
	q := &Asking{ID: m.Id, Role: m.Role(), Status: m.Status(), Title: a.Title(), Paper: a.Id}
	q.Open = m.Status() == MemberInvited && mustBeOpen(app, a, now) == nil
	if q.Intake, err = callLine(app, i); err != nil {
		return nil, err
	}
	q.From, err = needs(app).Name(app, m.InvitedBy())
	return q, err
}

// asksOf lists the places that whoever is signed in was asked to take and can take at now.
func asksOf(app core.App, by access.Actor, now time.Time) ([]Asking, error) {
	own, err := needs(app).Email(app, by.ID)
	if err != nil {
		return nil, err
	}
	open, err := questionsTo(app, own)
	if err != nil {
		return nil, err
	}
	all := []Asking{}
	for _, m := range open {
		q, err := Place(app, by, m.Id, now)
		if err != nil {
			return nil, err
		}
		all = append(all, *q)
	}
	return slices.DeleteFunc(all, func(q Asking) bool { return !q.Open }), nil
}
