package startups

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
		{Key: "report_opened", Class: notice.Transactional, Due: justNow("report.open", "rep-open")},
		{Key: "report_returned", Class: notice.Transactional, Due: justNow("report.return", "rep-back")},
		{Key: "report_due", Class: notice.Reminder, Due: reminders(-5, -1)},
		{Key: "report_late", Class: notice.Reminder, Due: reminders(2)},
		{Key: "alert_raised", Class: notice.Reminder, Due: raised},
	}
}

// recent is how long after a move people are still told of it, should the house have been away.
const recent = 72 * time.Hour

// justNow tells a startup's people of a move of its report. The one whom the centre writes to first gets a secret link by mail.
func justNow(move, dedup string) func(core.App, time.Time) ([]notice.Due, error) {
	return func(tx core.App, now time.Time) ([]notice.Due, error) {
		moves, err := lifecycle.Since(tx, move, now.Add(-recent))
		if err != nil || len(moves) == 0 {
			return nil, err
		}
		ids, last := []string{}, map[string]string{}
		for _, m := range moves {
			ids = append(ids, m.Subject())
			last[m.Subject()] = strconv.Itoa(m.Seq()) // a report may go back and forth
		}
		all, err := reporters(tx, ids)
		due := make([]notice.Due, 0, len(all))
		for _, r := range all {
			due = append(due, r.told(dedup+":"+r.Request+":"+last[r.Request]+":"+r.User))
		}
		return due, err
	}
}

// reminders tell a startup's people, so many days before or after a report is due, that it still waits. A reminder that was
// held up goes out as long as the next one is not due.
func reminders(days ...int) func(core.App, time.Time) ([]notice.Due, error) {
	all := []int{-5, -1, 2, 7}
	return func(tx core.App, now time.Time) ([]notice.Due, error) {
		waiting, err := awaited(tx)
		if err != nil {
			return nil, err
		}
		var due []notice.Due
		for _, r := range waiting {
			late := daysBetween(r.DueOn, locale.Day(now))
			for i, day := range all[:len(all)-1] {
				if holds(days, day) && late >= day && late < all[i+1] {
					due = append(due, r.told("rep-due:"+r.Request+":"+strconv.Itoa(day)+":"+r.User))
				}
			}
		}
		return due, nil
	}
}

func holds(days []int, day int) bool {
	for _, d := range days {
		if d == day {
			return true
		}
	}
	return false
}

// reporter is somebody who may fill in a report that waits.
type reporter struct {
	Request string `db:"request"`
	DueOn   string `db:"due_on"`
	Period  string `db:"period_key"`
	Kind    string `db:"kind"`
	TitleVI string `db:"title_vi"`
	TitleEN string `db:"title_en"`
	Startup string `db:"startup"`
	User    string `db:"user"`
	Primary bool   `db:"is_primary"`
	Status  string `db:"status"`
}

// told is the notice about a report to one of its people.
func (r reporter) told(dedup string) notice.Due {
	d := notice.Due{Dedup: dedup, User: r.User, Args: r.args(), Link: "/app/reports/" + r.Request, Mail: true}
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

// raised tells the owner of an alert that it waits, and once more when it has become red.
func raised(tx core.App, _ time.Time) ([]notice.Due, error) {
	open, err := openAlerts(tx)
	due := make([]notice.Due, 0, len(open))
	for _, a := range open {
		due = append(due, notice.Due{
			Dedup: "alert:" + a.ID + ":" + a.Severity, User: a.Owner, Args: map[string]string{"startup": a.Name},
			Link: "/app/alerts", Mail: true,
		})
	}
	return due, err
}

// Duties are what the actor can do today in this room: reports to fill in for a startup's people, alerts and reports to look
// at for staff.
func Duties(app core.App, by access.Actor, now time.Time) ([]notice.Duty, error) {
	if !by.Signed() {
		return nil, nil
	}
	mine, err := awaitedFrom(app, by.ID)
	if err != nil {
		return nil, err
	}
	var list []notice.Duty
	for _, r := range mine {
		key := "report_fill"
		switch {
		case r.Status == string(RequestReturned):
			key = "report_mend"
		case r.Kind == periodBaseline:
			key = "report_baseline"
		}
		list = append(list, notice.Duty{
			Key: key, Args: r.args(), Link: "/app/reports/" + r.Request, Due: endOf(r.DueOn).Add(-time.Second),
			Late: daysBetween(r.DueOn, locale.Day(now)) > 0,
		})
	}
	return keeping(app, by, list)
}

// keeping adds what staff can do.
func keeping(app core.App, by access.Actor, list []notice.Duty) ([]notice.Duty, error) {
	cohorts, err := cohortsOver(app, by, keepers...)
	if err != nil || cohorts != nil && len(cohorts) == 0 {
		return list, err
	}
	alerts, reports, err := waiting(app, cohorts)
	if alerts > 0 {
		list = append(list, notice.Duty{Key: "alerts_open", Args: map[string]string{"n": itoa(alerts)}, Link: "/app/alerts"})
	}
	if reports > 0 {
		list = append(list, notice.Duty{Key: "reports_judge", Args: map[string]string{"n": itoa(reports)}, Link: "/app/reports?status=submitted"})
	}
	return list, err
}
