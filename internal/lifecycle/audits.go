package lifecycle

import (
	"context"
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
)

// Audit is one thing that must be true of every database. Rooms give theirs in audits.go; `vuon doctor` runs them all.
type Audit struct {
	ID   string // such as "intake.one_decision"
	Says string // what must hold, in one plain English sentence
	SQL  string // selects the id of every row that breaks it, in a column named id
}

// Broken returns the ids of the rows that break the audit, at most limit.
func (a Audit) Broken(ctx context.Context, app core.App, limit int) ([]string, error) {
	ids := []string{}
	err := app.DB().NewQuery("SELECT id FROM (" + a.SQL + ") LIMIT {:limit}").
		Bind(map[string]any{"limit": limit}).WithContext(ctx).Column(&ids)
	if err != nil {
		return nil, fmt.Errorf("audit %s: %w", a.ID, err)
	}
	return ids, nil
}

// Inspection is one thing that must be true of every house and that no line of SQL can see: what a digest says, and what lies
// in the storage. Rooms give theirs in audits.go; `vuon doctor` makes them all after the audits.
type Inspection struct {
	ID, Says string

	// Broken names what breaks it, at most limit. It reads rows page by page and holds no file in memory; storage is nil where
	// nothing was ever kept. Bytes that were laid down at before or later may still wait for their row.
	Broken func(ctx context.Context, app core.App, storage *filesystem.System, before time.Time, limit int) ([]string, error)
}
