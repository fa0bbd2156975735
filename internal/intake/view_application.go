package intake

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/judging"
	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
)

// Paper is one application as its applicant sees it, and with Staff filled in as staff do.
type Paper struct {
	ID          string          `json:"id"`
	Code        string          `json:"code"`
	Status      lifecycle.State `json:"status"`
	Title       string          `json:"title"`
	Answers     Answers         `json:"answers"`
	Startup     string          `json:"startup"`
	SubmitNo    int             `json:"submit_no"`
	SubmittedAt *time.Time      `json:"submitted_at"`
	Changed     bool            `json:"changed"` // the working copy differs from what was last handed in
	Question    string          `json:"question"`
	AnswerBy    *time.Time      `json:"answer_by"`
	Rev         int             `json:"rev"`
	Writable    bool            `json:"writable"` // whether it can be changed at the instant of the request
	ClosesAt    time.Time       `json:"closes_at"`
	Carried
	Intake      CallLine    `json:"intake"`
	Form        Schema      `json:"form"`
	Eligibility []Eligible  `json:"eligibility"` // what became of each rule of the intake; to staff of what was handed in
	History     []Happening `json:"history"`
	Decision    *Told       `json:"decision,omitempty"`
	Offer       *OfferView  `json:"offer,omitempty"`
	Own         *OwnView    `json:"own,omitempty"` // for those who apply, never for staff
	Appeal      *Recourse   `json:"appeal,omitempty"`
	Staff       *StaffView  `json:"staff,omitempty"`
}

// Happening is one line of an application's history. It names nobody.
type Happening struct {
	At     time.Time `json:"at"`
	Verb   string    `json:"verb"`
	Notice string    `json:"notice"`
	Reason string    `json:"reason,omitempty"`
}

// Named is a row by its title in both languages.
type Named struct {
	ID      string `json:"id"`
	TitleVI string `json:"title_vi"`
	TitleEN string `json:"title_en"`
}

// Person is somebody by name.
type Person struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// StaffView is what staff see beside the application. Nothing of it reaches an applicant.
type StaffView struct {
	Applicant Person              `json:"applicant"`
	Screening *CardView           `json:"screening"`
	Seats     []judging.Seat      `json:"assignments"`
	Conflicts []judging.Objection `json:"conflicts"`
	Sheets    Tally               `json:"sheets"`
	Decision  *DecisionView       `json:"decision"`
	Amended   []AmendmentView     `json:"amendments"`
	Snapshots []SnapshotView      `json:"snapshots"`
	People    map[string]string   `json:"people"`     // names by id of everybody named here
	MayDecide bool                `json:"may_decide"` // whether whoever asks may decide
	Criteria  score.Rubric        `json:"criteria"`   // by which it is judged
	Taken     int                 `json:"taken"`      // places of the intake that are held
}

// CardView is a card.
type CardView struct {
	ID       string          `json:"id"`
	Status   lifecycle.State `json:"status"`
	Rank     int             `json:"rank"`
	Proposal Proposal        `json:"proposal"`
	Owner    string          `json:"owner"`
	Note     string          `json:"note"`
	Rev      int             `json:"rev"`
}

// DecisionView is a decision as staff see it.
type DecisionView struct {
	ID         string     `json:"id"`
	Outcome    Outcome    `json:"outcome"`
	Rank       int        `json:"rank"`
	Rationale  string     `json:"rationale"`
	Feedback   string     `json:"feedback"`
	DecidedBy  string     `json:"decided_by"`
	DecidedAt  time.Time  `json:"decided_at"`
	ReleasedAt *time.Time `json:"released_at"`
}

// Read shows one application at now: to its applicant and whoever writes with them, and with what staff may know to staff over its intake. To
// everybody else, and to staff who belong to the startup that applies, it does not exist, nor does a draft to any staff.
// Error: record.not_found.
func Read(app core.App, by access.Actor, id string, now time.Time) (*Paper, error) {
	a, err := Applications.Find(app, id)
	if err != nil {
		return nil, err
	}
	i, err := Intakes.Find(app, a.IntakeID())
	if err != nil {
		return nil, err
	}
	own, err := holds(app, by, a)
	switch {
	case err != nil:
		return nil, err
	case own:
		return ownPaper(app, by, a, i, now)
	}
	if err := access.MaySee(by, []access.Role{access.Staff, access.Manager}, i.Path()...); err != nil || a.SubmitNo() == 0 {
		return nil, notThere(err)
	}
	r, err := readerOf(app, by)
	if err != nil || r.near(a) {
		return nil, notThere(err)
	}
	p, err := paper(app, a, i, now)
	if err != nil {
		return nil, err
	}
	last, err := latestSnapshot(app, a.Id)
	if err != nil || last == nil {
		return nil, notThere(err)
	}
	if err := p.handedIn(last); err != nil {
		return nil, err
	}
	if p.Eligibility, err = Eligibility(app, i, a.Id, p.Form, p.Answers); err != nil {
		return nil, err
	}
	p.Changed, p.Writable = false, false
	p.Staff, err = staffView(app, by, a, i)
	return p, err
}

func paper(app core.App, a *Application, i *Intake, now time.Time) (*Paper, error) {
	if err := attach(app, a); err != nil { // in this copy: what is sent along is an answer
		return nil, err
	}
	given, err := a.Answers()
	if err != nil {
		return nil, err
	}
	schema, err := asked(app, a)
	if err != nil {
		return nil, err
	}
	closes, grace, err := promised(app, i.Id, a.Id)
	if err != nil {
		return nil, err
	}
	line, err := callLine(app, i)
	if err != nil {
		return nil, err
	}
	p := &Paper{
		ID: a.Id, Code: a.Code(), Status: a.Status(), Title: a.Title(), Answers: given, Startup: a.StartupID(), SubmitNo: a.SubmitNo(),
		SubmittedAt: instant(a.SubmittedAt()), Question: a.Question(), AnswerBy: instant(a.AnswerBy()), Rev: a.Rev(), ClosesAt: closes,
		Intake: line, Form: schema,
		Writable: a.in(ApplicationDraft, ApplicationSubmitted) && i.takesAt(now, closes.Add(grace)) ||
			a.Status() == ApplicationNeedsInfo && now.Before(a.AnswerBy()),
	}
	if a.SubmitNo() > 0 {
		if p.Changed, err = changedSince(app, a); err != nil {
			return nil, err
		}
	}
	if p.Eligibility, err = Eligibility(app, i, a.Id, schema, given); err != nil {
		return nil, err
	}
	if p.History, err = history(app, a.Id); err != nil {
		return nil, err
	}
	if err := p.times(app, a, closes, grace, now); err != nil {
		return nil, err
	}
	if p.Appeal, err = recourse(app, a, i, now); err != nil {
		return nil, err
	}
	return p, told(app, p, a, i, now)
}

// waysIn are lines of the journal that tell how somebody came to an application, and nothing of what became of it.
var waysIn = map[string]bool{"entered": true, "ask_link": true, "open_link": true}

func history(app core.App, application string) ([]Happening, error) {
	rows, err := lifecycle.Told(app, Applications.Collection, application)
	if err != nil {
		return nil, err
	}
	lines := []Happening{}
	for _, r := range rows {
		if waysIn[r.Verb()] {
			continue
		}
		lines = append(lines, Happening{r.At(), r.Verb(), r.Notice(), r.Reason()})
	}
	return lines, nil
}

func staffView(app core.App, by access.Actor, a *Application, i *Intake) (*StaffView, error) {
	seats, conflicts, err := judging.Panel(app, subjectType, a.Id)
	if err != nil {
		return nil, err
	}
	tallies, err := judging.Tallies(app, ownerType, i.Id)
	if err != nil {
		return nil, err
	}
	v := &StaffView{
		Seats: seats, Conflicts: conflicts, Sheets: tallyOf(tallies[a.Id]), Snapshots: []SnapshotView{}, Amended: []AmendmentView{}, People: map[string]string{},
		MayDecide: access.MayDecide(by, i.Path()...) == nil,
	}
	if v.Criteria, _, err = judgedBy(app, i); err != nil {
		return nil, err
	}
	if v.Taken, err = placesTaken(app, i.Id); err != nil {
		return nil, err
	}
	people := []string{a.ApplicantID()}
	for _, s := range seats {
		people = append(people, s.Judge)
	}
	for _, c := range conflicts {
		people = append(people, c.Judge)
	}
	card, err := screeningOf(app, a.Id)
	if err != nil {
		return nil, err
	}
	if card != nil {
		view := cardView(card)
		v.Screening = &view
		people = append(people, card.Owner())
	}
	d, err := decisionOn(app, a.Id)
	if err != nil {
		return nil, err
	}
	if d != nil {
		rank, err := rankIn(app, a)
		if err != nil {
			return nil, err
		}
		v.Decision = &DecisionView{d.Id, d.Outcome(), rank, d.Rationale(), d.Feedback(), d.DecidedBy(), d.DecidedAt(), instant(d.ReleasedAt())}
		people = append(people, d.DecidedBy())
	}
	amended, err := amendmentsOf(app, a.Id)
	if err != nil {
		return nil, err
	}
	for _, m := range amended {
		view, err := amendmentView(app, by, m)
		if err != nil {
			return nil, err
		}
		v.Amended = append(v.Amended, view)
	}
	kept, err := snapshotsOf(app, a.Id)
	if err != nil {
		return nil, err
	}
	for _, s := range kept {
		given, err := s.Answers()
		if err != nil {
			return nil, err
		}
		sent, err := filesIn(s, "/applications/"+a.Id)
		if err != nil {
			return nil, err
		}
		v.Snapshots = append(v.Snapshots, SnapshotView{s.Number(), s.At(), s.Title(), given, s.SHA256(), sent})
	}
	if v.People, err = names(app, people); err != nil {
		return nil, err
	}
	v.Applicant = Person{a.ApplicantID(), v.People[a.ApplicantID()]}
	return v, nil
}
