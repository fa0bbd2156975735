package events

import (
	"errors"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/chore"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
)

// How many orders are called off at once: with the event itself, and in each run of the job that does the rest.
const (
	calledOffAtOnce = 50
	calledOffLater  = 1000
)

// CancelEvent calls an event off, with a reason that everybody reads. From then on nobody gets a ticket. Its orders are called off
// after it, each in a transaction of its own with a refund for what was paid: the first at once, the rest by the job
// call_off_orders, which goes on where it was interrupted. Managers over it. Errors: access.sign_in, record.not_found,
// access.needs_manager, record.stale, event.no_reason, lifecycle.not_now.
func CancelEvent(app core.App, by access.Actor, id, reason string, rev int, now time.Time) (*Event, error) {
	if err := access.MayDecideOn(by, PathOf(id)...); err != nil {
		return nil, err
	}
	v, err := onEvent(app, by, id, rev, func(tx core.App, v *Event) error {
		if reason = strings.TrimSpace(reason); reason == "" {
			return fault.Field("reason", "event.no_reason")
		}
		v.setCancelled(reason, now)
		return EventLife.Fire(tx, v, "cancel", by, now, lifecycle.Because(reason))
	})
	if err != nil {
		return nil, err
	}
	if _, err := CallOffOrders(app, calledOffAtOnce, now); err != nil {
		app.Logger().Error("some orders of a cancelled event wait for the job that calls them off", "event", id, "error", err)
	}
	return v, nil
}

// callOffOrders is the job that calls off what is left of the orders of cancelled events.
func callOffOrders(app core.App, now time.Time) error {
	run := chore.Of(app, "call_off_orders")
	n, err := CallOffOrders(app, calledOffLater, now)
	run.Did(n)
	return err
}

// CallOffOrders calls off orders of cancelled events, at most so many, and says how many it was. Each is a transaction of its own:
// it is called off once with one refund, or not at all, however often this runs and whoever runs beside it.
func CallOffOrders(app core.App, most int, now time.Time) (n int, err error) {
	due, err := leftBehind(app, now, most)
	if err != nil {
		return 0, err
	}
	actors := map[string]access.Actor{}
	for _, o := range due {
		by, known := actors[o.Event]
		if !known {
			if by, err = canceller(app, o.Event, now); err != nil {
				return n, err
			}
			actors[o.Event] = by
		}
		switch _, failed := CancelOrder(app, by, o.ID, o.Reason, now); {
		case failed == nil:
			n++
		case fault.Code(failed) == "lifecycle.not_now": // somebody was faster
		default:
			err = errors.Join(err, failed)
		}
	}
	return n, err
}

// canceller is who called an event off, as they stand now: what goes back to buyers is asked for in their name. Whoever runs the
// event no longer leaves it to the house.
func canceller(app core.App, event string, now time.Time) (access.Actor, error) {
	house := access.Job("call_off_orders")
	all, err := lifecycle.Told(app, Events.Collection, event)
	if err != nil || len(all) == 0 || all[len(all)-1].To() != EventCancelled {
		return house, err
	}
	u, err := app.FindRecordById("users", all[len(all)-1].Actor())
	if err != nil {
		return house, nil //nolint:nilerr // whoever it was has no account any more
	}
	by, err := access.At(app, u, now)
	if err == nil && access.MayWorkOn(by, PathOf(event)...) != nil {
		by = house
	}
	return by, err
}
