package judging

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Refusal says why one judge was not asked to judge one subject.
type Refusal struct {
	Subject string
	Judge   string
	Code    string // assignment.exists, assignment.not_judge, assignment.conflict, assignment.capacity or assignment.not_entered
}

// Assign asks every one of the judges to judge every one of the subjects, in one transaction. What cannot be asked is left
// out and told; a nearness that the house can derive is written down as a conflict. beyond is why judges are asked for more
// than they took upon themselves; without it nobody is. Staff of the round's owner.
// Errors: access.needs_staff, round.not_assigning.
func Assign(app core.App, by access.Actor, round, subjectType string, subjects, judges []string, beyond string, now time.Time) (asked []*Assignment, refused []Refusal, err error) {
	_, err = record.Change(app, Rounds, round, func(tx core.App, r *Round) error {
		over, err := needs(tx).Over(tx, r.OwnerType(), r.Owner())
		if err != nil {
			return err
		}
		if err := access.MayWork(by, over...); err != nil {
			return err
		}
		if !r.assigns() {
			return fault.Conflict("round.not_assigning")
		}
		for _, judge := range judges {
			able, err := isJudge(tx, judge, over, now)
			if err != nil {
				return err
			}
			for _, subject := range subjects {
				code := "assignment.not_judge"
				if able {
					if code, err = refusal(tx, by, r, subjectType, subject, judge, beyond, now); err != nil {
						return err
					}
				}
				if code != "" {
					refused = append(refused, Refusal{subject, judge, code})
					continue
				}
				a, err := ask(tx, by, r, subjectType, subject, judge, beyond, now)
				if err != nil {
					return err
				}
				asked = append(asked, a)
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	return asked, refused, nil
}

// refusal names why judge cannot be asked, or "".
func refusal(tx core.App, by access.Actor, r *Round, subjectType, subject, judge, beyond string, now time.Time) (string, error) {
	if there, err := alreadyAsked(tx, r.Id, subjectType, subject, judge); err != nil || there {
		return "assignment.exists", err
	}
	basis, err := needs(tx).Related(tx, judge, subjectType, subject)
	if err != nil {
		return "", err
	}
	if basis != "" {
		if _, err := raise(tx, by, judge, subjectType, subject, Derived, basis, "", now); err != nil {
			return "", err
		}
	}
	if blocked, err := conflicted(tx, judge, subjectType, subject); err != nil || blocked {
		return "assignment.conflict", err
	}
	if r.Number() > 1 {
		if there, err := advancedTo(tx, r, subjectType, subject); err != nil || !there {
			return "assignment.not_entered", err
		}
	}
	if full, err := isFull(tx, r.Id, judge); err != nil || full && strings.TrimSpace(beyond) == "" {
		return "assignment.capacity", err
	}
	return "", nil
}

func ask(tx core.App, by access.Actor, r *Round, subjectType, subject, judge, beyond string, now time.Time) (*Assignment, error) {
	var told []lifecycle.Telling
	a, err := newAssignment(tx, r.Id, subjectType, subject, judge, r.ClosesAt())
	if err != nil {
		return nil, err
	}
	full, err := isFull(tx, r.Id, judge)
	if err != nil {
		return nil, err
	}
	if full {
		a.goBeyond(beyond)
		told = append(told, lifecycle.Because(beyond))
	}
	if err := tx.Save(a); err != nil {
		return nil, fmt.Errorf("ask %s to judge %s: %w", judge, subject, err)
	}
	return a, AssignmentLife.Fire(tx, a, "offer", by, now, told...)
}

// isJudge says whether user holds the role of a judge over the path at now.
func isJudge(app core.App, user string, over []access.Scope, now time.Time) (bool, error) {
	row, err := app.FindRecordById("users", user)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("look for judge %s: %w", user, err)
	}
	as, err := access.At(app, row, now)
	return as.Holds(access.Judge, over...), err
}

// Release takes back what was asked about a subject that has left, and excludes what was written about it. The owner of the
// round calls it when the subject is withdrawn.
func Release(tx core.App, by access.Actor, subjectType, subject string, now time.Time) error {
	all, err := about(tx, subjectType, subject)
	if err != nil {
		return err
	}
	for _, a := range all {
		if _, open := AssignmentLife.Find("revoke", a.Status()); open {
			if err := AssignmentLife.Fire(tx, a, "revoke", by, now); err != nil {
				return err
			}
		}
		s, err := sheetOf(tx, a.Id)
		if err != nil {
			return err
		}
		if s == nil {
			continue
		}
		if err := excludeSheet(tx, s, by, "withdrawn", now); err != nil {
			return err
		}
	}
	return nil
}
