package intake

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/locale"
	"vuon/internal/vn"
	"vuon/internal/web"
)

func chaseRoutes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{
		"GET /api/vuon/intakes/{id}/chase":  showChase,
		"POST /api/vuon/intakes/{id}/nudge": remind,
	}
}

// showChase takes ?kind= and what web.Asked reads.
func showChase(e *core.RequestEvent) error {
	by, now, err := access.Of(e)
	if err != nil {
		return err
	}
	ask, id, query := web.Asked(e), e.Request.PathValue("id"), e.Request.URL.Query()
	c, err := ChaseOf(e.Request.Context(), e.App, by, id, Hunt{Kind: query.Get("kind"), Search: vn.Fold(query.Get("q"))}, ask, now)
	if err != nil {
		return err
	}
	if !ask.CSV {
		return e.JSON(http.StatusOK, c)
	}
	lang := locale.Asked(e.Request.Header.Get("Accept-Language"))
	say, err := web.Say(e.App, lang)
	if err != nil {
		return err
	}
	head, lines := chaseSheet(c.Rows, writing{lang: lang, say: say, house: web.Origin(e.App)})
	return web.Sheet(e, "chase-"+id, head, lines)
}

func remind(e *core.RequestEvent) error {
	return on(func(q asking, s struct {
		Kind string   `json:"kind"`
		IDs  []string `json:"ids"`
	},
	) (any, error) {
		return Remind(e.Request.Context(), q.app, q.by, q.id, s.Kind, s.IDs, q.now)
	})(e)
}
