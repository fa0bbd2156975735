package intake

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// effectiveClose is the deadline that everybody is told, for the intake in the row i of an outer query.
const effectiveClose = `(SELECT max(closes_at) FROM (
	SELECT i.closes_at UNION ALL SELECT x.closes_at FROM extensions x WHERE x.intake = i.id AND x.application = ''))`

// intakesToOpen lists the published intakes whose time has come at now.
func intakesToOpen(app core.App, now time.Time) ([]*Intake, error) {
	return Intakes.Query(app.RecordQuery(Intakes.Collection).
		AndWhere(dbx.HashExp{"status": string(IntakePublished)}).
		AndWhere(dbx.NewExp("opens_at <= {:now}", dbx.Params{"now": record.Stamp(now)})).OrderBy("id ASC"))
}

// intakesToClose lists the intakes whose time is over for everybody at now.
func intakesToClose(app core.App, now time.Time) ([]*Intake, error) {
	return Intakes.All(app, dbx.NewExp(`id IN (SELECT i.id FROM intakes i
		WHERE i.status IN ('published', 'open') AND `+taken(effectiveClose)+` <= {:now})`, dbx.Params{"now": record.Stamp(now)}))
}

// submittedTo lists what was submitted to an intake and is not yet under review.
func submittedTo(app core.App, intake string) ([]*Application, error) {
	return applicationsIn(app, intake, ApplicationSubmitted)
}

func applicationsIn(app core.App, intake string, some ...lifecycle.State) ([]*Application, error) {
	return Applications.Query(app.RecordQuery(Applications.Collection).
		AndWhere(dbx.HashExp{"intake": intake}).AndWhere(dbx.In("status", lifecycle.Values(some...)...)).OrderBy("id ASC"))
}

// stragglers lists what is submitted to an intake that has closed: extended ones, answers to questions, restored ones.
func stragglers(app core.App) ([]*Application, error) {
	return Applications.All(app, dbx.NewExp(`status = 'submitted'
		AND intake IN (SELECT id FROM intakes WHERE status IN ('closed', 'deciding', 'released', 'archived'))`))
}

// unanswered lists the questions whose time is over at now, in intakes that have closed.
func unanswered(app core.App, now time.Time) ([]*Application, error) {
	return Applications.All(app, dbx.NewExp(`status = 'needs_info' AND answer_by <= {:now}
		AND intake IN (SELECT id FROM intakes WHERE status IN ('closed', 'deciding', 'released', 'archived'))`, dbx.Params{"now": record.Stamp(now)}))
}

// offersToExpire lists the offers that nobody has answered in time.
func offersToExpire(app core.App, now time.Time) ([]*Offer, error) {
	return Offers.Query(app.RecordQuery(Offers.Collection).AndWhere(dbx.HashExp{"status": string(OfferSent)}).
		AndWhere(dbx.NewExp("expires_at <= {:now}", dbx.Params{"now": record.Stamp(now)})).OrderBy("id ASC"))
}

// decisionsLate lists the intakes whose applicants were promised an answer by a day that is over at now.
func decisionsLate(app core.App, now time.Time) ([]*Intake, error) {
	return Intakes.All(app, dbx.NewExp("status IN ('closed', 'deciding') AND decision_due != '' AND decision_due < {:today}",
		dbx.Params{"today": locale.Day(now)}))
}

// intakesAtWork lists the intakes that wait for staff: closed, or being decided.
func intakesAtWork(app core.App) ([]*Intake, error) {
	return Intakes.Query(app.RecordQuery(Intakes.Collection).
		AndWhere(dbx.In("status", lifecycle.Values(IntakeClosed, IntakeDeciding)...)).OrderBy("closes_at ASC", "id ASC"))
}

// asked returns the questions that an application answers: those of its intake.
func asked(app core.App, a *Application) (Schema, error) {
	i, err := Intakes.Find(app, a.IntakeID())
	if err != nil {
		return nil, err
	}
	v, err := FormVersions.Find(app, i.FormVersionID())
	if err != nil {
		return nil, err
	}
	return v.Schema()
}

// liveApplication is what a person has going in an intake, or nil.
func liveApplication(app core.App, intake, applicant string) (*Application, error) {
	return record.OrNone(Applications.First(app, dbx.And(
		dbx.HashExp{"intake": intake, "applicant": applicant}, dbx.Not(dbx.HashExp{"status": string(ApplicationWithdrawn)}))))
}

// appliesAlready says whether a startup has an application going in an intake.
func appliesAlready(app core.App, intake, startup string) (bool, error) {
	a, err := record.OrNone(Applications.First(app, dbx.And(
		dbx.HashExp{"intake": intake, "startup": startup}, dbx.Not(dbx.HashExp{"status": string(ApplicationWithdrawn)}))))
	return a != nil, err
}

// mine lists the applications of a person, the newest first.
func mine(app core.App, applicant string) ([]*Application, error) {
	return Applications.Query(app.RecordQuery(Applications.Collection).
		AndWhere(dbx.HashExp{"applicant": applicant}).OrderBy("created DESC", "id ASC"))
}

// latestSnapshot is what was last handed in, or nil.
func latestSnapshot(app core.App, application string) (*Snapshot, error) {
	some, err := Snapshots.Query(app.RecordQuery(Snapshots.Collection).
		AndWhere(dbx.HashExp{"application": application}).OrderBy("number DESC").Limit(1))
	if err != nil || len(some) == 0 {
		return nil, err
	}
	return some[0], nil
}

// snapshotsOf lists everything that was handed in, the first first.
func snapshotsOf(app core.App, application string) ([]*Snapshot, error) {
	return Snapshots.Query(app.RecordQuery(Snapshots.Collection).
		AndWhere(dbx.HashExp{"application": application}).OrderBy("number ASC"))
}

func screeningOf(app core.App, application string) (*Screening, error) {
	return record.OrNone(Screenings.First(app, dbx.HashExp{"application": application}))
}

func decisionOn(app core.App, application string) (*Decision, error) {
	return record.OrNone(Decisions.First(app, dbx.HashExp{"application": application}))
}

// offerTo is the latest offer that was made to an application, or nil.
func offerTo(app core.App, application string) (*Offer, error) {
	some, err := Offers.Query(app.RecordQuery(Offers.Collection).
		AndWhere(dbx.HashExp{"application": application}).OrderBy("number DESC").Limit(1))
	if err != nil || len(some) == 0 {
		return nil, err
	}
	return some[0], nil
}

// decisionsFor are the decisions of an intake by application.
func decisionsFor(app core.App, intake string) (map[string]*Decision, error) {
	all, err := Decisions.All(app, dbx.HashExp{"intake": intake})
	if err != nil {
		return nil, err
	}
	by := map[string]*Decision{}
	for _, d := range all {
		by[d.ApplicationID()] = d
	}
	return by, nil
}

// placesTaken counts who holds a place: decided to be admitted and still under review, admitted, or enrolled. Whoever
// withdraws, declines or lets an offer run out gives their place back.
func placesTaken(app core.App, intake string) (n int, err error) {
	err = app.DB().NewQuery(`
		SELECT count(*) FROM applications a LEFT JOIN decisions d ON d.application = a.id
		WHERE a.intake = {:intake} AND (a.status IN ('admitted', 'enrolled') OR a.status = 'in_review' AND d.outcome = 'admitted')`).
		Bind(dbx.Params{"intake": intake}).Row(&n)
	if err != nil {
		return 0, fmt.Errorf("count the places taken in %s: %w", intake, err)
	}
	return n, nil
}
