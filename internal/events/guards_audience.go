package events

import (
	"maps"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
)

// Audiences say who may know that a row of the room has changed.
func Audiences() map[string]func(core.App, *core.Record) access.Audience {
	all := doorAudiences()
	maps.Copy(all, staffAudiences())
	return all
}

// staffAudiences are whoever runs an event, for what staff write of it and what is ordered.
func staffAudiences() map[string]func(core.App, *core.Record) access.Audience {
	house := access.Audience{Roles: runners}
	return map[string]func(core.App, *core.Record) access.Audience{
		AllSeries.Collection: func(core.App, *core.Record) access.Audience { return house },
		Events.Collection:    func(_ core.App, r *core.Record) access.Audience { return runnersOf(r.Id) },
		Quotas.Collection:    func(_ core.App, r *core.Record) access.Audience { return runnersOf(Quotas.From(r).EventID()) },
		Types.Collection:     func(_ core.App, r *core.Record) access.Audience { return runnersOf(Types.From(r).EventID()) },
		Messages.Collection:  func(_ core.App, r *core.Record) access.Audience { return runnersOf(Messages.From(r).EventID()) },
		Tickets.Collection:   func(_ core.App, r *core.Record) access.Audience { return runnersOf(Tickets.From(r).EventID()) },
		Orders.Collection: func(_ core.App, r *core.Record) access.Audience {
			o := Orders.From(r)
			a := runnersOf(o.EventID())
			if o.UserID() != "" {
				a.Users = []string{o.UserID()}
			}
			return a
		},
	}
}

// runnersOf is whoever runs an event.
func runnersOf(event string) access.Audience {
	return access.Audience{Roles: runners, Path: PathOf(event)}
}
