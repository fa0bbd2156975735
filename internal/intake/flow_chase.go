package intake

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/judging"
	"vuon/internal/lifecycle"
)

// Chased is what became of reminding people by hand.
type Chased struct {
	Nudged  int         `json:"nudged"`
	Heard   int         `json:"heard"` // had been reminded of it today
	Refused []NotChased `json:"refused"`
}

// NotChased is something of which nobody was reminded, and why.
type NotChased struct {
	ID   string `json:"id"`
	Code string `json:"code"`
}

// Remind has people told that the centre waits for them, each at most once a local day for one thing; who decides hears once
// for all that is undecided in an intake. What is not waited for any more, or not for these eyes, is refused alone. Staff over
// the intake. Errors: access.sign_in, record.not_found, chase.kind, chase.nothing, chase.many.
func Remind(ctx context.Context, app core.App, by access.Actor, id, kind string, ids []string, now time.Time) (*Chased, error) {
	i, r, err := boardFor(app, by, id)
	switch {
	case err != nil:
		return nil, err
	case !slices.Contains(chaseKinds, kind):
		return nil, fault.Field("kind", "chase.kind")
	case len(ids) == 0:
		return nil, fault.Field("ids", "chase.nothing")
	case len(ids) > batch:
		return nil, fault.Field("ids", "chase.many")
	}
	done := &Chased{}
	err = app.RunInTransaction(func(tx core.App) error {
		*done = Chased{Refused: []NotChased{}}
		lines, err := waits(ctx, tx, i.Id, r, Hunt{Kind: kind, IDs: ids}, nil, len(ids), now)
		if err != nil {
			return err
		}
		today, err := proddedOn(ctx, tx, i.Id, now)
		if err != nil {
			return err
		}
		for _, one := range slices.Compact(slices.Sorted(slices.Values(ids))) {
			at := slices.IndexFunc(lines, func(l waitLine) bool { return l.ID == one })
			err := error(fault.Conflict("chase.over"))
			if at >= 0 {
				err = wholly(tx, func() error { return done.remind(tx, by, i, lines[at], today, now) })
			}
			if f := fault.As(err); f != nil {
				done.Refused = append(done.Refused, NotChased{one, f.Code})
			} else if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return done, nil
}

// remind notes that one thing was asked for; the rules of the notices read that.
func (c *Chased) remind(tx core.App, by access.Actor, i *Intake, l waitLine, today prodded, now time.Time) error {
	if today.things[l.Kind+":"+l.ID] {
		c.Heard++
		return nil
	}
	if l.Kind == ChaseSheets {
		round, judge, _ := strings.Cut(l.ID, ":")
		nudged, heard, err := judging.Nudge(tx, by, round, []string{judge}, now)
		c.Nudged, c.Heard = c.Nudged+len(nudged), c.Heard+len(heard)
		return err
	}
	people, err := awaited(tx, i, l, now)
	if err != nil {
		return err
	}
	if l.Kind == ChaseUndecided && !slices.ContainsFunc(people, func(who string) bool { return !today.deciders[who] }) {
		c.Heard++
		return nil
	}
	err = lifecycle.Note(tx, by, now, Intakes.Collection, i.Id, "nudge", lifecycle.With(map[string]any{
		"kind": l.Kind, "thing": l.ID, "application": l.Application, "users": people,
	}))
	if err == nil {
		c.Nudged++
	}
	return err
}

// awaited are the people for whom something waits: whoever applies, with those who write along as long as words are wanted; who
// looks after what is undecided, or else the managers, but never of an application of their own. Error: chase.nobody.
func awaited(tx core.App, i *Intake, l waitLine, now time.Time) ([]string, error) {
	switch {
	case l.Kind == ChaseDraft || l.Kind == ChaseAnswer:
		along, err := writersOf(tx, l.Application)
		return append([]string{l.Who}, along...), err
	case l.Kind != ChaseUndecided || l.Who != "":
		return []string{l.Who}, nil
	}
	managers, err := access.Holders(tx, access.Manager, now, i.Path()...)
	if err != nil {
		return nil, err
	}
	a, err := Applications.Find(tx, l.Application)
	if err != nil {
		return nil, err
	}
	some := []string{}
	for _, who := range managers {
		r, err := readerOf(tx, access.Actor{ID: who})
		if err != nil {
			return nil, err
		}
		if !r.near(a) {
			some = append(some, who)
		}
	}
	if len(some) == 0 {
		return nil, fault.Conflict("chase.nobody")
	}
	return some, nil
}
