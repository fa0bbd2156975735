package startups

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/vn"
	"vuon/internal/web"
)

// unitRoutes count startups by the administrative unit that they declare.
func unitRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/portfolio-units":      showByUnit,
		"GET /api/vuon/portfolio-units/rows": listUnitRows,
	}
}

// showByUnit answers ?on= &level= &cohort= &format=csv or xlsx.
func showByUnit(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	b, err := PortfolioByUnit(e.App, by, query.Get("cohort"), query.Get("on"), query.Get("level"), now)
	if err != nil {
		return err
	}
	if !web.Asked(e).CSV {
		return e.JSON(http.StatusOK, b)
	}
	table := make([][]any, 0, len(b.Rows)+2)
	for _, r := range b.Rows {
		table = append(table, []any{b.On, r.Unit.Name, r.Unit.Kind, r.Unit.In, shared(r.Share, false), r.Sure, r.Guessed, strconv.FormatBool(false)})
	}
	for _, rest := range []struct {
		name  string
		share int
	}{{unitNone, b.None * vn.WholeShare}, {unitUnknown, b.Unknown}} {
		few := slices.Contains(b.Few, rest.name)
		table = append(table, []any{b.On, rest.name, "", "", shared(rest.share, few), "", "", strconv.FormatBool(few)})
	}
	return web.CSV(e, "portfolio-units.csv", []string{"boundaries_of", "unit", "kind", "in", "startups", "sure", "estimated", "suppressed"}, table)
}

// shared is a number of startups in decimals, of ten-thousandths; "" is kept back.
func shared(share int, suppressed bool) string {
	switch {
	case suppressed:
		return ""
	case share%vn.WholeShare == 0:
		return strconv.Itoa(share / vn.WholeShare)
	}
	return fmt.Sprintf("%d.%04d", share/vn.WholeShare, share%vn.WholeShare)
}

// listUnitRows opens a figure by units: ?unit= an id, none or unknown, &on= &level= &cohort= &q= &after= &limit= &format=csv or xlsx.
func listUnitRows(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	p, err := paged(e, 3)
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	rows, err := unitRows(e.App, by, query.Get("cohort"), query.Get("on"), query.Get("level"), query.Get("unit"), p, now)
	if err != nil {
		return err
	}
	rows, next := web.Cut(rows, p.Limit, func(r UnitRow) string { return web.Cursor(r.sortKey, r.Startup.ID, r.Startup.ID) })
	if !p.CSV {
		return e.JSON(http.StatusOK, web.ListOf(rows, next))
	}
	table := make([][]any, 0, len(rows))
	for _, r := range rows {
		declared := UnitName{}
		if r.Declared != nil {
			declared = *r.Declared
		}
		table = append(table, []any{r.Startup.Slug, r.Startup.Name, declared.Name, declared.Kind, declared.In, web.Day(declared.Ended), shared(r.Share, false), strconv.FormatBool(r.Estimated)})
	}
	return web.CSV(e, "portfolio-units-rows.csv", []string{"slug", "name", "declared", "kind", "in", "ended", "share", "estimated"}, table)
}
