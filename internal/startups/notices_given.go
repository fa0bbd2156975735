package startups

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/access"
	"vuon/internal/notice"
)

// asks is a notice to somebody who has not answered a pulse.
func (s silent) asks(dedup string) notice.Due {
	return notice.Due{
		Dedup: dedup + ":" + s.Pulse + ":" + s.User, User: s.User, Mail: true, Link: "/app/startups/" + s.Startup + "?tab=cohort",
		Args: map[string]string{"title_vi": s.TitleVI, "title_en": s.TitleEN, "due": s.ClosesOn},
	}
}

// pulseOpened tells the people of a cohort that they are asked something, as long as they have not answered.
func pulseOpened(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := silentAt(tx, now, "")
	due := make([]notice.Due, 0, len(all))
	for _, s := range all {
		d := s.asks("pulse")
		d.At, d.Until, d.Why = instant(s.OpenedAt), endOf(s.ClosesOn), "a pulse was opened"
		due = append(due, d)
	}
	return due, err
}

// pulseClosing reminds those who have not answered two days before the end.
func pulseClosing(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := silentAt(tx, now, "")
	var due []notice.Due
	for _, s := range all {
		for _, step := range notice.Steps(endOf(s.ClosesOn), now, -2*day) {
			if !step.At.Before(instant(s.OpenedAt)) { // who has just been asked is not reminded
				due = append(due, step.On(s.asks("pulse-end")))
			}
		}
	}
	return due, err
}

// instant reads a stored one; zero where there is none.
func instant(stored string) time.Time {
	at, err := types.ParseDateTime(stored)
	if err != nil {
		return time.Time{}
	}
	return at.Time()
}

// supportHanded asks the admins of a startup for a receipt. The mail tells neither what it was nor how much.
func supportHanded(tx core.App, now time.Time) ([]notice.Due, error) {
	all, err := handedSince(tx, now.Add(-2*week), "")
	due := make([]notice.Due, 0, len(all))
	for _, r := range all {
		at := instant(r.HandedAt)
		due = append(due, notice.Due{
			Dedup: "support:" + r.ID + ":" + at.UTC().Format("2006-01-02T15:04") + ":" + r.User, User: r.User, Mail: true, Args: map[string]string{"startup": r.Name},
			Link: "/app/startups/" + r.Startup + "?tab=cohort", At: at, Until: at.Add(2 * week), Why: "something was handed over and waits for a receipt",
		})
	}
	return due, err
}

// cohortDuties adds what somebody can do for a cohort: answer a pulse, give a receipt, confirm what was proposed.
func cohortDuties(app core.App, by access.Actor, list []notice.Duty, now time.Time) ([]notice.Duty, error) {
	asks, err := silentAt(app, now, by.ID)
	if err != nil {
		return nil, err
	}
	for _, s := range asks {
		list = append(list, notice.Duty{
			Key: "pulse_answer", Args: map[string]string{"title_vi": s.TitleVI, "title_en": s.TitleEN}, Link: "/app/startups/" + s.Startup + "?tab=cohort",
			Due: endOf(s.ClosesOn).Add(-time.Second),
		})
	}
	open, err := handedSince(app, time.Time{}, by.ID)
	if err != nil {
		return nil, err
	}
	for _, r := range open {
		list = append(list, notice.Duty{Key: "support_receipt", Args: map[string]string{"startup": r.Name}, Link: "/app/startups/" + r.Startup + "?tab=cohort"})
	}
	cohorts, err := cohortsOver(app, by, access.Manager)
	if err != nil || cohorts != nil && len(cohorts) == 0 {
		return list, err
	}
	waiting, where, err := proposedIn(app, cohorts, by.ID)
	if waiting > 0 {
		list = append(list, notice.Duty{Key: "supports_confirm", Args: map[string]string{"n": itoa(waiting)}, Link: "/app/cohorts/" + where + "?tab=given"})
	}
	return list, err
}
