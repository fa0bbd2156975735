package intake

import (
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// holding is the outcome that holds of an application a with its decision d: that of its last confirmed amendment, else that
// of the decision.
const holding = `coalesce((SELECT m.new_outcome FROM decision_amendments m WHERE m.application = a.id AND m.status = 'confirmed'
	ORDER BY m.settled_at DESC, m.rowid DESC LIMIT 1), d.outcome)`

// waitingIn are the applications of an intake that wait for a place, by id: told so, or decided and not yet told.
func waitingIn(app core.App, intake string) ([]string, error) {
	ids := []string{}
	err := app.DB().NewQuery(`
		SELECT a.id FROM applications a LEFT JOIN decisions d ON d.application = a.id
		WHERE a.intake = {:intake} AND (a.status = 'waitlisted' OR a.status = 'in_review' AND d.outcome = 'waitlisted') ORDER BY a.id`).
		Bind(dbx.Params{"intake": intake}).Column(&ids)
	if err != nil {
		return nil, fmt.Errorf("look for who waits in %s: %w", intake, err)
	}
	return ids, nil
}

func waitlistOf(app core.App, intake string) (*Waitlist, error) {
	return record.OrNone(Waitlists.First(app, dbx.HashExp{"intake": intake}))
}

// nextWaiting is the first application on the waiting list of an intake, or "".
func nextWaiting(app core.App, intake string) (string, error) {
	w, err := waitlistOf(app, intake)
	if err != nil || w == nil {
		return "", err
	}
	places, err := w.Places()
	if err != nil || len(places) == 0 {
		return "", err
	}
	return places[0], nil
}

// waitlistsToClose lists the released intakes in which somebody waits although the last day of the list is over at now.
func waitlistsToClose(app core.App, now time.Time) ([]*Intake, error) {
	return Intakes.All(app, dbx.NewExp(`status IN ('released', 'archived') AND waitlist_until != '' AND waitlist_until < {:today}
		AND id IN (SELECT intake FROM waitlists WHERE places != '[]')`, dbx.Params{"today": locale.Day(now)}))
}

// amendmentsOf lists every amendment that was proposed of the decision on an application, the first first.
func amendmentsOf(app core.App, application string) ([]*Amendment, error) {
	return Amendments.Query(app.RecordQuery(Amendments.Collection).
		AndWhere(dbx.HashExp{"application": application}).OrderBy("proposed_at ASC", "rowid ASC"))
}

// lastAmendment is the confirmed amendment that holds, or nil.
func lastAmendment(app core.App, application string) (*Amendment, error) {
	some, err := Amendments.Query(app.RecordQuery(Amendments.Collection).
		AndWhere(dbx.HashExp{"application": application, "status": string(AmendmentConfirmed)}).
		OrderBy("settled_at DESC", "rowid DESC").Limit(1))
	if err != nil || len(some) == 0 {
		return nil, err
	}
	return some[0], nil
}

// openAmendment is the amendment that waits for its second person, or nil.
func openAmendment(app core.App, application string) (*Amendment, error) {
	return record.OrNone(Amendments.First(app, dbx.HashExp{"application": application, "status": string(AmendmentProposed)}))
}

// openAmendments lists those of an intake that wait for their second person.
func openAmendments(app core.App, intake string) ([]*Amendment, error) {
	return Amendments.Query(app.RecordQuery(Amendments.Collection).
		AndWhere(dbx.HashExp{"intake": intake, "status": string(AmendmentProposed)}).OrderBy("proposed_at ASC", "id ASC"))
}

// unheard are the states of an appeal that somebody still has to answer.
func unheard() dbx.Expression {
	return dbx.In("status", lifecycle.Values(AppealFiled, AppealAdmissible, AppealUnderReview)...)
}

// liveAppeals lists the appeals of an intake that somebody still has to answer.
func liveAppeals(app core.App, intake string) ([]*Appeal, error) {
	return Appeals.Query(app.RecordQuery(Appeals.Collection).
		AndWhere(dbx.HashExp{"intake": intake}).AndWhere(unheard()).OrderBy("filed_at ASC", "id ASC"))
}

// liveAppealOf is the appeal for an application that somebody still has to answer, or nil.
func liveAppealOf(app core.App, application string) (*Appeal, error) {
	return record.OrNone(Appeals.First(app, dbx.And(dbx.HashExp{"application": application}, unheard())))
}

// appealAgainst is what an applicant has said against one decision, or nil.
func appealAgainst(app core.App, application, about string) (*Appeal, error) {
	return record.OrNone(Appeals.First(app, dbx.HashExp{"application": application, "about": about}))
}

// appealsOf lists the appeals for an application, the first first.
func appealsOf(app core.App, application string) ([]*Appeal, error) {
	return Appeals.Query(app.RecordQuery(Appeals.Collection).
		AndWhere(dbx.HashExp{"application": application}).OrderBy("filed_at ASC", "id ASC"))
}

// appealsHeard lists the appeals that a person hears and that wait for an answer.
func appealsHeard(app core.App, person string) ([]*Appeal, error) {
	return Appeals.Query(app.RecordQuery(Appeals.Collection).AndWhere(dbx.HashExp{"status": string(AppealUnderReview)}).
		AndWhere(dbx.NewExp("EXISTS (SELECT 1 FROM json_each(panel) WHERE value = {:who})", dbx.Params{"who": person})).
		OrderBy("filed_at ASC", "id ASC"))
}

// appealsToClose lists the appeals that were answered before an instant.
func appealsToClose(app core.App, before time.Time) ([]*Appeal, error) {
	return Appeals.Query(app.RecordQuery(Appeals.Collection).
		AndWhere(dbx.In("status", lifecycle.Values(AppealInadmissible, AppealUpheld, AppealRejected)...)).
		AndWhere(dbx.NewExp("settled_at <= {:before}", dbx.Params{"before": record.Stamp(before)})).OrderBy("filed_at ASC", "id ASC"))
}

// rankIn is the place of an application on the waiting list of its intake, from 1; 0 for none.
func rankIn(app core.App, a *Application) (int, error) {
	w, err := waitlistOf(app, a.IntakeID())
	if err != nil || w == nil {
		return 0, err
	}
	places, err := w.Places()
	return slices.Index(places, a.Id) + 1, err
}

// appealsFor lists the appeals of the intakes that an actor works over, and those that they hear, the newest first, one more
// than asked; but for those about the reader's own applications.
func appealsFor(app core.App, by access.Actor, r reader, ask listAsk) ([]*Appeal, error) {
	q := app.RecordQuery(Appeals.Collection).OrderBy("filed_at DESC", "id DESC").Limit(int64(ask.Limit) + 1).
		AndWhere(dbx.NewExp("application IN (SELECT a.id FROM applications a WHERE a.id = appeals.application AND "+strange+")", r.params(dbx.Params{})))
	programmes, all := by.Over(access.Programme, access.Staff, access.Manager)
	if !all {
		cohorts, _ := by.Over(access.Cohort, access.Staff, access.Manager)
		own, _ := by.Over(access.Intake, access.Staff, access.Manager)
		q.AndWhere(dbx.NewExp(`(EXISTS (SELECT 1 FROM json_each(panel) WHERE value = {:who}) OR intake IN (SELECT i.id FROM intakes i
			WHERE i.id IN (SELECT value FROM json_each({:own})) OR i.cohort IN (SELECT value FROM json_each({:cohorts}))
				OR i.programme IN (SELECT value FROM json_each({:programmes}))))`,
			dbx.Params{"who": by.ID, "own": record.InJSON(own), "cohorts": record.InJSON(cohorts), "programmes": record.InJSON(programmes)}))
	}
	switch ask.Status {
	case "":
	case "live":
		q.AndWhere(unheard())
	default:
		q.AndWhere(dbx.HashExp{"status": ask.Status})
	}
	if ask.After != "" {
		q.AndWhere(dbx.NewExp("(filed_at, id) < (SELECT filed_at, id FROM appeals WHERE id = {:after})", dbx.Params{"after": ask.After}))
	}
	return Appeals.Query(q)
}

// feedbackTexts lists what staff say again and again, by title.
func feedbackTexts(app core.App) ([]*FeedbackText, error) {
	return FeedbackTexts.Query(app.RecordQuery(FeedbackTexts.Collection).OrderBy("retired ASC", "title ASC"))
}
