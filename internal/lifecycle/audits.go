package lifecycle

import (
	"context"
	"fmt"

	"github.com/pocketbase/pocketbase/core"
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
