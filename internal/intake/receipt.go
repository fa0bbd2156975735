package intake

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
)

// Receipt is what was last handed in, as its applicant keeps it on paper: nothing of it changes any more, whatever they
// write after it.
type Receipt struct {
	Code     string          `json:"code"`
	Status   lifecycle.State `json:"status"`
	Number   int             `json:"number"` // how often it had been handed in by then
	At       time.Time       `json:"at"`
	SHA256   string          `json:"sha256"` // of title and answers
	Title    string          `json:"title"`
	Answers  Answers         `json:"answers"`
	Form     Schema          `json:"form"`
	Intake   CallLine        `json:"intake"`
	Name     string          `json:"name"`    // of the applicant
	Members  []string        `json:"members"` // names of who wrote it with them
	ClosesAt time.Time       `json:"closes_at"`
}

// ReceiptOf shows what was last handed in to those whose application it is. To everybody else it does not exist.
// Errors: access.sign_in, record.not_found, application.not_handed_in.
func ReceiptOf(app core.App, by access.Actor, id string) (*Receipt, error) {
	a, err := Applications.Find(app, id)
	if err != nil {
		return nil, err
	}
	if err := mayHold(app, by, a); err != nil {
		return nil, err
	}
	last, err := latestSnapshot(app, a.Id)
	switch {
	case err != nil:
		return nil, err
	case last == nil:
		return nil, fault.Conflict("application.not_handed_in")
	}
	r := &Receipt{Code: a.Code(), Status: a.Status(), Number: last.Number(), At: last.At(), SHA256: last.SHA256(), Title: last.Title(), Members: []string{}}
	if r.Answers, err = last.Answers(); err != nil {
		return nil, err
	}
	v, err := FormVersions.Find(app, last.FormVersionID())
	if err != nil {
		return nil, err
	}
	if r.Form, err = v.Schema(); err != nil {
		return nil, err
	}
	i, err := Intakes.Find(app, a.IntakeID())
	if err != nil {
		return nil, err
	}
	if r.Intake, err = callLine(app, i); err != nil {
		return nil, err
	}
	if r.ClosesAt, err = deadline(app, i.Id, a.Id); err != nil {
		return nil, err
	}
	if r.Name, err = needs(app).Name(app, a.ApplicantID()); err != nil {
		return nil, err
	}
	people, err := liveMembers(app, a.Id)
	if err != nil {
		return nil, err
	}
	for _, m := range people {
		if m.Status() == MemberAccepted {
			view, err := memberView(app, by, a, m)
			if err != nil {
				return nil, err
			}
			r.Members = append(r.Members, view.Name)
		}
	}
	return r, nil
}
