package startups

import (
	"context"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
	"vuon/internal/vn"
)

// enrolmentsIn lists who is in some cohorts, nil being all, or in one of them; who began last first, and behind them who has not begun.
func enrolmentsIn(ctx context.Context, app core.App, cohorts []string, one string, p page) ([]EnrolmentIn, error) {
	q := app.DB().Select("n.id", "n.startup", "s.slug", "s.name", "n.cohort", "n.status", "n.joined_on", "n.left_on", "n.rev").
		From("enrolments n").InnerJoin("startups s", dbx.NewExp("s.id = n.startup")).
		OrderBy("n.joined_on DESC", "n.id DESC").Limit(int64(p.Limit) + 1).WithContext(ctx)
	if cohorts != nil {
		q.AndWhere(dbx.NewExp("n.cohort IN (SELECT value FROM json_each({:cohorts}))", dbx.Params{"cohorts": record.InJSON(cohorts)}))
	}
	if one != "" {
		q.AndWhere(dbx.HashExp{"n.cohort": one})
	}
	if p.Search != "" {
		q.AndWhere(dbx.Like("s.search_key", vn.Fold(p.Search)))
	}
	if p.after != nil {
		q.AndWhere(dbx.NewExp("(n.joined_on, n.id) < ({:joined}, {:id})", dbx.Params{"joined": p.after[0], "id": p.after[1]}))
	}
	var found []struct {
		ID, Startup, Slug, Name, Cohort, Status string
		Joined                                  string `db:"joined_on"`
		Left                                    string `db:"left_on"`
		Rev                                     int
	}
	if err := q.All(&found); err != nil {
		return nil, fmt.Errorf("list enrolments: %w", err)
	}
	list := make([]EnrolmentIn, 0, len(found))
	for _, f := range found {
		list = append(list, EnrolmentIn{
			ID: f.ID, Startup: Named{f.Startup, f.Slug, f.Name}, Cohort: f.Cohort, Status: f.Status, JoinedOn: f.Joined, LeftOn: f.Left, Rev: f.Rev,
		})
	}
	return list, inNamed(app, list)
}
