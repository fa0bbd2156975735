package intake

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// paperBehind is an application as judging needs to know it.
type paperBehind struct {
	ID        string `db:"id"`
	Code      string `db:"code"`
	Title     string `db:"title"` // as it was last handed in
	Applicant string `db:"applicant"`
	Startup   string `db:"startup"`
}

func papersBehind(app core.App, ids []string) ([]paperBehind, error) {
	var all []paperBehind
	err := app.DB().NewQuery(`SELECT a.id, a.code, coalesce(s.title, '') AS title, a.applicant, a.startup FROM applications a
		LEFT JOIN application_snapshots s ON s.application = a.id AND s.number = a.submit_no
		WHERE a.id IN (SELECT value FROM json_each({:ids})) ORDER BY a.id`).Bind(dbx.Params{"ids": record.InJSON(append([]string{}, ids...))}).All(&all)
	if err != nil {
		return nil, fmt.Errorf("read what is judged: %w", err)
	}
	return all, nil
}

// enteredIn lists what was handed in to an intake and neither taken back nor ruled out.
func enteredIn(app core.App, intake string) (ids []string, err error) {
	err = app.DB().NewQuery(`SELECT id FROM applications WHERE intake = {:intake} AND submit_no > 0 AND status NOT IN ('draft', 'withdrawn', 'ineligible')
		ORDER BY id`).Bind(dbx.Params{"intake": intake}).Column(&ids)
	if err != nil {
		return nil, fmt.Errorf("list what was handed in to %s: %w", intake, err)
	}
	return ids, nil
}

// ownIn lists the applications to an intake that are the reader's own.
func ownIn(app core.App, intake string, r reader) (ids []string, err error) {
	err = app.DB().NewQuery("SELECT a.id FROM applications a WHERE a.intake = {:intake} AND NOT (" + strange + ") ORDER BY a.id").
		Bind(r.params(dbx.Params{"intake": intake})).Column(&ids)
	if err != nil {
		return nil, fmt.Errorf("list what is somebody's own in %s: %w", intake, err)
	}
	return ids, nil
}

// writersAlong are the people who write some applications with their applicants, by application.
func writersAlong(app core.App, ids []string) (map[string][]string, error) {
	papers := make([]matter, len(ids))
	for i, id := range ids {
		papers[i].ID = id
	}
	return writersOfAll(app, papers)
}
