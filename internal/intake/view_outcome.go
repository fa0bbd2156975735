package intake

import (
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/judging"
	"vuon/internal/lifecycle"
)

// Outcomes are what stands between an intake and its release, and what moves after it: one page for whoever decides.
type Outcomes struct {
	ID            string          `json:"id"`
	TitleVI       string          `json:"title_vi"`
	TitleEN       string          `json:"title_en"`
	Status        lifecycle.State `json:"status"`
	Capacity      int             `json:"capacity"`
	Taken         int             `json:"taken"`
	WaitlistAuto  bool            `json:"waitlist_auto"`
	WaitlistUntil string          `json:"waitlist_until"`
	AppealDays    int             `json:"appeal_days"`
	MayDecide     bool            `json:"may_decide"`
	Blocks        []Block         `json:"blocks"`     // what keeps it from being released
	Undecided     []Proposed      `json:"undecided"`  // what is under review, with what staff propose
	Waiting       []Waiting       `json:"waiting"`    // the waiting list, the next one first
	Wish          *Wish           `json:"wish"`       // another order of it, for which a second person is missing
	Offers        []Standing      `json:"offers"`     // offers that nobody has answered yet, the first to run out first
	Amendments    []OpenAmendment `json:"amendments"` // what waits for its second person
	Appeals       int             `json:"appeals"`    // how many appeals are to be answered
}

// Block is one thing that keeps an intake from being released.
type Block struct {
	Kind  string `json:"kind"` // undecided, question, submitted, no_feedback or appeal
	Paper Handed `json:"application"`
	To    string `json:"to,omitempty"` // id of the appeal, where it is one
}

// Proposed is one application that is to be decided.
type Proposed struct {
	Paper     Handed   `json:"application"`
	Applicant string   `json:"applicant"`
	Proposal  Proposal `json:"proposal"`
	Rank      int      `json:"rank"`
	Note      string   `json:"note"`
	Sheets    Tally    `json:"sheets"`
}

// Waiting is one place on the waiting list.
type Waiting struct {
	Rank      int    `json:"rank"`
	Paper     Handed `json:"application"`
	Applicant string `json:"applicant"`
}

// Wish is an order of the waiting list that one person has asked for.
type Wish struct {
	Order  []string `json:"order"`
	By     Person   `json:"by"`
	Reason string   `json:"reason"`
	Mine   bool     `json:"mine"`
}

// Standing is an offer that waits for its answer.
type Standing struct {
	ID        string    `json:"id"`
	Paper     Handed    `json:"application"`
	Applicant string    `json:"applicant"`
	ExpiresAt time.Time `json:"expires_at"`
}

// OpenAmendment is an amendment that waits for its second person.
type OpenAmendment struct {
	AmendmentView
	Paper Handed `json:"application"`
}

// AmendmentView is an amendment as staff see it.
type AmendmentView struct {
	ID          string          `json:"id"`
	Status      lifecycle.State `json:"status"`
	Outcome     Outcome         `json:"outcome"`
	Feedback    string          `json:"feedback"`
	Reason      string          `json:"reason"`
	Appeal      string          `json:"appeal,omitempty"`
	ProposedBy  Person          `json:"proposed_by"`
	ProposedAt  time.Time       `json:"proposed_at"`
	ConfirmedBy Person          `json:"confirmed_by"`
	SettledAt   *time.Time      `json:"settled_at"`
	Mine        bool            `json:"mine"` // whether whoever asks proposed it
}

// OutcomesOf shows the staff of an intake what is to be decided and what was. Their own applications are not among it.
// Errors: access.sign_in, record.not_found.
func OutcomesOf(app core.App, by access.Actor, id string, now time.Time) (*Outcomes, error) {
	i, err := intakeFor(app, by, id)
	if err != nil {
		return nil, err
	}
	r, err := readerOf(app, by)
	if err != nil {
		return nil, err
	}
	o := &Outcomes{
		ID: i.Id, TitleVI: i.TitleVI(), TitleEN: i.TitleEN(), Status: i.Status(), Capacity: i.Capacity(), WaitlistAuto: i.WaitlistAuto(),
		WaitlistUntil: i.WaitlistUntil(), AppealDays: i.AppealDays(), MayDecide: access.MayDecide(by, i.Path()...) == nil,
		Blocks: []Block{}, Undecided: []Proposed{}, Waiting: []Waiting{}, Offers: []Standing{}, Amendments: []OpenAmendment{},
	}
	if o.Taken, err = placesSeen(app, i.Id, r); err != nil {
		return nil, err
	}
	for _, part := range []func(core.App, access.Actor, reader, *Intake, *Outcomes, time.Time) error{toDecide, toWait, toAnswer, toAmend} {
		if err := part(app, by, r, i, o, now); err != nil {
			return nil, err
		}
	}
	return o, nil
}

func handed(a *Application) Handed {
	return Handed{ID: a.Id, Code: a.Code(), Title: a.Title(), Status: a.Status()}
}

// toDecide adds what is to be decided, and what keeps the intake from its release.
func toDecide(app core.App, _ access.Actor, r reader, i *Intake, o *Outcomes, _ time.Time) error {
	waiting, err := applicationsIn(app, i.Id, ApplicationInReview, ApplicationSubmitted, ApplicationNeedsInfo)
	if err != nil {
		return err
	}
	decisions, err := decisionsFor(app, i.Id)
	if err != nil {
		return err
	}
	tallies, err := judging.Tallies(app, ownerType, i.Id)
	if err != nil {
		return err
	}
	for _, a := range r.far(waiting) {
		d := decisions[a.Id]
		switch {
		case a.Status() == ApplicationNeedsInfo:
			o.block("question", a)
		case a.Status() == ApplicationSubmitted:
			o.block("submitted", a)
		case d == nil:
			o.block("undecided", a)
			card, err := screeningOf(app, a.Id)
			if err != nil {
				return err
			}
			name, err := needs(app).Name(app, a.ApplicantID())
			if err != nil {
				return err
			}
			line := Proposed{Paper: handed(a), Applicant: name, Sheets: tallyOf(tallies[a.Id])}
			if card != nil {
				line.Proposal, line.Rank, line.Note = card.Proposal(), card.Rank(), card.Note()
			}
			o.Undecided = append(o.Undecided, line)
		case d.Outcome() == Rejected && strings.TrimSpace(d.Feedback()) == "":
			o.block("no_feedback", a)
		}
	}
	live, err := liveAppeals(app, i.Id)
	if err != nil {
		return err
	}
	for _, p := range live {
		a, err := Applications.Find(app, p.ApplicationID())
		switch {
		case err != nil:
			return err
		case r.near(a):
			continue
		}
		o.Appeals++
		if !i.told() {
			o.Blocks = append(o.Blocks, Block{"appeal", handed(a), p.Id})
		}
	}
	return nil
}

func (o *Outcomes) block(kind string, a *Application) {
	o.Blocks = append(o.Blocks, Block{Kind: kind, Paper: handed(a)})
}

// toWait adds the waiting list, and the order that somebody wishes for.
func toWait(app core.App, by access.Actor, r reader, i *Intake, o *Outcomes, now time.Time) error {
	w, err := waitlistOf(app, i.Id)
	if err != nil || w == nil {
		return err
	}
	places, err := w.Places()
	if err != nil {
		return err
	}
	for n, id := range places {
		a, err := Applications.Find(app, id)
		if err != nil {
			return err
		}
		if r.near(a) {
			continue
		}
		name, err := needs(app).Name(app, a.ApplicantID())
		if err != nil {
			return err
		}
		o.Waiting = append(o.Waiting, Waiting{n + 1, handed(a), name})
	}
	who, order, reason, err := wishedOrder(app, i, now)
	if err != nil || who == "" || len(o.Waiting) < len(places) {
		return err
	}
	name, err := needs(app).Name(app, who)
	o.Wish = &Wish{among(order, places), Person{who, name}, reason, by.Is(who)}
	return err
}

// toAnswer adds the offers that wait for their answer.
func toAnswer(app core.App, _ access.Actor, r reader, i *Intake, o *Outcomes, _ time.Time) error {
	some, err := applicationsIn(app, i.Id, ApplicationAdmitted)
	if err != nil {
		return err
	}
	for _, a := range r.far(some) {
		offer, err := offerTo(app, a.Id)
		if err != nil {
			return err
		}
		if offer == nil || offer.Status() != OfferSent {
			continue
		}
		name, err := needs(app).Name(app, a.ApplicantID())
		if err != nil {
			return err
		}
		o.Offers = append(o.Offers, Standing{offer.Id, handed(a), name, offer.ExpiresAt()})
	}
	slices.SortStableFunc(o.Offers, func(a, b Standing) int { return a.ExpiresAt.Compare(b.ExpiresAt) })
	return nil
}

// toAmend adds the amendments that wait for their second person.
func toAmend(app core.App, by access.Actor, r reader, i *Intake, o *Outcomes, _ time.Time) error {
	open, err := openAmendments(app, i.Id)
	if err != nil {
		return err
	}
	for _, m := range open {
		a, err := Applications.Find(app, m.ApplicationID())
		switch {
		case err != nil:
			return err
		case r.near(a):
			continue
		}
		view, err := amendmentView(app, by, m)
		if err != nil {
			return err
		}
		o.Amendments = append(o.Amendments, OpenAmendment{view, handed(a)})
	}
	return nil
}

func amendmentView(app core.App, by access.Actor, m *Amendment) (AmendmentView, error) {
	who, err := names(app, []string{m.ProposedBy(), m.ConfirmedBy()})
	return AmendmentView{
		ID: m.Id, Status: m.Status(), Outcome: m.Outcome(), Feedback: m.Feedback(), Reason: m.Reason(), Appeal: m.AppealID(),
		ProposedBy: Person{m.ProposedBy(), who[m.ProposedBy()]}, ProposedAt: m.ProposedAt(),
		ConfirmedBy: Person{m.ConfirmedBy(), who[m.ConfirmedBy()]}, SettledAt: instant(m.SettledAt()), Mine: by.Is(m.ProposedBy()),
	}, err
}
