package intake

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/fault"
)

// The keys under which a save says what a verb permits. Only this package can make one.
type (
	enlarging  struct{} // more places than were promised
	reordering struct{} // another order on the waiting list
	postponing struct{} // a later end of an offer
)

// allowed says whether a verb permits with a save what is refused to everybody else.
func allowed(e *core.RecordEvent, key any) bool {
	yes, _ := e.Context.Value(key).(bool)
	return yes
}

// decisionLaw refuses a second decision, and one about an application that is not under review in an intake that is being
// decided, or was released before the application came back. What was decided stays: only the release writes to it. Errors: decision.exists, decision.not_now, decision.final.
func decisionLaw(e *core.RecordEvent, was *core.Record) error {
	d := Decisions.From(e.Record)
	if was != nil {
		if !Decisions.From(was).ReleasedAt().IsZero() {
			return fault.Conflict("decision.final") // a trigger holds every other field
		}
		return nil
	}
	there, err := decisionOn(e.App, d.ApplicationID())
	switch {
	case err != nil:
		return err
	case there != nil:
		return fault.Conflict("decision.exists")
	}
	a, err := Applications.Find(e.App, d.ApplicationID())
	if err != nil {
		return err
	}
	i, err := Intakes.Find(e.App, d.IntakeID())
	switch {
	case err != nil:
		return err
	case a.IntakeID() != i.Id, !a.in(ApplicationInReview), !i.in(IntakeDeciding, IntakeReleased, IntakeArchived), !d.ReleasedAt().IsZero():
		return fault.Conflict("decision.not_now")
	}
	return nil
}

// capacityLaw refuses to admit more applications than the intake has places. Error: intake.full.
func capacityLaw(e *core.RecordEvent, was *core.Record) error {
	d := Decisions.From(e.Record)
	if was != nil || d.Outcome() != Admitted {
		return nil
	}
	return placeLeft(e.App, d.IntakeID())
}

func placeLeft(app core.App, intake string) error {
	i, err := Intakes.Find(app, intake)
	if err != nil {
		return err
	}
	taken, err := placesTaken(app, intake)
	switch {
	case err != nil:
		return err
	case taken >= i.Capacity():
		return fault.Conflict("intake.full")
	}
	return nil
}

// offerLaw keeps an offer what it was, and lets nothing but its verb move its end, and only to later.
// Errors: offer.rooted, offer.not_later.
func offerLaw(e *core.RecordEvent, was *core.Record) error {
	if was == nil {
		return nil
	}
	o, old := Offers.From(e.Record), Offers.From(was)
	switch {
	case !o.sameRoots(old), !o.ExpiresAt().Equal(old.ExpiresAt()) && !allowed(e, postponing{}):
		return fault.Conflict("offer.rooted")
	case o.ExpiresAt().Before(old.ExpiresAt()):
		return fault.Field("day", "offer.not_later")
	}
	return nil
}

// promotionLaw refuses to admit somebody who was not admitted before when no place is free. Error: intake.full.
func promotionLaw(e *core.RecordEvent, was *core.Record) error {
	a := Applications.From(e.Record)
	if was == nil || a.Status() != ApplicationAdmitted || !Applications.From(was).in(ApplicationWaitlisted, ApplicationRejected) {
		return nil
	}
	return placeLeft(e.App, a.IntakeID())
}

// waitlistLaw refuses a waiting list that is not exactly those who wait, each once, and another order but by its verb.
// Errors: waitlist.wrong, waitlist.by_verb_only.
func waitlistLaw(e *core.RecordEvent, was *core.Record) error {
	w := Waitlists.From(e.Record)
	places, err := w.Places()
	if err != nil {
		return fault.Field("places", "waitlist.wrong")
	}
	waiting, err := waitingIn(e.App, w.IntakeID())
	if err != nil {
		return err
	}
	listed := slices.Sorted(slices.Values(places))
	if !slices.Equal(listed, waiting) {
		return fault.Field("places", "waitlist.wrong")
	}
	if was == nil {
		return nil
	}
	old := Waitlists.From(was)
	before, err := old.Places()
	if err != nil {
		return err
	}
	if w.IntakeID() != old.IntakeID() || !sameOrder(before, places) && !allowed(e, reordering{}) {
		return fault.Conflict("waitlist.by_verb_only")
	}
	return nil
}
