package startups

import (
	"net/http"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

// listReports answers with reports, the latest first. Staff get everybody's whom they look after, or their own with ?mine=1;
// the others get those of their startups. ?period= &status= &cohort= &startup= &q= &after= &limit= &format=csv.
func listReports(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	p, err := paged(e, 2)
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	w := wanted{period: query.Get("period"), status: query.Get("status"), cohort: query.Get("cohort"), startup: query.Get("startup")}
	if w.cohorts, err = cohortsOver(e.App, by, keepers...); err != nil {
		return err
	}
	if query.Get("mine") != "" || w.cohorts != nil && len(w.cohorts) == 0 {
		w.cohorts, w.member = nil, by.ID
	}
	rows, err := reports(e.Request.Context(), e.App, w, p)
	if err != nil {
		return err
	}
	rows, next := web.Cut(rows, p.Limit, func(r reportRow) string { return web.Cursor(r.DueOn, r.ID) })
	if !p.CSV {
		return e.JSON(http.StatusOK, web.ListOf(rows, next))
	}
	table := make([][]any, 0, len(rows))
	for _, r := range rows {
		table = append(table, []any{
			r.Slug, r.Name, r.Cohort, r.Kind, r.Period, r.Status, web.Day(r.DueOn), r.SubmittedAt, strconv.FormatBool(r.Late),
			r.Answered, r.Asked, r.Words,
		})
	}
	return web.CSV(e, "reports.csv", []string{
		"slug", "name", "cohort", "kind", "period_key", "status", "due_on", "submitted_at", "late", "answered", "asked", "answers",
	}, table)
}

// periodAsked is ?period=, or the month that is being reported on at the moment.
func periodAsked(e *core.RequestEvent, now time.Time) string {
	if key := e.Request.URL.Query().Get("period"); key != "" {
		return key
	}
	return monthBefore(now)
}

// listFigures answers with every KPI of a period: ?period= &cohort= &format=csv.
func listFigures(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	period := periodAsked(e, now)
	figures, err := Figures(e.App, by, period, e.Request.URL.Query().Get("cohort"))
	if err != nil {
		return err
	}
	if !web.Asked(e).CSV {
		return e.JSON(http.StatusOK, struct {
			Period string `json:"period_key"`
			web.List[Figure]
		}{period, web.ListOf(figures, "")})
	}
	table := make([][]any, 0, len(figures))
	for _, f := range figures {
		table = append(table, []any{
			period, f.Key, f.LabelVI, f.LabelEN, f.Unit, f.Agg, number(f.Total), f.Reported, f.Asked,
			f.ByState[string(NotReported)], f.ByState[string(NotOurs)], f.ByState[string(Declined)],
			f.ByState[stateMissing], f.Grade[grades[0]], f.Grade[grades[1]], f.Grade[gradeVerified], strconv.FormatBool(f.Suppressed),
		})
	}
	return web.CSV(e, "figures-"+period+".csv", []string{
		"period_key", "key", "label_vi", "label_en", "unit", "agg", "total", "reported", "asked", "not_reported", "na", "refused",
		"missing", "self", "documented", "verified", "suppressed",
	}, table)
}

// listFigureRows opens a figure: ?period= &cohort= &q= &after= &limit= &format=csv or xlsx. kpi is an id or a key.
func listFigureRows(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	query, period := e.Request.URL.Query(), periodAsked(e, now)
	p, err := paged(e, 3)
	if err != nil {
		return err
	}
	rows, err := figureRows(e.App, by, e.Request.PathValue("kpi"), period, query.Get("cohort"), p)
	if err != nil {
		return err
	}
	rows, next := web.Cut(rows, p.Limit, func(r FigureRow) string { return web.Cursor(r.sortKey, r.Startup.ID, r.Period) })
	if !p.CSV {
		return e.JSON(http.StatusOK, web.ListOf(rows, next))
	}
	table := make([][]any, 0, len(rows))
	for _, r := range rows {
		table = append(table, []any{
			r.Startup.Slug, r.Startup.Name, r.Cohort, r.Period, r.Status, r.State, number(r.Value), r.Comment, r.Grade, r.Source,
			strconv.FormatBool(r.Late), r.SubmittedAt,
		})
	}
	return web.CSV(e, "figure-"+period+".csv", []string{
		"slug", "name", "cohort", "period_key", "status", "state", "value", "comment", "grade", "source", "late", "submitted_at",
	}, table)
}

// listFigureMonths draws a figure back from a period: ?period= &cohort= &months=.
func listFigureMonths(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	n, err := strconv.Atoi(query.Get("months"))
	if err != nil {
		n = 12
	}
	months, err := FigureMonths(e.App, by, e.Request.PathValue("kpi"), periodAsked(e, now), query.Get("cohort"), n)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, web.ListOf(months, ""))
}

// number writes a value for a table; nothing where there is none.
func number(v *int64) any {
	if v == nil {
		return nil
	}
	return *v
}
