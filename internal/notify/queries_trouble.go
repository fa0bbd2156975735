package notify

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// Overdue counts the letters that should have gone at any hour before an instant and have not. A reminder that waits may do
// so because it is night.
func Overdue(app core.App, before time.Time) (int, error) {
	return lettersWhere(app, "status = 'queued' AND class = 'T' AND next_at <= {:at}", before)
}

// FailedSince counts the letters that were given up since an instant.
func FailedSince(app core.App, since time.Time) (int, error) {
	return lettersWhere(app, "status = 'failed' AND next_at >= {:at}", since)
}

func lettersWhere(app core.App, where string, at time.Time) (n int, err error) {
	err = app.DB().NewQuery("SELECT count(*) FROM outbox WHERE " + where).Bind(dbx.Params{"at": record.Stamp(at)}).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count the letters that are stuck: %w", err)
	}
	return n, nil
}

// Heard are those of some notices, by their keys, that somebody has been told or will be by mail.
func Heard(app core.App, keys []string) (map[string]bool, error) {
	list, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	var old []string
	err = app.DB().NewQuery(`
		SELECT value FROM json_each({:keys})
		WHERE EXISTS (SELECT 1 FROM inbox_items WHERE dedup_key = value) OR EXISTS (SELECT 1 FROM outbox WHERE dedup_key = value)`).
		Bind(dbx.Params{"keys": string(list)}).Column(&old)
	if err != nil {
		return nil, fmt.Errorf("look for notices that are known: %w", err)
	}
	told := make(map[string]bool, len(keys))
	for _, key := range old {
		told[key] = true
	}
	return told, nil
}
