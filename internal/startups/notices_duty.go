package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/locale"
	"vuon/internal/notice"
)

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
	if list, err = cohortDuties(app, by, list, now); err != nil {
		return nil, err
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
	if err != nil {
		return nil, err
	}
	reached, err := milestonesToCheck(app, cohorts)
	if reached > 0 {
		list = append(list, notice.Duty{Key: "milestones_check", Args: map[string]string{"n": itoa(reached)}, Link: "/app/milestones?status=submitted"})
	}
	return list, err
}
