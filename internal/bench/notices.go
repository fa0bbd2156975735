package bench

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/app"
	"vuon/internal/locale"
	"vuon/internal/notify"
	"vuon/pb_public"
)

// The limits.
const (
	queuedWithin = 2000 // milliseconds for ten thousand notices
	tickGrows    = 1.5  // times the tick of an empty outbox
)

// ticks is how many minutes are measured; the median counts.
const ticks = 15

// measureNotices makes a house of its own whose reports fall due on one day, queues their reminders, and compares the minute
// that has nothing to do before and after its outbox was filled.
func measureNotices(now func() time.Time, due, rows int) (r Report, err error) {
	dir, err := os.MkdirTemp("", "vuon-bench-")
	if err != nil {
		return Report{}, err
	}
	house := core.NewBaseApp(core.BaseAppConfig{DataDir: dir, DBConnect: app.Connect})
	defer func() { err = errors.Join(err, house.ResetBootstrapState(), os.RemoveAll(dir)) }()
	at := workday(now())
	if err := furnish(house, at); err != nil {
		return Report{}, err
	}
	empty, err := tick(house, at, now)
	if err != nil {
		return Report{}, err
	}
	if err := plantLetters(house, rows, at); err != nil {
		return Report{}, err
	}
	full, err := tick(house, at, now)
	if err != nil {
		return Report{}, err
	}
	if err := plantReports(house, due, at); err != nil {
		return Report{}, err
	}
	from := now()
	if err := notify.Queue(house, at); err != nil {
		return Report{}, fmt.Errorf("queue the notices: %w", err)
	}
	took := milliseconds(now().Sub(from))
	queued, err := lettersOf(house, "report_due")
	if err != nil {
		return Report{}, err
	}
	if queued != due {
		return Report{}, fmt.Errorf("%d letters were queued for %d reports", queued, due)
	}
	return report(
		Figure{Key: "queue", Value: took, Limit: queuedWithin * float64(due) / 10_000, Unit: "ms"},
		Figure{Key: "tick_empty", Value: empty, Limit: empty, Unit: "ms"},
		Figure{Key: "tick_full", Value: full, Limit: tickGrows * empty, Unit: "ms"},
	), nil
}

func furnish(house core.App, at time.Time) error {
	if err := house.Bootstrap(); err != nil {
		return err
	}
	if err := house.RunAllMigrations(); err != nil {
		return err
	}
	clock := func() time.Time { return at }
	return app.Bind(house, app.Config{}, app.Deps{Now: clock, Random: rand.Reader, Public: pb_public.Files, Mail: notify.NewMailbox(clock)})
}

// workday is ten in the morning of a day on which reminders may go out.
func workday(now time.Time) time.Time {
	year, _, _ := now.In(locale.Zone).Date()
	at := time.Date(year, time.June, 1, 10, 0, 0, 0, locale.Zone)
	for at.Weekday() != time.Wednesday {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// tick is how long a minute takes that has nothing to do.
func tick(house core.App, at time.Time, now func() time.Time) (float64, error) {
	var took []float64
	for range ticks {
		from := now()
		if err := notify.Deliver(house, at); err != nil {
			return 0, fmt.Errorf("deliver: %w", err)
		}
		took = append(took, milliseconds(now().Sub(from)))
	}
	return median(took), nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
