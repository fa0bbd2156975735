package intake

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"vuon/internal/access"
	"vuon/internal/fault"
	"vuon/internal/lifecycle"
	"vuon/internal/record"
)

// Difference is a property of the startup's record in which what was handed in differs from it.
type Difference struct {
	Property string `json:"property"`
	Old      any    `json:"old"` // text, or a whole number; "" and 0 are not said
	New      any    `json:"new"`
}

// RecordView is in what the record of the startup that an application became differs from what was handed in.
type RecordView struct {
	Startup string       `json:"startup"`
	Rev     int          `json:"rev"` // of the record
	Differs []Difference `json:"differs"`
}

// prefill answers what the record of the startup knows, where an application is its.
func prefill(tx core.App, a *Application) error {
	if a.StartupID() == "" {
		return nil
	}
	schema, err := asked(tx, a)
	if err != nil {
		return err
	}
	known, err := needs(tx).Record(tx, a.StartupID())
	if err != nil {
		return err
	}
	a.beginWith(schema.Filled(known))
	return nil
}

// becameKnown keeps, when a startup joins, which properties of its record are as they were handed in, or cannot be: what it
// writes there later is news, and no difference that anybody is asked about.
func becameKnown(tx core.App, by access.Actor, a *Application) error {
	said, _, open, err := compared(tx, by, a)
	if err != nil {
		return err
	}
	for _, property := range slices.Sorted(maps.Keys(said)) {
		if !slices.ContainsFunc(open, func(d Difference) bool { return d.Property == property }) {
			a.compared(property)
		}
	}
	return nil
}

// compared holds what was last handed in against the record of the startup: what was said of its properties, the revision of
// the record, and in what the two differ.
func compared(app core.App, by access.Actor, a *Application) (said map[string]any, rev int, differ []Difference, err error) {
	last, err := latestSnapshot(app, a.Id)
	if err != nil || last == nil {
		return nil, 0, nil, err
	}
	schema, err := asked(app, a)
	if err != nil {
		return nil, 0, nil, err
	}
	given, err := last.Answers()
	if err != nil {
		return nil, 0, nil, err
	}
	said = schema.Properties(given)
	differ, rev, err = needs(app).Compare(app, by, a.StartupID(), said)
	return said, rev, differ, err
}

// differing compares what was handed in with the record of the startup, for whoever may write that record; nil when there is
// nothing that they have not said yet. Nothing of the record changes by itself.
func differing(app core.App, by access.Actor, a *Application) (*RecordView, error) {
	if a.Status() != ApplicationEnrolled || a.StartupID() == "" {
		return nil, nil //nolint:nilnil // nothing differs, and that is no error
	}
	_, rev, all, err := compared(app, by, a)
	if err != nil {
		return nil, err
	}
	open := slices.DeleteFunc(all, func(d Difference) bool { return slices.Contains(a.Compared(), d.Property) })
	if len(open) == 0 {
		return nil, nil //nolint:nilnil // as above
	}
	slices.SortFunc(open, func(x, y Difference) int { return strings.Compare(x.Property, y.Property) })
	return &RecordView{a.StartupID(), rev, open}, nil
}

// comparing is the key under which a save says that it keeps what somebody said of the record.
type comparing struct{}

// Reconcile says what becomes of one property of the startup's record in which it differs from what was handed in: with take it
// becomes that, without it stays, and either way nobody is asked again. Admins of the startup who hold the application. rev
// is the revision of the record that they saw; 0 for none.
// Errors: record.not_found, application.no_difference, record.stale, and those of writing the record.
func Reconcile(app core.App, by access.Actor, id, property string, take bool, rev int, now time.Time) (*Application, error) {
	return record.Change(app, Applications, id, func(tx core.App, a *Application) error {
		if err := mayHold(tx, by, a); err != nil {
			return err
		}
		view, err := differing(tx, by, a)
		if err != nil {
			return err
		}
		at := -1
		if view != nil {
			at = slices.IndexFunc(view.Differs, func(d Difference) bool { return d.Property == property })
		}
		if at < 0 {
			return fault.Conflict("application.no_difference")
		}
		if take {
			if err := needs(tx).Learn(tx, by, view.Startup, property, view.Differs[at].New, rev, now); err != nil {
				return err
			}
		}
		a.compared(property)
		if err := tx.SaveWithContext(context.WithValue(context.Background(), comparing{}, true), a); err != nil {
			return fmt.Errorf("keep what %s becomes of %s: %w", a.Id, property, err)
		}
		return lifecycle.Note(tx, by, now, Applications.Collection, a.Id, "compare", lifecycle.With(map[string]any{"property": property, "take": take}))
	})
}
