package judging

import (
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/locale"
	"vuon/internal/notice"
)

// Notices are what the room has people told.
func Notices() []notice.Rule {
	return []notice.Rule{
		{Key: "sheets_asked", Class: notice.Transactional, Due: justAsked},
		{Key: "sheets_due", Class: notice.Reminder, Due: remindJudges},
		{Key: "panel_invited", Class: notice.Transactional, Due: justInvited},
		{Key: "sheets_nudged", Class: notice.Reminder, Due: justNudged},
	}
}

const (
	day     = 24 * time.Hour
	recent  = 3 * day          // how long after a move people are still told of it, should the house have been away
	batch   = 15 * time.Minute // judges who are asked several times within it hear of it once, when it is over
	queueAt = "/app/judging"   // where a judge finds their sheets
)

// justAsked tells judges that somebody asks them to judge, once for all that they were asked in a quarter of an hour.
func justAsked(tx core.App, now time.Time) ([]notice.Due, error) {
	asked, err := requestsSince(tx, now.Add(-recent-batch))
	var due []notice.Due
	place, n := map[string]int{}, map[string]int{}
	for _, a := range asked {
		began := a.At.Time().Truncate(batch)
		key := "assign:" + a.Round + ":" + a.Judge + ":" + began.In(locale.Zone).Format("2006-01-02T15:04")
		if n[key]++; n[key] == 1 {
			place[key] = len(due)
			due = append(due, notice.Due{Dedup: key, User: a.Judge, Link: queueAt, Mail: true, At: began.Add(batch)})
		}
		d := &due[place[key]]
		d.Args = map[string]string{"n": strconv.Itoa(n[key])}
		d.Why = d.Args["n"] + " sheets were asked for from " + began.In(locale.Zone).Format("15:04") + " on"
	}
	return due, err
}

// remindJudges tells judges five days, two days and on the day before a round closes that sheets are still to come. Who was
// asked after the hour of a reminder does not hear it.
func remindJudges(tx core.App, now time.Time) ([]notice.Due, error) {
	owed, err := owing(tx, now, now.Add(notice.Ahead+6*day))
	var due []notice.Due
	for _, o := range owed {
		closes := o.Closes.Time()
		for _, step := range notice.Steps(closes, now, -5*day, -2*day, 0) {
			if step.At.Before(o.Opens.Time()) || step.At.Before(o.Asked.Time()) {
				continue
			}
			d := step.On(notice.Due{
				User: o.Judge, Link: queueAt, Mail: true, Args: map[string]string{"n": strconv.Itoa(o.N), "until": closes.Format(time.RFC3339)},
				When: notice.When{UID: "round." + o.Round, Starts: closes, Ends: closes, Sequence: o.Rev},
			})
			d.Dedup = "rev-due:" + o.Round + ":" + o.Judge + ":" + locale.Day(step.At)
			due = append(due, d)
		}
	}
	return due, err
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
