package app_test

import (
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/housetest"
	"vuon/internal/intake"
	"vuon/internal/locale"
	"vuon/internal/startups"
	"vuon/internal/vn"
)

// lives are what people do in a simulated world.
type lives struct {
	w      *world
	acts   []act // in the order of time
	firms  []firm
	papers []*paper
	months []string
}

// act is something that happens at an instant.
type act struct {
	at time.Time
	do func(house core.App, now time.Time)
}

type firm struct {
	startup string
	founder *core.Record
}

// paper is an application that somebody writes, and hands in or not.
type paper struct {
	id                string
	begun, ends, gone time.Time
}

// people fills the world: startups that report every month, or do not, and applications to intakes that close at odd hours.
func (w *world) people(from vn.Day, days int) *lives {
	w.t.Helper()
	l := &lives{w: w}
	w.tick(w.now) // what the jobs owe from before
	house := w.anybody()
	cohort := housetest.Places(w.t, house, 20)
	for i := range 6 {
		s, founder := housetest.Enrolled(w.t, house, cohort, "Vườn số "+string(rune('A'+i)), w.now)
		housetest.Reported(w.t, house, founder, s.Id, "baseline", 1, w.now)
		l.firms = append(l.firms, firm{s.Id, founder})
	}
	staff := housetest.Acting(w.t, house, access.Staff, access.House)
	for day := vn.Day(0); day < vn.Day(days); day++ {
		local := (from + day).Starts().In(locale.Zone)
		if local.Day() == 1 {
			l.reports(local)
		}
		if day%4 == 0 && int(day)+12 < days {
			l.call(staff, from+day)
		}
	}
	slices.SortStableFunc(l.acts, func(a, b act) int { return a.at.Compare(b.at) })
	return l
}

// reports plans which startups report in a month, and when.
func (l *lives) reports(first time.Time) {
	period := first.AddDate(0, -1, 0).Format("2006-01")
	l.months = append(l.months, period)
	for _, f := range l.firms {
		if l.w.dice.IntN(2) == 0 {
			continue // this one forgets
		}
		at := first.AddDate(0, 0, 1+l.w.dice.IntN(27)).Add(time.Duration(l.w.dice.IntN(24*60)) * time.Minute)
		l.acts = append(l.acts, act{at, func(house core.App, now time.Time) {
			if _, err := startups.ReportOn(house, f.startup, period); fault.Code(err) == "record.not_found" {
				return // nobody has asked them yet: the house was down
			}
			housetest.Reported(l.w.t, house, f.founder, f.startup, period, 1, now)
		}})
	}
}

// call plans an intake that closes eleven days later at an odd hour, and three people who write for it.
func (l *lives) call(staff access.Actor, day vn.Day) {
	opens := day.Starts().Add(7 * time.Hour)
	closes := (day + 11).Starts().Add(time.Duration(l.w.dice.IntN(24*4)) * 15 * time.Minute)
	l.acts = append(l.acts, act{opens, func(house core.App, now time.Time) {
		i := housetest.DraftIntakeBy(l.w.t, house, staff, now, 10, 10)
		i, err := intake.Edit(house, staff, i.Id, intake.Terms{ClosesAt: &closes}, 0, now)
		if err == nil {
			_, err = intake.Publish(house, staff, i.Id, now)
		}
		if err != nil {
			l.w.t.Fatalf("publish an intake: %v", err)
		}
		for range 3 {
			p := &paper{begun: now, ends: closes}
			a, who := housetest.Draft(l.w.t, house, i, now)
			p.id = a.Id
			l.papers = append(l.papers, p)
			if l.w.dice.IntN(3) > 0 {
				continue
			}
			later := now.Add(time.Duration(l.w.dice.IntN(10*24*60)) * time.Minute)
			l.plan(act{later, func(house core.App, now time.Time) {
				if _, err := intake.Submit(house, housetest.Actor(l.w.t, house, who, now), a.Id, 0, now); err != nil {
					l.w.t.Errorf("hand in: %v", err)
				}
				p.gone = now
			}})
		}
	}})
}

// plan puts an act among those that are to come.
func (l *lives) plan(a act) {
	i, _ := slices.BinarySearchFunc(l.acts, a, func(x, y act) int { return x.at.Compare(y.at) })
	l.acts = slices.Insert(l.acts, i, a)
}

// live lets everything happen that happens up to an instant.
func (l *lives) live(now time.Time) {
	for len(l.acts) > 0 && !l.acts[0].at.After(now) {
		next := l.acts[0]
		l.acts = l.acts[1:]
		next.do(l.w.anybody(), now)
	}
}

// wanted is what people must have heard, worked out from what happened.
func (l *lives) wanted() (all []wanted) {
	t, house := l.w.t, l.w.anybody()
	for _, p := range l.papers {
		for _, x := range around(t, "app-draft:"+p.id, "", "draft", p.ends, p.begun, p.ends) {
			x.gone = p.gone
			all = append(all, x)
		}
	}
	for _, f := range l.firms {
		for _, month := range l.months {
			q, err := startups.ReportOn(house, f.startup, month)
			if err != nil {
				continue // the world ended before it was asked for
			}
			day, err := vn.ParseDay(q.DueOn())
			if err != nil {
				t.Fatal(err)
			}
			ends := (day + 1).Starts()
			for _, x := range around(t, "rep-due:"+q.Id, ":"+f.founder.Id, "report", ends, q.OpensAt(), ends.AddDate(0, 1, 0)) {
				x.gone = q.SubmittedAt()
				all = append(all, x)
			}
		}
	}
	return all
}
