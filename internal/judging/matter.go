package judging

import (
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/judging/allot"
	"vuon/internal/lifecycle"
)

// kinds say what is judged, by what owns the rounds.
var kinds = map[string]string{"intake": "application", "contest": "entry"}

// business is a round as a problem of allotment: the panel that has said yes, what is to be judged, who must not judge what.
type business struct {
	kind    string
	problem allot.Problem
	allowed map[string]bool // subjects
	hidden  map[string]bool // subjects of which whoever asks must learn nothing
	barred  map[allot.Pair]bool
}

// matter reads it. What somebody must learn nothing of is left out.
func matter(app core.App, by access.Actor, r *Round, now time.Time) (*business, error) {
	m := &business{kind: kinds[r.OwnerType()], allowed: map[string]bool{}, barred: map[allot.Pair]bool{}}
	m.problem.Seed = r.Id
	subjects, err := entrants(app, r)
	if err != nil {
		return nil, err
	}
	if m.hidden, err = needs(app).Hidden(app, by, r.OwnerType(), r.Owner()); err != nil {
		return nil, err
	}
	for _, id := range subjects {
		if !m.hidden[id] {
			m.allowed[id] = true
			m.problem.Subjects = append(m.problem.Subjects, allot.Subject{ID: id, Needs: r.PerSubject()})
		}
	}
	if err := m.seat(app, r, now); err != nil {
		return nil, err
	}
	all, err := askedIn(app, r.Id)
	if err != nil {
		return nil, err
	}
	panel := m.panel()
	for _, a := range all {
		pair := allot.Pair{Subject: a.Subject(), Judge: a.JudgeID()}
		switch {
		case !m.allowed[pair.Subject] && !panel[pair.Judge]:
		case in(a.Status(), held...):
			m.problem.Pinned = append(m.problem.Pinned, pair)
		default:
			m.bar(pair) // declined, recused, taken back: nobody is asked twice
		}
	}
	return m, m.keepApart(app)
}

// entrants lists what a round judges: in the first all that the owner has, later what advanced and is still there.
func entrants(app core.App, r *Round) ([]string, error) {
	ids, err := needs(app).Entered(app, r.OwnerType(), r.Owner())
	if err != nil || r.Number() < 2 {
		return ids, err
	}
	came, err := arrived(app, r, kinds[r.OwnerType()], "")
	if err != nil {
		return nil, err
	}
	there := map[string]bool{}
	for _, id := range came {
		there[id] = true
	}
	var some []string
	for _, id := range ids {
		if there[id] {
			some = append(some, id)
		}
	}
	return some, nil
}

// seat takes the panel from those who have said yes and still hold the role.
func (m *business) seat(app core.App, r *Round, now time.Time) error {
	said, err := commitmentsTo(app, r.Id)
	if err != nil {
		return err
	}
	over, err := needs(app).Over(app, r.OwnerType(), r.Owner())
	if err != nil {
		return err
	}
	holders, err := access.Holders(app, access.Judge, now, over...)
	if err != nil {
		return err
	}
	able := map[string]bool{}
	for _, id := range holders {
		able[id] = true
	}
	for _, c := range said {
		if c.Status() == CommitmentAccepted && able[c.JudgeID()] {
			m.problem.Judges = append(m.problem.Judges, allot.Judge{ID: c.JudgeID(), Capacity: c.Capacity()})
		}
	}
	return nil
}

func (m *business) panel() map[string]bool {
	panel := map[string]bool{}
	for _, j := range m.problem.Judges {
		panel[j.ID] = true
	}
	return panel
}

func (m *business) judges() (ids []string) {
	for _, j := range m.problem.Judges {
		ids = append(ids, j.ID)
	}
	return ids
}

func (m *business) keepApart(app core.App) error {
	conflicts, err := standingConflicts(app, m.kind, m.judges())
	for _, c := range conflicts {
		m.bar(allot.Pair{Subject: c.Subject(), Judge: c.JudgeID()})
	}
	return err
}

// derive writes down what the house can tell of who stands too near to what. What a second person dismissed stays so.
func (m *business) derive(tx core.App, by access.Actor, now time.Time) error {
	var subjects []string
	for _, s := range m.problem.Subjects {
		subjects = append(subjects, s.ID)
	}
	near, err := needs(tx).Relations(tx, m.kind, subjects, m.judges())
	if err != nil || len(near) == 0 {
		return err
	}
	known, err := derivedKnown(tx, m.kind, m.judges())
	if err != nil {
		return err
	}
	for _, x := range near {
		key := Relation{Judge: x.Judge, Subject: x.Subject}
		if known[key] {
			continue
		}
		known[key] = true
		c, err := newConflict(tx, x.Judge, m.kind, x.Subject, Derived, x.Basis, "")
		if err != nil {
			return err
		}
		if err := tx.Save(c); err != nil {
			return fmt.Errorf("raise a conflict of %s: %w", x.Judge, err)
		}
		if err := lifecycle.Note(tx, by, now, Conflicts.Collection, c.Id, "raise", lifecycle.With(map[string]any{"kind": Derived})); err != nil {
			return err
		}
		m.bar(allot.Pair{Subject: x.Subject, Judge: x.Judge})
	}
	return nil
}

// bar keeps a judge from a subject.
func (m *business) bar(p allot.Pair) {
	m.barred[p] = true
	m.problem.Forbidden = append(m.problem.Forbidden, p)
}

// illegal says whether a proposal cannot stand any more.
func (m *business) illegal(a *Assignment) bool {
	return !m.allowed[a.Subject()] || !m.panel()[a.JudgeID()] || m.barred[allot.Pair{Subject: a.Subject(), Judge: a.JudgeID()}]
}

// unpin takes what was forgotten out of what stays.
func (m *business) unpin(gone []*Assignment) {
	dropped := map[allot.Pair]bool{}
	for _, a := range gone {
		dropped[allot.Pair{Subject: a.Subject(), Judge: a.JudgeID()}] = true
	}
	m.problem.Pinned = slices.DeleteFunc(m.problem.Pinned, func(p allot.Pair) bool { return dropped[p] })
}
