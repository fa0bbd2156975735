package judging

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// RoundsOf lists the rounds of one owner, by number.
func RoundsOf(app core.App, ownerType, owner string) ([]*Round, error) {
	return Rounds.Query(app.RecordQuery(Rounds.Collection).
		AndWhere(dbx.HashExp{"owner_type": ownerType, "owner": owner}).OrderBy("number ASC"))
}

// conflicted says whether a conflict that is not dismissed stands between a judge and a subject.
func conflicted(app core.App, judge, subjectType, subject string) (bool, error) {
	var n int
	err := app.RecordQuery(Conflicts.Collection).Select("count(*)").
		AndWhere(dbx.HashExp{"judge": judge, "subject_type": subjectType, "subject": subject}).
		AndWhere(dbx.Not(dbx.HashExp{"status": string(ConflictDismissed)})).Row(&n)
	if err != nil {
		return false, fmt.Errorf("look for conflicts of %s: %w", judge, err)
	}
	return n > 0, nil
}

func conflictOf(app core.App, judge, subjectType, subject string, kind ConflictKind) (*Conflict, error) {
	c, err := Conflicts.First(app, dbx.HashExp{"judge": judge, "subject_type": subjectType, "subject": subject, "kind": string(kind)})
	return record.OrNone(c, err)
}

func sheetOf(app core.App, assignment string) (*Sheet, error) {
	s, err := Sheets.First(app, dbx.HashExp{"assignment": assignment})
	return record.OrNone(s, err)
}

func sheetsIn(app core.App, round string, status lifecycle.State) ([]*Sheet, error) {
	return Sheets.Query(app.RecordQuery(Sheets.Collection).
		AndWhere(dbx.HashExp{"round": round, "status": string(status)}).OrderBy("id ASC"))
}

func alreadyAsked(app core.App, round, subjectType, subject, judge string) (bool, error) {
	a, err := record.OrNone(Assignments.First(app, dbx.HashExp{"round": round, "subject_type": subjectType, "subject": subject, "judge": judge}))
	return a != nil, err
}

// about lists all assignments to one subject, in every round.
func about(app core.App, subjectType, subject string) ([]*Assignment, error) {
	return Assignments.Query(app.RecordQuery(Assignments.Collection).
		AndWhere(dbx.HashExp{"subject_type": subjectType, "subject": subject}).OrderBy("id ASC"))
}

// Behind lists the assignments, sheets, comments, results and conflicts about some subjects, by id.
func Behind(app core.App, subjectType string, subjects []string) (ids []string, err error) {
	err = app.DB().NewQuery(`WITH own AS (SELECT value FROM json_each({:subjects}))
		SELECT id FROM assignments WHERE subject_type = {:type} AND subject IN own
		UNION ALL SELECT s.id FROM score_sheets s JOIN assignments a ON a.id = s.assignment WHERE a.subject_type = {:type} AND a.subject IN own
		UNION ALL SELECT id FROM panel_comments WHERE subject_type = {:type} AND subject IN own
		UNION ALL SELECT id FROM round_results WHERE subject_type = {:type} AND subject IN own
		UNION ALL SELECT id FROM conflicts WHERE subject_type = {:type} AND subject IN own`).
		Bind(dbx.Params{"type": subjectType, "subjects": record.InJSON(subjects)}).Column(&ids)
	if err != nil {
		return nil, fmt.Errorf("list what was judged: %w", err)
	}
	return ids, nil
}

func assignedTo(app core.App, judge string) ([]*Assignment, error) {
	return Assignments.Query(app.RecordQuery(Assignments.Collection).AndWhere(dbx.HashExp{"judge": judge}).
		AndWhere(dbx.In("status", lifecycle.Values(live...)...)))
}

// overdue lists what was offered and not answered by its last day.
func overdue(app core.App, now time.Time) ([]*Assignment, error) {
	return Assignments.Query(app.RecordQuery(Assignments.Collection).
		AndWhere(dbx.HashExp{"status": string(AssignmentOffered)}).
		AndWhere(dbx.NewExp("due_at != '' AND due_at <= {:now}", dbx.Params{"now": record.Stamp(now)})).OrderBy("id ASC"))
}

// versions counts the submitted versions of a sheet.
func versions(app core.App, sheet string) (n int, err error) {
	err = app.RecordQuery(Revisions.Collection).Select("count(*)").AndWhere(dbx.HashExp{"sheet": sheet}).Row(&n)
	return n, err
}

// conflictsAbout lists the conflicts over one subject.
func conflictsAbout(app core.App, subjectType, subject string) ([]*Conflict, error) {
	return Conflicts.Query(app.RecordQuery(Conflicts.Collection).
		AndWhere(dbx.HashExp{"subject_type": subjectType, "subject": subject}).OrderBy("created ASC"))
}
