package startups

import (
	"iter"
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/web"
)

// takeTableIn serves a verb on a file: {"file": base64, "seal"}. Without a seal it answers with the plan, with the plan's it
// does it.
func takeTableIn(do func(core.App, access.Actor, []byte, string, time.Time) (*Preview, error)) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		by, now, err := access.Of(e)
		if err != nil {
			return err
		}
		said, err := read[struct {
			File []byte `json:"file"`
			Seal string `json:"seal"`
		}](e)
		if err != nil {
			return err
		}
		p, err := do(e.App, by, said.File, said.Seal, now)
		if err != nil {
			return err
		}
		return e.JSON(http.StatusOK, p)
	}
}

// exportTable answers staff with a whole table of what they look after: ?format=csv or xlsx.
func exportTable(name string, head []string, rows func(core.App, []string) iter.Seq2[[]any, error]) func(*core.RequestEvent) error {
	return func(e *core.RequestEvent) error {
		cohorts, err := overseen(e)
		if err != nil {
			return err
		}
		return web.Sheet(e, name, head, rows(e.App, cohorts))
	}
}
