package intake

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// wait puts an application on the waiting list of its intake, at a rank from 1 on.
func wait(tx core.App, a *Application, rank int) error {
	w, err := waitlistOf(tx, a.IntakeID())
	if err != nil {
		return err
	}
	if w == nil {
		if w, err = newWaitlist(tx, a.IntakeID()); err != nil {
			return err
		}
	}
	places, err := w.Places()
	if err != nil {
		return err
	}
	w.put(slices.Insert(places, max(0, min(rank-1, len(places))), a.Id))
	if err := tx.Save(w); err != nil {
		return fmt.Errorf("put %s on the waiting list: %w", a.Id, err)
	}
	return nil
}

// leave takes an application off the waiting list, if it stands on it. Whoever waits behind it moves up.
func leave(tx core.App, a *Application) error {
	w, err := waitlistOf(tx, a.IntakeID())
	if err != nil || w == nil {
		return err
	}
	places, err := w.Places()
	if err != nil || !slices.Contains(places, a.Id) {
		return err
	}
	w.put(slices.DeleteFunc(places, func(id string) bool { return id == a.Id }))
	if err := tx.Save(w); err != nil {
		return fmt.Errorf("take %s off the waiting list: %w", a.Id, err)
	}
	return nil
}

// Promote offers a place that has become free to whoever is next on the waiting list. Managers over the intake; whoever wants
// another order changes the list, or amends the decision.
// Errors: record.not_found, access.needs_manager, application.own, waitlist.not_next, intake.full, lifecycle.not_now.
func Promote(app core.App, by access.Actor, id string, now time.Time) (*Application, error) {
	return staffOn(app, by, id, func(tx core.App, a *Application, i *Intake) error {
		if err := access.MayDecideOn(by, i.Path()...); err != nil {
			return err
		}
		if a.Status() != ApplicationWaitlisted {
			return fault.Conflict("lifecycle.not_now")
		}
		next, err := nextWaiting(tx, i.Id)
		switch {
		case err != nil:
			return err
		case next != a.Id:
			return fault.Conflict("waitlist.not_next")
		}
		return promoteOne(tx, by, i, a, now)
	})
}

func promoteOne(tx core.App, by access.Actor, i *Intake, a *Application, now time.Time) error {
	if err := ApplicationLife.Fire(tx, a, "promote", by, now); err != nil {
		return err
	}
	if err := leave(tx, a); err != nil {
		return err
	}
	return offerPlace(tx, by, i, a, now)
}

// offerPlace makes an offer to an application that was admitted.
func offerPlace(tx core.App, by access.Actor, i *Intake, a *Application, now time.Time) error {
	number := 1
	last, err := offerTo(tx, a.Id)
	switch {
	case err != nil:
		return err
	case last != nil:
		number = last.Number() + 1
	}
	o, err := newOffer(tx, a, i.CohortID(), number, i.offerUntil(now))
	if err != nil {
		return err
	}
	if err := tx.Save(o); err != nil {
		return fmt.Errorf("offer a place to %s: %w", a.Id, err)
	}
	return lifecycle.Note(tx, by, now, Offers.Collection, o.Id, "send")
}

// freed ends a verb by which an application gave its place back: with whatever that verb came to, or by offering the place to
// whoever is next, in the same transaction.
func freed(tx core.App, a *Application, now time.Time, err error) error {
	if err != nil {
		return err
	}
	i, err := Intakes.Find(tx, a.IntakeID())
	if err != nil {
		return err
	}
	return promoteNext(tx, i, now)
}

// promoteNext offers one place to whoever is next on the waiting list, where the intake does so by itself, a place is free,
// and somebody still waits.
func promoteNext(tx core.App, i *Intake, now time.Time) error {
	if !i.told() || !i.WaitlistAuto() || !i.waitsAt(now) {
		return nil
	}
	taken, err := placesTaken(tx, i.Id)
	if err != nil || taken >= i.Capacity() {
		return err
	}
	next, err := nextWaiting(tx, i.Id)
	if err != nil || next == "" {
		return err
	}
	a, err := Applications.Find(tx, next)
	if err != nil {
		return err
	}
	return promoteOne(tx, access.Job("waitlist"), i, a, now)
}

// Enlarge gives an intake more places than it was published with. Managers over it, with a reason; after the release each new
// place goes to whoever is next. There is no way back: a place that was promised stays.
// Errors: record.not_found, access.needs_manager, intake.no_reason, intake.not_more, lifecycle.not_now.
func Enlarge(app core.App, by access.Actor, id string, capacity int, reason string, now time.Time) (*Intake, error) {
	return record.Change(app, Intakes, id, func(tx core.App, i *Intake) error {
		if err := access.MayDecideOn(by, i.Path()...); err != nil {
			return err
		}
		more := capacity - i.Capacity()
		switch {
		case !i.in(IntakePublished, IntakeOpen, IntakeClosed, IntakeDeciding, IntakeReleased):
			return fault.Conflict("lifecycle.not_now")
		case strings.TrimSpace(reason) == "":
			return fault.Field("reason", "intake.no_reason")
		case more < 1, capacity > mostPlaces:
			return fault.Field("capacity", "intake.not_more")
		}
		i.enlarge(capacity)
		if err := tx.SaveWithContext(context.WithValue(context.Background(), enlarging{}, true), i); err != nil {
			return fmt.Errorf("enlarge intake %s: %w", i.Id, err)
		}
		if err := lifecycle.Note(tx, by, now, Intakes.Collection, i.Id, "enlarge", lifecycle.Because(reason),
			lifecycle.With(map[string]any{"capacity": capacity})); err != nil {
			return err
		}
		for range more {
			if err := promoteNext(tx, i, now); err != nil {
				return err
			}
		}
		return nil
	})
}

// mostPlaces is more than any call has: a slip of the finger is no promise.
const mostPlaces = 10000

// Reorder puts the waiting list of an intake into another order, which names everybody who waits once. Before the release a
// manager does it alone. After it, when people know their ranks, it needs a reason and two managers: the first call writes the
// wish down and changes nothing (done is false), the same order by somebody else within a day is the one that holds.
// Errors: record.not_found, access.needs_manager, application.own, waitlist.wrong, waitlist.no_reason, waitlist.second_person.
func Reorder(app core.App, by access.Actor, id string, order []string, reason string, now time.Time) (done bool, err error) {
	_, err = record.Change(app, Intakes, id, func(tx core.App, i *Intake) error {
		if err := access.MayDecideOn(by, i.Path()...); err != nil {
			return err
		}
		w, err := waitlistOf(tx, i.Id)
		switch {
		case err != nil:
			return err
		case w == nil:
			return fault.Field("order", "waitlist.wrong")
		}
		places, err := w.Places()
		if err != nil {
			return err
		}
		if !slices.Equal(slices.Sorted(slices.Values(places)), slices.Sorted(slices.Values(order))) {
			return fault.Field("order", "waitlist.wrong")
		}
		own, err := Hidden(tx, by, ownerType, i.Id)
		switch {
		case err != nil:
			return err
		case slices.ContainsFunc(places, func(a string) bool { return own[a] }):
			return fault.Conflict("application.own")
		}
		if i.told() {
			ready, err := seconded(tx, by, i, order, reason, now)
			if err != nil || !ready {
				return err
			}
		}
		done = true
		w.put(order)
		if err := tx.SaveWithContext(context.WithValue(context.Background(), reordering{}, true), w); err != nil {
			return fmt.Errorf("reorder the waiting list of %s: %w", i.Id, err)
		}
		return lifecycle.Note(tx, by, now, Intakes.Collection, i.Id, "reorder", lifecycle.Because(reason), lifecycle.With(wish{order}))
	})
	return done && err == nil, err
}

// wish is an order of the waiting list, as the journal keeps it.
type wish struct {
	Order []string `json:"order"`
}

// wishHolds is how long a wished order waits for its second person.
const wishHolds = day

// seconded says whether somebody else has wished this very order; where nobody has, it writes the wish down.
func seconded(tx core.App, by access.Actor, i *Intake, order []string, reason string, now time.Time) (bool, error) {
	if strings.TrimSpace(reason) == "" {
		return false, fault.Field("reason", "waitlist.no_reason")
	}
	who, wished, _, err := wishedOrder(tx, i, now)
	switch {
	case err != nil:
		return false, err
	case who == "" || !slices.Equal(among(wished, order), order):
		return false, lifecycle.Note(tx, by, now, Intakes.Collection, i.Id, "wish_reorder", lifecycle.Because(reason), lifecycle.With(wish{order}))
	case who == by.ID:
		return false, fault.Forbidden("waitlist.second_person")
	}
	return true, nil
}

// wishedOrder is the order that somebody has wished for since the list was last reordered, with who and why; "" when nobody
// has, or too long ago.
func wishedOrder(app core.App, i *Intake, now time.Time) (who string, order []string, reason string, err error) {
	entries, err := lifecycle.Told(app, Intakes.Collection, i.Id)
	if err != nil {
		return "", nil, "", err
	}
	for _, e := range slices.Backward(entries) {
		switch {
		case e.Verb() == "reorder", e.Verb() == "wish_reorder" && !now.Before(e.At().Add(wishHolds)):
			return "", nil, "", nil
		case e.Verb() == "wish_reorder":
			var w wish
			err := e.Detail(&w)
			return e.Actor(), w.Order, e.Reason(), err
		}
	}
	return "", nil, "", nil
}

// CloseWaitlist tells everybody who still waits that no place has become free. Managers over the intake, and a job after the
// last day of the list. Errors: record.not_found, access.needs_manager.
func CloseWaitlist(app core.App, by access.Actor, id string, now time.Time) (*Intake, error) {
	return record.Change(app, Intakes, id, func(tx core.App, i *Intake) error {
		if err := access.MayDecideOn(by, i.Path()...); err != nil {
			return err
		}
		waiting, err := applicationsIn(tx, i.Id, ApplicationWaitlisted)
		if err != nil {
			return err
		}
		for _, a := range waiting {
			if err := ApplicationLife.Fire(tx, a, "close_waitlist", by, now); err != nil {
				return err
			}
			if err := leave(tx, a); err != nil {
				return err
			}
		}
		return nil
	})
}
