package events

import (
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/notice"
)

// Duties are what whoever runs events can do today: look at orders that wait for them, and close what is over.
func Duties(app core.App, by access.Actor, now time.Time) ([]notice.Duty, error) {
	if !by.Signed() || !by.HoldsAnywhere(runners...) {
		return nil, nil
	}
	all, err := eventsAtWork(app, by, now)
	var todo []notice.Duty
	for _, w := range all {
		page := "/app/events/" + w.Event
		args := func(n int) map[string]string {
			return map[string]string{"n": itoa(n), "title_vi": w.TitleVI, "title_en": w.TitleEN}
		}
		if w.Attention > 0 {
			todo = append(todo, notice.Duty{Key: "orders_attend", Args: args(w.Attention), Link: page + "?tab=orders&status=needs_attention", Late: true})
		}
		if w.Waiting > 0 {
			todo = append(todo, notice.Duty{Key: "orders_approve", Args: args(w.Waiting), Link: page + "?tab=orders&status=awaiting_approval", Due: w.Starts.Time()})
		}
		if w.Over {
			todo = append(todo, notice.Duty{Key: "event_close", Args: args(1), Link: page})
		}
	}
	return todo, err
}

// Audiences say who may know that a row of this room has changed: whoever runs the event.
func Audiences() map[string]func(core.App, *core.Record) access.Audience {
	house := access.Audience{Roles: runners}
	return map[string]func(core.App, *core.Record) access.Audience{
		AllSeries.Collection: func(core.App, *core.Record) access.Audience { return house },
		Events.Collection:    func(_ core.App, r *core.Record) access.Audience { return over(r.Id) },
		Quotas.Collection:    func(_ core.App, r *core.Record) access.Audience { return over(Quotas.From(r).EventID()) },
		Types.Collection:     func(_ core.App, r *core.Record) access.Audience { return over(Types.From(r).EventID()) },
		Messages.Collection:  func(_ core.App, r *core.Record) access.Audience { return over(Messages.From(r).EventID()) },
		Tickets.Collection:   func(_ core.App, r *core.Record) access.Audience { return over(Tickets.From(r).EventID()) },
		Orders.Collection: func(_ core.App, r *core.Record) access.Audience {
			o := Orders.From(r)
			a := over(o.EventID())
			if o.UserID() != "" {
				a.Users = []string{o.UserID()}
			}
			return a
		},
	}
}

// over is whoever runs an event.
func over(event string) access.Audience {
	return access.Audience{Roles: runners, Path: PathOf(event)}
}
