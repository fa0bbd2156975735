package startups

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/chore"
)

// Jobs are what the room does by itself, keyed as a crontab writes a line. Times are those of Ho Chi Minh City.
func Jobs() map[string]func(app core.App, slot time.Time) error {
	return map[string]func(core.App, time.Time) error{
		"0 8 1 * * all open_reports": OpenReports,
		"15 0 * * * miss_reports":    MissReports,
		"30 7 * * * raise_alerts":    RaiseAlerts,

		"10 0 * * * expire_recognitions": ExpireRecognitions,
		"20 0 * * * miss_milestones":     MissMilestones,
		"40 3 * * * sweep_documents":     SweepDocuments,
		"50 3 * * * reseal_accounts":     ResealAccounts,
	}
}

// OpenReports asks every active startup to report on the month before slot: each month that was missed has a slot of its
// own. Running it again asks nobody twice. A startup
// for which it fails does not hold up the others.
func OpenReports(app core.App, slot time.Time) error {
	run := chore.Of(app, "open_reports")
	t, err := inUse(app, periodMonth)
	if err != nil {
		return err
	}
	month := monthBefore(slot)
	list, err := owing(app, t.Id, month)
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
		err := app.RunInTransaction(func(tx core.App) error { return ask(tx, access.Job("open_reports"), n, t, month, slot) })
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
