package startups

import (
	"context"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Newest lists the cards that everybody may read, the newest first; most 0 lists all of them.
func Newest(ctx context.Context, app core.App, most int64) ([]*Startup, error) {
	q := app.RecordQuery(Startups.Collection).WithContext(ctx).
		AndWhere(dbx.HashExp{"visibility": string(Public)}).
		AndWhere(dbx.Not(dbx.HashExp{"status": string(StartupClosed)})).
		OrderBy("created DESC", "id")
	if most > 0 {
		q.Limit(most)
	}
	return Startups.Query(q)
}

// Count says how many startups are at work, and how many were ever admitted. It counts private ones too, and names none.
func Count(ctx context.Context, app core.App) (active, ever int64, err error) {
	var all struct {
		Active int64 `db:"active"`
		Ever   int64 `db:"ever"`
	}
	err = app.DB().NewQuery(`SELECT coalesce(sum(status = {:active}), 0) AS active, count(*) AS ever FROM startups`).
		WithContext(ctx).Bind(dbx.Params{"active": string(StartupActive)}).One(&all)
	if err != nil {
		return 0, 0, fmt.Errorf("count startups: %w", err)
	}
	return all.Active, all.Ever, nil
}
