package intake

import (
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/vn"
	"vuon/internal/web"
)

// shownCards is how many cards of each column a board shows at first.
const shownCards = 30

// boardRoutes are those of the board and of the list of what was handed in.
func boardRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/intakes/{id}/board":          showBoard,
		"GET /api/vuon/intakes/{id}/board/{column}": showLane,
		"GET /api/vuon/intakes/{id}/applications":   listApplications,
		"GET /api/vuon/intakes/{id}/staff":          listStaff,
		"POST /api/vuon/intakes/{id}/bulk":          on(bulk),
		"POST /api/vuon/bulk/{id}/undo":             on(undo),
		"PATCH /api/vuon/screenings/{id}":           on(jot),
		"POST /api/vuon/screenings/{id}/move":       on(move),
	}
}

// showBoard takes what SiftOf reads, and limit: how many cards of each column, 30 unless said, 100 at most.
func showBoard(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	limit := shownCards
	if e.Request.URL.Query().Get("limit") != "" {
		limit = web.Asked(e).Limit
	}
	b, err := BoardOf(e.Request.Context(), e.App, by, e.Request.PathValue("id"), SiftOf(e.Request.URL.Query(), by), limit)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, b)
}

func showLane(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	f := SiftOf(e.Request.URL.Query(), by)
	f.Column = lifecycle.State(e.Request.PathValue("column"))
	page, err := LaneOf(e.Request.Context(), e.App, by, e.Request.PathValue("id"), f, web.Asked(e))
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, page)
}

func listApplications(e *core.RequestEvent) error {
	by, _, err := access.Of(e)
	if err != nil {
		return err
	}
	ask, id, f := web.Asked(e), e.Request.PathValue("id"), SiftOf(e.Request.URL.Query(), by)
	if ask.CSV {
		return sheetApplications(e, by, id, f)
	}
	some, next, err := HandedIn(e.Request.Context(), e.App, by, id, f, ask)
	return rows(e, some, next, err)
}

// sheetApplications writes a table in the language that is asked for: ?format=csv or xlsx, ?sensitive=1.
func sheetApplications(e *core.RequestEvent, by access.Actor, id string, f Sift) error {
	lang := locale.Asked(e.Request.Header.Get("Accept-Language"))
	say, err := web.Say(e.App, lang)
	if err != nil {
		return err
	}
	head, lines, err := SheetOf(e.Request.Context(), e.App, by, id, f, writing{
		lang: lang, say: say, house: web.Origin(e.App), sensitive: e.Request.URL.Query().Get("sensitive") == "1",
	})
	if err != nil {
		return err
	}
	return web.Sheet(e, "applications-"+id, head, lines)
}

func move(q asking, s said) (any, error) {
	card, err := Move(q.app, q.by, q.id, s.To, q.now)
	if err != nil {
		return nil, err
	}
	return cardView(card), nil
}

// jotted is a card with the revision it was changed from.
type jotted struct {
	Card
	Rev int `json:"rev"`
}

func jot(q asking, c jotted) (any, error) {
	card, err := Jot(q.app, q.by, q.id, c.Card, c.Rev, q.now)
	if err != nil {
		return nil, err
	}
	return cardView(card), nil
}

func bulk(q asking, b Bulk) (any, error) { return Many(q.app, q.by, q.id, b, q.now) }

func undo(q asking, _ said) (any, error) { return Undo(q.app, q.by, q.id, q.now) }

// listStaff names who works over an intake, and so can look after a card.
func listStaff(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	i, err := intakeFor(e.App, by, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	some := []Person{}
	for _, role := range []access.Role{access.Staff, access.Manager} {
		ids, err := access.Holders(e.App, role, now, i.Path()...)
		if err != nil {
			return err
		}
		called, err := names(e.App, ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if !slices.ContainsFunc(some, func(p Person) bool { return p.ID == id }) {
				some = append(some, Person{id, called[id]})
			}
		}
	}
	slices.SortFunc(some, func(a, b Person) int { return strings.Compare(vn.SortKey(a.Name), vn.SortKey(b.Name)) })
	return rows(e, some, "", nil)
}
