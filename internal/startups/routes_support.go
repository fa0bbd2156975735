package startups

import (
	"net/http"
	"strconv"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

// supportRoutes are those over what the centre gives to the startups of a cohort.
func supportRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/cohorts/{id}/supports":  listSupports,
		"POST /api/vuon/cohorts/{id}/supports": taking(writing(ProposeSupport)),
		"PATCH /api/vuon/supports/{id}":        taking(writing(AmendSupport)),
		"POST /api/vuon/supports/{id}/confirm": taking(moving(ConfirmSupport)),
		"POST /api/vuon/supports/{id}/refuse":  taking(moving(RefuseSupport)),
		"POST /api/vuon/supports/{id}/hand":    taking(moving(HandSupport)),
		"POST /api/vuon/supports/{id}/receive": taking(moving(ReceiveSupport)),
		"POST /api/vuon/supports/{id}/miss":    taking(moving(MissSupport)),
		"GET /api/vuon/startups/{id}/supports": listOwnSupports,
	}
}

// listSupports answers staff with what a cohort gives, and its sums: ?q= &status= &kind= &after= &limit= &format=csv.
func listSupports(e *core.RequestEvent) error {
	id, p, err := tended(e, 2)
	if err != nil {
		return err
	}
	ctx, query := e.Request.Context(), e.Request.URL.Query()
	rows, err := supportsIn(ctx, e.App, id, query.Get("status"), query.Get("kind"), p)
	if err != nil {
		return err
	}
	if p.CSV {
		table := make([][]string, 0, len(rows))
		for _, r := range rows {
			table = append(table, []string{r.Name, r.Kind, r.Title, strconv.FormatInt(r.Amount, 10), r.Status, r.ProposedAt, r.HandedAt, r.ReceivedAt, r.Reason})
		}
		return web.CSV(e, "supports.csv", []string{"startup", "kind", "title", "amount_vnd", "status", "proposed_at", "handed_at", "received_at", "reason"}, table)
	}
	sums, err := givenIn(ctx, e.App, id)
	if err != nil {
		return err
	}
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	path, err := asked(e.App).Path(e.App, id)
	if err != nil {
		return err
	}
	rows, next := web.Cut(rows, p.Limit, func(r supportRow) string { return web.Cursor(r.Order, r.ID) })
	return e.JSON(http.StatusOK, map[string]any{
		"rows": web.ListOf(rows, next).Rows, "next": next, "sums": sums, "me": by.ID, "may_confirm": access.MayDecide(by, path...) == nil,
	})
}

func listOwnSupports(e *core.RequestEvent) error {
	_, id, p, err := ownPart(e)
	if err != nil {
		return err
	}
	rows, err := supportsOf(e.Request.Context(), e.App, id, p)
	if err != nil {
		return err
	}
	rows, next := web.Cut(rows, p.Limit, func(r supportRow) string { return web.Cursor(r.Order, r.ID) })
	for i := range rows {
		rows[i].ProposedBy = "" // who of the centre thought of it is the centre's
	}
	return e.JSON(http.StatusOK, web.ListOf(rows, next))
}
