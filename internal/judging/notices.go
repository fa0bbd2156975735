package judging

import (
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/notice"
)

// Notices are what the room has people told.
func Notices() []notice.Rule {
	return []notice.Rule{
		{Key: "sheets_asked", Class: notice.Transactional, Due: justAsked},
		{Key: "sheets_due", Class: notice.Reminder, Due: remindJudges},
	}
}

const (
	recent  = 72 * time.Hour   // how long after a move people are still told of it, should the house have been away
	batch   = 15 * time.Minute // judges who are asked several times within it hear of it once
	queueAt = "/app/judging"   // where a judge finds their sheets
)

// justAsked tells judges that somebody asks them to judge.
func justAsked(tx core.App, now time.Time) ([]notice.Due, error) {
	moves, err := lifecycle.Since(tx, "assignment.offer", now.Add(-recent))
	if err != nil {
		return nil, err
	}
	var due []notice.Due
	for _, m := range moves {
		a, err := Assignments.Find(tx, m.Subject())
		if err != nil {
			return nil, err
		}
		if !a.Outstanding() {
			continue
		}
		due = append(due, notice.Due{
			Dedup: "assign:" + a.RoundID() + ":" + a.JudgeID() + ":" + m.At().Truncate(batch).UTC().Format(time.RFC3339),
			User:  a.JudgeID(), Link: queueAt, Mail: true,
		})
	}
	return due, nil
}

// remindJudges tells judges five days, two days and on the day before a round closes that sheets are still to come.
func remindJudges(tx core.App, now time.Time) ([]notice.Due, error) {
	owed, err := owing(tx, now)
	if err != nil {
		return nil, err
	}
	var due []notice.Due
	for _, o := range owed {
		left := int(o.Closes.Sub(now) / (24 * time.Hour))
		for _, day := range []int{0, 2, 5} {
			if left <= day {
				due = append(due, notice.Due{
					Dedup: "rev-due:" + o.Round + ":" + o.Judge + ":" + strconv.Itoa(day),
					User:  o.Judge, Args: map[string]string{"n": strconv.Itoa(o.N), "until": o.Closes.Format(time.RFC3339)}, Link: queueAt, Mail: true,
				})
				break
			}
		}
	}
	return due, nil
}

// Duties are the sheets that the actor still owes, round by round.
func Duties(app core.App, by access.Actor, now time.Time) ([]notice.Duty, error) {
	if !by.HoldsAnywhere(access.Judge) {
		return nil, nil
	}
	tasks, err := Queue(app, by, now)
	if err != nil {
		return nil, err
	}
	n, due := 0, time.Time{}
	for _, t := range tasks {
		if !t.Open || t.Status == AssignmentCompleted {
			continue
		}
		n++
		if t.DueAt != nil && (due.IsZero() || t.DueAt.Before(due)) {
			due = *t.DueAt
		}
	}
	if n == 0 {
		return nil, nil
	}
	return []notice.Duty{{
		Key: "sheets_write", Args: map[string]string{"n": strconv.Itoa(n)}, Link: queueAt, Due: due,
		Late: !due.IsZero() && locale.Day(due) < locale.Day(now),
	}}, nil
}
