package judging

import (
	"errors"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
	"vuon/internal/judging/score"
	"vuon/internal/lifecycle"
)

// most bounds how many judges read a subject, how many sheets a judge takes, and how long a round waits.
const (
	mostJudges = 20
	mostSheets = 1000
	mostGrace  = 7 * 24 * 60 // minutes
)

// sane refuses numbers that mean nothing, and a rule that cannot be applied.
func sane(r *Round) error {
	rule, err := r.Rule()
	switch {
	case err == nil && rule != nil && errors.Is(rule.Check(), score.ErrTies):
		return fault.Field("ties", "round.ties")
	case err != nil, rule != nil && rule.Check() != nil:
		return fault.Field("advance_rule", "round.rule")
	case r.PerSubject() < 1 || r.PerSubject() > mostJudges:
		return fault.Field("per_subject", "round.judges")
	case r.Grace() < 0 || int(r.Grace().Minutes()) > mostGrace:
		return fault.Field("grace_min", "round.grace_long")
	case strings.TrimSpace(r.TitleVI()) == "":
		return fault.Field("title_vi", "round.title")
	}
	return nil
}

// come refuses to judge in a later round what did not advance from the one before. Error: assignment.not_entered.
func come(app core.App, a *Assignment) error {
	r, err := Rounds.Find(app, a.RoundID())
	if err != nil || r.Number() < 2 {
		return err
	}
	there, err := advancedTo(app, r, a.SubjectType(), a.Subject())
	if err == nil && !there {
		return fault.Conflict("assignment.not_entered")
	}
	return err
}

// within refuses to ask a judge for more than they took upon themselves, unless staff say why. Error: assignment.capacity.
func within(e *core.RecordEvent, was *core.Record) error {
	a := Assignments.From(e.Record)
	if was != nil || a.Beyond() != "" {
		return nil
	}
	full, err := isFull(e.App, a.RoundID(), a.JudgeID())
	if err == nil && full {
		return fault.Conflict("assignment.capacity")
	}
	return err
}

// isFull says whether a judge has as much to do in a round as they took, or were asked to take. Whoever was never asked for
// a number has no bound.
func isFull(app core.App, round, judge string) (bool, error) {
	c, err := commitmentOf(app, round, judge)
	if err != nil || c == nil {
		return false, err
	}
	n, err := loadOf(app, round, judge)
	return n >= c.Takes(), err
}

// commitment refuses a number that is none, one below what the judge has in hand, and a change of judge or round.
// Errors: commitment.number, commitment.below_load, commitment.rooted.
func commitment(e *core.RecordEvent, was *core.Record) error {
	c := Commitments.From(e.Record)
	taken := c.Status() == CommitmentAccepted
	switch {
	case was != nil && !c.sameRoots(Commitments.From(was)):
		return fault.Conflict("commitment.rooted")
	case c.Asked() < 1 || c.Asked() > mostSheets:
		return fault.Field("asked", "commitment.number")
	case taken && (c.Capacity() < 1 || c.Capacity() > mostSheets):
		return fault.Field("capacity", "commitment.number")
	case was == nil:
		return nil
	}
	n, err := loadOf(e.App, c.RoundID(), c.JudgeID())
	if err == nil && n > 0 && c.Status() != CommitmentInvited && n > c.Takes() {
		return fault.Field("capacity", "commitment.below_load", "n", itoa(n))
	}
	return err
}

// comment refuses to put other words into somebody's mouth, and to take anything back twice.
// Errors: comment.empty, comment.frozen.
func comment(e *core.RecordEvent, was *core.Record) error {
	c := Comments.From(e.Record)
	if was == nil {
		if strings.TrimSpace(c.Body()) == "" {
			return fault.Field("body", "comment.empty")
		}
		return nil
	}
	if old := Comments.From(was); !c.sameWords(old) || !old.WithdrawnAt().IsZero() {
		return fault.Conflict("comment.frozen")
	}
	return nil
}

// in says whether a state is among some.
func in(is lifecycle.State, some ...lifecycle.State) bool { return slices.Contains(some, is) }
