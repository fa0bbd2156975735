package judging

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
)

// Seat is one judge of one subject, as the staff of its owner see them.
type Seat struct {
	ID              string          `json:"id"` // of the assignment
	Round           string          `json:"round"`
	Judge           string          `json:"judge"`
	Status          lifecycle.State `json:"status"`
	DueAt           *time.Time      `json:"due_at"`
	DeclinedBecause string          `json:"declined_because,omitempty"`
	Sheet           *SheetView      `json:"sheet"` // nil before its first line, and while it is a draft
	Excluded        string          `json:"excluded_because,omitempty"`
}

// Objection is a conflict, as the staff of the subject's owner see it.
type Objection struct {
	ID     string          `json:"id"`
	Judge  string          `json:"judge"`
	Kind   ConflictKind    `json:"kind"`
	Basis  string          `json:"basis,omitempty"`
	Note   string          `json:"note,omitempty"`
	Status lifecycle.State `json:"status"`
}

// Panel is everybody who was asked to judge a subject, and every conflict over it. It asks for no permission: the verb of
// the subject's owner has. Drafts are their judges' own and are not shown.
func Panel(app core.App, subjectType, subject string) ([]Seat, []Objection, error) {
	all, err := about(app, subjectType, subject)
	if err != nil {
		return nil, nil, err
	}
	seats := []Seat{}
	for _, a := range all {
		seat := Seat{
			ID: a.Id, Round: a.RoundID(), Judge: a.JudgeID(), Status: a.Status(), DueAt: instant(a.DueAt()), DeclinedBecause: a.Because(),
		}
		s, err := sheetOf(app, a.Id)
		if err != nil {
			return nil, nil, err
		}
		if s != nil && !s.SubmittedAt().IsZero() {
			view, err := viewOf(s)
			if err != nil {
				return nil, nil, err
			}
			seat.Sheet, seat.Excluded = &view, s.ExcludedBecause()
		}
		seats = append(seats, seat)
	}
	conflicts, err := conflictsAbout(app, subjectType, subject)
	if err != nil {
		return nil, nil, err
	}
	objections := []Objection{}
	for _, c := range conflicts {
		objections = append(objections, Objection{c.Id, c.JudgeID(), c.Kind(), c.Basis(), c.Note(), c.Status()})
	}
	return seats, objections, nil
}
