package app

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/record"
)

// givenUp is a job that failed at its last attempt, and when that was last.
type givenUp struct {
	Job   string         `db:"job"`
	Ended types.DateTime `db:"ended_at"`
}

// jobsGivenUp are those that ended between two instants, each with the latest.
func jobsGivenUp(app core.App, from, to time.Time) ([]givenUp, error) {
	var all []givenUp
	err := app.DB().NewQuery(`SELECT job, max(ended_at) AS ended_at FROM job_runs
		WHERE outcome = 'failed' AND attempts >= {:attempts} AND actor = '' AND ended_at >= {:from} AND ended_at <= {:to} GROUP BY job ORDER BY job`).
		Bind(dbx.Params{"attempts": attempts, "from": record.Stamp(from), "to": record.Stamp(to)}).All(&all)
	if err != nil {
		return nil, fmt.Errorf("look for jobs that failed: %w", err)
	}
	return all, nil
}

// entryStands says whether an entry of the journal has a hash.
func entryStands(app core.App, seq int, hash string) (bool, error) {
	var n int
	err := app.DB().NewQuery("SELECT count(*) FROM journal WHERE seq = {:seq} AND hash = {:hash}").
		Bind(dbx.Params{"seq": seq, "hash": hash}).Row(&n)
	if err != nil {
		return false, fmt.Errorf("look for entry %d of the journal: %w", seq, err)
	}
	return n > 0, nil
}
