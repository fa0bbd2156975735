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
// ?period= &cohort= &years= &fate= &q= &after= &limit= &format=csv or xlsx.
func listPortfolioRows(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	query, of := e.Request.URL.Query(), e.Request.PathValue("of")
	cohort := query.Get("cohort")
	if of == "applied" || of == "admitted" {
		return listCalls(e, by, of, cohort)
	}
	p, err := paged(e, 3)
	if err != nil {
		return err
	}
	rows, err := portfolioRows(e.App, by, of, periodAsked(e, now), cohort, kin{query.Get("years"), query.Get("fate")}, p, now)
	if err != nil {
		return err
	}
	rows, next := web.Cut(rows, p.Limit, func(r PortfolioRow) string { return web.Cursor(r.sortKey, r.Startup.ID, r.last) })
	if !p.CSV {
		return e.JSON(http.StatusOK, web.ListOf(rows, next))
	}
	table := make([][]any, 0, len(rows))
	for _, r := range rows {
		table = append(table, []any{
			r.Startup.Slug, r.Startup.Name, r.Cohort, r.Status, web.Day(r.On), r.Fate, r.Years, number(r.Now), number(r.Base), number(r.Change),
			strconv.FormatBool(r.Paper),
		})
	}
	return web.CSV(e, "portfolio-"+of+".csv", []string{
		"slug", "name", "cohort", "status", "on", "fate", "years", "now", "base", "change", "paper",
	}, table)
}

// listCalls answers with the intakes behind the first two steps of a funnel.
func listCalls(e *core.RequestEvent, by access.Actor, of, cohort string) error {
	calls, err := Calls(e.App, by, cohort)
	if err != nil {
		return err
	}
	if !web.Asked(e).CSV {
		return e.JSON(http.StatusOK, web.ListOf(calls, ""))
	}
	table := make([][]any, 0, len(calls))
	for _, c := range calls {
		table = append(table, []any{c.TitleVI, c.TitleEN, c.Cohort, c.Handed, c.Admitted})
	}
	return web.CSV(e, "portfolio-"+of+".csv", []string{"title_vi", "title_en", "cohort", "applied", "admitted"}, table)
}
