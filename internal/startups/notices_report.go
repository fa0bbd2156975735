package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/access"
	"vuon/internal/locale"
	"vuon/internal/notice"
)

// reminders are when a startup's people hear of a report, before the end of its last day and after it.
var reminders = []time.Duration{-5 * day, -1 * day, 2 * day, 7 * day}

// reporter is somebody who may fill in a report that waits.
type reporter struct {
	Request string         `db:"request"`
	OpensAt types.DateTime `db:"opens_at"`
	DueOn   string         `db:"due_on"`
	Period  string         `db:"period_key"`
	Kind    string         `db:"kind"`
	TitleVI string         `db:"title_vi"`
	TitleEN string         `db:"title_en"`
	Startup string         `db:"startup"`
	User    string         `db:"user"`
	Primary bool           `db:"is_primary"`
	Admin   bool           `db:"is_admin"`
	Status  string         `db:"status"`
	Seq     int            `db:"seq"` // of the move that is told, 0 where none is
	Cohort  string         `db:"cohort"`
	Grace   int            `db:"grace_days"`
}

// told is the notice about a report to one of its people. The one whom the centre writes to first gets a secret link by mail.
func (r reporter) told(dedup string) notice.Due {
	last := endOf(r.DueOn).Add(-time.Minute) // in a calendar it stands on its last day, not on the midnight after
	d := notice.Due{
		Dedup: dedup, User: r.User, Args: r.args(), Link: "/app/reports/" + r.Request, Mail: true,
		When: notice.When{UID: "report." + r.Request, Starts: last, Ends: last},
	}
	if r.Primary {
		d.Secret = notice.Secret{Kind: "report", ID: r.Request}
	}
	return d
}

// args are the slots of all words about a report: whose, which, by when.
func (r reporter) args() map[string]string {
	vi, en := r.TitleVI, r.TitleEN
	if month, err := time.ParseInLocation("2006-01", r.Period, locale.Zone); err == nil && r.Kind == periodMonth {
		vi, en = locale.MonthYear(locale.Vietnamese, month), locale.MonthYear(locale.English, month)
	}
	return map[string]string{"startup": r.Startup, "report_vi": vi, "report_en": en, "due": r.DueOn}
}

// justOpened tells the one whom the centre writes to first, and the admins, that a report can be filled in.
func justOpened(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := reportersTold(tx, "report.open", now.Add(-recent))
	var due []notice.Due
	for _, r := range all {
		if !r.Primary && !r.Admin || r.Status == string(RequestReturned) {
			continue
		}
		d := r.told("rep-open:" + r.Request + ":" + r.User)
		d.Why = "the report opened"
		due = append(due, d)
	}
	return due, err
}

// justReturned tells a startup's people that the centre has sent a report back. A report may go back and forth.
func justReturned(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := reportersTold(tx, "report.return", now.Add(-recent))
	var due []notice.Due
	for _, r := range all {
		if r.Status != string(RequestReturned) {
			continue
		}
		d := r.told("rep-back:" + r.Request + ":" + itoa(r.Seq) + ":" + r.User)
		d.Why = "the report was returned"
		due = append(due, d)
	}
	return due, err
}

// remindBefore tells a startup's people that a report is due soon.
func remindBefore(tx core.App, now time.Time) ([]notice.Due, error) { return remind(tx, now, false) }

// remindAfter tells them that it was due, and still waits.
func remindAfter(tx core.App, now time.Time) ([]notice.Due, error) { return remind(tx, now, true) }

// remind tells what is due before, or after, the end of the day on which a report is due. A report that was asked for after
// the hour of a step has none of it: nobody is reminded of what they have just been asked.
func remind(tx core.App, now time.Time, late bool) ([]notice.Due, error) {
	from, to := now, now.Add(-reminders[0]+notice.Ahead+day)
	if late {
		from, to = now.Add(-reminders[len(reminders)-1]-week-day), now
	}
	waiting, err := awaited(tx, from, to)
	if err != nil {
		return nil, err
	}
	var due []notice.Due
	steps := map[string][]notice.Step{} // thousands of reports are due on one day
	for _, r := range waiting {
		if steps[r.DueOn] == nil {
			steps[r.DueOn] = notice.Steps(endOf(r.DueOn), now, reminders...)
		}
		for _, step := range steps[r.DueOn] {
			if step.Event.IsZero() == late && !step.At.Before(r.OpensAt.Time()) {
				d := step.On(r.told("rep-due:" + r.Request))
				d.Dedup += ":" + r.User
				due = append(due, d)
			}
		}
	}
	return due, nil
}

// missed tells whoever looks after a cohort that a report has not come although its grace is over. It tells no figure.
func missed(tx core.App, now time.Time) ([]notice.Due, error) {
	gone, err := missedSince(tx, now.Add(-week-day))
	if err != nil {
		return nil, err
	}
	var due []notice.Due
	staff := holders{}
	for _, r := range gone {
		who, err := staff.first(tx, access.Staff, r.Cohort, now)
		if err != nil {
			return nil, err
		}
		at := endOf(daysAfter(r.DueOn, r.Grace)).Add(8 * time.Hour)
		if who == "" || !now.Before(at.Add(week)) {
			continue
		}
		due = append(due, notice.Due{
			Dedup: "rep-miss:" + r.Request, User: who, Args: r.args(), Link: "/app/reports/" + r.Request, Mail: true,
			At: at, Until: at.Add(week), Why: itoa(r.Grace) + " days of grace after " + r.DueOn + " are over",
		})
	}
	return due, nil
}
