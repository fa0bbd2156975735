package startups

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/locale"
	"vuon/internal/record"
)

// heard is a recognition with whom it concerns.
type heard struct {
	ID        string `db:"id"`
	Startup   string `db:"startup"`
	Name      string `db:"name"` // of the startup
	Title     string `db:"title"`
	ExpiresOn string `db:"expires_on"`
	Cohort    string `db:"cohort"` // the latest of the startup
	Admins    string `db:"admins"` // by commas
	Seq       int    `db:"seq"`    // of the entry that is told, 0 where none is
}

func (h heard) admins() []string {
	if h.Admins == "" {
		return nil
	}
	return strings.Split(h.Admins, ",")
}

// heardColumns is what is told of a recognition r of startup s.
const heardColumns = `r.id, r.startup, s.name, r.title, r.expires_on,
	coalesce((SELECT n.cohort FROM enrolments n WHERE n.startup = s.id ORDER BY n.joined_on DESC, n.id DESC LIMIT 1), '') AS cohort,
	coalesce((SELECT group_concat(m.user) FROM startup_members m WHERE m.startup = s.id AND m.left_on = '' AND m.is_admin = 1), '') AS admins`

// endingBetween are the recognitions that stand and whose last day lies between the days of two instants, of startups at work.
func endingBetween(app core.App, from, to time.Time) ([]heard, error) {
	var rows []heard
	err := app.DB().NewQuery(`SELECT ` + heardColumns + ` FROM recognitions r
		JOIN startups s ON s.id = r.startup AND s.status IN ('active', 'dormant')
		WHERE r.status IN ('claimed', 'verified') AND r.expires_on BETWEEN {:from} AND {:to} ORDER BY r.expires_on, r.id`).
		Bind(dbx.Params{"from": locale.Day(from), "to": locale.Day(to)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for recognitions that end: %w", err)
	}
	return rows, nil
}

// checkedSince are the recognitions that staff have moved since an instant.
func checkedSince(app core.App, move string, since time.Time) ([]heard, error) {
	var rows []heard
	err := app.DB().NewQuery(`SELECT ` + heardColumns + `, j.seq FROM journal j
		JOIN recognitions r ON r.id = j.subject JOIN startups s ON s.id = r.startup
		WHERE j.notice = {:move} AND j.at >= {:since} ORDER BY j.seq`).Bind(dbx.Params{"move": move, "since": record.Stamp(since)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for what was checked: %w", err)
	}
	return rows, nil
}

// touched is an admin of a startup who must hear that an account was touched.
type touched struct {
	Seq     int    `db:"seq"`
	User    string `db:"user"`
	Startup string `db:"startup"`
	Name    string `db:"name"`
}

// accountsTouched are those of the accounts that were written or taken away since an instant.
func accountsTouched(app core.App, since time.Time) ([]touched, error) {
	var rows []touched
	err := app.DB().NewQuery(`SELECT j.seq, m.user, s.id AS startup, s.name FROM journal j
		JOIN bank_accounts b ON b.id = j.subject JOIN startups s ON s.id = b.startup
		JOIN startup_members m ON m.startup = s.id AND m.left_on = '' AND m.is_admin = 1 AND m.user != j.actor
		WHERE j.notice IN ('bank_accounts.add', 'bank_accounts.change', 'bank_accounts.drop') AND j.at >= {:since} ORDER BY j.seq, m.id`).
		Bind(dbx.Params{"since": record.Stamp(since)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("look for accounts that were touched: %w", err)
	}
	return rows, nil
}
