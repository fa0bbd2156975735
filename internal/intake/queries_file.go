package intake

import (
	"context"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/record"
	"vuon/internal/uploads"
)

// taken puts the grace of the intake i of an outer query behind a deadline.
func taken(closes string) string {
	return `strftime('%Y-%m-%d %H:%M:%fZ', ` + closes + `, '+' || i.grace_min || ' minutes')`
}

// minutesAfter is an instant of SQL, some time later.
func minutesAfter(at string, later time.Duration) string {
	return fmt.Sprintf(`strftime('%%Y-%%m-%%d %%H:%%M:%%fZ', %s, '+%d minutes')`, at, int(later.Minutes()))
}

// promised is the deadline that people are told: the latest of what was announced and of what it was extended to, and with it
// the grace, in which what comes late is taken all the same. application "" asks for the deadline of everybody.
func promised(app core.App, intake, application string) (closes time.Time, grace time.Duration, err error) {
	row := struct {
		Closes types.DateTime `db:"closes"`
		Grace  int            `db:"grace"`
	}{}
	err = app.DB().NewQuery(`
		SELECT max(closes_at) AS closes, max(grace_min) AS grace FROM (
			SELECT closes_at, grace_min FROM intakes WHERE id = {:intake}
			UNION ALL SELECT closes_at, 0 FROM extensions WHERE intake = {:intake} AND application IN ('', {:application}))`).
		Bind(dbx.Params{"intake": intake, "application": application}).One(&row)
	if err != nil {
		return time.Time{}, 0, fmt.Errorf("read the deadline of intake %s: %w", intake, err)
	}
	return row.Closes.Time(), time.Duration(row.Grace) * time.Minute, nil
}

// deadline is the first instant at which an application is too late: what is promised, and its grace.
func deadline(app core.App, intake, application string) (time.Time, error) {
	closes, grace, err := promised(app, intake, application)
	return closes.Add(grace), err
}

// lastDeadline is the latest instant up to which anybody can hand something in to an intake.
func lastDeadline(app core.App, intake string) (time.Time, error) {
	var latest string
	err := app.DB().NewQuery(`
		SELECT max(at) FROM (
			SELECT ` + taken("i.closes_at") + ` AS at FROM intakes i WHERE i.id = {:intake}
			UNION ALL SELECT ` + taken("x.closes_at") + ` FROM extensions x JOIN intakes i ON i.id = x.intake WHERE x.intake = {:intake}
			UNION ALL SELECT t.until FROM upload_tickets t JOIN applications a ON a.id = t.application WHERE a.intake = {:intake})`).
		Bind(dbx.Params{"intake": intake}).Row(&latest)
	if err != nil {
		return time.Time{}, fmt.Errorf("read the last deadline of intake %s: %w", intake, err)
	}
	at, err := types.ParseDateTime(latest)
	return at.Time(), err
}

// filesOf lists the files of an application, the removed ones too, in the order in which they came.
func filesOf(app core.App, application string) ([]*File, error) {
	return Files.Query(app.RecordQuery(Files.Collection).
		AndWhere(dbx.HashExp{"application": application}).OrderBy("at ASC", "id ASC"))
}

// liveFiles lists those that answer questions now.
func liveFiles(app core.App, application string) ([]*File, error) {
	return Files.Query(app.RecordQuery(Files.Collection).
		AndWhere(dbx.HashExp{"application": application, "removed_at": ""}).OrderBy("at ASC", "id ASC"))
}

// wasHandedIn says whether a snapshot names a file.
func wasHandedIn(app core.App, f *File) (bool, error) {
	var n int
	err := app.DB().NewQuery(`SELECT count(*) FROM application_snapshots s, json_each(coalesce(nullif(s.files, ''), '[]')) f
		WHERE s.application = {:application} AND f.value->>'id' = {:id}`).
		Bind(dbx.Params{"application": f.ApplicationID(), "id": f.Id}).Row(&n)
	if err != nil {
		return false, fmt.Errorf("look for file %s in what was handed in: %w", f.Id, err)
	}
	return n > 0, nil
}

// ticketOf is the ticket of an application, or nil.
func ticketOf(app core.App, application string) (*Ticket, error) {
	return record.OrNone(Tickets.First(app, dbx.HashExp{"application": application}))
}

// blobs are the names under which files lie, of all that have a row.
func blobs(app core.App) (names []string, err error) {
	if err = app.DB().NewQuery("SELECT id || '/' || file FROM application_files").Column(&names); err != nil {
		return nil, fmt.Errorf("list the files of applications: %w", err)
	}
	return names, nil
}

// blobsAmong are those of some such names that a row has.
func blobsAmong(app core.App, some []string) (names []string, err error) {
	err = app.DB().NewQuery(`SELECT f.id || '/' || f.file FROM json_each({:some}) s
		JOIN application_files f ON f.id = substr(s.value, 1, instr(s.value, '/') - 1) AND f.id || '/' || f.file = s.value`).
		Bind(dbx.Params{"some": record.InJSON(some)}).Column(&names)
	if err != nil {
		return nil, fmt.Errorf("look for the rows of files: %w", err)
	}
	return names, nil
}

// filesBehind lists files behind an id, in the order of their ids, as the doctor looks at them.
func filesBehind(ctx context.Context, app core.App, root, after string, most int) (some []uploads.Named, err error) {
	err = app.DB().NewQuery(`SELECT id, {:root} || id || '/' || file AS key, sha256 FROM application_files
		WHERE id > {:after} ORDER BY id LIMIT {:most}`).
		Bind(dbx.Params{"root": root, "after": after, "most": most}).WithContext(ctx).All(&some)
	if err != nil {
		return nil, fmt.Errorf("list the files of applications: %w", err)
	}
	return some, nil
}

// snapshotsBehind lists what was handed in behind an id, in the order of the ids.
func snapshotsBehind(ctx context.Context, app core.App, after string, most int) ([]*Snapshot, error) {
	return Snapshots.Query(app.RecordQuery(Snapshots.Collection).WithContext(ctx).
		AndWhere(dbx.NewExp("id > {:after}", dbx.Params{"after": after})).OrderBy("id ASC").Limit(int64(most)))
}
