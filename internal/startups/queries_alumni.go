package startups

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/record"
)

// alumniToAsk are the startups that are asked how they are in the year of an instant, and were not yet.
func alumniToAsk(app core.App, now time.Time) (ids []string, err error) {
	err = app.DB().NewQuery(`SELECT s.id FROM startups s
		JOIN (SELECT startup, min(left_on) AS left_on FROM enrolments WHERE status = 'graduated' GROUP BY startup) g ON g.startup = s.id
		WHERE s.status IN ('active', 'dormant') AND {:year} - CAST(substr(g.left_on, 1, 4) AS INTEGER) BETWEEN 1 AND {:years}
			AND NOT EXISTS (SELECT 1 FROM enrolments n WHERE n.startup = s.id AND ` + holding + `)
			AND NOT EXISTS (SELECT 1 FROM alumni_reports a WHERE a.startup = s.id AND a.year = {:year})
		ORDER BY s.id`).Bind(dbx.Params{"year": now.In(locale.Zone).Year(), "years": alumniYears}).Column(&ids)
	if err != nil {
		return nil, fmt.Errorf("look for alumni to ask: %w", err)
	}
	return ids, nil
}

// alumniOver are those whose last day has passed without an answer.
func alumniOver(app core.App, now time.Time) ([]*AlumniReport, error) {
	return AlumniReports.Query(app.RecordQuery(AlumniReports.Collection).AndWhere(dbx.HashExp{"status": string(AlumniOpen)}).
		AndWhere(dbx.NewExp("due_on < {:today}", dbx.Params{"today": locale.Day(now)})).OrderBy("id"))
}

// alumniReportsOf are those of a startup, the latest year first.
func alumniReportsOf(app core.App, startup string) ([]*AlumniReport, error) {
	return AlumniReports.Query(app.RecordQuery(AlumniReports.Collection).AndWhere(dbx.HashExp{"startup": startup}).OrderBy("year DESC"))
}

// keepAlumniLink stores the hash of a new link. It is no edit: whoever is answering goes on.
func keepAlumniLink(tx core.App, id, hash string, expires time.Time) error {
	_, err := tx.NonconcurrentDB().Update("alumni_reports", dbx.Params{"token_hash": hash, "token_expires": record.Stamp(expires)}, dbx.HashExp{"id": id}).Execute()
	if err != nil {
		return fmt.Errorf("keep the link of %s: %w", id, err)
	}
	return nil
}

// alumna is an admin of a startup that is asked how it is.
type alumna struct {
	ID      string `db:"id"`
	Startup string `db:"startup"`
	Name    string `db:"name"`
	Year    int    `db:"year"`
	Asked   string `db:"asked_at"`
	DueOn   string `db:"due_on"`
	User    string `db:"user"`
	Primary bool   `db:"is_primary"`
}

// alumniAsked are the admins of those startups that have not answered yet.
func alumniAsked(app core.App) (rows []alumna, err error) {
	err = app.DB().NewQuery(`SELECT a.id, a.startup, s.name, a.year, a.asked_at, a.due_on, m.user, m.is_primary FROM alumni_reports a
		JOIN startups s ON s.id = a.startup JOIN startup_members m ON m.startup = a.startup AND m.left_on = '' AND m.is_admin = 1
		WHERE a.status = 'open' ORDER BY a.id, m.id`).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for alumni who were asked: %w", err)
	}
	return rows, nil
}
