package judging

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

func commitmentOf(app core.App, round, judge string) (*Commitment, error) {
	c, err := Commitments.First(app, dbx.HashExp{"round": round, "judge": judge})
	return record.OrNone(c, err)
}

// commitmentsTo lists everybody who was asked onto the panel of a round.
func commitmentsTo(app core.App, round string) ([]*Commitment, error) {
	return Commitments.Query(app.RecordQuery(Commitments.Collection).AndWhere(dbx.HashExp{"round": round}).OrderBy("created ASC", "id ASC"))
}

// commitmentsBy lists the rounds onto whose panels a judge was asked, the newest first.
func commitmentsBy(app core.App, judge string) ([]*Commitment, error) {
	return Commitments.Query(app.RecordQuery(Commitments.Collection).AndWhere(dbx.HashExp{"judge": judge}).OrderBy("created DESC", "id ASC"))
}

// loadOf counts what a judge has to do, has done, or is proposed for, in a round.
func loadOf(app core.App, round, judge string) (n int, err error) {
	err = app.RecordQuery(Assignments.Collection).Select("count(*)").AndWhere(dbx.HashExp{"round": round, "judge": judge}).
		AndWhere(dbx.In("status", lifecycle.Values(held...)...)).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count what %s has to judge: %w", judge, err)
	}
	return n, nil
}

// advancedTo says whether a subject came to a round from the one before.
func advancedTo(app core.App, r *Round, subjectType, subject string) (bool, error) {
	ids, err := arrived(app, r, subjectType, subject)
	return len(ids) > 0, err
}

// arrived lists what advanced to a round from the one before; subject "" asks for all.
func arrived(app core.App, r *Round, subjectType, subject string) (ids []string, err error) {
	err = app.DB().NewQuery(`SELECT x.subject FROM rounds b JOIN round_results x ON x.round = b.id AND x.outcome = 'advanced'
		WHERE b.owner_type = {:type} AND b.owner = {:owner} AND b.number = {:number} AND ({:kind} = '' OR x.subject_type = {:kind})
			AND ({:subject} = '' OR x.subject = {:subject}) ORDER BY x.subject`).
		Bind(dbx.Params{"type": r.OwnerType(), "owner": r.Owner(), "number": r.Number() - 1, "kind": subjectType, "subject": subject}).Column(&ids)
	if err != nil {
		return nil, fmt.Errorf("list what advanced to round %s: %w", r.Id, err)
	}
	return ids, nil
}

func resultsOf(app core.App, round string) ([]*Result, error) {
	return Results.Query(app.RecordQuery(Results.Collection).AndWhere(dbx.HashExp{"round": round}).OrderBy("place ASC", "subject ASC"))
}

// askedIn lists every assignment of a round, whatever became of it.
func askedIn(app core.App, round string) ([]*Assignment, error) {
	return Assignments.Query(app.RecordQuery(Assignments.Collection).AndWhere(dbx.HashExp{"round": round}).OrderBy("id ASC"))
}

func proposedIn(app core.App, round string) ([]*Assignment, error) {
	return Assignments.Query(app.RecordQuery(Assignments.Collection).
		AndWhere(dbx.HashExp{"round": round, "status": string(AssignmentProposed)}).OrderBy("judge ASC", "subject ASC"))
}

// allSheetsIn lists the sheets of a round.
func allSheetsIn(app core.App, round string) ([]*Sheet, error) {
	return Sheets.Query(app.RecordQuery(Sheets.Collection).AndWhere(dbx.HashExp{"round": round}).OrderBy("id ASC"))
}

// sheetsOf are the sheets of one judge by assignment.
func sheetsOf(app core.App, judge string) (map[string]*Sheet, error) {
	all, err := Sheets.All(app, dbx.HashExp{"judge": judge})
	by := map[string]*Sheet{}
	for _, s := range all {
		by[s.AssignmentID()] = s
	}
	return by, err
}

// standing lists the conflicts that block some judges from subjects of one kind.
func standingConflicts(app core.App, subjectType string, judges []string) ([]*Conflict, error) {
	if len(judges) == 0 {
		return nil, nil
	}
	some := make([]any, len(judges))
	for i, j := range judges {
		some[i] = j
	}
	return Conflicts.Query(app.RecordQuery(Conflicts.Collection).AndWhere(dbx.HashExp{"subject_type": subjectType}).
		AndWhere(dbx.In("judge", some...)).AndWhere(dbx.Not(dbx.HashExp{"status": string(ConflictDismissed)})))
}

// derivedKnown are the conflicts between some judges and subjects that the house has derived before, dismissed ones too.
func derivedKnown(app core.App, subjectType string, judges []string) (map[Relation]bool, error) {
	known := map[Relation]bool{}
	if len(judges) == 0 {
		return known, nil
	}
	some := make([]any, len(judges))
	for i, j := range judges {
		some[i] = j
	}
	all, err := Conflicts.All(app, dbx.HashExp{"subject_type": subjectType, "kind": string(Derived)}, dbx.In("judge", some...))
	for _, c := range all {
		known[Relation{Judge: c.JudgeID(), Subject: c.Subject()}] = true
	}
	return known, err
}

// judgesDone are the judges of a subject in a round whose own sheet is in.
func judgesDone(app core.App, round, subjectType, subject string) (ids []string, err error) {
	err = app.DB().NewQuery(`SELECT a.judge FROM assignments a JOIN score_sheets s ON s.assignment = a.id AND s.status IN ('submitted', 'sealed', 'counted')
		WHERE a.round = {:round} AND a.subject_type = {:type} AND a.subject = {:subject} AND a.status = 'completed' ORDER BY a.judge`).
		Bind(dbx.Params{"round": round, "type": subjectType, "subject": subject}).Column(&ids)
	if err != nil {
		return nil, fmt.Errorf("list who has judged: %w", err)
	}
	return ids, nil
}

// seatOf is what a judge was asked about a subject in a round, or nil.
func seatOf(app core.App, round, subjectType, subject, judge string) (*Assignment, error) {
	a, err := Assignments.First(app, dbx.HashExp{"round": round, "subject_type": subjectType, "subject": subject, "judge": judge})
	return record.OrNone(a, err)
}

// said lists what was said about a subject in a round, the first first.
func said(app core.App, round, subjectType, subject string) ([]*Comment, error) {
	return Comments.Query(app.RecordQuery(Comments.Collection).
		AndWhere(dbx.HashExp{"round": round, "subject_type": subjectType, "subject": subject}).OrderBy("at ASC", "id ASC"))
}

// called are the names of people by id.
func called(app core.App, people []string) (map[string]string, error) {
	var rows []struct {
		ID   string `db:"id"`
		Name string `db:"full_name"`
	}
	err := app.DB().NewQuery("SELECT id, full_name FROM users WHERE id IN (SELECT value FROM json_each({:ids}))").
		Bind(dbx.Params{"ids": record.InJSON(people)}).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("read the names of judges: %w", err)
	}
	names := map[string]string{}
	for _, r := range rows {
		names[r.ID] = r.Name
	}
	return names, nil
}

// nudge is one reminder that staff sent by hand.
type nudge struct {
	Round string         `db:"round"`
	Judge string         `db:"judge"`
	At    types.DateTime `db:"at"`
}

// nudgesSince lists what judges were reminded of by hand; round "" asks for all rounds.
func nudgesSince(app core.App, round string, since time.Time) ([]nudge, error) {
	var all []nudge
	err := app.DB().NewQuery(`SELECT subject AS round, json_extract(detail, '$.judge') AS judge, at FROM journal
		WHERE notice = 'rounds.nudge' AND at >= {:since} AND ({:round} = '' OR subject = {:round}) ORDER BY seq`).
		Bind(dbx.Params{"since": record.Stamp(since), "round": round}).All(&all)
	if err != nil {
		return nil, fmt.Errorf("read who was nudged: %w", err)
	}
	return all, nil
}

// invitedTo is one judge who was asked onto a panel.
type invitedTo struct {
	ID    string         `db:"id"`
	Judge string         `db:"judge"`
	Asked int            `db:"asked"`
	Title string         `db:"title_vi"`
	Other string         `db:"title_en"`
	At    types.DateTime `db:"at"`
}

// invitedSince lists who was asked onto a panel since an instant and has not answered.
func invitedSince(app core.App, since time.Time) ([]invitedTo, error) {
	var all []invitedTo
	err := app.DB().NewQuery(`SELECT c.id, c.judge, c.asked, r.title_vi, r.title_en, j.at
		FROM journal j JOIN judge_commitments c ON c.id = j.subject AND c.status = 'invited' JOIN rounds r ON r.id = c.round
		WHERE j.notice IN ('judge_commitments.invite', 'commitment.invite') AND j.at >= {:since} ORDER BY j.seq`).
		Bind(dbx.Params{"since": record.Stamp(since)}).All(&all)
	if err != nil {
		return nil, fmt.Errorf("read who was asked onto a panel: %w", err)
	}
	return all, nil
}

// toGrace lists the open rounds whose end has come and that wait for what is in draft.
func toGrace(app core.App, now time.Time) ([]*Round, error) {
	return Rounds.Query(app.RecordQuery(Rounds.Collection).AndWhere(dbx.HashExp{"status": string(RoundOpen)}).
		AndWhere(dbx.NewExp("closes_at != '' AND grace_min > 0 AND closes_at <= {:now}", dbx.Params{"now": record.Stamp(now)})).OrderBy("id ASC"))
}

// conflictsOf are the subjects from which a judge is kept, by kind and id.
func conflictsOf(app core.App, judge string) (map[string]bool, error) {
	all, err := Conflicts.All(app, dbx.HashExp{"judge": judge}, dbx.Not(dbx.HashExp{"status": string(ConflictDismissed)}))
	kept := map[string]bool{}
	for _, c := range all {
		kept[c.SubjectType()+c.Subject()] = true
	}
	return kept, err
}

func roundsBy(app core.App, ids []string) ([]*Round, error) {
	some := make([]any, len(ids))
	for i, id := range ids {
		some[i] = id
	}
	return Rounds.All(app, dbx.In("id", some...))
}

// sheetsAbout are the sheets about one subject in one round that count or may yet count.
func sheetsAbout(app core.App, round, subjectType, subject string) ([]*Sheet, error) {
	return Sheets.All(app, dbx.HashExp{"round": round}, dbx.In("status", lifecycle.Values(SheetSubmitted, SheetSealed, SheetCounted)...),
		dbx.NewExp("assignment IN (SELECT id FROM assignments WHERE round = {:round} AND subject_type = {:type} AND subject = {:subject})",
			dbx.Params{"round": round, "type": subjectType, "subject": subject}))
}

// openDebts count the sheets that judges owe to rounds that take them, by round and judge.
func openDebts(app core.App) (map[string]int, error) {
	var rows []struct {
		Key string `db:"key"`
		N   int    `db:"n"`
	}
	err := app.DB().NewQuery(`SELECT a.round || a.judge AS key, count(*) AS n FROM rounds r
		JOIN assignments a ON a.round = r.id AND a.status IN ('offered', 'accepted', 'in_progress')
		WHERE r.status IN ('open', 'grace') GROUP BY a.round, a.judge`).All(&rows)
	if err != nil {
		return nil, fmt.Errorf("count what judges owe: %w", err)
	}
	owed := map[string]int{}
	for _, r := range rows {
		owed[r.Key] = r.N
	}
	return owed, nil
}
