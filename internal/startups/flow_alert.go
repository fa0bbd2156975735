package startups

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/locale"
	"vuon/internal/record"
)

// amberAfter is how many days after it was due a missing report is worth a word.
const amberAfter = 2

// Ack takes an alert up: somebody looks after it. Staff over the startup.
// Errors: access.sign_in, record.not_found, lifecycle.not_now.
func Ack(app core.App, by access.Actor, id string, now time.Time) (*Alert, error) {
	return tend(app, by, id, "ack", "", now)
}

// Resolve closes an alert and says what came of it. Staff over the startup. Errors: as Ack, and alert.no_resolution.
func Resolve(app core.App, by access.Actor, id, resolution string, now time.Time) (*Alert, error) {
	if strings.TrimSpace(resolution) == "" {
		return nil, fault.Field("resolution", "alert.no_resolution")
	}
	return tend(app, by, id, "resolve", resolution, now)
}

// Mute says that an alert means nothing here, and why. It does not rise again for its period. Staff over the startup.
// Errors: as Ack, and alert.no_resolution.
func Mute(app core.App, by access.Actor, id, resolution string, now time.Time) (*Alert, error) {
	if strings.TrimSpace(resolution) == "" {
		return nil, fault.Field("resolution", "alert.no_resolution")
	}
	return tend(app, by, id, "mute", resolution, now)
}

func tend(app core.App, by access.Actor, id, verb, resolution string, now time.Time) (*Alert, error) {
	return record.Change(app, Alerts, id, func(tx core.App, a *Alert) error {
		if err := mayLookAfter(tx, by, a.StartupID()); err != nil {
			return err
		}
		if verb == "ack" {
			a.setAcked(now, by.ID)
		} else {
			a.setResolution(resolution)
		}
		return AlertLife.Fire(tx, a, verb, by, now, lifecycle.Because(resolution))
	})
}

// finding is something that is so at this moment.
type finding struct {
	startup, rule, period string
	severity              string
	cohort                string
	because               Explanation
}

// same says whether an alert and a finding are about the same thing.
func (f finding) same(a *Alert) bool {
	return a.StartupID() == f.startup && a.Rule() == f.rule && a.Period() == f.period
}

// RaiseAlerts compares what is so at slot with the alerts that stand: it raises what is new, sharpens what has become worse,
// and resolves what is no longer so. What staff resolved or muted stays as they left it.
func RaiseAlerts(app core.App, slot time.Time) error {
	late, err := lateReports(app, slot)
	if err != nil {
		return err
	}
	found := append(missing(late, slot), missingTwice(late, slot)...)
	standing, err := Alerts.All(app, dbx.HashExp{"rule": []any{RuleMissing, RuleMissingTwice}})
	if err != nil {
		return err
	}
	var failed error
	for _, f := range found {
		i := slices.IndexFunc(standing, f.same)
		switch {
		case i < 0:
			failed = errors.Join(failed, raise(app, f, slot))
		case standing[i].Live():
			failed = errors.Join(failed, sharpen(app, standing[i], f))
		}
	}
	for _, a := range standing {
		over := !slices.ContainsFunc(found, func(f finding) bool { return f.same(a) })
		if over && a.Live() {
			failed = errors.Join(failed, AlertLife.Fire(app, a, "resolve", access.Job("raise_alerts"), slot))
		}
	}
	return failed
}

// lateReport is a report that is awaited in vain.
type lateReport struct {
	ID       string `db:"id"`
	Startup  string `db:"startup"`
	Cohort   string `db:"cohort"`
	Period   string `db:"period_key"`
	DueOn    string `db:"due_on"`
	Grace    int    `db:"grace_days"`
	Kind     string `db:"kind"`      // baseline or month
	LastFrom string `db:"last_from"` // period of the last report that came
}

// red says whether its grace is over.
func (l lateReport) red(now time.Time) bool { return daysBetween(l.DueOn, locale.Day(now)) > l.Grace }

// missing finds every report that is two days late: amber, and red once its grace is over.
func missing(late []lateReport, now time.Time) []finding {
	var found []finding
	for _, l := range late {
		f := finding{l.Startup, RuleMissing, l.Period, Amber, l.Cohort, Explanation{
			Requests: []string{l.ID}, Periods: []string{l.Period}, DueOn: l.DueOn, Grace: l.Grace, LastFrom: l.LastFrom,
		}}
		if l.red(now) {
			f.severity = Red
		}
		if i := slices.IndexFunc(found, func(o finding) bool { return o.startup == l.Startup && o.period == l.Period }); i >= 0 {
			if f.severity == Red {
				found[i] = f // a baseline and a month's report of one month: the worse of the two
			}
			continue
		}
		found = append(found, f)
	}
	return found
}

// missingTwice finds every startup whose last two months' reports are both missing for good. Only the latest pair counts.
func missingTwice(late []lateReport, now time.Time) []finding {
	latest := map[string]lateReport{}
	for _, l := range late {
		if l.Kind == periodMonth && l.red(now) && l.Period > latest[l.Startup].Period {
			latest[l.Startup] = l
		}
	}
	var found []finding
	for _, l := range late {
		last := latest[l.Startup]
		if l.Kind == periodMonth && l.red(now) && last.Period != "" && l.Period == before(last.Period) {
			found = append(found, finding{last.Startup, RuleMissingTwice, last.Period, Red, last.Cohort, Explanation{
				Requests: []string{last.ID, l.ID}, Periods: []string{last.Period, l.Period},
				DueOn: last.DueOn, Grace: last.Grace, LastFrom: last.LastFrom,
			}})
		}
	}
	return found
}

func raise(app core.App, f finding, now time.Time) error {
	return app.RunInTransaction(func(tx core.App) error {
		owner, err := keeperOf(tx, f.cohort, now)
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
		return lifecycle.Note(tx, access.Job("raise_alerts"), now, Alerts.Collection, a.Id, "raise", lifecycle.With(map[string]string{"severity": f.severity}))
	})
}

// sharpen brings a standing alert up to what is so now.
func sharpen(app core.App, a *Alert, f finding) error {
	was, err := a.Explain()
	if err != nil {
		return err
	}
	f.because.Since = was.Since
	if a.Severity() == f.severity && slices.Equal(was.Requests, f.because.Requests) && was.DueOn == f.because.DueOn {
		return nil
	}
	a.setFacts(f.severity, f.because)
	return app.Save(a)
}

// keeperOf is who looks after a cohort: somebody of its staff, or of its programme's, or of the house's; "" is nobody.
func keeperOf(app core.App, cohort string, now time.Time) (string, error) {
	return holders{}.first(app, access.Staff, cohort, now)
}
