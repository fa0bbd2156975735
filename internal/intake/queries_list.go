package intake

import (
	"context"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
	"vuon/internal/vn"
)

// ownRows lists the reader's own applications, and their cards and decisions.
func ownRows(app core.App, r reader) (applications, behind []string, err error) {
	err = app.DB().NewQuery(`SELECT a.id FROM applications a WHERE NOT (` + strange + `)`).Bind(r.params(dbx.Params{})).Column(&applications)
	if err != nil {
		return nil, nil, fmt.Errorf("list the applications that are near to %s: %w", r.id, err)
	}
	err = app.DB().NewQuery(`SELECT id FROM screenings WHERE application IN (SELECT value FROM json_each({:own}))
		UNION ALL SELECT id FROM decisions WHERE application IN (SELECT value FROM json_each({:own}))
		UNION ALL SELECT id FROM decision_amendments WHERE application IN (SELECT value FROM json_each({:own}))
		UNION ALL SELECT id FROM appeals WHERE application IN (SELECT value FROM json_each({:own}))`).
		Bind(dbx.Params{"own": record.InJSON(append([]string{}, applications...))}).Column(&behind)
	if err != nil {
		return nil, nil, fmt.Errorf("list what is near to %s: %w", r.id, err)
	}
	return applications, behind, nil
}

// intakesFor lists the intakes that an actor may see at now, the latest first, one more than asked.
func intakesFor(app core.App, by access.Actor, ask listAsk, now time.Time) ([]*Intake, error) {
	q := app.RecordQuery(Intakes.Collection).OrderBy("opens_at DESC", "id DESC").Limit(int64(ask.Limit) + 1)
	open := dbx.NewExp(`id IN (SELECT i.id FROM intakes i WHERE i.status IN ('published', 'open') AND i.opens_at <= {:now} AND `+
		taken(effectiveClose)+` > {:now})`, dbx.Params{"now": record.Stamp(now)})
	programmes, all := by.Over(access.Programme, access.Staff, access.Manager)
	if !all {
		cohorts, _ := by.Over(access.Cohort, access.Staff, access.Manager)
		own, _ := by.Over(access.Intake, access.Staff, access.Manager)
		q.AndWhere(dbx.Or(open, dbx.In("programme", list(programmes)...), dbx.In("cohort", list(cohorts)...), dbx.In("id", list(own)...)))
	}
	if ask.Search != "" {
		q.AndWhere(dbx.NewExp("instr(search_key, {:q}) > 0", dbx.Params{"q": vn.Fold(ask.Search)}))
	}
	if ask.Status != "" {
		q.AndWhere(dbx.HashExp{"status": ask.Status})
	}
	if ask.After != "" {
		q.AndWhere(dbx.NewExp("(opens_at, id) < (SELECT opens_at, id FROM intakes WHERE id = {:after})", dbx.Params{"after": ask.After}))
	}
	return Intakes.Query(q)
}

// announced lists the intakes that stand on public pages, by the deadline that was announced.
func announced(ctx context.Context, app core.App) ([]*Intake, error) {
	return inStates(ctx, app, IntakePublished, IntakeOpen, IntakeClosed, IntakeDeciding, IntakeReleased)
}

// inStates lists the intakes that stand where some say, by the deadline that was announced.
func inStates(ctx context.Context, app core.App, some ...lifecycle.State) ([]*Intake, error) {
	return Intakes.Query(app.RecordQuery(Intakes.Collection).WithContext(ctx).
		AndWhere(dbx.In("status", lifecycle.Values(some...)...)).OrderBy("closes_at ASC", "id ASC"))
}

// intakeCalled finds an intake by its id or its slug. Error: record.not_found.
func intakeCalled(app core.App, name string) (*Intake, error) {
	return Intakes.First(app, dbx.Or(dbx.HashExp{"id": name}, dbx.HashExp{"slug": name}))
}

// countsOf counts the applications of an intake by state.
func countsOf(app core.App, intake string) (map[string]int, error) {
	var rows []struct {
		Status string `db:"status"`
		N      int    `db:"n"`
	}
	err := app.DB().NewQuery("SELECT status, count(*) AS n FROM applications WHERE intake = {:intake} GROUP BY status").
		Bind(dbx.Params{"intake": intake}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("count the applications of %s: %w", intake, err)
	}
	counts := map[string]int{}
	for _, r := range rows {
		counts[r.Status] = r.N
	}
	return counts, nil
}

func extensionsOf(app core.App, intake string) ([]*Extension, error) {
	return Extensions.Query(app.RecordQuery(Extensions.Collection).
		AndWhere(dbx.HashExp{"intake": intake}).OrderBy("created ASC", "rowid ASC")) // two within a millisecond stand as they came
}

func list(ids []string) []any {
	all := make([]any, len(ids))
	for i, id := range ids {
		all[i] = id
	}
	return all
}

func programmes(app core.App) ([]*Programme, error) {
	return Programmes.Query(app.RecordQuery(Programmes.Collection).OrderBy("code ASC"))
}

func cohorts(app core.App) ([]*Cohort, error) {
	return Cohorts.Query(app.RecordQuery(Cohorts.Collection).OrderBy("starts_on DESC", "code ASC"))
}

func formVersions(app core.App) ([]*FormVersion, error) {
	return FormVersions.Query(app.RecordQuery(FormVersions.Collection).OrderBy("form ASC", "number DESC"))
}

// lastVersion is the highest number of a version of a form.
func lastVersion(app core.App, form string) (n int, err error) {
	err = app.DB().NewQuery("SELECT coalesce(max(number), 0) FROM form_versions WHERE form = {:form}").
		Bind(dbx.Params{"form": form}).Row(&n)
	return n, err
}
