package demo

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/dbx"

	"vuon/internal/record"
	"vuon/internal/startups"
)

// happening is something that somebody does at an instant.
type happening struct {
	at time.Time
	do func(at time.Time) error
}

// lately lets the last two months happen by the rooms' own verbs, in the order of time.
func (g *garden) lately() error {
	all := g.calls()
	for k := byVerbs; k <= -1; k++ {
		all = append(all, happening{g.on(k+1, 1, 8, 0), func(at time.Time) error { return startups.OpenReports(g.tx, at) }})
		all = append(all, happening{g.on(k+1, 28, 0, 15), func(at time.Time) error { return startups.MissReports(g.tx, at) }})
		for d := range 10 {
			all = append(all, happening{g.on(k+1, 22+d, 7, 30), func(at time.Time) error { return startups.RaiseAlerts(g.tx, at) }})
		}
		for _, p := range g.plots {
			all = append(all, g.handing(p, k)...)
		}
	}
	slices.SortStableFunc(all, func(a, b happening) int { return cmp.Compare(a.at.UnixNano(), b.at.UnixNano()) })
	for _, h := range all {
		if h.at.After(g.now) {
			return nil
		}
		if err := h.do(h.at); err != nil {
			return fmt.Errorf("at %s: %w", h.at.Format(time.RFC3339), err)
		}
	}
	return nil
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
		q, err = startups.Fill(g.tx, by, q.Id, said, record.Rev(q), at)
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
