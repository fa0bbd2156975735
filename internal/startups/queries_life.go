package startups

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/record"
)

// reportsAccepted counts the months of an enrolment on which a report was taken for good.
func reportsAccepted(app core.App, enrolment string) (n int, err error) {
	err = app.DB().NewQuery(`SELECT count(DISTINCT q.period_key) FROM report_requests q JOIN report_templates t ON t.id = q.template
		WHERE q.enrolment = {:enrolment} AND q.status = 'accepted' AND t.period = 'month'`).Bind(dbx.Params{"enrolment": enrolment}).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count the accepted reports of enrolment %s: %w", enrolment, err)
	}
	return n, nil
}

// nothingDue is 1 where no report of an enrolment is owed or waits for anybody, and else 0.
func nothingDue(app core.App, enrolment string) (n int, err error) {
	err = app.DB().NewQuery(`SELECT NOT EXISTS (SELECT 1 FROM report_requests
		WHERE enrolment = {:enrolment} AND status IN ('open', 'missed', 'returned', 'submitted'))`).Bind(dbx.Params{"enrolment": enrolment}).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("look for what enrolment %s owes: %w", enrolment, err)
	}
	return n, nil
}

// lifeMove is a step of an enrolment, with somebody who must hear of it.
type lifeMove struct {
	Seq     int    `db:"seq"`
	Actor   string `db:"actor"`
	Startup string `db:"startup"`
	Name    string `db:"name"`
	Cohort  string `db:"cohort"`
	User    string `db:"user"` // of the startup's people now
}

// movedSince are the steps of one kind since an instant, a row for each of the startup's people but for who made it.
func movedSince(app core.App, move string, since time.Time) ([]lifeMove, error) {
	var rows []lifeMove
	err := app.DB().NewQuery(`SELECT j.seq, j.actor, s.id AS startup, s.name, n.cohort, m.user FROM journal j
		JOIN enrolments n ON n.id = j.subject JOIN startups s ON s.id = n.startup
		JOIN startup_members m ON m.startup = s.id AND m.left_on = '' AND m.user != j.actor
		WHERE j.notice = {:move} AND j.at >= {:since} ORDER BY j.seq, m.id`).Bind(dbx.Params{"move": move, "since": record.Stamp(since)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for %s: %w", move, err)
	}
	return rows, nil
}

// withdrawnSince are the startups that left their cohort by themselves since an instant.
func withdrawnSince(app core.App, since time.Time) ([]lifeMove, error) {
	var rows []lifeMove
	err := app.DB().NewQuery(`SELECT j.seq, j.actor, s.id AS startup, s.name, n.cohort, '' AS user FROM journal j
		JOIN enrolments n ON n.id = j.subject JOIN startups s ON s.id = n.startup
		WHERE j.notice = 'enrolment.withdraw' AND j.at >= {:since} ORDER BY j.seq`).Bind(dbx.Params{"since": record.Stamp(since)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for who left: %w", err)
	}
	return rows, nil
}
