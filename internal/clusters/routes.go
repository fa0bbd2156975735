package clusters

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"
)

// Routes are the room's verbs over HTTP, keyed as net/http writes a pattern.
func Routes() map[string]func(*core.RequestEvent) error {
	return map[string]func(*core.RequestEvent) error{"GET /api/vuon/clusters": list}
}

// row is a cluster as anybody may read it.
type row struct {
	ID        string `json:"id"`
	Number    int    `json:"number"`
	TitleVI   string `json:"title_vi"`
	TitleEN   string `json:"title_en"`
	SummaryVI string `json:"summary_vi"`
	SummaryEN string `json:"summary_en"`
}

// list answers everybody with the twelve, in their order.
func list(e *core.RequestEvent) error {
	all, err := Twelve(e.App)
	if err != nil {
		return err
	}
	rows := make([]row, 0, len(all))
	for _, c := range all {
		rows = append(rows, row{c.Id, c.Number(), c.Title().VI, c.Title().EN, c.Summary().VI, c.Summary().EN})
	}
	return e.JSON(http.StatusOK, map[string]any{"rows": rows, "next": ""})
}
