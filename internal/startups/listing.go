package startups

import (
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/web"
)

// page is what a client asks of a list.
type page struct {
	web.Ask
	after []string // where the page before ended
}

// wholeList is a list from its first row to its last.
var wholeList = page{}

// paged reads what is asked of a list. places is how many parts a cursor of this list has. Error: list.after.
func paged(e *core.RequestEvent, places int) (page, error) {
	ask := web.Asked(e)
	after, err := ask.From(places)
	return page{ask, after}, err
}
