package startups

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/chore"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
)

// Jobs are what the room does by itself, keyed as a crontab writes a line. Times are those of Ho Chi Minh City.
func Jobs() map[string]func(app core.App, slot time.Time) error {
	return map[string]func(core.App, time.Time) error{
		"0 8 1 * * all open_reports":       OpenReports,
		"0 8 25 * * none schedule_reports": ScheduleReports,
		"15 0 * * * miss_reports":          MissReports,
		"5 0 * * * close_pulses":           ClosePulses,
		"30 7 * * * raise_alerts":          RaiseAlerts,

		"10 0 * * * expire_recognitions": ExpireRecognitions,
		"20 0 * * * miss_milestones":     MissMilestones,
		"0 8 15 1 * all ask_alumni":      AskAlumni,
		"25 0 * * * lapse_alumni":        LapseAlumni,
		"40 3 * * * sweep_documents":     SweepDocuments,
		"50 3 * * * reseal_accounts":     ResealAccounts,
	}
}

// ScheduleReports asks every active startup ahead to report on the month of slot: its report stands there, with its day, and
// opens on the first of the next. A slot that was missed is not made up for: OpenReports asks whoever was not asked.
func ScheduleReports(app core.App, slot time.Time) error {
	here := slot.In(locale.Zone)
	opens := time.Date(here.Year(), here.Month()+1, 1, 8, 0, 0, 0, locale.Zone)
	return askAll(app, "schedule_reports", monthKey(slot), func(tx core.App, n *Enrolment, t *Template, month string) error {
		_, err := schedule(tx, n, t, month, opens)
		return err
	})
}

// OpenReports opens the reports on the month before slot that were asked for ahead, and asks every active startup that was
// not: each month that was missed has a slot of its own. Who is in no cohort any more, or on leave, is not asked. Running it
// again asks nobody twice. A startup for which it fails does not hold up the others.
func OpenReports(app core.App, slot time.Time) error {
	by, month := access.Job("open_reports"), monthBefore(slot)
	ahead, err := Requests.All(app, dbx.HashExp{"status": string(RequestScheduled), "period_key": month})
	if err != nil {
		return err
	}
	var failed error
	for _, q := range ahead {
		failed = errors.Join(failed, app.RunInTransaction(func(tx core.App) error { return openAhead(tx, by, q, slot) }))
	}
	return errors.Join(failed, askAll(app, "open_reports", month, func(tx core.App, n *Enrolment, t *Template, month string) error {
		return ask(tx, by, n, t, month, slot)
	}))
}

// openAhead opens a report that was asked for ahead, or asks for it no more.
func openAhead(tx core.App, by access.Actor, q *Request, now time.Time) error {
	n, err := Enrolments.Find(tx, q.EnrolmentID())
	if err != nil {
		return err
	}
	if n.Status() != EnrolmentActive {
		return RequestLife.Fire(tx, q, "waive", by, now, lifecycle.Because(string(n.Status())))
	}
	return RequestLife.Fire(tx, q, "open", by, now)
}

// askAll does something for every startup that owes a report on a month, once.
func askAll(app core.App, job, month string, do func(core.App, *Enrolment, *Template, string) error) error {
	run := chore.Of(app, job)
	t, err := inUse(app, periodMonth)
	if err != nil {
		return err
	}
	list, err := owing(app, month)
	if err != nil {
		return err
	}
	var failed error
	asked := map[string]bool{}
	for _, n := range list {
		if asked[n.StartupID()] {
			continue // a startup in two cohorts reports once
		}
		asked[n.StartupID()] = true
		if err := run.Mine(); err != nil {
			return errors.Join(failed, err)
		}
		err := app.RunInTransaction(func(tx core.App) error { return do(tx, n, t, month) })
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("ask startup %s to report on %s: %w", n.StartupID(), month, err))
		}
	}
	return failed
}

// MissReports notes that open reports are missing whose due day and grace are over.
func MissReports(app core.App, slot time.Time) error {
	list, err := overdue(app, slot)
	if err != nil {
		return err
	}
	var failed error
	for _, q := range list {
		failed = errors.Join(failed, RequestLife.Fire(app, q, "miss", access.Job("miss_reports"), slot))
	}
	return failed
}
