package startups

import (
	"net/http"
	"strconv"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

// showPortfolio answers with where startups stand together: ?period= &cohort=.
func showPortfolio(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	p, err := Whole(e.App, by, periodAsked(e, now), e.Request.URL.Query().Get("cohort"), now)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, p)
}

// listPortfolioRows opens a figure of a portfolio: applied and admitted to the intakes, all others to the startups.
// ?period= &cohort= &format=csv.
func listPortfolioRows(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	of, cohort := e.Request.PathValue("of"), e.Request.URL.Query().Get("cohort")
	if of == "applied" || of == "admitted" {
		calls, err := Calls(e.App, by, cohort)
		if err != nil {
			return err
		}
		return e.JSON(http.StatusOK, web.ListOf(calls, ""))
	}
	rows, err := PortfolioRows(e.App, by, of, periodAsked(e, now), cohort, now)
	if err != nil {
		return err
	}
	if !web.Asked(e).CSV {
		return e.JSON(http.StatusOK, web.ListOf(rows, ""))
	}
	table := make([][]any, 0, len(rows))
	for _, r := range rows {
		table = append(table, []any{
			r.Startup.Slug, r.Startup.Name, r.Cohort, r.Status, web.Day(r.On), r.Fate, strconv.Itoa(r.Years), number(r.Now), number(r.Base), number(r.Change),
		})
	}
	return web.CSV(e, "portfolio-"+of+".csv", []string{
		"slug", "name", "cohort", "status", "on", "fate", "years", "now", "base", "change",
	}, table)
}
