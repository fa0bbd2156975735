package notify

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Stuck counts the letters that should have gone at any hour before an instant and have not, and those that failed since
// another. A reminder that waits may do so because it is night.
func Stuck(app core.App, before, since time.Time) (waiting, failed int, err error) {
	err = app.DB().NewQuery(`SELECT
		(SELECT count(*) FROM outbox WHERE status = 'queued' AND class = 'T' AND next_at <= {:before}),
		(SELECT count(*) FROM outbox WHERE status = 'failed' AND next_at >= {:since})`).
		Bind(dbx.Params{"before": stamp(before), "since": stamp(since)}).Row(&waiting, &failed)
	if err != nil {
		return 0, 0, fmt.Errorf("count the letters that are stuck: %w", err)
	}
	return waiting, failed, nil
}

// Heard are those of some notices, by their keys, that somebody has been told or will be by mail.
func Heard(app core.App, keys []string) (map[string]bool, error) {
	plans := make([]planned, len(keys))
	for i, key := range keys {
		plans[i].Dedup = key
	}
	fresh, err := untold(app, plans)
	told := make(map[string]bool, len(keys))
	for _, key := range keys {
		told[key] = true
	}
	for _, p := range fresh {
		delete(told, p.Dedup)
	}
	return told, err
}
