package startups

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
	"vuon/internal/startups/watch"
)

// fresh is how many months back at most the last report lies that is looked at.
const fresh = 3

var raising = access.Job("raise_alerts")

// root is what an alert is about.
type root struct{ startup, rule, period string }

// finding is something that is so at this moment.
type finding struct {
	root
	severity string
	cohort   string
	because  Explanation
}

// RaiseAlerts compares what is so at slot with the alerts that stand: it raises what is new, sharpens what has become worse,
// resolves what is no longer so, and reopens what it had resolved and is so again, or what was muted until a day that is over.
// What staff resolved, and what they muted for good, stays as they left it.
func RaiseAlerts(app core.App, slot time.Time) error {
	late, err := lateReports(app, slot)
	if err != nil {
		return err
	}
	standing, err := standingAlerts(app, watch.Back(monthKey(slot), fresh), locale.Day(slot))
	if err != nil {
		return err
	}
	found, err := signs(app, standing, slot)
	if err != nil {
		return err
	}
	overdue, err := milestonesLate(app, slot)
	if err != nil {
		return err
	}
	found = slices.Concat(missing(late, slot), missingTwice(late, slot), found, overdue)
	at, err := standingAt(app, standing, found)
	if err != nil {
		return err
	}
	var failed error
	so, owners := make(map[root]bool, len(found)), holders{}
	for _, f := range found {
		so[f.root] = true
		a, stands := at[f.root]
		switch {
		case !stands:
			failed = errors.Join(failed, raise(app, f, owners, slot))
		case a.live():
			failed = errors.Join(failed, sharpen(app, a, f))
		case a.wakes(slot):
			failed = errors.Join(failed, reopen(app, a, f, slot))
		}
	}
	for _, a := range standing {
		if a.live() && !so[a.root()] {
			failed = errors.Join(failed, settle(app, a, slot))
		}
	}
	return failed
}

// standingAt are the alerts that stand and those that ever rose about what was found, by what they are about.
func standingAt(app core.App, standing []standingRow, found []finding) (map[root]standingRow, error) {
	at := make(map[root]standingRow, len(standing))
	for _, a := range standing {
		at[a.root()] = a
	}
	var others []root
	for _, f := range found {
		if _, stands := at[f.root]; !stands {
			others = append(others, f.root)
		}
	}
	rows, err := alertsAbout(app, others)
	for _, a := range rows {
		at[a.root()] = a
	}
	return at, err
}

// live says whether it still waits for somebody.
func (a standingRow) live() bool {
	return a.Status == string(AlertOpen) || a.Status == string(AlertAcked)
}

// wakes says whether it may wait again.
func (a standingRow) wakes(now time.Time) bool {
	if a.Status == string(AlertMuted) {
		return a.MutedUntil != "" && a.MutedUntil < locale.Day(now)
	}
	return a.Status == string(AlertResolved) && a.ByItself
}

func (a standingRow) root() root { return root{a.Startup, a.Rule, a.Period} }

// signs finds what is worth a question in the figures of startups that are in a cohort. Each is looked at as of its latest
// month; an alert of an earlier one stands for as long as it would still rise, and one about cash until cash was told again.
func signs(app core.App, standing []standingRow, now time.Time) ([]finding, error) {
	cohorts, err := placedNow(app)
	if err != nil {
		return nil, err
	}
	last := monthKey(now)
	first := watch.Back(last, fresh)
	from := watch.Back(first, watch.Reach)
	courses, err := coursesFrom(app, from, last, nil)
	if err != nil {
		return nil, err
	}
	var found []finding
	looked := map[root]bool{}
	look := func(c *course, r root) {
		if looked[r] || c == nil || r.period == "" {
			return
		}
		looked[r] = true
		if s, ok := watch.See(r.rule, &c.Course, r.period); ok {
			found = append(found, c.finding(r, s, cohorts[r.startup]))
		}
	}
	for _, startup := range slices.Sorted(maps.Keys(courses)) {
		if _, in := cohorts[startup]; !in {
			continue
		}
		c := courses[startup]
		for _, rule := range watch.Rules() {
			look(c, root{startup, rule, c.Latest(subject(rule), first, last)})
		}
	}
	err = earlier(app, standing, cohorts, now, func(a standingRow, wide map[string]*course) {
		c := courses[a.Startup]
		switch {
		case a.Rule == watch.RunwayShort && c != nil && c.Latest(subject(a.Rule), first, last) > a.Period:
		case watch.Back(a.Period, watch.Reach) < from:
			look(wide[a.Startup], a.root())
		default:
			look(c, a.root())
		}
	}, from)
	return found, err
}

// subject is the figure whose latest month a rule looks at; "" is any.
func subject(rule string) string {
	if rule == watch.RunwayShort {
		return watch.Cash
	}
	return ""
}

// earlier hands over the alerts about figures that wait, or wait again, with the courses of those that lie before from.
func earlier(
	app core.App, standing []standingRow, cohorts map[string]string, now time.Time, look func(standingRow, map[string]*course), from string,
) error {
	var some []standingRow
	var old []string
	begin := from
	for _, a := range standing {
		_, in := cohorts[a.Startup]
		back := watch.Back(a.Period, watch.Reach)
		if !in || !slices.Contains(watch.Rules(), a.Rule) || !a.live() && !a.wakes(now) || a.Status == string(AlertResolved) && back < from {
			continue
		}
		some = append(some, a)
		if back < from {
			old, begin = append(old, a.Startup), min(begin, back)
		}
	}
	wide := map[string]*course{}
	if len(old) > 0 {
		var err error
		if wide, err = coursesFrom(app, begin, monthKey(now), old); err != nil {
			return err
		}
	}
	for _, a := range some {
		look(a, wide)
	}
	return nil
}

// finding tells a sign as an alert does.
func (c *course) finding(r root, s watch.Sign, cohort string) finding {
	f := finding{r, Amber, cohort, Explanation{
		Requests: []string{}, Periods: []string{}, Facts: s.Facts, Fell: s.Fell, Times: s.Times, Under: s.Under, Spent: s.Spent, Over: s.Over,
	}}
	if s.Red {
		f.severity = Red
	}
	if report := c.reports[r.period]; report != "" {
		f.because.Requests, f.because.Periods = []string{report}, []string{r.period}
	}
	return f
}

func raise(app core.App, f finding, owners holders, now time.Time) error {
	return app.RunInTransaction(func(tx core.App) error {
		owner, err := owners.first(tx, access.Staff, f.cohort, now)
		if err != nil {
			return err
		}
		a, err := noticed(tx, f.startup, f.rule, f.period, owner)
		if err != nil {
			return err
		}
		f.because.Since = locale.Day(now)
		a.setFacts(f.severity, f.because)
		if err := tx.Save(a); err != nil {
			return fmt.Errorf("raise %s of startup %s: %w", f.rule, f.startup, err)
		}
		return lifecycle.Note(tx, raising, now, Alerts.Collection, a.Id, "raise", lifecycle.With(map[string]string{"severity": f.severity}))
	})
}

// sharpen brings a standing alert up to what is so now.
func sharpen(app core.App, was standingRow, f finding) error {
	if was.Severity == f.severity && was.because.same(f.because) {
		return nil
	}
	_, err := record.Change(app, Alerts, was.ID, func(tx core.App, a *Alert) error {
		f.because.Since = was.because.Since
		a.setFacts(f.severity, f.because)
		return tx.Save(a)
	})
	return err
}

// reopen lets an alert wait again that is so once more.
func reopen(app core.App, was standingRow, f finding, now time.Time) error {
	_, err := record.Change(app, Alerts, was.ID, func(tx core.App, a *Alert) error {
		f.because.Since = locale.Day(now)
		a.setFacts(f.severity, f.because)
		a.setWaiting()
		return AlertLife.Fire(tx, a, "reopen", raising, now)
	})
	return err
}

// settle resolves an alert that is no longer so.
func settle(app core.App, was standingRow, now time.Time) error {
	_, err := record.Change(app, Alerts, was.ID, func(tx core.App, a *Alert) error {
		a.setClosed("", "", "", now)
		return AlertLife.Fire(tx, a, "resolve", raising, now)
	})
	return err
}
