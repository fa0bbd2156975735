package demo

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/notify"
	"vuon/internal/record"
	"vuon/internal/startups"
)

// happening is something that somebody does at an instant.
type happening struct {
	at time.Time
	do func(at time.Time) error
}

// remembered is how many days back people have been told what concerned them.
const remembered = 21

// lately lets the last two months happen by the rooms' own verbs, in the order of time.
func (g *garden) lately(house core.App, reached func(time.Time)) error {
	all := slices.Concat(g.calls(), g.kept(), g.handedIn(), g.together(), g.invites())
	for k := byVerbs; k <= -1; k++ {
		all = append(all, g.monthly(k)...)
	}
	slices.SortStableFunc(all, func(a, b happening) int { return a.at.Compare(b.at) })
	for d := remembered; d >= 0; d-- {
		morning := g.ago(d, 9, 0)
		if morning.After(g.now) {
			break
		}
		var err error
		if all, err = g.until(house, all, morning); err != nil {
			return err
		}
		reached(morning)
		if err := deliver(house, morning); err != nil {
			return fmt.Errorf("tell people what is new on %s: %w", day(morning), err)
		}
	}
	if _, err := g.until(house, all, g.now); err != nil {
		return err
	}
	reached(g.now)
	return deliver(house, g.now)
}

// deliver tells people what is new in one transaction: hundreds of letters go into the demo's own mailbox, and nobody outside
// is waited for.
func deliver(house core.App, at time.Time) error {
	return house.RunInTransaction(func(tx core.App) error { return notify.Deliver(tx, at) })
}

// until lets what happens up to an instant happen, in one transaction, and returns what is still to come.
func (g *garden) until(house core.App, all []happening, at time.Time) ([]happening, error) {
	err := house.RunInTransaction(func(tx core.App) error {
		for g.tx = tx; len(all) > 0 && !all[0].at.After(at); all = all[1:] {
			if err := all[0].do(all[0].at); err != nil {
				return fmt.Errorf("at %s: %w", all[0].at.Format(time.RFC3339), err)
			}
		}
		return nil
	})
	return all, err
}

// monthly is how the reports on a month are asked for, handed in and missed.
func (g *garden) monthly(k int) []happening {
	all := []happening{
		{g.on(k+1, 1, 8, 0), func(at time.Time) error { return startups.OpenReports(g.tx, at) }},
		{g.on(k+1, 28, 0, 15), func(at time.Time) error { return startups.MissReports(g.tx, at) }},
	}
	for d := range 10 {
		all = append(all, happening{g.on(k+1, 22+d, 7, 30), func(at time.Time) error { return startups.RaiseAlerts(g.tx, at) }})
	}
	for _, p := range g.plots {
		all = append(all, g.handing(p, k)...)
	}
	return all
}

// handing is how one startup hands in the report on a month. Some have not done so yet: the founder's own is there to be
// filled in.
func (g *garden) handing(p *plot, k int) []happening {
	last := k == -1
	if p.until != -1 || last && (p.n == 1 || p.n%6 == 3) || !last && p.n%13 == 7 {
		return nil
	}
	came := g.on(k+1, g.between(2, 20), g.between(8, 21), g.between(0, 59))
	said := g.figures(p, k-cohorts[p.cohort-1].began)
	hand := happening{came, func(at time.Time) error {
		q, err := startups.Requests.First(g.tx, dbx.HashExp{"startup": p.id, "template": templateMonth, "period_key": key(g.month(k))})
		if err != nil {
			return err
		}
		by, err := g.as(p.founder, at)
		if err != nil {
			return err
		}
		q, err = startups.Fill(g.tx, by, q.Id, said, inWords(p, k), record.Rev(q), at)
		if err == nil {
			_, err = startups.Submit(g.tx, by, q.Id, record.Rev(q), at)
		}
		return err
	}}
	accept := happening{came.Add(time.Duration(g.between(20, 60)) * time.Hour), func(at time.Time) error {
		q, err := startups.Requests.First(g.tx, dbx.HashExp{"startup": p.id, "template": templateMonth, "period_key": key(g.month(k))})
		by, failed := g.as(idOf("staff"), at)
		if err := errors.Join(err, failed); err != nil {
			return err
		}
		_, err = startups.Accept(g.tx, by, q.Id, at)
		return err
	}}
	if last && p.n%4 == 1 {
		return []happening{hand} // still to be looked at
	}
	return []happening{hand, accept}
}
