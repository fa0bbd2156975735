package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/intake"
	"vuon/internal/startups"
)

// What was promised of five thousand startups with sixty months of twelve figures, in milliseconds.
const (
	directoryWithin = 50
	portfolioWithin = 150
	historyWithin   = 30
)

// startupsSuite are the search of the directory, the portfolio of the whole house over months, quarters and years, and the
// history of one startup.
func startupsSuite(now func() time.Time) suite {
	const api = "/api/vuon"
	return suite{rows: 5_000, plant: plantStartups, lists: []listed{
		{key: "directory", pages: []string{" LIMIT 51"}, within: directoryWithin, bare: bareStartups, path: func(turn int) string {
			return api + "/startups?limit=50&q=" + url.QueryEscape(sought[turn%len(sought)]) +
				"&sector=" + []string{"", "", "energy", "health"}[turn%4] + "&status=" + []string{"", "active"}[turn/4%2]
		}},
		{
			key: "portfolio", within: portfolioWithin, pages: []string{
				"FROM kpis ORDER BY position, id", "GROUP BY period_key, kpi", "GROUP BY n.cohort ORDER BY n.cohort", "heard, said",
				"startups > 0 ORDER BY cohort", "HAVING count(*) > 0", "ORDER BY i.closes_at DESC, i.id",
			}, path: func(turn int) string { return api + "/portfolio?period=" + benchPeriod(now(), turn) },
			bare: func(ctx context.Context, db *dbx.DB, sqls []string, w io.Writer) error {
				return barePortfolio(ctx, db, sqls, w, workday(now()))
			},
		},
		{key: "history", pages: []string{"ORDER BY k.position, k.id", "r.period_key, r.kpi"}, within: historyWithin, bare: bareHistory, path: func(turn int) string {
			return api + "/startups/" + fmt.Sprintf("benchstart%05d", 1+turn) + "/readings"
		}},
	}}
}

// benchPeriod is one of the periods that a portfolio is looked at for.
func benchPeriod(now time.Time, turn int) string {
	month := workday(now).AddDate(0, -1-turn/3, 0)
	switch turn % 3 {
	case 1:
		return fmt.Sprintf("%d-Q%d", month.Year(), (int(month.Month())+2)/3)
	case 2:
		return month.AddDate(-1-turn%2, 0, 0).Format("2006")
	}
	return month.Format("2006-01")
}

func bareStartups(ctx context.Context, db *dbx.DB, sqls []string, w io.Writer) error {
	page, err := bareRows[startups.StartupLine](ctx, db, sqls[0])
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(startups.PageOf(page, pageRows(sqls[0])))
}

func bareHistory(ctx context.Context, db *dbx.DB, sqls []string, w io.Writer) error {
	asks, err := bareRows[startups.Question](ctx, db, sqls[0])
	if err != nil {
		return err
	}
	lines, err := bareRows[startups.PastLine](ctx, db, sqls[1])
	if err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(startups.CourseFrom(asks, lines))
}

func barePortfolio(ctx context.Context, db *dbx.DB, sqls []string, w io.Writer, at time.Time) (err error) {
	var l startups.PortfolioLines
	if l.KPIs, err = bareRows[startups.KPILine](ctx, db, sqls[0]); err != nil {
		return err
	}
	if l.Totals, err = bareRows[startups.KeptTotal](ctx, db, sqls[1]); err != nil {
		return err
	}
	if l.Enrolled, err = bareRows[startups.EnrolledLine](ctx, db, sqls[2]); err != nil {
		return err
	}
	if l.Graduates, err = bareRows[startups.Alumnae](ctx, db, sqls[3]); err != nil {
		return err
	}
	if l.Gains, err = bareRows[startups.GainLine](ctx, db, sqls[4]); err != nil {
		return err
	}
	if l.Capital, err = bareRows[startups.CapitalLine](ctx, db, sqls[5]); err != nil {
		return err
	}
	calls, err := bareRows[intake.Arrival](ctx, db, sqls[6])
	if err != nil {
		return err
	}
	for _, a := range calls {
		l.Applied = append(l.Applied, startups.Applied(a))
	}
	return json.NewEncoder(w).Encode(startups.PortfolioFrom(l.Totals[len(l.Totals)-1].Period, l, at))
}
