package intake

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"vuon/internal/judging"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Every minute each rule asks once: these questions join what they need, and read along an index.

// paperColumns is what every notice about an application tells, of the rows a and i.
const paperColumns = `a.id, a.code, a.status, a.applicant, a.startup, a.intake, a.answer_by, i.title_vi, i.title_en`

// asksUpTo counts how often staff had asked about the application in the row a, up to the entry in the row j.
const asksUpTo = `(SELECT count(*) FROM journal k WHERE k.subject_kind = 'applications' AND k.subject = a.id AND k.verb = 'ask' AND k.seq <= j.seq)`

// ownDeadline is the deadline of the application in the row a, to the intake in the row i; timesMoved how often it was moved.
const (
	ownDeadline = `(SELECT max(closes_at) FROM (SELECT i.closes_at
		UNION ALL SELECT x.closes_at FROM extensions x WHERE x.intake = i.id AND x.application IN ('', a.id)))`
	timesMoved = `(SELECT count(*) FROM extensions x WHERE x.intake = i.id AND x.application IN ('', a.id))`
)

func matters(app core.App, what, sql string, params dbx.Params) ([]matter, error) {
	var all []matter
	if err := app.DB().NewQuery(sql).Bind(params).All(&all); err != nil {
		return nil, fmt.Errorf("look for %s: %w", what, err)
	}
	return all, nil
}

// mattersMoved are the applications that were moved since an instant, one for each move, in their order.
func mattersMoved(app core.App, since time.Time, moves ...string) ([]matter, error) {
	return matters(app, "applications that were moved", `
		SELECT `+paperColumns+`, j.seq, j.at, coalesce(d.id, '') AS decision, `+asksUpTo+` AS asked,
			(SELECT count(*) FROM journal k WHERE k.subject_kind = 'applications' AND k.subject = a.id AND k.seq <= j.seq
				AND k.verb IN ('submit', 'resubmit', 'answer')) AS handed
		FROM journal j JOIN applications a ON a.id = j.subject JOIN intakes i ON i.id = a.intake LEFT JOIN decisions d ON d.application = a.id
		WHERE j.notice IN (SELECT value FROM json_each({:moves})) AND j.at >= {:since} ORDER BY j.seq`,
		dbx.Params{"moves": record.InJSON(moves), "since": record.Stamp(since)})
}

// mattersAsked are the applications about which staff wait for an answer until an instant between the two.
func mattersAsked(app core.App, from, to time.Time) ([]matter, error) {
	return matters(app, "questions", `
		SELECT `+paperColumns+`, j.seq, j.at, `+asksUpTo+` AS asked
		FROM intakes i JOIN applications a ON a.intake = i.id AND a.status = 'needs_info'
		JOIN journal j ON j.subject_kind = 'applications' AND j.subject = a.id AND j.seq = (SELECT max(k.seq) FROM journal k
			WHERE k.subject_kind = 'applications' AND k.subject = a.id AND k.verb = 'ask')
		WHERE i.status IN ('published', 'open', 'closed', 'deciding') AND a.answer_by > {:from} AND a.answer_by <= {:to} ORDER BY a.id`,
		dbx.Params{"from": record.Stamp(from), "to": record.Stamp(to)})
}

// mattersDrafted are the drafts whose own deadline lies between two instants, with when they were begun.
func mattersDrafted(app core.App, from, to time.Time) ([]matter, error) {
	return matters(app, "drafts", `
		SELECT * FROM (SELECT `+paperColumns+`, `+ownDeadline+` AS deadline, `+timesMoved+` AS moved,
			coalesce((SELECT max(k.at) FROM journal k WHERE k.subject_kind = 'applications' AND k.subject = a.id AND k.verb = 'begin'), '') AS at
		FROM intakes i JOIN applications a ON a.intake = i.id AND a.status = 'draft'
		WHERE i.status IN ('published', 'open', 'closed')) WHERE deadline > {:from} AND deadline <= {:to} ORDER BY id`,
		dbx.Params{"from": record.Stamp(from), "to": record.Stamp(to)})
}

// mattersExtended are the applications that were begun before their deadline was moved, for each move since an instant.
func mattersExtended(app core.App, since time.Time) ([]matter, error) {
	return matters(app, "extensions", `
		SELECT `+paperColumns+`, j.seq, j.at, strftime('%Y-%m-%d %H:%M:%fZ', j.detail->>'closes_at') AS deadline, `+timesMoved+` AS moved
		FROM journal j JOIN intakes i ON i.id = j.subject
		JOIN applications a ON a.intake = i.id AND a.status IN ('draft', 'submitted', 'needs_info') AND j.detail->>'application' IN ('', a.id)
		WHERE j.notice = 'intakes.extend' AND j.at >= {:since}
			AND coalesce((SELECT min(k.seq) FROM journal k WHERE k.subject_kind = 'applications' AND k.subject = a.id), 0) < j.seq
		ORDER BY j.seq, a.id`, dbx.Params{"since": record.Stamp(since)})
}

// mattersOffered are the applications to which an offer stands that runs out between two instants, with when it was made.
func mattersOffered(app core.App, from, to time.Time) ([]matter, error) {
	return matters(app, "offers", `
		SELECT `+paperColumns+`, o.id AS offer, o.expires_at AS deadline,
			(SELECT count(*) FROM journal k WHERE k.subject_kind = 'offers' AND k.subject = o.id AND k.verb = 'postpone') AS moved,
			coalesce((SELECT max(k.at) FROM journal k
				WHERE k.subject_kind = 'applications' AND k.subject = a.id AND k.verb IN ('admit', 'promote', 'amend_admit')), '') AS at
		FROM offers o JOIN applications a ON a.id = o.application JOIN intakes i ON i.id = a.intake
		WHERE o.status = 'sent' AND o.expires_at > {:from} AND o.expires_at <= {:to} ORDER BY o.expires_at, o.id`,
		dbx.Params{"from": record.Stamp(from), "to": record.Stamp(to)})
}

// answered is an offer that was accepted or declined.
type answered struct {
	ID        string         `db:"id"`
	Code      string         `db:"code"`
	TitleVI   string         `db:"title_vi"`
	TitleEN   string         `db:"title_en"`
	Intake    string         `db:"intake"`
	Cohort    string         `db:"cohort"`
	Programme string         `db:"programme"`
	At        types.DateTime `db:"answered_at"`
}

// offersAnswered are those since an instant. No offer is answered after it has run out, so that the index of the ends leads
// to them.
func offersAnswered(app core.App, since time.Time) ([]answered, error) {
	var all []answered
	err := app.DB().NewQuery(`
		SELECT o.id, o.answered_at, a.code, i.title_vi, i.title_en, i.id AS intake, i.cohort, i.programme
		FROM offers o JOIN applications a ON a.id = o.application JOIN intakes i ON i.id = a.intake
		WHERE o.status IN ('accepted', 'declined') AND o.expires_at >= {:since} AND o.answered_at >= {:since} ORDER BY o.answered_at, o.id`).
		Bind(dbx.Params{"since": record.Stamp(since)}).All(&all)
	if err != nil {
		return nil, fmt.Errorf("look for answered offers: %w", err)
	}
	return all, nil
}

// intakesOpening lists the intakes that open between two instants, or have.
func intakesOpening(app core.App, from, to time.Time) ([]*Intake, error) {
	return Intakes.Query(app.RecordQuery(Intakes.Collection).
		AndWhere(dbx.In("status", lifecycle.Values(IntakePublished, IntakeOpen)...)).
		AndWhere(dbx.NewExp("opens_at >= {:from} AND opens_at <= {:to}", dbx.Params{"from": record.Stamp(from), "to": record.Stamp(to)})).OrderBy("id ASC"))
}

// audienceOf are the people who may care that an intake opens: some, and whoever handed something in to another; not those
// who have begun already.
func audienceOf(app core.App, intake string, some []string) ([]string, error) {
	var people []string
	err := app.DB().NewQuery(`
		SELECT who FROM (SELECT value AS who FROM json_each({:some}) UNION SELECT applicant FROM applications WHERE intake != {:intake} AND submit_no > 0)
		WHERE who NOT IN (SELECT applicant FROM applications WHERE intake = {:intake}) ORDER BY who`).
		Bind(dbx.Params{"some": record.InJSON(some), "intake": intake}).Column(&people)
	if err != nil {
		return nil, fmt.Errorf("look for who may care about intake %s: %w", intake, err)
	}
	return people, nil
}

// lacking counts the applications of an intake that have fewer sheets than its round asks for.
func lacking(app core.App, intake string, r judging.Closes) (n int, err error) {
	err = app.DB().NewQuery(`
		SELECT count(*) FROM applications a WHERE a.intake = {:intake} AND a.status IN ('submitted', 'needs_info', 'in_review')
			AND coalesce({:done} ->> ('$."' || a.id || '"'), 0) < {:each}`).
		Bind(dbx.Params{"intake": intake, "done": record.InJSON(r.Sheets), "each": r.Each}).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count what lacks sheets in intake %s: %w", intake, err)
	}
	return n, nil
}
