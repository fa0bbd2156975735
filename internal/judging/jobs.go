package judging

import (
	"errors"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// Jobs are what the room does by itself, keyed as a crontab writes a line. Times are those of Ho Chi Minh City.
func Jobs() map[string]func(app core.App, slot time.Time) error {
	return map[string]func(core.App, time.Time) error{
		"10 * * * * expire_assignments": ExpireAssignments,
		"*/5 * * * * end_rounds":        EndRounds,
	}
}

// ExpireAssignments ends what judges were asked and did not answer by its last day. One that fails does not hold up the
// others.
func ExpireAssignments(app core.App, now time.Time) error {
	late, err := overdue(app, now)
	if err != nil {
		return err
	}
	var failed error
	for _, a := range late {
		failed = errors.Join(failed, AssignmentLife.Fire(app, a, "expire", access.Job("expire_assignments"), now))
	}
	return failed
}

// EndRounds lets rounds whose end has come wait for what is in draft, where they declared a grace. What may still be written
// is decided by the clock and not by this job. One that fails does not hold up the others.
func EndRounds(app core.App, now time.Time) error {
	late, err := toGrace(app, now)
	if err != nil {
		return err
	}
	var failed error
	for _, r := range late {
		failed = errors.Join(failed, wait(app, access.Job("end_rounds"), r, now))
	}
	return failed
}
