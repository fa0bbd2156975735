package site

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/record"
	"vuon/internal/vn"
	"vuon/internal/web"
)

// unitRoutes are administrative units over HTTP. Whoever is signed in reads them; managers of the whole house keep them.
func unitRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/admin-units":      listUnits,
		"GET /api/vuon/admin-units/{id}": showUnit,
		"POST /api/vuon/admin-units": saving(func(app core.App, by access.Actor, _ string, said UnitEntry, now time.Time) (*Unit, error) {
			return AddUnit(app, by, said, now)
		}),
		"PATCH /api/vuon/admin-units/{id}":      saving(EditUnit),
		"DELETE /api/vuon/admin-units/{id}":     removeUnit,
		"POST /api/vuon/admin-units/{id}/end":   saving(ending),
		"POST /api/vuon/admin-units/{id}/split": saving(splitting),
		"POST /api/vuon/admin-units/{id}/merge": saving(merging),
	}
}

// listUnits answers ?q= &level= &when=now, past or began &on= (by default today) &within= &after= &limit= &format=csv or xlsx.
func listUnits(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	query := e.Request.URL.Query()
	ask := unitAsk{Ask: web.Asked(e), level: query.Get("level"), when: query.Get("when"), on: query.Get("on"), within: query.Get("within")}
	if ask.on == "" {
		ask.on = vn.DayOf(now).String()
	}
	if _, err := vn.ParseDay(ask.on); err != nil {
		return fault.Field("on", "unit.day")
	}
	if ask.after, err = ask.From(3); err != nil {
		return err
	}
	rows, err := unitsAsked(e.Request.Context(), e.App, ask)
	if err != nil {
		return err
	}
	rows, next := web.Cut(rows, ask.Limit, unitCursor)
	if !ask.CSV {
		return e.JSON(http.StatusOK, web.ListOf(rows, next))
	}
	table := make([][]any, 0, len(rows))
	for _, r := range rows {
		table = append(table, []any{
			r.Code, r.Level, r.Kind, r.Name, r.ParentName, r.CameFromName, web.Day(r.ValidFrom), web.Day(r.ValidTo), spelled(r.Before), spelled(r.After),
			r.Source, strconv.FormatBool(r.Checked),
		})
	}
	return web.CSV(e, "admin-units.csv", []string{
		"code", "level", "kind", "name", "parent", "came_from", "valid_from", "valid_to", "before", "after", "source", "checked",
	}, table)
}

func unitCursor(r unitLine) string {
	far := ""
	if r.Kin {
		far = "kin"
	}
	return web.Cursor(far, r.SortKey, r.ID)
}

// spelled are units in one cell of a table: "Phú Cường; Hiệp Thành 50%", and "?" for what is not known.
func spelled(units []unitNamed) string {
	names := make([]string, 0, len(units))
	for _, u := range units {
		if u.Name == "" {
			u.Name = "?"
		}
		if u.Share < vn.WholeShare {
			u.Name += " " + strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(float64(u.Share)/100, 'f', 2, 64), "0"), ".") + "%"
		}
		names = append(names, u.Name)
	}
	return strings.Join(names, "; ")
}

// showUnit answers with one unit as the list shows it.
func showUnit(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := access.MaySignedIn(by); err != nil {
		return err
	}
	rows, err := unitsAsked(e.Request.Context(), e.App, unitAsk{Ask: web.Ask{Limit: 1}, ids: []string{e.Request.PathValue("id")}})
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return fault.NotFound("record.not_found")
	}
	return e.JSON(http.StatusOK, rows[0])
}

// saving reads what is said, runs a verb on the unit of the path and answers with its id and revision.
func saving[B any](do func(core.App, access.Actor, string, B, time.Time) (*Unit, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		by, now, err := access.Of(e)
		if err != nil {
			return err
		}
		var said B
		if err := web.Body(e, &said); err != nil {
			return err
		}
		u, err := do(e.App, by, e.Request.PathValue("id"), said, now)
		if err != nil {
			return err
		}
		return e.JSON(http.StatusOK, map[string]any{"id": u.Id, "rev": record.Rev(u)})
	}
}

func removeUnit(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	if err := RemoveUnit(e.App, by, e.Request.PathValue("id"), now); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"id": e.Request.PathValue("id")})
}

// unitEnd is the last day of a unit.
type unitEnd struct {
	ValidTo string `json:"valid_to"`
	Rev     int    `json:"rev"`
}

func ending(app core.App, by access.Actor, id string, said unitEnd, now time.Time) (*Unit, error) {
	return EndUnit(app, by, id, said.ValidTo, said.Rev, now)
}

// unitSplit is how a unit is divided, on which day.
type unitSplit struct {
	On    string     `json:"on"`
	Parts []UnitPart `json:"parts"`
	Basis
	Rev int `json:"rev"`
}

func splitting(app core.App, by access.Actor, id string, said unitSplit, now time.Time) (*Unit, error) {
	return SplitUnit(app, by, id, said.On, said.Parts, said.Basis, said.Rev, now)
}

// unitMerge is which units the one of the path was made of.
type unitMerge struct {
	Units []string `json:"units"`
	Basis
}

func merging(app core.App, by access.Actor, id string, said unitMerge, now time.Time) (*Unit, error) {
	return MergeUnits(app, by, said.Units, id, said.Basis, now)
}
