package startups

import (
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
)

// LifeView is a startup's time in one cohort as its people and the centre read it.
type LifeView struct {
	EnrolmentIn
	ExitReason  string           `json:"exit_reason"`
	Waiver      string           `json:"waiver"`
	Rules       []GraduationFact `json:"rules"` // how far it is, or was on the day it graduated
	Moves       []LifeStep       `json:"moves"` // the earliest first
	MayWork     bool             `json:"may_work"`
	MayEnd      bool             `json:"may_end"`
	MayWithdraw bool             `json:"may_withdraw"`
}

// LifeStep is one step of it.
type LifeStep struct {
	At     time.Time       `json:"at"`
	Verb   string          `json:"verb"`
	To     lifecycle.State `json:"to"`
	Reason string          `json:"reason"`
}

// Life tells of each time of a startup in a cohort: where it stands, what its cohort asks before it graduates and how far it is,
// and what happened. Its people and who looks after it. Errors: access.sign_in, record.not_found.
func Life(app core.App, by access.Actor, startup string, now time.Time) ([]LifeView, error) {
	if err := maySee(app, by, startup); err != nil {
		return nil, err
	}
	ins, err := enrolmentsOf(app, dbx.HashExp{"startup": startup})
	if err != nil {
		return nil, err
	}
	m, err := seat(app, by, startup)
	if err != nil {
		return nil, err
	}
	list := make([]LifeView, 0, len(ins))
	for _, in := range ins {
		n, err := Enrolments.Find(app, in.ID)
		if err != nil {
			return nil, err
		}
		v := LifeView{EnrolmentIn: in, ExitReason: n.ExitReason(), Waiver: n.Waiver(), Rules: []GraduationFact{}, Moves: []LifeStep{}}
		if err := v.look(app, by, n, now); err != nil {
			return nil, err
		}
		v.MayWithdraw = m != nil && m.Role() == Founder && !slices.Contains(EnrolmentLife.Ends, n.Status())
		list = append(list, v)
	}
	return list, nil
}

// look adds how far it is, what happened, and what the actor may do.
func (v *LifeView) look(app core.App, by access.Actor, n *Enrolment, now time.Time) (err error) {
	switch {
	case n.Status() == EnrolmentGraduated:
		v.Rules, err = n.GraduatedWith()
	case !slices.Contains(EnrolmentLife.Ends, n.Status()):
		v.Rules, err = graduationFacts(app, n, locale.Day(now))
	}
	if err != nil {
		return err
	}
	path, err := asked(app).Path(app, n.CohortID())
	if err != nil && fault.Code(err) != "record.not_found" {
		return err
	}
	if !slices.Contains(EnrolmentLife.Ends, n.Status()) {
		v.MayWork, v.MayEnd = access.MayWork(by, path...) == nil, mayEnd(app, by, n) == nil
	}
	told, err := lifecycle.Told(app, Enrolments.Collection, n.Id)
	for _, entry := range told {
		if entry.To() != "" {
			v.Moves = append(v.Moves, LifeStep{entry.At(), entry.Verb(), entry.To(), entry.Reason()})
		}
	}
	return err
}
