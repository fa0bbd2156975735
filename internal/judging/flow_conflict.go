package judging

import (
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Report raises a conflict that somebody noticed. Staff over the subject. Errors: record.not_found, conflict.no_reason.
func Report(app core.App, by access.Actor, judge, subjectType, subject, reason string, now time.Time) (*Conflict, error) {
	var c *Conflict
	err := app.RunInTransaction(func(tx core.App) (err error) {
		if err := mayWeigh(tx, by, subjectType, subject); err != nil {
			return err
		}
		if strings.TrimSpace(reason) == "" {
			return fault.Field("reason", "conflict.no_reason")
		}
		c, err = raise(tx, by, judge, subjectType, subject, Reported, "", reason, now)
		return err
	})
	return c, err
}

// Confirm holds a raised conflict to be true: the judge's assignments to the subject end, and their sheets no longer count.
// Staff over the subject, but not the judge. Errors: record.not_found, conflict.second_person, lifecycle.not_now.
func Confirm(app core.App, by access.Actor, id string, now time.Time) (*Conflict, error) {
	return record.Change(app, Conflicts, id, func(tx core.App, c *Conflict) error {
		if err := mayWeigh(tx, by, c.SubjectType(), c.Subject()); err != nil {
			return err
		}
		if by.Is(c.JudgeID()) {
			return fault.Forbidden("conflict.second_person")
		}
		c.settle(by.ID, "")
		if err := ConflictLife.Fire(tx, c, "confirm", by, now); err != nil {
			return err
		}
		return void(tx, by, c, now)
	})
}

// Dismiss holds a raised conflict to be none. Staff over the subject; neither the judge nor whoever raised it.
// Errors: record.not_found, conflict.second_person, conflict.no_reason, lifecycle.not_now.
func Dismiss(app core.App, by access.Actor, id, reason string, now time.Time) (*Conflict, error) {
	return record.Change(app, Conflicts, id, func(tx core.App, c *Conflict) error {
		if err := mayWeigh(tx, by, c.SubjectType(), c.Subject()); err != nil {
			return err
		}
		told, err := lifecycle.Told(tx, Conflicts.Collection, c.Id)
		switch {
		case err != nil:
			return err
		case by.Is(c.JudgeID()), len(told) > 0 && by.Is(told[0].Actor()):
			return fault.Forbidden("conflict.second_person")
		case strings.TrimSpace(reason) == "":
			return fault.Field("reason", "conflict.no_reason")
		}
		c.settle(by.ID, strings.TrimSpace(reason))
		return ConflictLife.Fire(tx, c, "dismiss", by, now, lifecycle.Because(reason))
	})
}

// Pin keeps a confirmed conflict for good, for rounds to come. Staff over the subject.
// Errors: record.not_found, lifecycle.not_now.
func Pin(app core.App, by access.Actor, id string, now time.Time) (*Conflict, error) {
	return record.Change(app, Conflicts, id, func(tx core.App, c *Conflict) error {
		if err := mayWeigh(tx, by, c.SubjectType(), c.Subject()); err != nil {
			return err
		}
		return ConflictLife.Fire(tx, c, "pin", by, now)
	})
}

// mayWeigh permits the staff of whatever the subject was handed in to. To everybody else, and to staff who stand too near to
// the subject, neither it nor the conflict exists: nobody chooses who judges them.
func mayWeigh(app core.App, by access.Actor, subjectType, subject string) error {
	brief, err := needs(app).Subject(app, subjectType, subject)
	if err != nil {
		return err
	}
	if err := access.MayWorkOn(by, brief.Over...); err != nil {
		return err
	}
	near, err := needs(app).Related(app, by.ID, subjectType, subject)
	if err == nil && (near == "applicant" || near == "member") { // to work in one organisation bars from judging alone
		return fault.NotFound("record.not_found")
	}
	return err
}

func void(tx core.App, by access.Actor, c *Conflict, now time.Time) error {
	all, err := about(tx, c.SubjectType(), c.Subject())
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.JudgeID() != c.JudgeID() {
			continue
		}
		s, err := sheetOf(tx, a.Id)
		if err != nil {
			return err
		}
		if s != nil {
			if err := excludeSheet(tx, s, by, "conflict", now); err != nil {
				return err
			}
		}
		if !a.Live() {
			continue
		}
		if err := AssignmentLife.Fire(tx, a, "void", by, now); err != nil {
			return err
		}
	}
	return nil
}
