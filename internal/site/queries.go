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

// viewsOf are the views that somebody keeps of a page, by title.
func viewsOf(app core.App, owner, page string) ([]*View, error) {
	return Views.Query(app.RecordQuery(Views.Collection).AndWhere(dbx.HashExp{"owner": owner, "page": page}).OrderBy("title", "id"))
}

// viewLine is a view as a list shows it.
type viewLine struct {
	ID       string `db:"id"       json:"id"`
	Page     string `db:"page"     json:"page"`
	Title    string `db:"title"    json:"title"`
	Query    string `db:"query"    json:"query"`
	Shared   bool   `db:"shared"   json:"shared"`
	Standing bool   `db:"standing" json:"standing"`
	Mine     bool   `db:"mine"     json:"mine"`
	Owner    string `db:"owner"    json:"owner"` // their name
	Rev      int    `db:"rev"      json:"rev"`
}

// viewsSeen are a person's own views of a page, and with others those that are shared. A standing one of somebody else's
// stands for them alone.
func viewsSeen(app core.App, person, page string, others bool) ([]viewLine, error) {
	lines := []viewLine{}
	err := app.DB().NewQuery(`SELECT v.id, v.page, v.title, v.query, v.shared, v.standing AND v.owner = {:person} AS standing, v.owner = {:person} AS mine,
			coalesce(u.full_name, '') AS owner, v.rev
		FROM saved_views v LEFT JOIN users u ON u.id = v.owner
		WHERE v.page = {:page} AND (v.owner = {:person} OR v.shared = 1 AND {:others} = 1) ORDER BY mine DESC, v.title, v.id LIMIT 200`).
		Bind(dbx.Params{"person": person, "page": page, "others": others}).All(&lines)
	if err != nil {
		return nil, fmt.Errorf("list the views of %s: %w", page, err)
	}
	return lines, nil
}
