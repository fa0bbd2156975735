package site

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// confirmedIn are the confirmed days of a year in their order; none where nobody has confirmed it.
func confirmedIn(app core.App, year int) ([]*Holiday, error) {
	return Holidays.Query(app.RecordQuery(Holidays.Collection).
		AndWhere(dbx.Between("day", fmt.Sprintf("%04d-01-01", year), fmt.Sprintf("%04d-12-31", year))).OrderBy("day"))
}
