package judging

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Accept tells staff that the judge will do it. The judge only. Errors: record.not_found, lifecycle.not_now.
func Accept(app core.App, by access.Actor, id string, now time.Time) (*Assignment, error) {
	return record.Change(app, Assignments, id, func(tx core.App, a *Assignment) error {
		if err := mine(tx, by, a); err != nil {
			return err
		}
		return AssignmentLife.Fire(tx, a, "accept", by, now)
	})
}

// Decline tells staff that the judge will not do it, and why. The judge only.
// Errors: record.not_found, assignment.no_reason, lifecycle.not_now.
func Decline(app core.App, by access.Actor, id, reason string, now time.Time) (*Assignment, error) {
	return record.Change(app, Assignments, id, func(tx core.App, a *Assignment) error {
		if err := mine(tx, by, a); err != nil {
			return err
		}
		if strings.TrimSpace(reason) == "" {
			return fault.Field("reason", "assignment.no_reason")
		}
		a.because(reason)
		return AssignmentLife.Fire(tx, a, "decline", by, now, lifecycle.Because(reason))
	})
}

// Recuse declares a conflict of interest: the assignment ends, and what the judge has written no longer counts. The judge
// only. Errors: record.not_found, assignment.no_reason, lifecycle.not_now.
func Recuse(app core.App, by access.Actor, id, reason string, now time.Time) (*Assignment, error) {
	return record.Change(app, Assignments, id, func(tx core.App, a *Assignment) error {
		if err := mine(tx, by, a); err != nil {
			return err
		}
		if strings.TrimSpace(reason) == "" {
			return fault.Field("reason", "assignment.no_reason")
		}
		if _, err := raise(tx, by, a.JudgeID(), a.SubjectType(), a.Subject(), Declared, "", reason, now); err != nil {
			return err
		}
		s, err := sheetOf(tx, a.Id)
		if err != nil {
			return err
		}
		if s != nil {
			if err := excludeSheet(tx, s, by, "recused", now); err != nil {
				return err
			}
		}
		a.because(reason)
		return AssignmentLife.Fire(tx, a, "recuse", by, now, lifecycle.Because(reason))
	})
}

// mine permits the judge of an assignment, while they hold the role. To everybody else it does not exist.
func mine(app core.App, by access.Actor, a *Assignment) error {
	if err := access.MayKeep(by, a.JudgeID()); err != nil {
		return err
	}
	r, err := Rounds.Find(app, a.RoundID())
	if err != nil {
		return err
	}
	over, err := needs(app).Over(app, r.OwnerType(), r.Owner())
	if err != nil {
		return err
	}
	return access.MaySee(by, []access.Role{access.Judge}, over...)
}

// raise writes a conflict down, once of its kind. It blocks its judge from this moment on.
func raise(tx core.App, by access.Actor, judge, subjectType, subject string, kind ConflictKind, basis, note string, now time.Time) (*Conflict, error) {
	there, err := conflictOf(tx, judge, subjectType, subject, kind)
	if err != nil || there != nil {
		return there, err
	}
	c, err := newConflict(tx, judge, subjectType, subject, kind, basis, strings.TrimSpace(note))
	if err != nil {
		return nil, err
	}
	if err := tx.Save(c); err != nil {
		return nil, fmt.Errorf("raise a conflict of %s: %w", judge, err)
	}
	return c, lifecycle.Note(tx, by, now, Conflicts.Collection, c.Id, "raise", lifecycle.With(map[string]any{"kind": kind}))
}
