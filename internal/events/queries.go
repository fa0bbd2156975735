package events

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// hasTickets says whether anybody has ever taken a ticket of a type.
func hasTickets(app core.App, kind string) (there bool, err error) {
	err = app.DB().NewQuery("SELECT EXISTS (SELECT 1 FROM tickets WHERE type = {:type})").Bind(dbx.Params{"type": kind}).Row(&there)
	return there, err
}
